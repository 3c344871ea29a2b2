using System.Collections.Immutable;
using Approval.Policies;

namespace Approval.MergedAppraisal;

/// <summary>Facts that merged appraisal (类似项目合并论证) leaves on a proposal.</summary>
public abstract record MergedAppraisalEvent : ProposalEvent
{
    private protected MergedAppraisalEvent() { }
}

/// <summary>An appraisal over this proposal was opened.</summary>
[WireName("appraisal-assigned.v1")]
public sealed record AppraisalAssigned(AppraisalId Appraisal) : MergedAppraisalEvent;

/// <summary>The panel recommended the proposal with an amount; changes are asked for where the list is not empty.</summary>
[WireName("proposal-recommended.v1")]
public sealed record ProposalRecommended(AppraisalId Appraisal, int Revision, Money Amount, ImmutableArray<string> Changes, PolicyRef Policy) : MergedAppraisalEvent;

/// <summary>The panel did not recommend the proposal, which ends it.</summary>
[WireName("proposal-not-recommended.v1")]
public sealed record ProposalNotRecommended(AppraisalId Appraisal, int Revision, string Reason, PolicyRef Policy) : MergedAppraisalEvent;

/// <summary>The proposal was merged into a lead, which ends it; what it held goes to the lead.</summary>
[WireName("proposal-merged-into.v1")]
public sealed record ProposalMergedInto(AppraisalId Appraisal, ProposalId Lead, string Reason, PolicyRef Policy) : MergedAppraisalEvent;

/// <summary>The lead took in another proposal, with its open items.</summary>
/// <param name="Appraisal">The appraisal that merged.</param>
/// <param name="Absorbed">The proposal taken in.</param>
/// <param name="Title">Its title.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Requested">What it had asked for.</param>
/// <param name="Carried">Open items carried over once.</param>
/// <param name="Policy">The policy that judged.</param>
[WireName("proposal-absorbed.v1")]
public sealed record ProposalAbsorbed(
    AppraisalId Appraisal, ProposalId Absorbed, string Title, UnitId Unit, Money Requested,
    ImmutableArray<string> Carried, PolicyRef Policy) : MergedAppraisalEvent;

/// <summary>The merge was undone on the absorbed side: the proposal stands again where it stood before.</summary>
[WireName("merge-undone.v1")]
public sealed record MergeUndone(AppraisalId Appraisal, ProposalId Lead, string Reason) : MergedAppraisalEvent;

/// <summary>The merge was undone on the lead's side: what it had taken in is given back.</summary>
[WireName("absorption-undone.v1")]
public sealed record AbsorptionUndone(AppraisalId Appraisal, ProposalId Absorbed, string Reason) : MergedAppraisalEvent;
