using System.Collections.Immutable;

namespace Approval.InterfaceUnification;

/// <summary>What interface unification knows of a proposal.</summary>
public sealed record InterfaceUnificationState
{
    /// <summary>The lines arranged, by line number.</summary>
    public ImmutableSortedDictionary<int, InterfaceArranged> Arranged { get; init; } = ImmutableSortedDictionary<int, InterfaceArranged>.Empty;

    /// <summary>The conflicts settled, by key.</summary>
    public ImmutableSortedDictionary<string, string> Settled { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    internal static Proposal Evolve(Proposal p, InterfaceUnificationEvent @event) => @event switch
    {
        InterfaceArranged e => p with { Interfaces = p.Interfaces with { Arranged = p.Interfaces.Arranged.SetItem(e.Line, e) } },
        InterfaceReopened e => p with { Interfaces = p.Interfaces with { Arranged = p.Interfaces.Arranged.Remove(e.Line) } },
        InterfaceConflictSettled e => p with { Interfaces = p.Interfaces with { Settled = p.Interfaces.Settled.SetItem(e.Conflict, e.Resolution) } },
        InterfacesUnified => p with { Stage = Stage.Committee },
        _ => throw new UnknownEventException(Proposal.Kind.Name, @event),
    };
}
