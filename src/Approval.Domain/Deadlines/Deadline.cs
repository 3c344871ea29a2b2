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

    /// <summary>The unit's self-evaluation after acceptance, from the first day on which it may be handed in.</summary>
    [Words("后评价时限", "self-evaluation")]
    SelfEvaluation,
}

/// <summary>The days between which a self-evaluation is waited for.</summary>
/// <param name="Accepted">The day on which the project was accepted.</param>
/// <param name="From">The first day on which it may be handed in.</param>
/// <param name="Until">The last day on which it is in time.</param>
public sealed record EvaluationWindow(DateOnly Accepted, DateOnly From, DateOnly Until)
{
    /// <summary>The days for a proposal; null before acceptance, once the evaluation is in, and after the end.</summary>
    public static EvaluationWindow? Of(Proposal proposal) =>
        proposal is { Closed: false, Supervision: { Accepted: { } accepted, Evaluated: null } } ? new(accepted.On, accepted.EvaluateFrom, accepted.EvaluateUntil) : null;
}

/// <summary>Names one deadline of a proposal, whatever the calendar makes of its date.</summary>
/// <param name="Kind">What it is for.</param>
/// <param name="Since">The day from which it runs; for a full check the slot, or its last day where the slot is another's; for a self-evaluation the day of acceptance.</param>
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
        proposal.Clock.Visits.Count == 0 ? [] : Of(proposal.Clock.Now, proposal.Scheduling.FullCheckDue, proposal.Scheduling.Slot, EvaluationWindow.Of(proposal), policy, calendar);

    /// <summary>The same for a proposal of which only its stay, its early scheduling and its self-evaluation are at hand.</summary>
    public static IEnumerable<Deadline> Of(
        StageVisit visit, DateOnly? fullCheckDue, DateOnly? slotGiven, EvaluationWindow? evaluation, Policy policy, WorkingCalendar calendar)
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

        // Months are no working days: the unit is reminded on the first day on which it can hand in.
        if (evaluation is not null)
            yield return new(new(DeadlineKind.SelfEvaluation, evaluation.Accepted), evaluation.From, evaluation.Until, [Role.UnitOfficer]);

        Deadline At(DeadlineKey key, DateOnly last, int remind, ImmutableArray<Role> actors) => new(key, calendar.AddWorkingDays(last, -remind), last, actors);
    }
}
