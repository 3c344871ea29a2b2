using Approval.Policies;
using Approval.Signing;

namespace Approval.Scheduling;

/// <summary>The District CIO's consent (同意) to a key project, as a signing round: how it opens and what follows when it ends or is voided.</summary>
public static class ConsentRound
{
    /// <summary>The one seat.</summary>
    public const string Seat = "district-cio";

    /// <summary>The round over the newest revision, by the policy's rule for early scheduling.</summary>
    public static RoundOpened Open(Proposal proposal, Policy policy) => SigningRules.Open(
        new($"consent-{proposal.Rounds.Length + 1}"), SigningPurpose.Consent,
        policy.Content.RuleOf(Stage.EarlyScheduling)?.Signing ?? new(SigningRuleKind.All),
        [Signing.Seat.OfRole(Seat, Role.DistrictCio)], proposal.Revision, policy.Ref);

    /// <summary>Consent given, or refused and the proposal goes the general way; returned, the office may ask again.</summary>
    public static IEnumerable<ProposalEvent> Ended(Proposal proposal, SigningRound round, RoundOutcome outcome, string reason, Occasion on) => outcome switch
    {
        RoundOutcome.Carried => [new KeyConsentGiven(proposal.Revision, round.Policy)],
        RoundOutcome.Failed => [new KeyConsentRefused(proposal.Revision, reason, round.Policy)],
        _ => [],
    };

    /// <summary>The consent is needed anew while the project is not yet scheduled.</summary>
    public static IEnumerable<ProposalEvent> Voided(Proposal proposal, SignaturesVoided voided) =>
        proposal is { Stage: Stage.EarlyScheduling, Scheduling.Consented: true } ? [new KeyConsentVoided(voided.Revision)] : [];
}
