using System.Globalization;
using System.Runtime.CompilerServices;
using Approval.Directory;
using Approval.Http;
using Approval.Http.Tables;
using Npgsql;

namespace Approval.History;

/// <summary>One line of the history.</summary>
/// <param name="Seq">Its place in the order of all events.</param>
/// <param name="Proposal">The proposal it concerns, if it concerns one.</param>
/// <param name="ProposalUnit">The unit whose proposal that is.</param>
/// <param name="ProposalTitle">The proposal's title at that time.</param>
/// <param name="Stream">The stream.</param>
/// <param name="Version">Its number in the stream.</param>
/// <param name="Type">The event's name.</param>
/// <param name="Actor">Who recorded it.</param>
/// <param name="Unit">The actor's unit at that time.</param>
/// <param name="Recorded">When the engine learnt it.</param>
/// <param name="Effective">When it holds.</param>
/// <param name="Text">What people wrote in it.</param>
public sealed record HistoryLine(
    long Seq, ProposalId? Proposal, UnitId? ProposalUnit, string? ProposalTitle, string Stream, long Version, string Type, PersonId? Actor, UnitId? Unit,
    DateTimeOffset Recorded, DateTimeOffset Effective, string Text);

/// <summary>What of the history is asked for; what is null does not matter.</summary>
/// <param name="Actor">Who recorded it.</param>
/// <param name="Type">The event's name.</param>
/// <param name="Unit">The actor's unit at that time, or the unit whose proposal it concerns.</param>
/// <param name="Proposal">The proposal it concerns.</param>
/// <param name="From">Recorded then or later.</param>
/// <param name="To">Recorded before then.</param>
/// <param name="Q">Words in the proposal's title or in what people wrote.</param>
/// <param name="AsOf">What was known then.</param>
public sealed record HistoryFilter(
    string? Actor = null, string? Type = null, string? Unit = null, string? Proposal = null, DateTimeOffset? From = null, DateTimeOffset? To = null, string? Q = null,
    DateTimeOffset? AsOf = null)
{
    /// <summary>What a request asks for.</summary>
    public static HistoryFilter Of(HttpContext http) => new(
        http.Text("actor"), http.Text("type"), http.Text("unit"), http.Text("proposal"), http.Instant("from"), http.Instant("to"), http.Text("q"), http.Instant("asOf"));
}

/// <summary>Searches the history over everything.</summary>
public sealed class HistoryQueries(NpgsqlDataSource database, People people)
{
    /// <summary>The rows that a sheet of a spreadsheet holds beside its head.</summary>
    const int SheetRows = 1_048_575;

    /// <summary>One page, newest first.</summary>
    public async Task<Page<HistoryLine>> Page(Actor actor, HistoryFilter filter, Paging paging, CancellationToken cancel)
    {
        var after = Cursor.Number(paging);
        var lines = new List<HistoryLine>();
        await foreach (var line in Lines(actor, filter, after, paging.Limit + 1, cancel)) lines.Add(line);
        return lines.Count > paging.Limit ? new(lines[..paging.Limit], Cursor.Write([lines[paging.Limit - 1].Seq])) : new(lines, null);
    }

    /// <summary>All that is asked for as a file, sent while it is read.</summary>
    public async Task<IResult> Export(Actor actor, HistoryFilter filter, TableFormat format, bool chinese, CancellationToken cancel)
    {
        var names = await people.Names(actor.Jurisdiction, cancel);
        var units = (await people.Units(actor.Jurisdiction).All(cancel)).ToDictionary(u => u.Id, u => u.Name);
        string[] header = chinese
            ? ["序号", "登记时间", "生效时间", "事项", "事件", "人员", "人员编号", "单位", "项目", "项目编号", "申报单位", "内容", "流", "版本"]
            : ["No.", "Recorded", "Effective", "What", "Event", "Person", "Person's id", "Unit", "Proposal", "Proposal's id", "Proposing unit", "Text", "Stream", "Version"];
        return TableWriter.Send(format, chinese ? "历史" : "history", header, Rows());

        async IAsyncEnumerable<IReadOnlyList<object?>> Rows()
        {
            await foreach (var l in Lines(actor, filter, null, format == TableFormat.Xlsx ? SheetRows : null, cancel))
            {
                yield return
                [
                    l.Seq, l.Recorded, l.Effective, EventWords.Of(l.Type, chinese), l.Type, l.Actor is { } by ? names.GetValueOrDefault(by) : null, l.Actor?.Value,
                    Called(l.Unit), l.ProposalTitle, l.Proposal?.Value, Called(l.ProposalUnit), l.Text, l.Stream, l.Version,
                ];
            }
        }

        string? Called(UnitId? unit) => unit is { } id ? units.GetValueOrDefault(id, id.Value) : null;
    }

    async IAsyncEnumerable<HistoryLine> Lines(Actor actor, HistoryFilter filter, long? after, int? limit, [EnumeratorCancellation] CancellationToken cancel)
    {
        await using var command = database.CreateCommand();
        var where = new List<string>();
        Add("jurisdiction = {0}", actor.Jurisdiction.Value);
        if (!actor.Is(Role.Auditor))
            where.Add($"(proposal is null or exists (select from approval.history s where s.jurisdiction = h.jurisdiction and s.proposal = h.proposal and s.type = '{HistoryView.Submission}'))");
        Add("actor = {0}", filter.Actor);
        Add("type = {0}", filter.Type);
        Add("(unit = {0} or proposal_unit = {0})", filter.Unit);
        Add("proposal = {0}", filter.Proposal);
        Add("recorded >= {0}", filter.From);
        Add("recorded < {0}", filter.To);
        Add("recorded <= {0}", filter.AsOf);
        if (filter.Q is { } q)
        {
            var bigrams = Bigrams.Of(q);
            if (bigrams.Count > 0) Add("bigrams @> {0}", bigrams.ToArray());
            Add("(proposal_title ilike {0} or text ilike {0})", $"%{q.Replace("\\", "\\\\").Replace("%", "\\%").Replace("_", "\\_")}%");
        }

        Add("seq < {0}", after);
        command.CommandText = $"select {HistoryView.Instance.Selected} from approval.history h where {string.Join(" and ", where)} order by seq desc{(limit is { } most ? $" limit {most}" : "")}";
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            var row = HistoryView.Instance.Read(reader);
            yield return new(
                reader.GetInt64(0), row.Proposal, row.ProposalUnit, row.ProposalTitle, row.Stream.Value, row.Version, row.Type, row.Actor, row.Unit, row.Recorded, row.Effective, row.Text);
        }

        void Add(string condition, object? value)
        {
            if (value is null) return;
            command.Parameters.Add(new() { Value = value });
            where.Add(string.Format(CultureInfo.InvariantCulture, condition, $"${command.Parameters.Count}"));
        }
    }
}
