using Approval.BatchReview;
using Approval.Intake;
using Approval.Issuance;
using Approval.Scheduling;

namespace Approval.Signing;

/// <summary>The one place where the end of a round leads to what it was for.</summary>
public static class SigningConsequences
{
    /// <summary>What follows from the end of a round, beside the end itself and a return to intake.</summary>
    /// <param name="proposal">The proposal with the round ended.</param>
    /// <param name="round">The round with its last signature.</param>
    /// <param name="outcome">How it ended.</param>
    /// <param name="reason">The reason of the return, or the reasons of those who signed against.</param>
    /// <param name="on">Who acted last, and when.</param>
    public static IEnumerable<ProposalEvent> Ended(Proposal proposal, SigningRound round, RoundOutcome outcome, string reason, Occasion on) => round.Purpose switch
    {
        SigningPurpose.Endorsement => EndorsementRound.Ended(proposal, round, outcome, reason, on),
        SigningPurpose.JointPreReview => JointPreReviewRound.Ended(proposal, round, outcome, reason, on),
        SigningPurpose.Consent => ConsentRound.Ended(proposal, round, outcome, reason, on),
        SigningPurpose.Issuance => IssuanceRound.Ended(proposal, round, outcome, reason, on),
        _ => throw new InvalidOperationException($"No such purpose: {round.Purpose}."),
    };

    /// <summary>What follows when a later revision voids signatures of a round that had carried.</summary>
    public static IEnumerable<ProposalEvent> Voided(Proposal proposal, SigningRound round, SignaturesVoided voided) => round.Purpose switch
    {
        SigningPurpose.Endorsement => EndorsementRound.Voided(proposal, round, voided),
        SigningPurpose.JointPreReview => JointPreReviewRound.Voided(proposal, voided),
        SigningPurpose.Consent => ConsentRound.Voided(proposal, voided),
        _ => [],
    };
}
