using Approval.Signing;

namespace Approval.Intake;

/// <summary>What follows when the departmental CIOs' endorsement (审签) ends.</summary>
public static class EndorsementRound
{
    /// <summary>Endorsed, or sent back to the unit's desk.</summary>
    public static IEnumerable<ProposalEvent> Ended(Proposal proposal, SigningRound round, RoundOutcome outcome, string reason, Occasion on) => outcome switch
    {
        RoundOutcome.Carried => [new ProposalEndorsed(proposal.Revision, round.Policy)],
        RoundOutcome.Cancelled => [],
        _ => [new ProposalSentBack(proposal.Revision, reason, round.Policy)],
    };

    /// <summary>A later revision changed what the endorsement rested on: it is needed anew.</summary>
    public static IEnumerable<ProposalEvent> Voided(Proposal proposal, SigningRound round, SignaturesVoided voided) =>
        proposal.Intake.EndorsedRevision is null ? [] : [new EndorsementVoided(voided.Revision, voided.Changed)];
}
