namespace Approval.Signing;

/// <summary>加签: who asked, or a signer of the round, adds a seat, last in order. Who sits in it signs in addition to those with whom the round was opened, never instead of them.</summary>
/// <param name="Round">The round.</param>
/// <param name="Seat">The seat.</param>
/// <param name="Reason">Why.</param>
public sealed record AddSigner(RoundId Round, Seat Seat, string Reason)
{
    /// <summary>The most seats of a round.</summary>
    public const int MostSeats = 100;

    /// <summary>Another seat of the round bears this key.</summary>
    public static readonly RefusalKind SeatTaken = new("seat-taken", RefusalSort.Rule, "该签署席位标识已被占用。", "Another seat of the round bears this key.");

    /// <summary>The seat names nobody, or somebody who may not sign.</summary>
    public static readonly RefusalKind SeatOfNobody = new("seat-of-nobody", RefusalSort.Form,
        "须指明可签署的单位、角色或人员。", "A seat names a unit, a role or a person who may sign.");

    /// <summary>The round has as many seats as a round may have.</summary>
    public static readonly RefusalKind RoundFull = new("round-full", RefusalSort.Rule, "签署席位已满（{0}）。", "The round has the most seats allowed ({0}).");

    /// <summary>Decides.</summary>
    /// <param name="command">The command.</param>
    /// <param name="proposal">The proposal.</param>
    /// <param name="person">The person named by the seat as the directory knows them; null if it names none, or one unknown.</param>
    /// <param name="on">Who and when.</param>
    public static Decision Decide(AddSigner command, Proposal proposal, Actor? person, Occasion on)
    {
        if (Permissions.Check(nameof(AddSigner), on.By, proposal.Unit) is { } no) return no;
        if (SigningRules.Find(proposal, command.Round) is not { } round) return SigningRules.RoundUnknown.With();
        if (!SigningRules.Asked(proposal, round, on.By) && SigningRules.SeatFor(round, on.By) is null) return SigningRules.NoSeat.With();
        if (round.SeatOf(command.Seat.Key) is { } same) return same == command.Seat ? Decision.Nothing : SeatTaken.At("seat.key");
        if (SigningRules.Closed(proposal, round) is { } closed) return closed;
        if (round.Seats.Length >= MostSeats) return RoundFull.With(MostSeats);
        if (Check(command, person).ToList() is { Count: > 0 } wrong) return Decision.Refuse(wrong);
        return SigningRules.Record(proposal, round.Id, on, new SignerAdded(round.Id, command.Seat, command.Reason));
    }

    static IEnumerable<Refusal> Check(AddSigner command, Actor? person) =>
    [
        .. Texts.Check("reason", command.Reason, Texts.Remark),
        .. Texts.Check("seat.key", command.Seat.Key, 64),
        .. command.Seat switch
        {
            { Person: not null } seat => person is not null && seat.Admits(person) && Permissions.MaySign(person) ? Array.Empty<Refusal>() : [SeatOfNobody.At("seat.person")],
            { Unit: null, Role: null } => [SeatOfNobody.At("seat")],
            { Role: { } role } => Permissions.Signers.Contains(role) ? [] : [SeatOfNobody.At("seat.role")],
            _ => [],
        },
    ];
}
