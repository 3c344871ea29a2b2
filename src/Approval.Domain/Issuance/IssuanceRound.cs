using Approval.Policies;
using Approval.Signing;

namespace Approval.Issuance;

/// <summary>The signing of an approval (签发): how it is opened, and what follows when it ends.</summary>
public static class IssuanceRound
{
    /// <summary>Opens the round: a seat for each role that the policy names for issuance, the District CIO where it names none.</summary>
    public static RoundOpened Open(RoundId round, Proposal proposal, Policy policy)
    {
        var rule = policy.Content.RuleOf(Stage.Issuance);
        var roles = rule is { Actors.IsDefaultOrEmpty: false } ? rule.Actors : [Role.DistrictCio];
        return SigningRules.Open(
            round, SigningPurpose.Issuance, rule?.Signing ?? new(SigningRuleKind.All), roles.Select(r => Seat.OfRole(r.ToString(), r)), proposal.Revision, policy.Ref);
    }

    /// <summary>Not signed, the proposal goes back to the committee; signed, <see cref="IssueApproval"/> gives the number.</summary>
    public static IEnumerable<ProposalEvent> Ended(Proposal proposal, SigningRound round, RoundOutcome outcome, string reason, Occasion on) =>
        outcome is RoundOutcome.Failed or RoundOutcome.ReturnedToAsker ? [new IssuanceRefused(reason, round.Policy, proposal.Revision)] : [];
}
