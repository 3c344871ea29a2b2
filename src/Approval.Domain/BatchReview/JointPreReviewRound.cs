using Approval.Policies;
using Approval.Signing;

namespace Approval.BatchReview;

/// <summary>The joint pre-review (会审) of one member by the batch's bodies, as a signing round: how it opens and what follows when it ends or is voided.</summary>
public static class JointPreReviewRound
{
    /// <summary>The round over the newest revision, by the policy's rule for batch review. Each body signs through its departmental CIO; a body that is itself the proposer has no seat.</summary>
    public static RoundOpened Open(Batch batch, Proposal member, Policy policy) => SigningRules.Open(
        new($"pre-review-{member.Rounds.Length + 1}"), SigningPurpose.JointPreReview,
        policy.Content.RuleOf(Stage.BatchReview)?.Signing ?? new(SigningRuleKind.All),
        batch.Bodies.Where(b => b != member.Unit).Select(b => Seat.OfUnit(b, Role.DepartmentalCio)), member.Revision, policy.Ref);

    /// <summary>Supported or not; returned, the office may ask again.</summary>
    public static IEnumerable<ProposalEvent> Ended(Proposal proposal, SigningRound round, RoundOutcome outcome, string reason, Occasion on) =>
        outcome is RoundOutcome.Carried or RoundOutcome.Failed && proposal.BatchReview.Batch is { } batch
            ? [new JointPreReviewConcluded(batch, proposal.Revision, outcome == RoundOutcome.Carried, round.Policy)]
            : [];

    /// <summary>The support is needed anew while the batch has not settled the member.</summary>
    public static IEnumerable<ProposalEvent> Voided(Proposal proposal, SignaturesVoided voided) =>
        proposal is { Stage: Stage.BatchReview, BatchReview: { Supported: not null, Batch: { } batch } }
            ? [new JointPreReviewVoided(batch, voided.Revision)]
            : [];
}
