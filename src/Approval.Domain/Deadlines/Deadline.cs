using System.Collections.Immutable;
using Approval.Calendars;
using Approval.Policies;

namespace Approval.Deadlines;

/// <summary>What a deadline is for.</summary>
public enum DeadlineKind
{
    /// <summary>The stage's own limit.</summary>
    [Words("办理时限", "time limit of the stage")]
    Stage,

    /// <summary>The unit's answer to a correction.</summary>
    [Words("补正时限", "answer to a correction")]
    Correction,

    /// <summary>The full check of a key project taken in early.</summary>
    [Words("全面审查时限", "full check")]
    FullCheck,
}

/// <summary>Names one deadline of a proposal, whatever the calendar makes of its date.</summary>
/// <param name="Kind">What it is for.</param>
/// <param name="Since">The day from which it runs; for a full check the slot, or its last day where the slot is another's.</param>
public readonly record struct DeadlineKey(DeadlineKind Kind, DateOnly Since);

/// <summary>By when somebody should have acted. It reminds and escalates; it never decides.</summary>
/// <param name="Key">Which one.</param>
/// <param name="Remind">The day on which those who act are reminded.</param>
/// <param name="Due">The last day.</param>
/// <param name="Actors">The roles that act.</param>
public sealed record Deadline(DeadlineKey Key, DateOnly Remind, DateOnly Due, ImmutableArray<Role> Actors)
{
    const int CorrectionRemindWorkingDays = 3;

    /// <summary>Whether the last day is over.</summary>
    public bool OverdueOn(DateOnly day) => day > Due;

    /// <summary>The deadlines that run for a proposal now, under the policy that judges it and the calendar in force: a change of the calendar moves them.</summary>
    public static IEnumerable<Deadline> Of(Proposal proposal, Policy policy, WorkingCalendar calendar) =>
        proposal.Clock.Visits.Count == 0 ? [] : Of(proposal.Clock.Now, proposal.Scheduling.FullCheckDue, proposal.Scheduling.Slot, policy, calendar);

    /// <summary>The same for a proposal of which only its stay and its early scheduling are at hand.</summary>
    public static IEnumerable<Deadline> Of(StageVisit visit, DateOnly? fullCheckDue, DateOnly? slotGiven, Policy policy, WorkingCalendar calendar)
    {
        if (visit.Stage == Stage.Closed) yield break;

        if (visit.Pauses is [.., { Until: null } correction])
        {
            var since = calendar.DateOf(correction.From);
            yield return At(new(DeadlineKind.Correction, since), calendar.AddWorkingDays(since, policy.Content.CorrectionWithinWorkingDays), CorrectionRemindWorkingDays, [Role.UnitOfficer]);
        }
        else if (policy.Content.RuleOf(visit.Stage) is { LimitWorkingDays: { } limit } rule && visit.DueAfter(limit, calendar) is { } due)
        {
            yield return At(new(DeadlineKind.Stage, calendar.DateOf(visit.Entered)), due, rule.RemindWorkingDays, rule.Actors);
        }

        // A general lead owes the check of a key project that it took in, and has no slot of its own.
        if (fullCheckDue is { } fullCheck)
            yield return At(new(DeadlineKind.FullCheck, slotGiven ?? fullCheck), fullCheck, policy.Content.RuleOf(Stage.EarlyScheduling)?.RemindWorkingDays ?? 0, [Role.CioOffice]);

        Deadline At(DeadlineKey key, DateOnly last, int remind, ImmutableArray<Role> actors) => new(key, calendar.AddWorkingDays(last, -remind), last, actors);
    }
}
