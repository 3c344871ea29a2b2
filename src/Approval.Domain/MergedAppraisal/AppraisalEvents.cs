using System.Collections.Immutable;
using Approval.Policies;

namespace Approval.MergedAppraisal;

/// <summary>Facts about an appraisal (论证).</summary>
public abstract record AppraisalEvent
{
    private protected AppraisalEvent() { }
}

/// <summary>A proposal under appraisal, as it was when the appraisal was opened.</summary>
public sealed record AppraisedProposal(ProposalId Proposal, UnitId Unit, string Title, Money Requested);

/// <summary>The office opened an appraisal over proposals; the criteria and the smallest panel are fixed from here on.</summary>
[WireName("appraisal-opened.v1")]
public sealed record AppraisalOpened(
    AppraisalId Appraisal, ImmutableArray<AppraisedProposal> Proposals, ImmutableArray<Criterion> Criteria, int PanelAtLeast, PolicyRef Policy) : AppraisalEvent;

/// <summary>The office appointed the panel.</summary>
[WireName("panel-appointed.v1")]
public sealed record PanelAppointed(ImmutableArray<PersonId> Experts, PolicyRef Policy) : AppraisalEvent;

/// <summary>An expert left the panel because of a conflict of interest; the sheets handed in fall with the seat.</summary>
[WireName("expert-recused.v1")]
public sealed record ExpertRecused(PersonId Expert, string Reason) : AppraisalEvent;

/// <summary>An expert took the seat of another; sheets of the one replaced fall with the seat.</summary>
[WireName("expert-replaced.v1")]
public sealed record ExpertReplaced(PersonId Leaving, PersonId Joining, string Reason, PolicyRef Policy) : AppraisalEvent;

/// <summary>An expert handed in a sheet for a proposal, or replaced the own one. Sealed until <see cref="SheetsDisclosed"/>.</summary>
/// <param name="Expert">The expert.</param>
/// <param name="Proposal">The proposal.</param>
/// <param name="Revision">The revision that the expert saw.</param>
/// <param name="Scores">0 to 100 for each criterion, by its key.</param>
/// <param name="Opinion">The opinion.</param>
/// <param name="Suggested">The amount that the expert suggests.</param>
[SealedContent]
[WireName("score-sheet-submitted.v1")]
public sealed record ScoreSheetSubmitted(
    PersonId Expert, ProposalId Proposal, int Revision, ImmutableSortedDictionary<string, int> Scores, string Opinion, Money Suggested) : AppraisalEvent;

/// <summary>All sheets were in and were disclosed.</summary>
[WireName("sheets-disclosed.v1")]
public sealed record SheetsDisclosed : AppraisalEvent;

/// <summary>Proposals were revised after the disclosure, and the office asked the panel for new sheets on them: the old ones no longer count, and all are sealed until the new ones are in.</summary>
[WireName("sheets-reopened.v1")]
public sealed record SheetsReopened(ImmutableArray<ProposalId> Proposals, string Reason, PolicyRef Policy) : AppraisalEvent;

/// <summary>The conclusion on one proposal.</summary>
[WireName("conclusion-drawn.v1")]
public sealed record ConclusionDrawn(
    ProposalId Proposal, int Revision, ConclusionKind Kind, Money? Amount, ImmutableArray<string> Changes, ProposalId? Lead, string Reason, PolicyRef Policy) : AppraisalEvent;

/// <summary>Proposals were merged into a lead. What merging saved is the requested sum of all of them less the recommended amount.</summary>
[WireName("proposals-merged.v1")]
public sealed record ProposalsMerged(ProposalId Lead, ImmutableArray<ProposalId> Absorbed, Money Requested, Money Recommended, PolicyRef Policy) : AppraisalEvent
{
    /// <summary>What merging saved.</summary>
    public Money Saved => Requested - Recommended;
}

/// <summary>Every proposal still under appraisal is settled.</summary>
[WireName("appraisal-concluded.v1")]
public sealed record AppraisalConcluded : AppraisalEvent;

/// <summary>The office dissolved the appraisal before any conclusion: its proposals are free for another.</summary>
[WireName("appraisal-dissolved.v1")]
public sealed record AppraisalDissolved(string Reason, PolicyRef Policy) : AppraisalEvent;

/// <summary>A merge was undone: the lead and the proposals it had taken in wait for a conclusion again.</summary>
[WireName("merge-taken-back.v1")]
public sealed record MergeTakenBack(ProposalId Lead, string Reason, PolicyRef Policy) : AppraisalEvent;
