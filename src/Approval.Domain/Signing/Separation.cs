using Approval.Intake;

namespace Approval.Signing;

/// <summary>
/// Nobody acts twice in a case where two people are wanted: who wrote a proposal does not endorse it, and who wrote or endorsed it for its unit does not judge it,
/// wherever the person sits by then.
/// </summary>
public static class Separation
{
    /// <summary>The person endorsed the proposal.</summary>
    public static readonly RefusalKind Endorser = new("endorsed-it-yourself", RefusalSort.Rule,
        "您已代表申报单位审签此项目，不能再参与评审。", "You endorsed this proposal for its unit and cannot judge it as well.");

    /// <summary>The person wrote the proposal.</summary>
    public static readonly RefusalKind Author = new("wrote-it-yourself", RefusalSort.Rule,
        "您是此项目的申报经办人，不能再签署。", "You wrote this proposal for its unit and cannot sign for it as well.");

    /// <summary>Who signed for the proposal in an endorsement.</summary>
    public static IEnumerable<PersonId> Endorsers(Proposal proposal) =>
        proposal.Rounds.Where(r => r.Purpose == SigningPurpose.Endorsement).SelectMany(r => r.Signatures.Values).Where(s => s.For).Select(s => s.By).Distinct();

    /// <summary>Whether who recorded the event wrote the proposal for its unit: drafted, revised or submitted it, or answered a correction.</summary>
    public static bool IsAuthoring(object @event) => @event is ProposalDrafted or ProposalRevised or ProposalSubmitted or CorrectionAnswered;

    /// <summary>Why the person may not sign in a round; null if the person may.</summary>
    internal static Refusal? Check(Proposal proposal, SigningRound round, PersonId person, IReadOnlyCollection<PersonId> authors) =>
        round.Purpose is SigningPurpose.Issuance ? null
        : authors.Contains(person) ? Author.With()
        : round.Purpose is not SigningPurpose.Endorsement && Endorsers(proposal).Contains(person) ? Endorser.With()
        : null;
}
