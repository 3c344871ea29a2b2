using Approval.Policies;

namespace Approval.Committee;

/// <summary>A member present votes, in person only; the vote may be changed until the chair declares the result.</summary>
/// <param name="Item">The item.</param>
/// <param name="Vote">The vote.</param>
public sealed record CastVote(int Item, Vote Vote)
{
    /// <summary>The member is not recorded present for the item.</summary>
    public static readonly RefusalKind NotPresent = new("not-present", RefusalSort.Rule,
        "您未被登记为该议题的在场委员，不能表决。", "You are not recorded present for this item and cannot vote.");

    /// <summary>The member takes no part in the item.</summary>
    public static readonly RefusalKind Recused = new("recused", RefusalSort.Rule,
        "您已回避该议题，不能表决。", "You are recused from this item and cannot vote.");

    /// <summary>Decides.</summary>
    /// <param name="command">The command.</param>
    /// <param name="meeting">The meeting.</param>
    /// <param name="policy">The policy that judges the item.</param>
    /// <param name="today">The local date.</param>
    /// <param name="on">Who acts and when.</param>
    public static Decision Decide(CastVote command, Meeting meeting, Policy policy, DateOnly today, Occasion on)
    {
        if (Permissions.Check(nameof(CastVote), on.By) is { } no) return no;
        var me = on.By.Person;
        if (meeting.Member(me) is null) return CommitteeRefusals.NotEntitled.With();
        if (CommitteeRefusals.Running(meeting, command.Item, today) is { } idle) return idle;
        var item = meeting.Items[command.Item];
        if (item.Resolved is { } resolved) return CommitteeRefusals.ItemResolvedAlready.With(resolved.Resolution);
        if (item.IsRecused(me)) return Recused.With();
        if (!item.Present.Contains(me)) return NotPresent.With();
        if (item.Motion is not { } motion) return CommitteeRefusals.NoVoteOpen.With();
        if (motion.Ballots.TryGetValue(me.Value, out var cast) && cast == command.Vote) return Decision.Nothing;

        var tally = VoteRules.Count(meeting, item);
        if (!VoteRules.HasQuorum(tally, policy.Content.Quorum)) return CommitteeRefusals.NoQuorum.With(tally.Entitled, tally.Present);
        return Decision.Of(meeting.Id.Stream, new VoteCast(command.Item, me, command.Vote));
    }
}
