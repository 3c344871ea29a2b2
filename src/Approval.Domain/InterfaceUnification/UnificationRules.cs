using System.Collections.Immutable;
using Approval.Intake;

namespace Approval.InterfaceUnification;

/// <summary>When a project's interfaces are worked on: in their stage, and before the committee after a revision that voided the unification.</summary>
public static class UnificationRules
{
    /// <summary>The interfaces are not unified, or a later revision voided it.</summary>
    public static readonly RefusalKind NotUnified = new("interfaces-not-unified", RefusalSort.Rule,
        "补正改变了接口、信息资源或现有系统，须重新统一安排接口后方可审议。", "A correction changed interfaces, resources or existing systems; they are unified anew before the committee votes.");

    /// <summary>What a unification rests on.</summary>
    public static readonly ImmutableSortedSet<ContentPart> Rests = [ContentPart.Systems, ContentPart.Resources, ContentPart.Interfaces];

    /// <summary>The events by which a revision voids the unification, if it changes what that rested on.</summary>
    internal static IEnumerable<ProposalEvent> Void(Proposal proposal, ProposalRevised revised) =>
        proposal.Interfaces.Unified is not null && Rests.Intersect(revised.Changed) is { IsEmpty: false } changed ? [new UnificationVoided(revised.Revision, changed)] : [];

    /// <summary>Why the committee may not vote yet; null if nothing stands in the way.</summary>
    internal static Refusal? BeforeDecision(Proposal proposal) => proposal.Interfaces.Unified is null ? NotUnified.With() : null;

    /// <summary>Why the actor may not work on the project's interfaces now; null if the actor may.</summary>
    internal static Refusal? Check(string deed, Actor actor, Proposal proposal) =>
        Permissions.Check(deed, actor, proposal)
        ?? (proposal is { Stage: Stage.Committee, Interfaces.Unified: not null } ? Permissions.WrongStage.With(proposal.Stage) : null);
}
