using Approval.Signing;

namespace Approval.Issuance;

/// <summary>What follows when the signing of an approval (签发) ends.</summary>
public static class IssuanceRound
{
    /// <summary>Not signed, the proposal goes back to the committee; signed, the office issues.</summary>
    public static IEnumerable<ProposalEvent> Ended(Proposal proposal, SigningRound round, RoundOutcome outcome, string reason, Occasion on) =>
        outcome == RoundOutcome.Failed ? [new IssuanceRefused(reason, round.Policy)] : [];
}
