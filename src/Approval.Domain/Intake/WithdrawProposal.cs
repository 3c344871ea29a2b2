using Approval.Funds;
using Approval.Signing;

namespace Approval.Intake;

/// <summary>撤回: the unit withdraws the proposal before it is issued, which ends it and releases its money.</summary>
/// <param name="Reason">Why.</param>
public sealed record WithdrawProposal(string Reason)
{
    /// <summary>Decides.</summary>
    /// <param name="command">The command.</param>
    /// <param name="proposal">The proposal.</param>
    /// <param name="fund">The fund that holds its money, if any does.</param>
    /// <param name="on">Who and when.</param>
    public static Decision Decide(WithdrawProposal command, Proposal proposal, Fund? fund, Occasion on)
    {
        if (Permissions.Check(nameof(WithdrawProposal), on.By, proposal.Unit) is { } no) return no;
        if (proposal is { Outcome: Outcome.Withdrawn, Issuance.Approval: null }) return Decision.Nothing;
        if (Permissions.CheckStage(nameof(WithdrawProposal), proposal) is { } misplaced) return misplaced;
        if (proposal.Issuance.Approval is not null) return IntakeRefusals.ApprovalInForce.With();
        if (Texts.Check("reason", command.Reason, Texts.Remark).ToList() is { Count: > 0 } wrong) return Decision.Refuse(wrong);
        return Decision.Of(proposal.Id.Stream, [.. SigningRules.Cancel(proposal), new ProposalWithdrawn(command.Reason)])
            .And(Release(proposal, fund, command.Reason));
    }

    /// <summary>Releases what is held for a proposal that ends.</summary>
    internal static Decision Release(Proposal proposal, Fund? fund, string reason) =>
        proposal.Held is not { } held ? Decision.Nothing
        : fund?.Id != held.Fund ? IntakeRefusals.WrongFund.With()
        : FundRules.Release(fund, held.Reservation, reason);
}
