namespace Approval.Signing;

/// <summary>反馈意见: the person asked gives the opinion, once.</summary>
/// <param name="Round">The round.</param>
/// <param name="Opinion">The opinion's number.</param>
/// <param name="Text">What the person thinks.</param>
public sealed record GiveOpinion(RoundId Round, int Opinion, string Text)
{
    /// <summary>No such opinion was asked of this person.</summary>
    public static readonly RefusalKind NotAsked = new("opinion-not-asked", RefusalSort.Authority, "未向您征求该意见。", "You were not asked for this opinion.");

    /// <summary>The opinion was given and stands.</summary>
    public static readonly RefusalKind OpinionGivenAlready = new("opinion-given", RefusalSort.Rule, "该意见已反馈。", "The opinion was given already.");

    /// <summary>Decides.</summary>
    public static Decision Decide(GiveOpinion command, Proposal proposal, Occasion on)
    {
        if (Permissions.Check(nameof(GiveOpinion), on.By, proposal.Unit) is { } no) return no;
        if (SigningRules.Find(proposal, command.Round) is not { } round) return SigningRules.RoundUnknown.With();
        if (round.Opinions.FirstOrDefault(o => o.Number == command.Opinion && o.Of == on.By.Person) is not { } opinion) return NotAsked.With();
        if (opinion.Text == command.Text) return Decision.Nothing;
        if (SigningRules.Closed(proposal, round) is { } closed) return closed;
        if (opinion.Text is not null) return OpinionGivenAlready.With();
        if (Texts.Check("text", command.Text, Texts.Remark).ToList() is { Count: > 0 } wrong) return Decision.Refuse(wrong);
        return SigningRules.Record(proposal, round.Id, on, new OpinionGiven(round.Id, opinion.Number, on.By.Person, command.Text));
    }
}
