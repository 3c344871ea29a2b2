namespace Approval.Signing;

/// <summary>签同意: a signer signs for the revision seen.</summary>
/// <param name="Round">The round.</param>
/// <param name="Revision">The revision that the signer saw; it must be the newest.</param>
/// <param name="Opinion">What the signer adds, if anything.</param>
public sealed record SignFor(RoundId Round, int Revision, string? Opinion)
{
    /// <summary>Decides.</summary>
    /// <param name="command">The command.</param>
    /// <param name="proposal">The proposal.</param>
    /// <param name="authors">Who wrote the proposal.</param>
    /// <param name="on">Who and when.</param>
    public static Decision Decide(SignFor command, Proposal proposal, IReadOnlyCollection<PersonId> authors, Occasion on) =>
        Sign(nameof(SignFor), proposal, authors, command.Round, @for: true, command.Revision, on,
            Texts.Check("opinion", command.Opinion, Texts.Remark, required: false),
            seat => new SignedFor(command.Round, seat.Key, on.By.Person, command.Revision, command.Opinion));

    /// <summary>What signing for and signing against have in common.</summary>
    internal static Decision Sign(
        string deed, Proposal proposal, IReadOnlyCollection<PersonId> authors, RoundId id, bool @for, int revision, Occasion on, IEnumerable<Refusal> wording, Func<Seat, SigningEvent> signed)
    {
        if (Permissions.Check(deed, on.By, proposal.Unit) is { } no) return no;
        if (SigningRules.Find(proposal, id) is not { } round) return SigningRules.RoundUnknown.With();
        if (SigningRules.SeatFor(round, on.By) is not { } seat) return SigningRules.NoSeat.With();
        var signature = round.Signatures.GetValueOrDefault(seat.Key);
        if (signature is not null && signature.By == on.By.Person && signature.For == @for && signature.Revision == revision) return Decision.Nothing;
        if (SigningRules.Closed(proposal, round) is { } closed) return closed;
        if (signature is not null) return SigningRules.AlreadySigned.With();
        if (Separation.Check(proposal, round, on.By.Person, authors) is { } twice) return twice;
        if (!round.Turn.Contains(seat)) return SigningRules.NotYourTurn.With();
        if (revision != proposal.Revision) return SigningRules.RevisionMoved.At("revision", proposal.Revision);
        if (wording.ToList() is { Count: > 0 } wrong) return Decision.Refuse(wrong);
        return SigningRules.Record(proposal, id, on, signed(seat));
    }
}
