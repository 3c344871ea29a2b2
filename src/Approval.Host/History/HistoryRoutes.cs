using System.Globalization;
using Approval.Http;
using Approval.Operations;
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

/// <summary>The history over everything.</summary>
public static class HistoryRoutes
{
    /// <summary>Adds the view and its route: for the office and those above, without drafts never submitted, which only the auditor sees.</summary>
    public static void MapHistory(this WebApplication app)
    {
        app.AddView(HistoryView.Instance);
        app.MapGet("/api/history", async (HttpContext http, NpgsqlDataSource database) =>
            {
                var actor = await http.ActorWho("ReadHistory");
                return TypedResults.Ok(await Find(database, actor, http));
            })
            .Does(
                "查询历史：actor、type、unit、proposal、from、to、q，新的在前",
                "The history, newest first, by actor, type, unit, proposal, from, to (of recording) and q (words of two characters and more)");
    }

    static async Task<Page<HistoryLine>> Find(NpgsqlDataSource database, Actor actor, HttpContext http)
    {
        var paging = http.Paging();
        await using var command = database.CreateCommand();
        var where = new List<string>();
        Add("jurisdiction = {0}", actor.Jurisdiction.Value);
        if (!actor.Is(Role.Auditor))
            where.Add($"(proposal is null or exists (select from approval.history s where s.jurisdiction = h.jurisdiction and s.proposal = h.proposal and s.type = '{HistoryView.Submission}'))");
        Add("actor = {0}", http.Text("actor"));
        Add("type = {0}", http.Text("type"));
        Add("(unit = {0} or proposal_unit = {0})", http.Text("unit"));
        Add("proposal = {0}", http.Text("proposal"));
        Add("recorded >= {0}", http.Instant("from"));
        Add("recorded < {0}", http.Instant("to"));
        if (http.Text("q") is { } q)
        {
            var bigrams = Bigrams.Of(q);
            if (bigrams.Count > 0) Add("bigrams @> {0}", bigrams.ToArray());
            Add("(proposal_title ilike {0} or text ilike {0})", $"%{q.Replace("\\", "\\\\").Replace("%", "\\%").Replace("_", "\\_")}%");
        }

        if (paging.After is { } after)
            Add("seq < {0}", after is [var seq] && seq.TryGetInt64(out var number) ? number : throw new ProblemException(Faults.InvalidParameter.At("cursor", "next")));
        Add("{0}", paging.Limit + 1L);
        var limit = where[^1];
        where.RemoveAt(where.Count - 1);
        command.CommandText = $"select {HistoryView.Instance.Selected} from approval.history h where {string.Join(" and ", where)} order by seq desc limit {limit}";

        var lines = new List<HistoryLine>();
        await using var reader = await command.ExecuteReaderAsync(http.RequestAborted);
        while (await reader.ReadAsync(http.RequestAborted))
        {
            var row = HistoryView.Instance.Read(reader);
            lines.Add(new(
                reader.GetInt64(0), row.Proposal, row.ProposalUnit, row.ProposalTitle, row.Stream.Value, row.Version, row.Type, row.Actor, row.Unit, row.Recorded, row.Effective, row.Text));
        }

        return lines.Count > paging.Limit
            ? new(lines[..paging.Limit], Cursor.Write([lines[paging.Limit - 1].Seq]))
            : new(lines, null);

        void Add(string condition, object? value)
        {
            if (value is null) return;
            command.Parameters.Add(new() { Value = value });
            where.Add(string.Format(CultureInfo.InvariantCulture, condition, $"${command.Parameters.Count}"));
        }
    }
}
