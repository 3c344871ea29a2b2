namespace Approval.Signing;

/// <summary>催办: who asked urges those who have not signed, at most once a day.</summary>
/// <param name="Round">The round.</param>
/// <param name="Note">What to tell them.</param>
public sealed record UrgeSigners(RoundId Round, string? Note)
{
    /// <summary>Decides.</summary>
    /// <param name="command">The command.</param>
    /// <param name="proposal">The proposal.</param>
    /// <param name="today">The day in the jurisdiction.</param>
    /// <param name="on">Who and when.</param>
    public static Decision Decide(UrgeSigners command, Proposal proposal, DateOnly today, Occasion on)
    {
        if (Permissions.Check(nameof(UrgeSigners), on.By, proposal.Unit) is { } no) return no;
        if (SigningRules.Find(proposal, command.Round) is not { } round) return SigningRules.RoundUnknown.With();
        if (!SigningRules.Asked(proposal, round, on.By)) return Permissions.NotPermitted.With();
        if (SigningRules.Closed(proposal, round) is { } closed) return closed;
        if (round.Urged >= today) return Decision.Nothing;
        if (Texts.Check("note", command.Note, Texts.Remark, required: false).ToList() is { Count: > 0 } wrong) return Decision.Refuse(wrong);
        return SigningRules.Record(proposal, round.Id, on, new SignersUrged(round.Id, [.. round.Turn.Select(s => s.Key)], today, command.Note));
    }
}
