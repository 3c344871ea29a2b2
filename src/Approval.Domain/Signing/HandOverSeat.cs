namespace Approval.Signing;

/// <summary>转办: a signer who has not signed hands the seat over to somebody of the same unit and role as the seat asks for.</summary>
/// <param name="Round">The round.</param>
/// <param name="To">To whom.</param>
/// <param name="Reason">Why.</param>
public sealed record HandOverSeat(RoundId Round, PersonId To, string Reason)
{
    /// <summary>The person cannot take the seat: another unit or role, unknown, or already seated.</summary>
    public static readonly RefusalKind CannotTakeSeat = new("cannot-take-seat", RefusalSort.Rule,
        "该人员不具备接办资格，或已在本签批中。", "That person cannot take the seat, or has one already.");

    /// <summary>Decides.</summary>
    /// <param name="command">The command.</param>
    /// <param name="proposal">The proposal.</param>
    /// <param name="to">The person as the directory knows them; null if unknown.</param>
    /// <param name="on">Who and when.</param>
    public static Decision Decide(HandOverSeat command, Proposal proposal, Actor? to, Occasion on)
    {
        if (Permissions.Check(nameof(HandOverSeat), on.By, proposal.Unit) is { } no) return no;
        if (SigningRules.Find(proposal, command.Round) is not { } round) return SigningRules.RoundUnknown.With();
        if (SigningRules.SeatFor(round, on.By) is not { } seat)
            return round.HandedOver.Contains(new(on.By.Person, command.To)) ? Decision.Nothing : SigningRules.NoSeat.With();
        if (SigningRules.Closed(proposal, round) is { } closed) return closed;
        if (round.Signatures.ContainsKey(seat.Key)) return SigningRules.SeatHasSigned.With();
        if (to is null || to.Person == on.By.Person || !Permissions.MaySign(to) || !(seat with { Person = null }).Admits(to)
            || round.Seats.Any(s => s.Person == to.Person)) return CannotTakeSeat.At("to");
        if (Texts.Check("reason", command.Reason, Texts.Remark).ToList() is { Count: > 0 } wrong) return Decision.Refuse(wrong);
        return SigningRules.Record(proposal, round.Id, on, new SeatHandedOver(round.Id, seat.Key, on.By.Person, to.Person, command.Reason));
    }
}
