using Approval.Calendars;
using Approval.Policies;

namespace Approval.Deadlines;

/// <summary>The engine reminds those who act of a deadline. A deadline that is over, moved or reminded of already is nothing to do.</summary>
/// <param name="Deadline">Which one.</param>
public sealed record RemindDeadline(DeadlineKey Deadline)
{
    /// <summary>Decides.</summary>
    public static Decision Decide(RemindDeadline command, Proposal proposal, Policy policy, WorkingCalendar calendar, Occasion on)
    {
        if (Permissions.Check(nameof(RemindDeadline), on.By) is { } no) return no;

        var today = calendar.DateOf(on.At);
        return Deadlines.Deadline.Of(proposal, policy, calendar).FirstOrDefault(d => d.Key == command.Deadline) is { } deadline
            && today >= deadline.Remind && !proposal.Deadlines.Reminded.Contains(deadline.Key)
            ? Decision.Of(proposal.Id.Stream, new DeadlineReminded(deadline.Key, proposal.Stage, deadline.Due))
            : Decision.Nothing;
    }
}
