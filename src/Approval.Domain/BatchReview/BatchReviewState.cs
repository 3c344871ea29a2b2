namespace Approval.BatchReview;

/// <summary>What batch review knows of a proposal.</summary>
public sealed record BatchReviewState
{
    /// <summary>The batch it is in, or that settled it; null while it waits for one.</summary>
    public BatchId? Batch { get; init; }

    /// <summary>Whether the joint pre-review supported it; null before its result.</summary>
    public bool? Supported { get; init; }

    /// <summary>The revision that the joint pre-review saw.</summary>
    public int? Reviewed { get; init; }

    /// <summary>Its rank in the batch that shortlisted it.</summary>
    public int? Rank { get; init; }

    /// <summary>How often it was held over.</summary>
    public int HeldOver { get; init; }

    internal static Proposal Evolve(Proposal p, BatchReviewEvent @event) => @event switch
    {
        BatchJoined e => p with { BatchReview = p.BatchReview with { Batch = e.Batch, Supported = null, Reviewed = null } },
        JointPreReviewConcluded e => p with { BatchReview = p.BatchReview with { Supported = e.Supported, Reviewed = e.Revision } },
        JointPreReviewVoided => p with { BatchReview = p.BatchReview with { Supported = null, Reviewed = null } },
        ProposalShortlisted e => p with
        {
            Stage = Stage.MergedAppraisal,
            Held = new(e.Fund, e.Reservation, e.Amount, Committed: false),
            BatchReview = p.BatchReview with { Rank = e.Rank },
        },
        ProposalHeldOver => p with
        {
            BatchReview = p.BatchReview with { Batch = null, Supported = null, Reviewed = null, HeldOver = p.BatchReview.HeldOver + 1 },
        },
        ProposalTurnedDown => p.End(Outcome.TurnedDown),
        _ => throw new UnknownEventException(Proposal.Kind.Name, @event),
    };
}
