using System.Runtime.InteropServices;
using System.Text.Json;
using Approval.EventStore;
using Approval.EventStore.Subscriptions;
using Npgsql;
using NpgsqlTypes;

namespace Approval.History;

/// <summary>One event as the office reads it.</summary>
/// <param name="Proposal">The proposal it concerns, if it concerns one.</param>
/// <param name="ProposalUnit">The unit whose proposal that is.</param>
/// <param name="ProposalTitle">The proposal's title at that time.</param>
/// <param name="Stream">The stream.</param>
/// <param name="Version">Its number in the stream.</param>
/// <param name="Type">Its name.</param>
/// <param name="Actor">Who recorded it.</param>
/// <param name="Unit">The actor's unit at that time.</param>
/// <param name="Recorded">When the engine learnt it.</param>
/// <param name="Effective">When it holds.</param>
/// <param name="Text">What people wrote in it: titles, reasons, opinions; at most 500 characters.</param>
/// <param name="Lowered">Title and text in lower case, where that is something else: what words are looked for in.</param>
/// <param name="Titled">Whether it gave the proposal this title or unit.</param>
/// <param name="Opens">Whether from it on the proposal is seen beyond its unit.</param>
/// <param name="Marks">What it is found by, beside its words.</param>
public sealed record HistoryRow(
    ProposalId? Proposal, UnitId? ProposalUnit, string? ProposalTitle, StreamId Stream, long Version, string Type, PersonId? Actor, UnitId? Unit,
    DateTimeOffset Recorded, DateTimeOffset Effective, string Text, string? Lowered, bool Titled, bool Opens, [property: Indexed] IReadOnlyList<int> Marks);

/// <summary>
/// The history of everything, one row per event; another program's events too, for it takes only what stands in the JSON. Beside it the words
/// of every subject (a proposal, or another stream) in every span of the record, by which rows are found without an index over all their texts; the words
/// of a stretch of the record are written when it is complete.
/// </summary>
public sealed class HistoryView : EventRowsView<HistoryRow>
{
    const int LongestText = 500;

    const int TitlesKept = 10_000;

    /// <summary>The event from which on a proposal is seen beyond its unit.</summary>
    const string Submission = "proposal-submitted.v1";

    /// <summary>The view.</summary>
    public static readonly HistoryView Instance = new();

    HistoryView() : base("history", revision: 3)
    {
    }

    /// <inheritdoc/>
    protected internal override IReadOnlyList<string> Beside => ["_words"];

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Definition(string table) =>
    [
        .. base.Definition(table),
        $"create index {Bare(table)}_titles on {table} (jurisdiction, stream, seq) where titled",
        $"create table {table}_words (jurisdiction text not null, span bigint not null, subject text not null, words integer[] not null, "
            + $"constraint {Bare(table)}_words_key primary key (jurisdiction, span, subject))",
    ];

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Indexes(string table) =>
    [
        .. base.Indexes(table),
        $"create index {Bare(table)}_recorded on {table} (jurisdiction, {HistoryMarks.SpanOfSeq}, recorded)",
        $"create index {Bare(table)}_opened on {table} (jurisdiction, proposal) where opens",
        $"create index {Bare(table)}_words_found on {table}_words using gin (words)",
        $"analyze {table}, {table}_words",
    ];

    /// <inheritdoc/>
    protected override Func<NpgsqlConnection, IReadOnlyList<StoredEvent>, CancellationToken, Task<Made>> Begin(string table)
    {
        var known = new Dictionary<(JurisdictionId, StreamId), About>();
        Words? unwritten = null;
        return async (connection, events, cancel) =>
        {
            if (known.Count > TitlesKept) known.Clear();
            var contents = events.Select(Content.Of).ToList();
            await LookBack(connection, table, events, contents, known, cancel);
            unwritten ??= await Unwritten(connection, table, events[0].Position, cancel);
            var newest = HistoryMarks.StretchOf(events[^1].Position);
            var complete = unwritten.Stretch < newest ? unwritten : null;
            var growing = unwritten = complete is null ? unwritten : new(newest);
            return new(
                events.Zip(contents, (e, content) => (e, Row(e, content, known, complete is null || HistoryMarks.StretchOf(e.Position) == newest ? growing : complete))),
                complete is null ? null : () => Keep(connection, table, complete.Found, cancel));
        };
    }

    /// <summary>The words not yet written.</summary>
    /// <param name="stretch">The last stretch to which they belong.</param>
    sealed class Words(long stretch)
    {
        public long Stretch => stretch;

        public Dictionary<(JurisdictionId Jurisdiction, long Span, string Subject), HashSet<int>> Found { get; } = [];

        public void Add(JurisdictionId jurisdiction, long span, string subject, string text)
        {
            ref var found = ref CollectionsMarshal.GetValueRefOrAddDefault(Found, (jurisdiction, span, subject), out _);
            Bigrams.Add(found ??= [], text);
        }
    }

