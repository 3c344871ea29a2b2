using System.Collections.Immutable;

namespace Approval.InterfaceUnification;

/// <summary>What interface unification knows of a proposal.</summary>
public sealed record InterfaceUnificationState
{
    /// <summary>The lines arranged.</summary>
    public ImmutableSortedDictionary<LineId, InterfaceArranged> Arranged { get; init; } =
        ImmutableSortedDictionary<LineId, InterfaceArranged>.Empty.WithComparers(LineId.Order);

    /// <summary>The decisions that settled conflicts, by the conflict's key.</summary>
    public ImmutableSortedDictionary<string, InterfaceConflictSettled> Settled { get; init; } =
        ImmutableSortedDictionary<string, InterfaceConflictSettled>.Empty.WithComparers(StringComparer.Ordinal);

    /// <summary>What unification came to, once the proposal has left it and as long as no revision voids it.</summary>
    public InterfacesUnified? Unified { get; init; }

    internal static Proposal Evolve(Proposal p, InterfaceUnificationEvent @event) => @event switch
    {
        InterfaceArranged e => p with { Interfaces = p.Interfaces with { Arranged = p.Interfaces.Arranged.SetItem(e.Line, e) } },
        InterfaceReopened e => p with { Interfaces = p.Interfaces with { Arranged = p.Interfaces.Arranged.Remove(e.Line) } },
        InterfaceConflictSettled e => p with { Interfaces = p.Interfaces with { Settled = p.Interfaces.Settled.SetItem(e.Conflict, e) } },
        UnificationVoided => p with { Interfaces = p.Interfaces with { Unified = null } },
        InterfacesUnified e => p with { Stage = Stage.Committee, Interfaces = p.Interfaces with { Unified = e } },
        _ => throw new UnknownEventException(Proposal.Kind.Name, @event),
    };
}
