namespace Approval.Signing;

/// <summary>签不同意: a signer signs against the revision seen.</summary>
/// <param name="Round">The round.</param>
/// <param name="Revision">The revision that the signer saw; it must be the newest.</param>
/// <param name="Reason">Why.</param>
public sealed record SignAgainst(RoundId Round, int Revision, string Reason)
{
    /// <summary>Decides.</summary>
    /// <param name="command">The command.</param>
    /// <param name="proposal">The proposal.</param>
    /// <param name="authors">Who wrote the proposal.</param>
    /// <param name="on">Who and when.</param>
    public static Decision Decide(SignAgainst command, Proposal proposal, IReadOnlyCollection<PersonId> authors, Occasion on) =>
        SignFor.Sign(nameof(SignAgainst), proposal, authors, command.Round, @for: false, command.Revision, on,
            Texts.Check("reason", command.Reason, Texts.Remark),
            seat => new SignedAgainst(command.Round, seat.Key, on.By.Person, command.Revision, command.Reason));
}
