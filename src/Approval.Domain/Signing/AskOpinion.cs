namespace Approval.Signing;

/// <summary>征求意见: a signer who has not signed asks a person for an opinion, which binds nobody and holds up nothing.</summary>
/// <param name="Round">The round.</param>
/// <param name="Of">Who is asked.</param>
/// <param name="Question">What is asked.</param>
public sealed record AskOpinion(RoundId Round, PersonId Of, string Question)
{
    /// <summary>The most opinions asked for in one round.</summary>
    public const int MostOpinions = 100;

    /// <summary>There is no such person in the jurisdiction.</summary>
    public static readonly RefusalKind PersonUnknown = new("addressee-unknown", RefusalSort.Form, "没有该人员。", "There is no such person.");

    /// <summary>The round has as many opinions as a round may have.</summary>
    public static readonly RefusalKind TooManyOpinions = new("too-many-opinions", RefusalSort.Rule, "征求意见已达上限（{0}）。", "The round has the most opinions allowed ({0}).");

    /// <summary>Decides.</summary>
    /// <param name="command">The command.</param>
    /// <param name="proposal">The proposal.</param>
    /// <param name="of">The person as the directory knows them; null if unknown.</param>
    /// <param name="on">Who and when.</param>
    public static Decision Decide(AskOpinion command, Proposal proposal, Actor? of, Occasion on)
    {
        if (Permissions.Check(nameof(AskOpinion), on.By, proposal.Unit) is { } no) return no;
        if (SigningRules.Find(proposal, command.Round) is not { } round) return SigningRules.RoundUnknown.With();
        if (SigningRules.SeatFor(round, on.By) is not { } seat) return SigningRules.NoSeat.With();
        if (round.Opinions.Any(o => o.Seat == seat.Key && o.Of == command.Of && o.Question == command.Question)) return Decision.Nothing;
        if (SigningRules.Closed(proposal, round) is { } closed) return closed;
        if (round.Signatures.ContainsKey(seat.Key)) return SigningRules.AlreadySigned.With();
        if (of is null || of.Roles.IsEmpty) return PersonUnknown.At("of");
        if (round.Opinions.Length >= MostOpinions) return TooManyOpinions.With(MostOpinions);
        if (Texts.Check("question", command.Question, Texts.Remark).ToList() is { Count: > 0 } wrong) return Decision.Refuse(wrong);
        return SigningRules.Record(proposal, round.Id, on, new OpinionAsked(round.Id, round.Opinions.Length + 1, seat.Key, command.Of, command.Question));
    }
}
