namespace Approval.Signing;

/// <summary>Signing by purpose: a proposal has at most one open round of each, so that the signer need not name it.</summary>
public static class SigningAnswer
{
    /// <summary>Why a signature may be refused.</summary>
    public static IReadOnlyList<RefusalKind> Refusals { get; } =
    [
        Permissions.NotPermitted, Permissions.CorrectionOpen, SigningRules.RoundUnknown, SigningRules.RoundOver, SigningRules.NoSeat, SigningRules.NotYourTurn,
        SigningRules.AlreadySigned, SigningRules.RevisionMoved, Separation.Endorser, Separation.Author, Texts.Required, Texts.TooLong, Texts.ControlCharacters,
    ];

    /// <summary>Signs for or against in the newest round of a purpose.</summary>
    /// <param name="proposal">The proposal.</param>
    /// <param name="purpose">What is signed.</param>
    /// <param name="for">For or against.</param>
    /// <param name="revision">The revision that the signer saw.</param>
    /// <param name="reason">Why; needed against.</param>
    /// <param name="authors">Who wrote the proposal.</param>
    /// <param name="on">Who, when.</param>
    public static Decision Answer(
        this Proposal proposal, SigningPurpose purpose, bool @for, int revision, string? reason, IReadOnlyCollection<PersonId> authors, Occasion on) =>
        proposal.Rounds.LastOrDefault(r => r.Purpose == purpose) is not { } round ? SigningRules.RoundUnknown.With()
        : @for ? SignFor.Decide(new(round.Id, revision, reason), proposal, authors, on)
        : SignAgainst.Decide(new(round.Id, revision, reason ?? ""), proposal, authors, on);
}
