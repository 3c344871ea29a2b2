using Approval.Policies;

namespace Approval.BatchReview;

/// <summary>Facts that batch review (一般项目集中安排) leaves on a proposal.</summary>
public abstract record BatchReviewEvent : ProposalEvent
{
    private protected BatchReviewEvent() { }
}

/// <summary>The proposal joined a batch.</summary>
[WireName("batch-joined.v1")]
public sealed record BatchJoined(BatchId Batch) : BatchReviewEvent;

/// <summary>The joint pre-review (会审) of the bodies came to its result.</summary>
[WireName("joint-pre-review-concluded.v1")]
public sealed record JointPreReviewConcluded(BatchId Batch, int Revision, bool Supported, PolicyRef Policy) : BatchReviewEvent;

/// <summary>The batch's conclusion shortlisted the proposal and reserved its money.</summary>
[WireName("proposal-shortlisted.v1")]
public sealed record ProposalShortlisted(BatchId Batch, int Rank, FundId Fund, ReservationId Reservation, Money Amount, PolicyRef Policy) : BatchReviewEvent;

/// <summary>The batch's conclusion held the proposal over; it waits for the next batch.</summary>
[WireName("proposal-held-over.v1")]
public sealed record ProposalHeldOver(BatchId Batch, string Reason, PolicyRef Policy) : BatchReviewEvent;

/// <summary>The batch's conclusion turned the proposal down, which ends it.</summary>
[WireName("proposal-turned-down.v1")]
public sealed record ProposalTurnedDown(BatchId Batch, string Reason, PolicyRef Policy) : BatchReviewEvent;
