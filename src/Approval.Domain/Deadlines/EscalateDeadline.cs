using Approval.Calendars;
using Approval.Policies;

namespace Approval.Deadlines;

/// <summary>The engine brings a deadline that has passed before the CIO office and the District CIO. One that is met, moved or escalated already is nothing to do.</summary>
/// <param name="Deadline">Which one.</param>
public sealed record EscalateDeadline(DeadlineKey Deadline)
{
    /// <summary>Decides.</summary>
    public static Decision Decide(EscalateDeadline command, Proposal proposal, Policy policy, WorkingCalendar calendar, Occasion on)
    {
        if (Permissions.Check(nameof(EscalateDeadline), on.By) is { } no) return no;

        return Deadlines.Deadline.Of(proposal, policy, calendar).FirstOrDefault(d => d.Key == command.Deadline) is { } deadline
            && deadline.OverdueOn(calendar.DateOf(on.At)) && !proposal.Deadlines.Escalated.Contains(deadline.Key)
            ? Decision.Of(proposal.Id.Stream, new DeadlineEscalated(deadline.Key, proposal.Stage, deadline.Due))
            : Decision.Nothing;
    }
}