    /// <summary>The words of the last stretch before a place, from the rows already there.</summary>
    static async Task<Words> Unwritten(NpgsqlConnection connection, string table, long before, CancellationToken cancel)
    {
        var last = (long)(await connection.Scalar("select coalesce(max(seq_id), 0) from public.mt_events where seq_id < $1", cancel, before))!;
        var words = new Words(HistoryMarks.StretchOf(last));
        await using var command = connection.Command(
            $"""
            select jurisdiction, seq, stream, proposal, proposal_title, text from {table}
            where jurisdiction in (select coalesce(tenant_id, '') from public.mt_events where seq_id >= $1 and seq_id < $2) and seq >= $1 and seq < $2
            """, words.Stretch * HistoryMarks.StretchLength, before);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            var (jurisdiction, span) = (new JurisdictionId(reader.GetString(0)), HistoryMarks.SpanOf(reader.GetInt64(1)));
            var subject = reader.IsDBNull(3) ? reader.GetString(2) : new ProposalId(reader.GetString(3)).Stream.Value;
            foreach (var column in (int[])[4, 5])
            {
                if (!reader.IsDBNull(column) && reader.GetString(column) is { Length: > 0 } text) words.Add(jurisdiction, span, subject, text);
            }
        }

        return words;
    }

    /// <summary>What is known of a proposal at the moment of an event.</summary>
    /// <param name="Title">Its title.</param>
    /// <param name="Unit">Its unit.</param>
    /// <param name="Span">The last span among whose words the title's are.</param>
    readonly record struct About(string Title, UnitId? Unit, long Span);

    static HistoryRow Row(StoredEvent e, Content content, Dictionary<(JurisdictionId, StreamId), About> known, Words words)
    {
        var span = HistoryMarks.SpanOf(e.Position);
        var subject = (content.Subject ?? e.Stream).Value;
        var text = e.IsSealed ? "" : content.Text;
        var about = content.Subject is { } id && known.TryGetValue((e.Jurisdiction, id), out var before) ? before : (About?)null;
        var titled = false;
        if (content.Title is { } title && content.Subject == e.Stream)
        {
            var now = new About(title, content.Unit ?? about?.Unit, -1);
            titled = (now.Title, now.Unit) != (about?.Title, about?.Unit);
            if (titled) about = now;
        }

        if (about is { } called && content.Subject is { } proposal)
        {
            if (called.Span != span) words.Add(e.Jurisdiction, span, subject, called.Title);
            known[(e.Jurisdiction, proposal)] = called with { Span = span };
        }

        if (text.Length > 0) words.Add(e.Jurisdiction, span, subject, text);
        return new(
            content.Proposal, about?.Unit, about?.Title, e.Stream, e.Version, e.WireName, e.Envelope.By, e.Envelope.Unit, e.At, e.Envelope.Effective,
            text, Lowered(about?.Title, text), titled, e.WireName == Submission, Marks(e, span, subject, about?.Unit));
    }

    static int[] Marks(StoredEvent e, long span, string subject, UnitId? proposing)
    {
        Span<int> marks = [HistoryMarks.Subject(e.Jurisdiction, span, subject), HistoryMarks.Type(e.Jurisdiction, span, e.WireName), 0, 0, 0];
        var count = 2;
        if (e.Envelope.By is { } by) marks[count++] = HistoryMarks.Actor(e.Jurisdiction, span, by.Value);
        if (e.Envelope.Unit is { } unit) marks[count++] = HistoryMarks.Unit(e.Jurisdiction, span, unit.Value);
        if (proposing is { } its) marks[count++] = HistoryMarks.Unit(e.Jurisdiction, span, its.Value);
        marks = marks[..count];
        marks.Sort();
        var distinct = 1;
        foreach (var mark in marks[1..])
        {
            if (mark != marks[distinct - 1]) marks[distinct++] = mark;
        }

        return marks[..distinct].ToArray();
    }

    static string? Lowered(string? title, string text) => IsLower(title) && IsLower(text) ? null : $"{title}\n{text}".ToLowerInvariant();

    static bool IsLower(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (char.ToLowerInvariant(c) != c) return false;
        }

        return true;
    }

    /// <summary>Adds words to those that subjects have in spans.</summary>
    static async Task Keep(NpgsqlConnection connection, string table, Dictionary<(JurisdictionId Jurisdiction, long Span, string Subject), HashSet<int>> words, CancellationToken cancel)
    {
        if (words.Count == 0) return;
        await using var command = new NpgsqlCommand(
            $"""
            insert into {table}_words as w (jurisdiction, span, subject, words)
            select n.jurisdiction, n.span, n.subject, n.words::integer[] from unnest($1, $2, $3, $4) as n (jurisdiction, span, subject, words)
            on conflict (jurisdiction, span, subject) do update
                set words = array(select unnest(w.words) as word union select unnest(excluded.words) order by word) where not w.words @> excluded.words
            """, connection);
        var all = words.OrderBy(w => w.Key.Jurisdiction.Value, StringComparer.Ordinal).ThenBy(w => w.Key.Span).ThenBy(w => w.Key.Subject, StringComparer.Ordinal).ToList();
        Add(all.Select(w => w.Key.Jurisdiction.Value).ToArray(), NpgsqlDbType.Text);
        Add(all.Select(w => w.Key.Span).ToArray(), NpgsqlDbType.Bigint);
        Add(all.Select(w => w.Key.Subject).ToArray(), NpgsqlDbType.Text);
        Add(all.Select(w => $"{{{string.Join(',', w.Value.Select(b => HistoryMarks.Word(w.Key.Jurisdiction, w.Key.Span, b)).Distinct().Order())}}}").ToArray(), NpgsqlDbType.Text);
        await command.ExecuteNonQueryAsync(cancel);

        // Entered into the index by word, not by row: a word of many subjects costs once. During a rebuild there is no index yet.
        await connection.Run("select gin_clean_pending_list(i) from to_regclass($1) as i where i is not null", cancel, $"{table}_words_found");

        void Add(Array values, NpgsqlDbType type) => command.Parameters.Add(new() { Value = values, NpgsqlDbType = NpgsqlDbType.Array | type });
    }

    /// <summary>Titles given before these events, from the rows already there.</summary>
    static async Task LookBack(
        NpgsqlConnection connection, string table, IReadOnlyList<StoredEvent> events, IReadOnlyList<Content> contents,
        Dictionary<(JurisdictionId, StreamId), About> known, CancellationToken cancel)
    {
        var first = new HashSet<(JurisdictionId, StreamId)>();
        var missing = new HashSet<(JurisdictionId, StreamId)>();
        for (var i = 0; i < events.Count; i++)
        {
            if (contents[i].Subject is not { } id) continue;
            var key = (events[i].Jurisdiction, id);
            if (events[i].Stream == id && events[i].Version == 1) first.Add(key);
            else if (!first.Contains(key) && !known.ContainsKey(key)) missing.Add(key);
        }

        if (missing.Count == 0) return;
        await using var command = new NpgsqlCommand(
            $"""
            select k.jurisdiction, k.stream, t.proposal_title, t.proposal_unit
            from unnest($1, $2) as k (jurisdiction, stream)
            cross join lateral (
                select h.proposal_title, h.proposal_unit from {table} h
                where h.jurisdiction = k.jurisdiction and h.stream = k.stream and h.titled order by h.seq desc limit 1) t
            """, connection);
        command.Parameters.Add(new() { Value = missing.Select(m => m.Item1.Value).ToArray() });
        command.Parameters.Add(new() { Value = missing.Select(m => m.Item2.Value).ToArray() });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
            known[(new(reader.GetString(0)), new(reader.GetString(1)))] = new(reader.GetString(2), reader.IsDBNull(3) ? null : new UnitId(reader.GetString(3)), -1);
    }

    /// <summary>What history takes from an event's JSON, whatever its type.</summary>
    readonly record struct Content(ProposalId? Proposal, StreamId? Subject, string? Title, UnitId? Unit, string Text)
    {
        public static Content Of(StoredEvent e)
        {
            var own = e.Stream.Value.StartsWith("proposal-", StringComparison.Ordinal);
            ProposalId? proposal = own ? new(e.Stream.Value["proposal-".Length..]) : null;
            string? title = null;
            UnitId? unit = null;
            var text = "";
            var reader = new Utf8JsonReader(e.Data);
            var name = "";
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName) name = NameOf(reader);
                if (reader.TokenType != JsonTokenType.String) continue;
                if (name == "proposal" && reader.CurrentDepth == 1) proposal ??= new(reader.GetString()!);
                else if (name == "unit" && reader.CurrentDepth == 1) unit = new(reader.GetString()!);
                else if (name == "title" && reader.CurrentDepth <= 2) title ??= reader.GetString();
                if (text.Length < LongestText && IsProse(reader.ValueSpan)) text = text.Length > 0 ? $"{text}\n{reader.GetString()}" : reader.GetString()!;
            }

            if (text.Length > LongestText) text = text[..(char.IsHighSurrogate(text[LongestText - 1]) ? LongestText - 1 : LongestText)];
            return new(proposal, own ? e.Stream : proposal?.Stream, title, unit, text);
        }

        static string NameOf(in Utf8JsonReader reader) =>
            reader.ValueTextEquals("proposal"u8) ? "proposal" : reader.ValueTextEquals("title"u8) ? "title" : reader.ValueTextEquals("unit"u8) ? "unit" : "";

        /// <summary>What people write has a space or a character beyond ASCII; ids, codes, dates and hashes have neither.</summary>
        static bool IsProse(ReadOnlySpan<byte> value) => value.ContainsAnyExceptInRange((byte)0x21, (byte)0x7e);
    }
}
