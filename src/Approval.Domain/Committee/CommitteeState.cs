using System.Collections.Immutable;

namespace Approval.Committee;

/// <summary>What the committee knows of a proposal.</summary>
public sealed record CommitteeState
{
    /// <summary>The meeting on whose agenda it stands.</summary>
    public MeetingId? Meeting { get; init; }

    /// <summary>Its item on that agenda.</summary>
    public int? Item { get; init; }

    /// <summary>How often it was deferred.</summary>
    public int Deferred { get; init; }

    /// <summary>The amount approved.</summary>
    public Money? Approved { get; init; }

    /// <summary>The conditions of the approval, in order.</summary>
    public ImmutableArray<string> Conditions { get; init; } = [];

    /// <summary>Until when reconsideration may be asked for after a rejection.</summary>
    public DateOnly? ReconsiderUntil { get; init; }

    /// <summary>Whether the one reconsideration is used.</summary>
    public bool Reconsidered { get; init; }

    internal static Proposal Evolve(Proposal p, CommitteeEvent @event) => @event switch
    {
        AgendaItemPlaced e => p with { Committee = p.Committee with { Meeting = e.Meeting, Item = e.Item } },
        AgendaItemRemoved => p with { Committee = p.Committee with { Meeting = null, Item = null } },
        ApprovedByCommittee e => p with
        {
            Stage = Stage.Issuance,
            Held = p.Held is { } held ? held with { Amount = e.Amount, Committed = true } : null,
            Committee = p.Committee with { Approved = e.Amount, Conditions = e.Conditions },
        },
        DeferredByCommittee => p with { Committee = p.Committee with { Meeting = null, Item = null, Deferred = p.Committee.Deferred + 1 } },
        RejectedByCommittee e => p.End(Outcome.Rejected) with { Committee = p.Committee with { Meeting = null, Item = null, ReconsiderUntil = e.ReconsiderUntil } },
        ReconsiderationOpened => p with
        {
            Stage = Stage.Committee, Outcome = null,
            Committee = p.Committee with { Reconsidered = true, ReconsiderUntil = null },
        },
        _ => throw new UnknownEventException(Proposal.Kind.Name, @event),
    };
}
