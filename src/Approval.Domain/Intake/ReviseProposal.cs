using Approval.InterfaceUnification;
using Approval.Signing;

namespace Approval.Intake;

/// <summary>修改: the unit changes the content, which makes the next revision and voids the signatures, and the unification of interfaces, that rested on what changed.</summary>
/// <param name="Content">The whole content.</param>
public sealed record ReviseProposal(ProposalContent Content)
{
    /// <summary>Decides.</summary>
    public static Decision Decide(ReviseProposal command, Proposal proposal, IReadOnlySet<string> stored, Occasion on)
    {
        if (Permissions.Check(nameof(ReviseProposal), on.By, proposal) is { } no) return no;
        if (ContentRules.Check(command.Content, stored) is { Count: > 0 } wrong) return Decision.Refuse(wrong);
        var changed = ProposalContent.Differences(proposal.Content, command.Content);
        if (changed.IsEmpty) return Decision.Nothing;
        if (!proposal.PenWithUnit()) return IntakeRefusals.PenNotWithUnit.With();
        var revised = new ProposalRevised(proposal.Revision + 1, command.Content, changed);
        return Decision.Of(proposal.Id.Stream, [revised, .. SigningRules.Void(proposal, revised), .. UnificationRules.Void(proposal, revised)]);
    }
}
