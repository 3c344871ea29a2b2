using System.Collections.Immutable;

namespace Approval.MergedAppraisal;

/// <summary>What merged appraisal knows of a proposal.</summary>
public sealed record MergedAppraisalState
{
    /// <summary>The appraisal over it, if one is open or concluded.</summary>
    public AppraisalId? Appraisal { get; init; }

    /// <summary>The amount that the panel recommended.</summary>
    public Money? Recommended { get; init; }

    /// <summary>The changes that the panel asked for.</summary>
    public ImmutableArray<string> Changes { get; init; } = [];

    /// <summary>The lead into which it was merged.</summary>
    public ProposalId? MergedInto { get; init; }

    /// <summary>The proposals that it took in.</summary>
    public ImmutableArray<ProposalAbsorbed> Absorbed { get; init; } = [];

    /// <summary>What was held before a merge, to stand again if it is undone.</summary>
    public HeldMoney? HeldBeforeMerge { get; init; }

    internal static Proposal Evolve(Proposal p, MergedAppraisalEvent @event) => @event switch
    {
        AppraisalAssigned e => p with { Appraisal = p.Appraisal with { Appraisal = e.Appraisal } },
        ProposalRecommended e => p with
        {
            Stage = Stage.InterfaceUnification,
            Appraisal = p.Appraisal with { Recommended = e.Amount, Changes = e.Changes },
        },
        ProposalNotRecommended => p.End(Outcome.NotRecommended),
        ProposalMergedInto e => p.End(Outcome.Merged) with { Appraisal = p.Appraisal with { MergedInto = e.Lead, HeldBeforeMerge = p.Held } },
        ProposalAbsorbed e => p with { Appraisal = p.Appraisal with { Absorbed = p.Appraisal.Absorbed.Add(e) } },
        MergeUndone => p with
        {
            Stage = Stage.MergedAppraisal, Outcome = null, Held = p.Appraisal.HeldBeforeMerge,
            Appraisal = p.Appraisal with { MergedInto = null, HeldBeforeMerge = null },
        },
        AbsorptionUndone e => p with { Appraisal = p.Appraisal with { Absorbed = p.Appraisal.Absorbed.RemoveAll(a => a.Absorbed == e.Absorbed) } },
        _ => throw new UnknownEventException(Proposal.Kind.Name, @event),
    };
}
