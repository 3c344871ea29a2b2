using System.Collections.Immutable;
using Approval.Intake;
using Approval.Policies;

namespace Approval.MergedAppraisal;

/// <summary>Facts that merged appraisal (类似项目合并论证) leaves on a proposal.</summary>
public abstract record MergedAppraisalEvent : ProposalEvent
{
    private protected MergedAppraisalEvent() { }
}

/// <summary>The engine looked for similar proposals and systems, and found these; none is an answer too.</summary>
[WireName("similar-looked-for.v1")]
public sealed record SimilarLookedFor(int Revision, ImmutableArray<SimilarCandidate> Found) : MergedAppraisalEvent;

/// <summary>The engine could not look: the proposal waits for a person who does.</summary>
[WireName("similarity-look-failed.v1")]
public sealed record SimilarityLookFailed(int Revision, string Reason) : MergedAppraisalEvent;

/// <summary>A person of the office looked where the engine could not.</summary>
[WireName("similar-looked-for-by-hand.v1")]
public sealed record SimilarLookedForByHand(int Revision, string Findings, ImmutableArray<string> Similar) : MergedAppraisalEvent;

/// <summary>An appraisal over this proposal was opened.</summary>
[WireName("appraisal-assigned.v1")]
public sealed record AppraisalAssigned(AppraisalId Appraisal) : MergedAppraisalEvent;

/// <summary>The appraisal over this proposal was dissolved: it waits for another.</summary>
[WireName("appraisal-released.v1")]
public sealed record AppraisalReleased(AppraisalId Appraisal, string Reason, PolicyRef Policy) : MergedAppraisalEvent;

/// <summary>The panel over this proposal now consists of these experts, who may read it.</summary>
[WireName("panel-seated.v1")]
public sealed record PanelSeated(AppraisalId Appraisal, ImmutableArray<PersonId> Experts) : MergedAppraisalEvent;

/// <summary>The panel recommended the proposal with an amount, which its reservation now holds.</summary>
[WireName("proposal-recommended.v1")]
public sealed record ProposalRecommended(AppraisalId Appraisal, int Revision, Money Amount, PolicyRef Policy) : MergedAppraisalEvent;

/// <summary>The panel recommended the proposal with an amount and changes; it goes on when the office finds them adopted.</summary>
[WireName("proposal-recommended-with-changes.v1")]
public sealed record ProposalRecommendedWithChanges(
    AppraisalId Appraisal, int Revision, Money Amount, ImmutableArray<string> Changes, PolicyRef Policy) : MergedAppraisalEvent;

/// <summary>The office found the changes adopted in this revision.</summary>
[WireName("changes-adopted.v1")]
public sealed record ChangesAdopted(AppraisalId Appraisal, int Revision, PolicyRef Policy) : MergedAppraisalEvent;

/// <summary>The panel did not recommend the proposal, which ends it.</summary>
[WireName("proposal-not-recommended.v1")]
public sealed record ProposalNotRecommended(AppraisalId Appraisal, int Revision, string Reason, PolicyRef Policy) : MergedAppraisalEvent;

/// <summary>The proposal was merged into a lead, which ends it; what it held and what was open goes to the lead.</summary>
[WireName("proposal-merged-into.v1")]
public sealed record ProposalMergedInto(
    AppraisalId Appraisal, ProposalId Lead, string LeadTitle, int Revision, string Reason, PolicyRef Policy) : MergedAppraisalEvent;

/// <summary>The lead took in another proposal, with what was open of it.</summary>
/// <param name="Appraisal">The appraisal that merged.</param>
/// <param name="Absorbed">The proposal taken in.</param>
/// <param name="Title">Its title.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Requested">What it had asked for.</param>
/// <param name="Lines">Its interface lines, for which the lead answers from here on.</param>
/// <param name="Corrections">What its unit had yet to correct.</param>
/// <param name="FullCheckDue">By when the full check of the merged project is due, if one is.</param>
/// <param name="Policy">The policy that judged.</param>
[WireName("proposal-absorbed.v1")]
public sealed record ProposalAbsorbed(
    AppraisalId Appraisal, ProposalId Absorbed, string Title, UnitId Unit, Money Requested,
    ImmutableArray<InterfaceDeclaration> Lines, ImmutableArray<string> Corrections, DateOnly? FullCheckDue, PolicyRef Policy) : MergedAppraisalEvent;

/// <summary>The merge was undone on the absorbed side: the proposal stands again where it stood before, with this money.</summary>
[WireName("merge-undone.v1")]
public sealed record MergeUndone(AppraisalId Appraisal, ProposalId Lead, string Reason, HeldMoney? Held, PolicyRef Policy, int? Revision = null) : MergedAppraisalEvent;

/// <summary>The merge was undone on the lead's side: what it had taken in of this proposal is given back.</summary>
[WireName("absorption-undone.v1")]
public sealed record AbsorptionUndone(AppraisalId Appraisal, ProposalId Absorbed, string Reason) : MergedAppraisalEvent;

/// <summary>The recommendation was for the merged project and fell with the merge: the lead waits for a conclusion of its own, with this money and this full check due.</summary>
[WireName("recommendation-withdrawn.v1")]
public sealed record RecommendationWithdrawn(AppraisalId Appraisal, string Reason, HeldMoney? Held, DateOnly? FullCheckDue, PolicyRef Policy, int? Revision = null) : MergedAppraisalEvent;
