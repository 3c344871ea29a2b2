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
/// <param name="database">The database.</param>
/// <param name="people">What people and units are called.</param>
/// <param name="most">How much is looked at for a page, in rows fetched singly.</param>
public sealed class HistoryQueries(NpgsqlDataSource database, People people, int most = HistorySearch.MostLookedAt)
{
    /// <summary>The rows that a sheet of a spreadsheet holds beside its head.</summary>
    const int SheetRows = 1_048_575;

    /// <summary>One page, newest first. It may hold fewer lines than asked for, even none, although there are more: looking for what is rare goes on with the next page.</summary>
    public async Task<Page<HistoryLine>> Page(Actor actor, HistoryFilter filter, Paging paging, CancellationToken cancel)
    {
        var after = Cursor.Number(paging);
        await BeBuilt(cancel);
        var lines = new List<HistoryLine>();
        await using var connection = await database.OpenConnectionAsync(cancel);
        var search = new HistorySearch(connection, actor, filter, most);
        await foreach (var line in search.Lines(after, paging.Limit + 1, cancel)) lines.Add(line);
        return lines.Count > paging.Limit ? new(lines[..paging.Limit], Cursor.Write([lines[paging.Limit - 1].Seq])) : new(lines, search.Rest is { } rest ? Cursor.Write([rest]) : null);
    }

    /// <summary>All that is asked for as a file, sent while it is read.</summary>
    public async Task<IResult> Export(Actor actor, HistoryFilter filter, TableFormat format, bool chinese, CancellationToken cancel)
    {
        await BeBuilt(cancel);
        var names = await people.Names(actor.Jurisdiction, cancel);
        var units = (await people.Units(actor.Jurisdiction).All(cancel)).ToDictionary(u => u.Id, u => u.Name);
        string[] header = chinese
            ? ["序号", "登记时间", "生效时间", "事项", "事件", "人员", "人员编号", "单位", "项目", "项目编号", "申报单位", "内容", "流", "版本"]
            : ["No.", "Recorded", "Effective", "What", "Event", "Person", "Person's id", "Unit", "Proposal", "Proposal's id", "Proposing unit", "Text", "Stream", "Version"];
        return TableWriter.Send(format, chinese ? "历史" : "history", header, Rows());

        async IAsyncEnumerable<IReadOnlyList<object?>> Rows()
        {
            var rows = 0;
            await using var connection = await database.OpenConnectionAsync(cancel);
            await foreach (var l in new HistorySearch(connection, actor, filter).Lines(null, null, cancel))
            {
                if (format == TableFormat.Xlsx && rows++ == SheetRows) yield break;

                yield return
                [
                    l.Seq, l.Recorded, l.Effective, EventWords.Of(l.Type, chinese), l.Type, l.Actor is { } by ? names.GetValueOrDefault(by) : null, l.Actor?.Value,
                    Called(l.Unit), l.ProposalTitle, l.Proposal?.Value, Called(l.ProposalUnit), l.Text, l.Stream, l.Version,
                ];
            }
        }

        string? Called(UnitId? unit) => unit is { } id ? units.GetValueOrDefault(id, id.Value) : null;
    }

    /// <summary>A table of another release is being built anew and cannot be asked meanwhile.</summary>
    async Task BeBuilt(CancellationToken cancel)
    {
        await using var command = database.CreateCommand("select hash from approval.async_views where name = $1");
        command.Parameters.Add(new() { Value = HistoryView.Instance.Name });
        if (await command.ExecuteScalarAsync(cancel) as string != HistoryView.Instance.Hash) throw new ProblemException(Faults.BeingBuilt.With());
    }
}
