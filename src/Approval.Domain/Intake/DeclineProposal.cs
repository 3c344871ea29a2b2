using Approval.Policies;
using Approval.Signing;

namespace Approval.Intake;

/// <summary>不予受理: the office does not accept the submitted proposal, which ends it.</summary>
/// <param name="Reason">Why.</param>
public sealed record DeclineProposal(string Reason)
{
    /// <summary>The proposal was accepted and can no longer be declined.</summary>
    public static readonly RefusalKind AlreadyAccepted = new("already-accepted", RefusalSort.Rule,
        "项目已受理，不能再作不予受理处理。", "The proposal was accepted and can no longer be declined.");

    /// <summary>Decides.</summary>
    public static Decision Decide(DeclineProposal command, Proposal proposal, Policy inForce, Occasion on)
    {
        if (Permissions.Check(nameof(DeclineProposal), on.By, proposal.Unit) is { } no) return no;
        if (proposal.Outcome == Outcome.NotAccepted) return Decision.Nothing;
        if (Permissions.CheckStage(nameof(DeclineProposal), proposal) is { } misplaced) return misplaced;
        if (proposal.Policy is not null) return AlreadyAccepted.With();
        if (Texts.Check("reason", command.Reason, Texts.Remark).ToList() is { Count: > 0 } wrong) return Decision.Refuse(wrong);
        return Decision.Of(proposal.Id.Stream,
            [.. SigningRules.Cancel(proposal), new ProposalNotAccepted(proposal.Revision, command.Reason, inForce.Ref)]);
    }
}
