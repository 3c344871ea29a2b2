using Approval.Calendars;
using Approval.Policies;
using Approval.Signing;

namespace Approval.BatchReview;

/// <summary>The office asks the bodies to pre-review every member that has no result yet and is not under correction. Asked again, it reaches the members that have come back from one,
/// and those whom the bodies did not support and who have revised since.</summary>
public sealed record OpenPreReview
{
    /// <summary>Nobody is left in the batch.</summary>
    public static readonly RefusalKind Empty = new("batch-empty", RefusalSort.Rule,
        "批次中没有项目。", "There is no proposal in the batch.");

    /// <summary>Decides.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="members">Everyone who ever joined.</param>
    /// <param name="policyOf">The policies that judge them.</param>
    /// <param name="calendar">The jurisdiction's calendar.</param>
    /// <param name="on">Who, when.</param>
    public static Decision Decide(Batch batch, IReadOnlyCollection<Proposal> members, Func<PolicyRef, Policy> policyOf, WorkingCalendar calendar, Occasion on)
    {
        if (Permissions.Check(nameof(OpenPreReview), on.By) is { } no) return no;
        if (BatchRules.NotUnderReview(batch, calendar.DateOf(on.At)) is { } notNow) return notNow;
        var present = BatchRules.Present(batch, members).ToList();
        if (present.Count == 0) return Empty.With();

        var asked = present.Where(Wanting).ToList();
        return asked.Aggregate(
            asked.Count == 0 ? Decision.Nothing : Decision.Of(batch.Id.Stream, new BatchPreReviewOpened([.. asked.Select(p => p.Id)])),
            (decision, p) => decision.And(p.Id.Stream, JointPreReviewRound.Open(batch, p, policyOf(p.Policy!.Value))));
    }

    static bool Wanting(Proposal p) =>
        p.Intake.Correction is null
        && SigningRules.Find(p, SigningPurpose.JointPreReview) is null
        && (p.BatchReview.Supported is null || (p.BatchReview.Supported == false && p.BatchReview.Reviewed < p.Revision));
}
