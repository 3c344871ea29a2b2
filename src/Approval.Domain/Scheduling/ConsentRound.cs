using Approval.Signing;

namespace Approval.Scheduling;

/// <summary>What follows when the consent (同意) to a key project ends.</summary>
public static class ConsentRound
{
    /// <summary>Consent given, or refused and the proposal goes the general way; returned, the office may ask again.</summary>
    public static IEnumerable<ProposalEvent> Ended(Proposal proposal, SigningRound round, RoundOutcome outcome, string reason, Occasion on) => outcome switch
    {
        RoundOutcome.Carried => [new KeyConsentGiven(proposal.Revision, round.Policy)],
        RoundOutcome.Failed => [new KeyConsentRefused(proposal.Revision, reason, round.Policy)],
        _ => [],
    };
}
