using Approval.Policies;

namespace Approval.Intake;

/// <summary>受理: the office accepts the proposal; from here on the policy in force on this day judges it.</summary>
public sealed record AcceptProposal
{
    /// <summary>Decides.</summary>
    public static Decision Decide(AcceptProposal command, Proposal proposal, Policy inForce, Occasion on)
    {
        if (Permissions.Check(nameof(AcceptProposal), on.By, proposal.Unit) is { } no) return no;
        if (proposal is { Policy: not null, Closed: false }) return Decision.Nothing;
        if (Permissions.CheckStage(nameof(AcceptProposal), proposal) is { } misplaced) return misplaced;
        return Decision.Of(proposal.Id.Stream, new ProposalAccepted(proposal.Revision, inForce.Ref));
    }
}
