using System.Text;
using System.Text.Json;
using Approval.EventStore;
using Approval.EventStore.Subscriptions;
using Npgsql;

namespace Approval.History;

/// <summary>One event as the office reads it.</summary>
/// <param name="Proposal">The proposal it concerns, if it concerns one.</param>
/// <param name="ProposalUnit">The unit whose proposal that is.</param>
/// <param name="ProposalTitle">The proposal's title at that time.</param>
/// <param name="Stream">The stream.</param>
/// <param name="Version">Its number in the stream.</param>
/// <param name="EventId">Its own id.</param>
/// <param name="Type">Its name.</param>
/// <param name="Actor">Who recorded it.</param>
/// <param name="Unit">The actor's unit at that time.</param>
/// <param name="Recorded">When the engine learnt it.</param>
/// <param name="Effective">When it holds.</param>
/// <param name="Text">What people wrote in it: titles, reasons, opinions; at most 500 characters.</param>
/// <param name="Bigrams">Every two neighbouring characters of title and text, by which words of two characters are found too.</param>
public sealed record HistoryRow(
    [property: Indexed] ProposalId? Proposal, UnitId? ProposalUnit, string? ProposalTitle, StreamId Stream, long Version, string EventId, [property: Indexed] string Type,
    [property: Indexed] PersonId? Actor, UnitId? Unit, DateTimeOffset Recorded, DateTimeOffset Effective, string Text, [property: Indexed] IReadOnlyList<string> Bigrams);

/// <summary>The history of everything, one row per event; another program's events too, for it takes only what stands in the JSON.</summary>
public sealed class HistoryView : EventRowsView<HistoryRow>
{
    const int LongestText = 500;

    const int TitlesKept = 50_000;

    /// <summary>The event from which on a proposal is seen beyond its unit.</summary>
    internal const string Submission = "proposal-submitted.v1";

    /// <summary>The view.</summary>
    public static readonly HistoryView Instance = new();

    HistoryView() : base("history", revision: 1)
    {
    }

    /// <summary>The columns of <see cref="Read"/>.</summary>
    public string Selected => Columns;

    /// <summary>The row at which a reader of <see cref="Selected"/> stands.</summary>
    public HistoryRow Read(NpgsqlDataReader reader) => RowAt(reader);

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Definition(string table) =>
        base.Definition(table).Append($"create index {table["approval.".Length..]}_titles on {table} (jurisdiction, stream, seq) where proposal_title is not null");

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Indexes(string table) =>
        base.Indexes(table)
            .Append($"create index {table["approval.".Length..]}_of_all on {table} (jurisdiction, seq)")
            .Append($"create index {table["approval.".Length..]}_submitted on {table} (jurisdiction, proposal) where type = '{Submission}'");

    /// <inheritdoc/>
    protected override Func<NpgsqlConnection, IReadOnlyList<StoredEvent>, CancellationToken, Task<IReadOnlyList<(StoredEvent Event, HistoryRow Row)>>> Begin(string table)
    {
        var known = new Dictionary<(JurisdictionId, StreamId), (string Title, UnitId? Unit)>();
        return async (connection, events, cancel) =>
        {
            if (known.Count > TitlesKept) known.Clear();
            var contents = events.Select(Content.Of).ToList();
            await LookBack(connection, table, events, contents, known, cancel);
            return [.. events.Zip(contents, (e, content) => (e, Row(e, content, known)))];
        };
    }

    static HistoryRow Row(StoredEvent e, Content content, Dictionary<(JurisdictionId, StreamId), (string Title, UnitId? Unit)> known)
    {
        var proposal = content.Proposal;
        (string Title, UnitId? Unit)? about = null;
        if (proposal is { } id)
        {
            var key = (e.Jurisdiction, id.Stream);
            if (known.TryGetValue(key, out var before)) about = before;
            if (e.Stream == id.Stream && content.Title is { } title) about = known[key] = (title, content.Unit ?? about?.Unit);
        }

        var text = e.IsSealed ? "" : content.Text;
        return new(
            proposal, about?.Unit, about?.Title, e.Stream, e.Version, e.Id.ToString(), e.WireName, e.Envelope.By, e.Envelope.Unit, e.At, e.Envelope.Effective,
            text, Approval.History.Bigrams.Of($"{about?.Title}\n{text}"));
    }

