using System.Collections.Immutable;
using Approval.Funds;
using Approval.Intake;
using Approval.InterfaceUnification;
using Approval.Policies;
using Approval.Signing;

namespace Approval.Supervision;

/// <summary>
/// 终止: the unit gives up an approved project before its acceptance, also while a change of it is under approval. The money committed is free again,
/// and the interfaces that the approval published are retired, unless another project rests on them.
/// </summary>
/// <param name="Reason">Why.</param>
public sealed record AbandonProject(string Reason)
{
    /// <summary>The project was not approved yet: its unit withdraws the proposal.</summary>
    public static readonly RefusalKind NotApproved = new("project-not-approved", RefusalSort.Rule,
        "项目尚未批复，请撤回申报。", "The project was not approved yet: withdraw the proposal.");

    /// <summary>Decides.</summary>
    /// <param name="command">The command.</param>
    /// <param name="proposal">The proposal.</param>
    /// <param name="fund">The fund that holds its money, if any does.</param>
    /// <param name="catalogue">The interface catalogue.</param>
    /// <param name="declarants">The projects in the path, whose arrangements may rest on its interfaces.</param>
    /// <param name="policy">The policy that judges it.</param>
    /// <param name="on">Who and when.</param>
    public static Decision Decide(
        AbandonProject command, Proposal proposal, Fund? fund, InterfaceCatalogue catalogue, IReadOnlyCollection<Declarant> declarants, Policy policy, Occasion on)
    {
        if (Permissions.Check(nameof(AbandonProject), on.By, proposal.Unit) is { } no) return no;
        if (proposal is { Outcome: Outcome.Withdrawn, Issuance.Approval: not null }) return Decision.Nothing;
        if (Permissions.CheckStage(nameof(AbandonProject), proposal) is { } misplaced) return misplaced;
        if (proposal.Issuance.Approval is null) return NotApproved.With();
        if (proposal.Supervision.Accepted is { } accepted) return SupervisionRules.ProjectAcceptedAlready.With(accepted.On);
        if (Texts.Check("reason", command.Reason, Texts.Remark).ToList() is { Count: > 0 } wrong) return Decision.Refuse(wrong);

        ImmutableArray<InterfaceId> published = [.. catalogue.Published.Where(e => e.Source == proposal.Id).Select(e => e.Id)];
        var users = declarants.Count(d => d.Proposal != proposal.Id && !d.Closed && d.Arranged.Any(a => a.Interface is { } entry && published.Contains(entry)));
        if (users > 0) return RetireInterface.InUse.With(users);
        return Decision.Of(proposal.Id.Stream, [.. SigningRules.Cancel(proposal), new ProjectAbandoned(command.Reason, policy.Ref, proposal.Revision)])
            .And(WithdrawProposal.Release(proposal, fund, command.Reason))
            .And(JurisdictionStreams.InterfaceCatalogue, published.Select(entry => new InterfaceRetired(entry, command.Reason)));
    }
}
