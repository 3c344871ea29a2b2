namespace Approval.Signing;

/// <summary>抄送: who asked, or a signer, gives a person the round to read.</summary>
/// <param name="Round">The round.</param>
/// <param name="To">To whom.</param>
public sealed record CopyRound(RoundId Round, PersonId To)
{
    /// <summary>The most persons that a round is copied to.</summary>
    public const int MostCopies = 200;

    /// <summary>The round was copied to as many persons as a round may be.</summary>
    public static readonly RefusalKind TooManyCopies = new("too-many-copies", RefusalSort.Rule, "抄送已达上限（{0}）。", "The round has the most copies allowed ({0}).");

    /// <summary>Decides.</summary>
    /// <param name="command">The command.</param>
    /// <param name="proposal">The proposal.</param>
    /// <param name="to">The person as the directory knows them; null if unknown.</param>
    /// <param name="on">Who and when.</param>
    public static Decision Decide(CopyRound command, Proposal proposal, Actor? to, Occasion on)
    {
        if (Permissions.Check(nameof(CopyRound), on.By, proposal.Unit) is { } no) return no;
        if (SigningRules.Find(proposal, command.Round) is not { } round) return SigningRules.RoundUnknown.With();
        if (!SigningRules.Asked(proposal, round, on.By) && SigningRules.SeatFor(round, on.By) is null) return SigningRules.NoSeat.With();
        if (round.Copied.Contains(command.To)) return Decision.Nothing;
        if (SigningRules.Closed(proposal, round) is { } closed) return closed;
        if (to is null || to.Roles.IsEmpty) return AskOpinion.PersonUnknown.At("to");
        if (round.Copied.Length >= MostCopies) return TooManyCopies.With(MostCopies);
        return SigningRules.Record(proposal, round.Id, on, new RoundCopied(round.Id, command.To));
    }
}