    /// <summary>Titles given before these events, from the rows already there.</summary>
    static async Task LookBack(
        NpgsqlConnection connection, string table, IReadOnlyList<StoredEvent> events, IReadOnlyList<Content> contents,
        Dictionary<(JurisdictionId, StreamId), (string Title, UnitId? Unit)> known, CancellationToken cancel)
    {
        var first = new HashSet<(JurisdictionId, StreamId)>();
        var missing = new HashSet<(JurisdictionId, StreamId)>();
        for (var i = 0; i < events.Count; i++)
        {
            if (contents[i].Proposal is not { } id) continue;
            var key = (events[i].Jurisdiction, id.Stream);
            if (events[i].Stream == id.Stream && events[i].Version == 1) first.Add(key);
            else if (!first.Contains(key) && !known.ContainsKey(key)) missing.Add(key);
        }

        if (missing.Count == 0) return;
        await using var command = new NpgsqlCommand(
            $"""
            select k.jurisdiction, k.stream, t.proposal_title, t.proposal_unit
            from unnest($1, $2) as k (jurisdiction, stream)
            cross join lateral (
                select h.proposal_title, h.proposal_unit from {table} h
                where h.jurisdiction = k.jurisdiction and h.stream = k.stream and h.proposal_title is not null order by h.seq desc limit 1) t
            """, connection);
        command.Parameters.Add(new() { Value = missing.Select(m => m.Item1.Value).ToArray() });
        command.Parameters.Add(new() { Value = missing.Select(m => m.Item2.Value).ToArray() });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
            known[(new(reader.GetString(0)), new(reader.GetString(1)))] = (reader.GetString(2), reader.IsDBNull(3) ? null : new UnitId(reader.GetString(3)));
    }

    /// <summary>What history takes from an event's JSON, whatever its type.</summary>
    readonly record struct Content(ProposalId? Proposal, string? Title, UnitId? Unit, string Text)
    {
        public static Content Of(StoredEvent e)
        {
            ProposalId? proposal = e.Stream.Kind == "proposal" ? new(e.Stream.Value["proposal-".Length..]) : null;
            string? title = null;
            UnitId? unit = null;
            var text = new StringBuilder();
            var reader = new Utf8JsonReader(e.Data);
            var name = "";
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName) name = NameOf(reader);
                if (reader.TokenType != JsonTokenType.String) continue;
                if (name == "proposal" && reader.CurrentDepth == 1) proposal ??= new(reader.GetString()!);
                else if (name == "unit" && reader.CurrentDepth == 1) unit = new(reader.GetString()!);
                else if (name == "title" && reader.CurrentDepth <= 2) title ??= reader.GetString();
                if (text.Length < LongestText && IsProse(reader.ValueSpan)) text.Append(text.Length > 0 ? "\n" : "").Append(reader.GetString());
            }

            if (text.Length > LongestText) text.Length = char.IsHighSurrogate(text[LongestText - 1]) ? LongestText - 1 : LongestText;
            return new(proposal, title, unit, text.ToString());
        }

        static string NameOf(in Utf8JsonReader reader) =>
            reader.ValueTextEquals("proposal"u8) ? "proposal" : reader.ValueTextEquals("title"u8) ? "title" : reader.ValueTextEquals("unit"u8) ? "unit" : "";

        /// <summary>What people write has a space or a character beyond ASCII; ids, codes, dates and hashes have neither.</summary>
        static bool IsProse(ReadOnlySpan<byte> value) => value.ContainsAnyExceptInRange((byte)0x21, (byte)0x7e);
    }
}
