using System.Collections.Immutable;
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

/// <summary>A later revision changed what the support rested on; the bodies pre-review anew.</summary>
[WireName("joint-pre-review-voided.v1")]
public sealed record JointPreReviewVoided(BatchId Batch, int Revision) : BatchReviewEvent;

/// <summary>The batch's conclusion shortlisted the proposal and reserved its money.</summary>
[WireName("proposal-shortlisted.v1")]
public sealed record ProposalShortlisted(BatchId Batch, int Rank, FundId Fund, ReservationId Reservation, Money Amount, PolicyRef Policy, int? Revision = null) : BatchReviewEvent;

/// <summary>The batch's conclusion held the proposal over; it waits for the next batch.</summary>
[WireName("proposal-held-over.v1")]
public sealed record ProposalHeldOver(BatchId Batch, string Reason, PolicyRef Policy, int? Revision = null) : BatchReviewEvent;

/// <summary>The batch's conclusion turned the proposal down, which ends it.</summary>
[WireName("proposal-turned-down.v1")]
public sealed record ProposalTurnedDown(BatchId Batch, string Reason, PolicyRef Policy, int? Revision = null) : BatchReviewEvent;

/// <summary>Facts about a batch.</summary>
public abstract record BatchEvent
{
    private protected BatchEvent() { }
}

/// <summary>A batch was announced.</summary>
/// <param name="Batch">The batch.</param>
/// <param name="Title">Its title.</param>
/// <param name="Opens">The first day on which proposals join.</param>
/// <param name="Closes">The last one.</param>
/// <param name="Fund">The fund that carries the shortlisted.</param>
/// <param name="Bodies">The units that jointly pre-review.</param>
[WireName("batch-opened.v1")]
public sealed record BatchOpened(BatchId Batch, string Title, DateOnly Opens, DateOnly Closes, FundId Fund, ImmutableArray<UnitId> Bodies) : BatchEvent;

/// <summary>A proposal joined.</summary>
[WireName("batch-member-joined.v1")]
public sealed record BatchMemberJoined(ProposalId Proposal, UnitId Unit, DateOnly On) : BatchEvent;

/// <summary>The office closed the window; before its last day with a reason.</summary>
[WireName("batch-closed.v1")]
public sealed record BatchClosed(DateOnly On, string? Reason) : BatchEvent;

/// <summary>The bodies were asked to pre-review these members.</summary>
[WireName("batch-pre-review-opened.v1")]
public sealed record BatchPreReviewOpened(ImmutableArray<ProposalId> Members) : BatchEvent;

/// <summary>The office ranked the members, first comes first; a later ranking replaces it.</summary>
[WireName("batch-ranked.v1")]
public sealed record BatchRanked(ImmutableArray<RankedMember> Ranking) : BatchEvent;

/// <summary>The office settled every member in one act.</summary>
/// <param name="Outcomes">What became of each, in the order of the ranking.</param>
/// <param name="Left">Members that had left before: withdrawn or lapsed.</param>
/// <param name="Free">What the fund had free before; the envelope line was drawn by it.</param>
[WireName("batch-concluded.v1")]
public sealed record BatchConcluded(ImmutableArray<SettledMember> Outcomes, ImmutableArray<ProposalId> Left, Money Free) : BatchEvent;

/// <summary>A member's place in the ranking.</summary>
/// <param name="Proposal">The member.</param>
/// <param name="Reason">Why it stands there.</param>
public sealed record RankedMember(ProposalId Proposal, string Reason);

/// <summary>What the conclusion makes of a member.</summary>
public enum BatchOutcome
{
    /// <summary>列入安排: it goes on to appraisal with its money reserved.</summary>
    [Words("列入安排", "Shortlist")]
    Shortlist,

    /// <summary>结转下批: it waits for the next batch.</summary>
    [Words("结转下批", "Hold over")]
    HoldOver,

    /// <summary>不予安排: it ends here.</summary>
    [Words("不予安排", "Turn down")]
    TurnDown,
}

/// <summary>A member settled.</summary>
/// <param name="Proposal">The member.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Rank">Its rank among the members settled, from 1.</param>
/// <param name="Amount">What it asked for; reserved if shortlisted.</param>
/// <param name="Reason">Why; always given unless shortlisted.</param>
/// <param name="Policy">The policy that judged it.</param>
public sealed record SettledMember(ProposalId Proposal, BatchOutcome Outcome, int Rank, Money Amount, string? Reason, PolicyRef Policy);
