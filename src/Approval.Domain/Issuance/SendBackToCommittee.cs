using Approval.Policies;
using Approval.Signing;

namespace Approval.Issuance;

/// <summary>The office sends a proposal back to the committee because its approval can no longer be signed: it was revised meanwhile, or its signing came to nothing.</summary>
/// <param name="Reason">Why.</param>
public sealed record SendBackToCommittee(string Reason)
{
    /// <summary>The approval can still be signed or issued.</summary>
    public static readonly RefusalKind ApprovalStands = new("approval-stands", RefusalSort.Rule,
        "批复仍可签发，不须退回委员会。", "The approval can still be signed or issued.");

    /// <summary>Decides.</summary>
    public static Decision Decide(SendBackToCommittee command, Proposal proposal, Policy policy, Occasion on)
    {
        if (Permissions.Check(nameof(SendBackToCommittee), on.By, proposal) is { } no) return no;
        if (Texts.Check("reason", command.Reason, Texts.Remark).ToList() is { Count: > 0 } wrong) return Decision.Refuse(wrong);
        var round = proposal.Rounds.LastOrDefault(r => r.Purpose == SigningPurpose.Issuance);
        if (round?.Outcome is null or RoundOutcome.Carried && proposal.Committee.ApprovedRevision == proposal.Revision) return ApprovalStands.With();
        return Decision.Of(proposal.Id.Stream, [.. SigningRules.Cancel(proposal), new IssuanceRefused(command.Reason, policy.Ref, proposal.Revision)]);
    }
}
