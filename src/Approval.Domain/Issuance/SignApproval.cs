using Approval.InterfaceUnification;
using Approval.Signing;

namespace Approval.Issuance;

/// <summary>The District CIO signs the approval and, if the round carries with that, issues it in the same act.</summary>
/// <param name="Revision">The revision that the signer saw.</param>
/// <param name="Opinion">What the signer adds, if anything.</param>
public sealed record SignApproval(int Revision, string? Opinion)
{
    /// <summary>Decides.</summary>
    /// <param name="command">The command.</param>
    /// <param name="proposal">The proposal.</param>
    /// <param name="numbers">The numbers given so far.</param>
    /// <param name="catalogue">The interface catalogue.</param>
    /// <param name="unit">The name of the unit that answers for the interfaces published.</param>
    /// <param name="prefix">The jurisdiction's prefix of approval numbers.</param>
    /// <param name="today">The local date.</param>
    /// <param name="on">Who acts and when.</param>
    public static Decision Decide(
        SignApproval command, Proposal proposal, ApprovalNumbers numbers, InterfaceCatalogue catalogue, string unit, string prefix, DateOnly today, Occasion on)
    {
        if (Permissions.Check(nameof(SignApproval), on.By) is { } no) return no;
        if (proposal.Stage == Stage.Supervision && proposal.Issuance.Approval is not null) return Decision.Nothing;
        if (Permissions.Check(nameof(SignApproval), on.By, proposal) is { } misplaced) return misplaced;
        if (proposal.Committee.ApprovedRevision is { } approved && approved != proposal.Revision) return IssueApproval.RevisedSinceApproval.With(approved, proposal.Revision);
        if (SigningRules.Find(proposal, SigningPurpose.Issuance) is not { } round) return IssueApproval.Decide(new(), proposal, numbers, catalogue, unit, prefix, today, on);

        var signed = SignFor.Decide(new(round.Id, command.Revision, command.Opinion), proposal, [], on);
        var after = signed.On(proposal.Id.Stream).Aggregate(proposal, Proposal.Evolve);
        return signed.Refused || SigningRules.Find(after, SigningPurpose.Issuance) is not null
            ? signed
            : signed.And(IssueApproval.Decide(new(), after, numbers, catalogue, unit, prefix, today, on));
    }
}
