using System.Collections.Immutable;
using Approval.Intake;

namespace Approval.MergedAppraisal;

/// <summary>What merged appraisal knows of a proposal.</summary>
public sealed record MergedAppraisalState
{
    /// <summary>The newest revision for which the engine or a person looked for similar ones; null before the first look.</summary>
    public int? LookedAt { get; init; }

    /// <summary>Whether the engine could not look, so that a person must.</summary>
    public bool AwaitsLookByHand { get; init; }

    /// <summary>What the newest look of the engine found.</summary>
    public ImmutableArray<SimilarCandidate> Similar { get; init; } = [];

    /// <summary>The appraisal over it, if one is open or concluded.</summary>
    public AppraisalId? Appraisal { get; init; }

    /// <summary>The experts who now sit on its panel and may read it.</summary>
    public ImmutableArray<PersonId> Panel { get; init; } = [];

    /// <summary>The amount that the panel recommended; for a lead, the amount of the merged project.</summary>
    public Money? Recommended { get; init; }

    /// <summary>The changes that the panel asked for and that are not yet found adopted.</summary>
    public ImmutableArray<string> Changes { get; init; } = [];

    /// <summary>The revision in which the office found the changes adopted.</summary>
    public int? AdoptedAt { get; init; }

    /// <summary>The lead into which it was merged.</summary>
    public ProposalId? MergedInto { get; init; }

    /// <summary>The proposals that it took in.</summary>
    public ImmutableArray<ProposalAbsorbed> Absorbed { get; init; } = [];

    /// <summary>What was held before the conclusion, to stand again if a merge is undone.</summary>
    public HeldMoney? HeldBefore { get; init; }

    /// <summary>The correction that was open when it was merged, to stand again if the merge is undone.</summary>
    public Correction? CorrectionBefore { get; init; }

    /// <summary>When a full check was due before a merge.</summary>
    public DateOnly? FullCheckDueBefore { get; init; }

    internal static Proposal Evolve(Proposal p, MergedAppraisalEvent @event) => @event switch
    {
        SimilarLookedFor e => p with { Appraisal = p.Appraisal with { LookedAt = e.Revision, AwaitsLookByHand = false, Similar = e.Found } },
        SimilarityLookFailed => p with { Appraisal = p.Appraisal with { AwaitsLookByHand = true } },
        SimilarLookedForByHand e => p with { Appraisal = p.Appraisal with { LookedAt = e.Revision, AwaitsLookByHand = false } },
        AppraisalAssigned e => p with { Appraisal = p.Appraisal with { Appraisal = e.Appraisal } },
        AppraisalReleased => p with { Appraisal = p.Appraisal with { Appraisal = null, Panel = [] } },
        PanelSeated e => p with { Appraisal = p.Appraisal with { Panel = e.Experts } },
        ProposalRecommended e => Recommend(p, e.Amount, []) with { Stage = Stage.InterfaceUnification },
        ProposalRecommendedWithChanges e => Recommend(p, e.Amount, e.Changes),
        ChangesAdopted e => p with { Stage = Stage.InterfaceUnification, Appraisal = p.Appraisal with { Changes = [], AdoptedAt = e.Revision } },
        ProposalNotRecommended => p.End(Outcome.NotRecommended),
        ProposalMergedInto e => p.End(Outcome.Merged) with { Appraisal = p.Appraisal with { MergedInto = e.Lead, HeldBefore = p.Held, CorrectionBefore = p.Intake.Correction } },
        ProposalAbsorbed e => p with
        {
            Scheduling = p.Scheduling with { FullCheckDue = e.FullCheckDue },
            Appraisal = p.Appraisal with
            {
                Absorbed = p.Appraisal.Absorbed.Add(e),
                FullCheckDueBefore = p.Appraisal.Absorbed.IsEmpty ? p.Scheduling.FullCheckDue : p.Appraisal.FullCheckDueBefore,
            },
        },
        MergeUndone e => p with
        {
            Stage = Stage.MergedAppraisal, Outcome = null, Held = e.Held,
            Intake = p.Intake with { Correction = p.Appraisal.CorrectionBefore },
            Appraisal = p.Appraisal with { MergedInto = null, HeldBefore = null, CorrectionBefore = null },
        },
        AbsorptionUndone e => p with { Appraisal = p.Appraisal with { Absorbed = p.Appraisal.Absorbed.RemoveAll(a => a.Absorbed == e.Absorbed) } },
        RecommendationWithdrawn e => p with
        {
            Stage = Stage.MergedAppraisal, Held = e.Held,
            Intake = p.Intake with { Correction = null },
            Scheduling = p.Scheduling with { FullCheckDue = e.FullCheckDue },
            Appraisal = p.Appraisal with { Recommended = null, Changes = [], AdoptedAt = null, HeldBefore = null, FullCheckDueBefore = null },
            Interfaces = p.Interfaces with { Unified = null },
        },
        _ => throw new UnknownEventException(Proposal.Kind.Name, @event),
    };

    static Proposal Recommend(Proposal p, Money amount, ImmutableArray<string> changes) => p with
    {
        Held = p.Held is { } held ? held with { Amount = amount } : null,
        Appraisal = p.Appraisal with { Recommended = amount, Changes = changes, HeldBefore = p.Held },
    };
}
