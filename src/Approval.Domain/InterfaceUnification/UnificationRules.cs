using System.Collections.Immutable;
using Approval.Intake;

namespace Approval.InterfaceUnification;

/// <summary>When a project's interfaces are worked on: in their stage, and before the committee once their unification was voided.</summary>
public static class UnificationRules
{
    /// <summary>The interfaces are not unified, or their unification was voided.</summary>
    public static readonly RefusalKind NotUnified = new("interfaces-not-unified", RefusalSort.Rule,
        "接口统一安排尚未完成或已失效，须重新完成后方可审议。", "The interfaces are not unified, or their unification was voided: they are unified anew before the committee votes.");

    /// <summary>What a unification rests on.</summary>
    public static readonly ImmutableSortedSet<ContentPart> Rests = [ContentPart.Systems, ContentPart.Resources, ContentPart.Interfaces];

    /// <summary>The events by which a revision voids the unification, if it changes what that rested on.</summary>
    internal static IEnumerable<ProposalEvent> Void(Proposal proposal, ProposalRevised revised) =>
        proposal.Interfaces.Unified is not null && Rests.Intersect(revised.Changed) is { IsEmpty: false } changed ? [new UnificationVoided(revised.Revision, changed)] : [];

    /// <summary>The event that voids the unification of a project that comes back after others were unified without it.</summary>
    internal static IEnumerable<ProposalEvent> Void(Proposal proposal) =>
        proposal.Interfaces.Unified is null ? [] : [new UnificationVoided(proposal.Revision, [])];

    /// <summary>Why the committee may not vote yet; null if nothing stands in the way.</summary>
    internal static Refusal? BeforeDecision(Proposal proposal) => proposal.Interfaces.Unified is null ? NotUnified.With() : null;

    /// <summary>Why the actor may not work on the project's interfaces now; null if the actor may.</summary>
    internal static Refusal? Check(string deed, Actor actor, Proposal proposal) =>
        Permissions.Check(deed, actor, proposal)
        ?? (proposal is { Stage: Stage.Committee, Interfaces.Unified: not null } ? Permissions.WrongStage.With(proposal.Stage) : null);
}
