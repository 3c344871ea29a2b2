namespace Approval.Scheduling;

/// <summary>What early scheduling knows of a proposal.</summary>
public sealed record SchedulingState
{
    /// <summary>Why it was classified as it is.</summary>
    public string? Reason { get; init; }

    /// <summary>The document on which a key project rests.</summary>
    public string? Document { get; init; }

    /// <summary>Whether the District CIO's consent stands.</summary>
    public bool Consented { get; init; }

    /// <summary>The month given, as its first day.</summary>
    public DateOnly? Slot { get; init; }

    /// <summary>By when the full check is due; null when none is due.</summary>
    public DateOnly? FullCheckDue { get; init; }

    /// <summary>What the full check found, once done.</summary>
    public string? FullCheckFindings { get; init; }

    internal static Proposal Evolve(Proposal p, SchedulingEvent @event) => @event switch
    {
        ProposalClassified e => p with
        {
            Track = e.Track,
            Stage = e.Track == Track.Key ? Stage.EarlyScheduling : Stage.BatchReview,
            Scheduling = p.Scheduling with { Reason = e.Reason, Document = e.Document, Consented = false },
        },
        KeyConsentGiven => p with { Scheduling = p.Scheduling with { Consented = true } },
        KeyConsentRefused e => p with
        {
            Track = Track.General,
            Stage = Stage.BatchReview,
            Scheduling = p.Scheduling with { Reason = e.Reason, Document = null },
        },
        KeyConsentVoided => p with { Scheduling = p.Scheduling with { Consented = false } },
        KeyProjectScheduled e => p with
        {
            Stage = Stage.MergedAppraisal,
            Held = new(e.Fund, e.Reservation, e.Amount, Committed: false),
            Scheduling = p.Scheduling with { Slot = e.Slot, FullCheckDue = e.FullCheckDue },
        },
        FullCheckCompleted e => p with { Scheduling = p.Scheduling with { FullCheckDue = null, FullCheckFindings = e.Findings } },
        _ => throw new UnknownEventException(Proposal.Kind.Name, @event),
    };
}
