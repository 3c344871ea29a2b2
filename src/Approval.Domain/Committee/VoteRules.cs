namespace Approval.Committee;

/// <summary>How the members voted on an item and how many took part.</summary>
/// <param name="Entitled">Members entitled to vote in the meeting.</param>
/// <param name="Present">Members recorded present for the item and not recused.</param>
/// <param name="Recused">Members recused from the item.</param>
/// <param name="For">Votes for the motion.</param>
/// <param name="Against">Votes against.</param>
/// <param name="Abstained">Abstentions.</param>
public readonly record struct Tally(int Entitled, int Present, int Recused, int For, int Against, int Abstained);

/// <summary>Quorum and majority: what the votes of members in the room come to.</summary>
public static class VoteRules
{
    /// <summary>Counts an item's votes as they stand: only those of members recorded present for it and not recused.</summary>
    public static Tally Count(Meeting meeting, AgendaItem item)
    {
        var voters = item.Voters.ToList();
        int Votes(Vote vote) => voters.Count(v => item.Motion is { } motion && motion.Ballots.TryGetValue(v.Value, out var cast) && cast == vote);
        return new(meeting.Entitled.Length, voters.Count, item.Recused.Count, Votes(Vote.For), Votes(Vote.Against), Votes(Vote.Abstain));
    }

    /// <summary>Whether enough members take part: the share of <em>all</em> entitled members, recused ones among them, that is present and not recused.</summary>
    /// <param name="tally">Who is entitled and present.</param>
    /// <param name="quorum">The share needed, above 0 and at most 1.</param>
    public static bool HasQuorum(Tally tally, decimal quorum) => tally.Present > 0 && tally.Present >= quorum * tally.Entitled;

    /// <summary>Whether the votes for a motion make the majority: their share of the votes for and against exceeds it, or reaches it where it is above one half.</summary>
    /// <param name="tally">The votes.</param>
    /// <param name="majority">The share needed.</param>
    public static bool Carries(Tally tally, decimal majority)
    {
        var needed = majority * (tally.For + tally.Against);
        return tally.For > 0 && (majority > 0.5m ? tally.For >= needed : tally.For > needed);
    }

    /// <summary>What the votes on a motion come to; null when a motion to defer fails, so that the item must be voted on again.</summary>
    /// <remarks>
    /// A motion to approve that is not carried is rejected if more are against than for. In between (a tie, or more for than against but short of the majority)
    /// the item is deferred, unless it may not be deferred again: then it is rejected.
    /// </remarks>
    /// <param name="motion">What was moved.</param>
    /// <param name="tally">The votes.</param>
    /// <param name="majority">The share of votes needed.</param>
    /// <param name="mayDefer">Whether the policy lets the item be deferred once more.</param>
    public static Resolution? Outcome(MotionKind motion, Tally tally, decimal majority, bool mayDefer) => (motion, Carries(tally, majority)) switch
    {
        (MotionKind.Approve, true) => Resolution.Approved,
        (MotionKind.Defer, true) => Resolution.Deferred,
        (MotionKind.Defer, false) => null,
        _ => tally.Against > tally.For || !mayDefer ? Resolution.Rejected : Resolution.Deferred,
    };
}
