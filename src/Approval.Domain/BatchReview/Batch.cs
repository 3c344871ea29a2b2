using System.Collections.Immutable;

namespace Approval.BatchReview;

/// <summary>A proposal that joined a batch.</summary>
/// <param name="Proposal">The proposal.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Joined">The day on which it joined.</param>
public sealed record BatchMember(ProposalId Proposal, UnitId Unit, DateOnly Joined);

/// <summary>A batch of general proposals reviewed together. Whether a member is still in it, the member's own stream says: whoever withdraws has left without another word.</summary>
public sealed record Batch
{
    /// <summary>The kind of stream.</summary>
    public static readonly StreamKind<Batch> Kind = new("batch", Evolve);

    /// <summary>Its id.</summary>
    public required BatchId Id { get; init; }

    /// <summary>Its title.</summary>
    public required string Title { get; init; }

    /// <summary>The first day on which proposals join.</summary>
    public required DateOnly Opens { get; init; }

    /// <summary>The last one, unless closed before.</summary>
    public required DateOnly Closes { get; init; }

    /// <summary>The fund that carries the shortlisted.</summary>
    public required FundId Fund { get; init; }

    /// <summary>The units that jointly pre-review.</summary>
    public required ImmutableArray<UnitId> Bodies { get; init; }

    /// <summary>Everyone who ever joined, in order.</summary>
    public ImmutableArray<BatchMember> Members { get; init; } = [];

    /// <summary>The day on which the office closed the window.</summary>
    public DateOnly? ClosedOn { get; init; }

    /// <summary>The ranking, first comes first.</summary>
    public ImmutableArray<RankedMember> Ranking { get; init; } = [];

    /// <summary>What became of the members; null until concluded.</summary>
    public BatchConcluded? Conclusion { get; init; }

    /// <summary>Whether the window is over on a day.</summary>
    public bool ShutOn(DateOnly day) => ClosedOn is not null || day > Closes;

    /// <summary>Whether proposals join on a day.</summary>
    public bool TakesIn(DateOnly day) => day >= Opens && !ShutOn(day);

    /// <summary>Whether a proposal is in the batch now.</summary>
    public bool Holds(Proposal proposal) => proposal.Stage == Stage.BatchReview && proposal.BatchReview.Batch == Id;

    /// <summary>The state after an event.</summary>
    public static Batch Evolve(Batch? batch, object @event) => (batch, @event) switch
    {
        (null, BatchOpened e) => new() { Id = e.Batch, Title = e.Title, Opens = e.Opens, Closes = e.Closes, Fund = e.Fund, Bodies = e.Bodies },
        ({ } b, BatchMemberJoined e) => b with { Members = b.Members.Add(new(e.Proposal, e.Unit, e.On)) },
        ({ } b, BatchClosed e) => b with { ClosedOn = e.On },
        ({ } b, BatchPreReviewOpened) => b,
        ({ } b, BatchRanked e) => b with { Ranking = e.Ranking },
        ({ } b, BatchConcluded e) => b with { Conclusion = e },
        _ => throw new UnknownEventException(Kind.Name, @event),
    };
}
