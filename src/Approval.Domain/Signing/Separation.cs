namespace Approval.Signing;

/// <summary>Nobody acts twice in a case where two people are wanted: who endorsed a proposal for its unit does not judge it, wherever the person sits by then.</summary>
public static class Separation
{
    /// <summary>The person endorsed the proposal.</summary>
    public static readonly RefusalKind Endorser = new("endorsed-it-yourself", RefusalSort.Rule,
        "您已代表申报单位审签此项目，不能再参与评审。", "You endorsed this proposal for its unit and cannot judge it as well.");

    /// <summary>Who signed for the proposal in an endorsement.</summary>
    public static IEnumerable<PersonId> Endorsers(Proposal proposal) =>
        proposal.Rounds.Where(r => r.Purpose == SigningPurpose.Endorsement).SelectMany(r => r.Signatures.Values).Where(s => s.For).Select(s => s.By).Distinct();

    /// <summary>Why the person may not sign in a round; null if the person may.</summary>
    internal static Refusal? Check(Proposal proposal, SigningRound round, PersonId person) =>
        round.Purpose is SigningPurpose.JointPreReview or SigningPurpose.Consent && Endorsers(proposal).Contains(person) ? Endorser.With() : null;
}
