using System.Collections.Immutable;
using Approval.Intake;

namespace Approval.InterfaceUnification;

/// <summary>What unification looks at in a proposal: the part that other projects' arrangements depend on.</summary>
public sealed record Declarant
{
    /// <summary>The proposal.</summary>
    public required ProposalId Proposal { get; init; }

    /// <summary>Its title, which is the name of the system it builds.</summary>
    public required string Title { get; init; }

    /// <summary>The unit that proposes.</summary>
    public required UnitId Unit { get; init; }

    /// <summary>Where it stands.</summary>
    public required Stage Stage { get; init; }

    /// <summary>Whether what it builds has been accepted and runs.</summary>
    public bool Built { get; init; }

    /// <summary>The lead into which it was merged.</summary>
    public ProposalId? MergedInto { get; init; }

    /// <summary>Its interface lines.</summary>
    public ImmutableArray<InterfaceDeclaration> Interfaces { get; init; } = [];

    /// <summary>Its information resources.</summary>
    public ImmutableArray<ResourceEntry> Resources { get; init; } = [];

    /// <summary>The existing systems it reuses, replaces or retires.</summary>
    public ImmutableArray<ExistingSystemUse> Systems { get; init; } = [];

    /// <summary>The arrangements made on it, valid or overtaken.</summary>
    public ImmutableArray<InterfaceArranged> Arranged { get; init; } = [];

    /// <summary>The conflicts settled on it.</summary>
    public ImmutableArray<InterfaceConflictSettled> Settled { get; init; } = [];

    /// <summary>What unification came to, once it left.</summary>
    public InterfacesUnified? Unified { get; init; }

    /// <summary>Whether it has come to its end.</summary>
    public bool Closed => Stage == Stage.Closed;

    /// <summary>Whether it counts in the scene by itself: from merged appraisal on, until its end.</summary>
    public bool InScene => Stage is Stage.MergedAppraisal or Stage.InterfaceUnification or Stage.Committee or Stage.Issuance or Stage.Supervision;

    /// <summary>The part of a proposal.</summary>
    public static Declarant Of(Proposal proposal) => new()
    {
        Proposal = proposal.Id,
        Title = proposal.Content.Title,
        Unit = proposal.Unit,
        Stage = proposal.Stage,
        Built = proposal.Supervision.Accepted is not null,
        MergedInto = proposal.Appraisal.MergedInto,
        Interfaces = proposal.Content.Interfaces,
        Resources = proposal.Content.Resources,
        Systems = proposal.Content.Systems,
        Arranged = [.. proposal.Interfaces.Arranged.Values],
        Settled = [.. proposal.Interfaces.Settled.Values],
        Unified = proposal.Interfaces.Unified,
    };
}
