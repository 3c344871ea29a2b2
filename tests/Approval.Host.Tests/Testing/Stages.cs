using Approval.BatchReview;
using Approval.Committee;
using Approval.InterfaceUnification;
using Approval.Intake;
using Approval.Issuance;
using Approval.MergedAppraisal;
using Approval.Scheduling;

namespace Approval.Testing;

/// <summary>What happened to proposals that stand in each stage.</summary>
internal static class Stages
{
    /// <summary>Every stage with what follows a proposal's draft until it stands there.</summary>
    public static IEnumerable<(Stage Stage, object[] Past)> Of(County county, Money total)
    {
        List<object> past = [];
        yield return (Stage.Draft, []);
        yield return (Stage.Closed, [new ProposalWithdrawn("不再需要")]);
        foreach (var (stage, next) in new (Stage, object[])[]
        {
            (Stage.Endorsement, [new EndorsementAsked(1)]),
            (Stage.FormCheck, [new ProposalEndorsed(1), new ProposalSubmitted(1), new ProposalAccepted(1, county.Policy)]),
            (Stage.BatchReview, [new ProposalClassified(Track.General, "一般项目", null, county.Policy)]),
            (Stage.MergedAppraisal, [new BatchJoined(new("b1")), new JointPreReviewConcluded(new("b1"), 1, Supported: true, county.Policy),
                new ProposalShortlisted(new("b1"), 1, county.Fund, new("r1"), total, county.Policy)]),
            (Stage.InterfaceUnification, [new AppraisalAssigned(new("a1")), new ProposalRecommended(new("a1"), 1, total, county.Policy)]),
            (Stage.Committee, [new InterfacesUnified(1, 0, [], [], county.Policy)]),
            (Stage.Issuance, [new ApprovedByCommittee(new("m1"), 1, new(2026, 3, 2), 1, total, [], new(3, 3, 0, 3, 0, 0), county.Policy)]),
            (Stage.Supervision, [new ApprovalIssued("示信批〔2026〕1号", 2026, 1, new(2026, 3, 2), 1, total, [], [], new string('0', 64), county.Policy)]),
        })
        {
            past.AddRange(next);
            yield return (stage, [.. past]);
            if (stage == Stage.FormCheck) yield return (Stage.EarlyScheduling, [.. past, new ProposalClassified(Track.Key, "年度重点工作", "〔2026〕1号", county.Policy)]);
        }
    }
}
