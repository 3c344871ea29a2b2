namespace Approval.Signing;

/// <summary>减签: who asked removes a seat that has not signed; the round may be complete without it.</summary>
/// <param name="Round">The round.</param>
/// <param name="Seat">The seat's key.</param>
/// <param name="Reason">Why.</param>
public sealed record RemoveSigner(RoundId Round, string Seat, string Reason)
{
    /// <summary>A round keeps at least one of the seats with which it was opened.</summary>
    public static readonly RefusalKind LastSeat = new("last-seat", RefusalSort.Rule,
        "签批至少保留一名发起时确定的签署人。", "A round keeps at least one of the signers with whom it was opened.");

    /// <summary>The purpose of the round needs this seat: an endorsement needs a departmental CIO of the unit, a consent and an issuance the District CIO.</summary>
    public static readonly RefusalKind SeatNeeded = new("seat-needed", RefusalSort.Rule, "该席位为此项签批所必需。", "This round cannot do without that seat.");

    /// <summary>Decides.</summary>
    public static Decision Decide(RemoveSigner command, Proposal proposal, Occasion on)
    {
        if (Permissions.Check(nameof(RemoveSigner), on.By, proposal.Unit) is { } no) return no;
        if (SigningRules.Find(proposal, command.Round) is not { } round) return SigningRules.RoundUnknown.With();
        if (!SigningRules.Asked(proposal, round, on.By)) return Permissions.NotPermitted.With();
        if (round.Removed.Contains(command.Seat)) return Decision.Nothing;
        if (SigningRules.Closed(proposal, round) is { } closed) return closed;
        if (round.SeatOf(command.Seat) is not { } seat) return SigningRules.SeatUnknown.With();
        if (round.Signatures.ContainsKey(seat.Key)) return SigningRules.SeatHasSigned.With();
        if (Needed(proposal, round) is { } needed && needed(seat) && round.Seats.Length > 1 && round.Seats.Count(needed) == 1) return SeatNeeded.With();
        if (round.Opened.All(s => s.Key == seat.Key)) return LastSeat.With();
        if (Texts.Check("reason", command.Reason, Texts.Remark).ToList() is { Count: > 0 } wrong) return Decision.Refuse(wrong);
        return SigningRules.Record(proposal, round.Id, on, new SignerRemoved(round.Id, seat.Key, command.Reason));
    }

    static Func<Seat, bool>? Needed(Proposal proposal, SigningRound round) => round.Purpose switch
    {
        SigningPurpose.Endorsement => s => s.Role == Role.DepartmentalCio && s.Unit == proposal.Unit,
        SigningPurpose.Consent or SigningPurpose.Issuance => s => s.Role == Role.DistrictCio,
        _ => null,
    };
}
