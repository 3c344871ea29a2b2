using Approval.Policies;

namespace Approval.Supervision;

/// <summary>What several acts of supervision share.</summary>
public static class SupervisionRules
{
    /// <summary>The day lies before the approval or in the future.</summary>
    public static readonly RefusalKind DayOutOfRange = new("day-out-of-range", RefusalSort.Form,
        "日期须在批复之日 {0} 与今日 {1} 之间。", "The day must lie between the approval ({0}) and today ({1}).");

    /// <summary>The project was accepted, so that nothing is built or changed any more.</summary>
    public static readonly RefusalKind ProjectAcceptedAlready = new("project-accepted-already", RefusalSort.Rule,
        "项目已于 {0} 验收。", "The project was accepted on {0}.");

    /// <summary>What is wrong with the day of something that happened after the approval; empty if nothing is.</summary>
    public static IEnumerable<Refusal> CheckDay(string field, DateOnly day, Proposal proposal, DateOnly today)
    {
        var from = proposal.Issuance.Approval!.On;
        if (day < from || day > today) yield return DayOutOfRange.At(field, from, today);
    }

    /// <summary>
    /// Whether the unit may record a change itself: the goal unchanged, and what all changes since the approval move, more and less alike,
    /// within the policy's share of the approved total.
    /// </summary>
    public static bool WithinAllowance(Proposal proposal, Money total, bool goalChanged, Policy policy) =>
        !goalChanged
        && (proposal.Supervision.ChangedVolume + Money.Distance(proposal.Held!.Amount, total)).Yuan <= policy.Content.ChangeAllowance * proposal.Issuance.Approval!.Amount.Yuan;
}
