using System.Collections.Immutable;

namespace Approval.Committee;

/// <summary>What the committee knows of a proposal.</summary>
public sealed record CommitteeState
{
    /// <summary>The meeting on whose agenda it stands, or that approved it last.</summary>
    public MeetingId? Meeting { get; init; }

    /// <summary>Its item on that agenda.</summary>
    public int? Item { get; init; }

    /// <summary>How often it was deferred, as far as it counts.</summary>
    public int Deferred { get; init; }

    /// <summary>The day of the meeting that deferred it last; null once it stands on an agenda again.</summary>
    public DateOnly? DeferredOn { get; init; }

    /// <summary>The amount approved.</summary>
    public Money? Approved { get; init; }

    /// <summary>The day of the meeting that approved.</summary>
    public DateOnly? ApprovedOn { get; init; }

    /// <summary>The revision approved.</summary>
    public int? ApprovedRevision { get; init; }

    /// <summary>The conditions of the approval, in order.</summary>
    public ImmutableArray<string> Conditions { get; init; } = [];

    /// <summary>Until when reconsideration may be asked for after a rejection.</summary>
    public DateOnly? ReconsiderUntil { get; init; }

    /// <summary>Whether the unit asked for reconsideration and waits for the answer.</summary>
    public bool ReconsiderationOpen { get; init; }

    /// <summary>Whether the one reconsideration is used: it is from the asking on.</summary>
    public bool Reconsidered { get; init; }

    /// <summary>What was held when the committee rejected: the measure of what a reconsideration reserves.</summary>
    public HeldMoney? HeldBeforeRejection { get; init; }

    internal static Proposal Evolve(Proposal p, CommitteeEvent @event) => @event switch
    {
        AgendaItemPlaced e => p with { Committee = p.Committee with { Meeting = e.Meeting, Item = e.Item, DeferredOn = null } },
        AgendaItemRemoved => p with { Committee = OffAgenda(p) },
        ApprovedByCommittee e => p with
        {
            Stage = Stage.Issuance,
            Held = p.Held is { } held ? held with { Amount = e.Amount, Committed = true } : null,
            Committee = p.Committee with { Approved = e.Amount, ApprovedOn = e.HeldOn, ApprovedRevision = e.Revision, Conditions = e.Conditions },
        },
        DeferredByCommittee e => p with { Committee = OffAgenda(p) with { Deferred = p.Committee.Deferred + (e.Counted ? 1 : 0), DeferredOn = e.HeldOn } },
        RejectedByCommittee e => p.End(Outcome.Rejected) with
        {
            Committee = OffAgenda(p) with { ReconsiderUntil = e.ReconsiderUntil, HeldBeforeRejection = p.Held, Approved = null, ApprovedOn = null, ApprovedRevision = null },
        },
        ChangeRejectedByCommittee e => p with
        {
            Stage = Stage.Supervision,
            Held = p.Held is { } held ? held with { Amount = e.Standing } : null,
            Committee = OffAgenda(p) with { Approved = p.Issuance.Approval?.Amount, ApprovedRevision = p.Issuance.Approval?.Revision, Conditions = e.Conditions },
            Supervision = p.Supervision with { Pending = null },
        },
        ReconsiderationAsked => p with { Committee = p.Committee with { Reconsidered = true, ReconsiderationOpen = true } },
        ReconsiderationOpened e => p with
        {
            Stage = Stage.Committee, Outcome = null, Held = new(e.Fund, e.Reservation, e.Amount, Committed: false),
            Committee = p.Committee with { ReconsiderationOpen = false, ReconsiderUntil = null, HeldBeforeRejection = null },
        },
        ReconsiderationRefused => p with { Committee = p.Committee with { ReconsiderationOpen = false, ReconsiderUntil = null, HeldBeforeRejection = null } },
        _ => throw new UnknownEventException(Proposal.Kind.Name, @event),
    };

    static CommitteeState OffAgenda(Proposal p) => p.Committee with { Meeting = null, Item = null };
}
