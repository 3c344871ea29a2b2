using Approval.Calendars;
using Approval.Deadlines;
using Approval.EventStore;
using Approval.Http;
using Approval.Intake;
using Approval.Policies;

namespace Approval.Dashboard;

/// <summary>A proposal with the next of its deadlines.</summary>
/// <param name="Proposal">The proposal.</param>
/// <param name="Stage">Where it stands.</param>
/// <param name="Due">The last day.</param>
/// <param name="WorkingDaysLeft">Working days until then; negative when overdue.</param>
public sealed record DueProposal(ProposalId Proposal, Stage Stage, DateOnly Due, int WorkingDaysLeft);

/// <summary>Which proposals are due when, under their policies and the calendar in force.</summary>
public sealed class Overdue(Queries queries, TimeProvider clock)
{
    /// <summary>When each of some proposals is due next; those without a deadline are left out.</summary>
    public async Task<IReadOnlyDictionary<ProposalId, DueProposal>> Due(
        JurisdictionId jurisdiction, IEnumerable<ProposalRow> rows, AsOf? asOf, CancellationToken cancel)
    {
        var calendar = await queries.Calendar(jurisdiction, asOf, cancel);
        var policies = await queries.Policies(jurisdiction, asOf, cancel);
        var today = calendar.DateOf(asOf?.At ?? clock.GetUtcNow());
        var found = new Dictionary<ProposalId, DueProposal>();
        foreach (var row in rows)
        {
            if ((row.Policy is { } version ? policies.Of(version) : policies.InForce(today)) is not { } policy) continue;
            var next = Deadline.Of(row.Stay, row.FullCheckDue, row.Slot, row.Evaluation, policy, calendar).MinBy(d => d.Due);
            if (next is not null) found[row.Id] = new(row.Id, row.Stage, next.Due, today <= next.Due ? calendar.WorkingDaysBetween(today, next.Due) : -calendar.WorkingDaysBetween(next.Due, today));
        }

        return found;
    }
}
