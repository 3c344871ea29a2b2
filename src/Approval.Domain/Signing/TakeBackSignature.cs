namespace Approval.Signing;

/// <summary>拿回: a signer takes the own signature back while the round is open.</summary>
/// <param name="Round">The round.</param>
/// <param name="Reason">Why.</param>
public sealed record TakeBackSignature(RoundId Round, string Reason)
{
    /// <summary>Decides.</summary>
    public static Decision Decide(TakeBackSignature command, Proposal proposal, Occasion on)
    {
        if (Permissions.Check(nameof(TakeBackSignature), on.By, proposal.Unit) is { } no) return no;
        if (SigningRules.Find(proposal, command.Round) is not { } round) return SigningRules.RoundUnknown.With();
        if (SigningRules.SeatFor(round, on.By) is not { } seat) return SigningRules.NoSeat.With();
        if (SigningRules.Closed(proposal, round) is { } closed) return closed;
        if (round.Signatures.GetValueOrDefault(seat.Key) is not { } signature || signature.By != on.By.Person) return Decision.Nothing;
        if (Texts.Check("reason", command.Reason, Texts.Remark).ToList() is { Count: > 0 } wrong) return Decision.Refuse(wrong);
        return SigningRules.Record(proposal, round.Id, on, new SignatureTakenBack(round.Id, seat.Key, command.Reason));
    }
}
