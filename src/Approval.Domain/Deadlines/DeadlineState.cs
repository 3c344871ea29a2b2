using System.Collections.Immutable;

namespace Approval.Deadlines;

/// <summary>What became of a proposal's deadlines.</summary>
public sealed record DeadlineState
{
    /// <summary>Those reminded of.</summary>
    public ImmutableList<DeadlineKey> Reminded { get; init; } = [];

    /// <summary>Those escalated.</summary>
    public ImmutableList<DeadlineKey> Escalated { get; init; } = [];

    internal static Proposal Evolve(Proposal p, DeadlineEvent @event) => @event switch
    {
        DeadlineReminded e => p with { Deadlines = p.Deadlines with { Reminded = p.Deadlines.Reminded.Add(e.Deadline) } },
        DeadlineEscalated e => p with { Deadlines = p.Deadlines with { Escalated = p.Deadlines.Escalated.Add(e.Deadline) } },
        _ => throw new UnknownEventException(Proposal.Kind.Name, @event),
    };
}
