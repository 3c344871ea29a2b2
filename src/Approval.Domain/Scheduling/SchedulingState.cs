namespace Approval.Scheduling;

/// <summary>What early scheduling knows of a proposal.</summary>
public sealed record SchedulingState
{
    /// <summary>Whether the District CIO consented.</summary>
    public bool Consented { get; init; }

    /// <summary>The month given, as its first day.</summary>
    public DateOnly? Slot { get; init; }

    /// <summary>By when the full check is due; null when none is due.</summary>
    public DateOnly? FullCheckDue { get; init; }

    internal static Proposal Evolve(Proposal p, SchedulingEvent @event) => @event switch
    {
        ProposalClassified e => p with { Track = e.Track, Stage = e.Track == Track.Key ? Stage.EarlyScheduling : Stage.BatchReview },
        KeyConsentGiven => p with { Scheduling = p.Scheduling with { Consented = true } },
        KeyConsentRefused => p with { Track = Track.General, Stage = Stage.BatchReview },
        KeyProjectScheduled e => p with
        {
            Stage = Stage.MergedAppraisal,
            Held = new(e.Fund, e.Reservation, e.Amount, Committed: false),
            Scheduling = p.Scheduling with { Slot = e.Slot, FullCheckDue = e.FullCheckDue },
        },
        FullCheckCompleted => p with { Scheduling = p.Scheduling with { FullCheckDue = null } },
        _ => throw new UnknownEventException(Proposal.Kind.Name, @event),
    };
}
