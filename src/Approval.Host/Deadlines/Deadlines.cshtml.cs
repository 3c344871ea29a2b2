using Approval.Dashboard;
using Approval.History;
using Approval.Http;
using Approval.Intake;
using Approval.Pages;
using Npgsql;

namespace Approval.Deadlines;

/// <summary>What is due, what the engine will fire and when, and what it has fired; of everything, or of one proposal.</summary>
public sealed class DeadlinesModel(Queries queries, Overdue deadlines, HistoryQueries history, NpgsqlDataSource database) : StagePage
{
    const int MostDue = 100;

    /// <summary>When the engine reminds of a deadline, and when it brings it before those above.</summary>
    /// <param name="Remind">When it reminds; null when it has.</param>
    /// <param name="Escalate">When it escalates; null when it has.</param>
    public sealed record Schedule(DateTimeOffset? Remind, DateTimeOffset? Escalate);

    /// <summary>The next deadlines, overdue first.</summary>
    public IReadOnlyList<DueProposal> Due { get; private set; } = [];

    /// <summary>What is yet to be fired of each proposal.</summary>
    public IReadOnlyDictionary<ProposalId, Schedule> Scheduled { get; private set; } = new Dictionary<ProposalId, Schedule>();

    /// <summary>What was fired, the newest first.</summary>
    public IReadOnlyList<HistoryLine> Fired { get; private set; } = [];

    /// <summary>The titles of the proposals.</summary>
    public IReadOnlyDictionary<ProposalId, ProposalRow> Proposals { get; private set; } = new Dictionary<ProposalId, ProposalRow>();

    /// <summary>The proposal that is asked for; null for all.</summary>
    public string? Only { get; private set; }

    /// <summary>Shows the page.</summary>
    public async Task OnGet()
    {
        await Enter("ReadHistory");
        Only = HttpContext.Text("proposal");
        var open = await queries.In(ProposalView.List, Me.Jurisdiction).Where($"outcome is null and submitted is not null").Where($"id = {Only!}", Only is not null).All(Cancel);
        Due = [.. (await deadlines.Due(Me.Jurisdiction, open, null, Cancel)).Values.OrderBy(d => d.WorkingDaysLeft).ThenBy(d => d.Due).Take(MostDue)];
        Proposals = open.ToDictionary(p => p.Id);
        Scheduled = await Read([.. Due.Select(d => d.Proposal.Stream.Value)]);
        var lines = new List<HistoryLine>();
        foreach (var type in new[] { "deadline-reminded.v1", "deadline-escalated.v1" })
            lines.AddRange((await history.Page(Me, new(Type: type, Proposal: Only), HttpContext.Paging(), Cancel)).Items);
        Fired = [.. lines.OrderByDescending(l => l.Seq).Take(MostDue)];
    }

    async Task<IReadOnlyDictionary<ProposalId, Schedule>> Read(string[] streams)
    {
        await using var command = database.CreateCommand(
            "select proposal, min(at) filter (where not escalates), min(at) filter (where escalates) from approval.deadlines where jurisdiction = $1 and proposal = any($2) group by proposal");
        command.Parameters.Add(new() { Value = Me.Jurisdiction.Value });
        command.Parameters.Add(new() { Value = streams });
        await using var reader = await command.ExecuteReaderAsync(Cancel);
        var found = new Dictionary<ProposalId, Schedule>();
        while (await reader.ReadAsync(Cancel))
            found[new(reader.GetString(0)["proposal-".Length..])] = new(At(1), At(2));
        return found;

        DateTimeOffset? At(int i) => reader.IsDBNull(i) ? null : reader.GetFieldValue<DateTimeOffset>(i);
    }
}
