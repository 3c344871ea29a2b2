using Approval.Signing;

namespace Approval.BatchReview;

/// <summary>What follows when the joint pre-review (会审) of a member ends.</summary>
public static class JointPreReviewRound
{
    /// <summary>Supported or not; returned, the office may ask again.</summary>
    public static IEnumerable<ProposalEvent> Ended(Proposal proposal, SigningRound round, RoundOutcome outcome, string reason, Occasion on) =>
        outcome is RoundOutcome.Carried or RoundOutcome.Failed && proposal.BatchReview.Batch is { } batch
            ? [new JointPreReviewConcluded(batch, proposal.Revision, outcome == RoundOutcome.Carried, round.Policy)]
            : [];
}
