using System.Collections.Immutable;
using Approval.Directory;
using Approval.InterfaceUnification;
using Approval.Policies;

namespace Approval.Committee;

/// <summary>
/// The chair puts a motion on an item to the vote. A new motion may be put when one to defer has failed, or when the unit revised the proposal meanwhile.
/// Members whose conflict has become known since the item was placed are recused in the same act.
/// </summary>
/// <param name="Item">The item.</param>
/// <param name="Motion">What is moved.</param>
/// <param name="Amount">With a motion to approve: the amount, above zero and at most what was recommended.</param>
/// <param name="Conditions">With a motion to approve: the conditions, in order.</param>
public sealed record OpenVote(int Item, MotionKind Motion, Money? Amount, ImmutableArray<string> Conditions)
{
    /// <summary>The amount is missing, not above zero, or above what may be approved.</summary>
    public static readonly RefusalKind AmountOutOfBounds = new("amount-out-of-bounds", RefusalSort.Rule,
        "批准金额须大于零且不超过建议金额 {0} 元。", "The amount must be above zero and at most the {0} yuan recommended.");

    /// <summary>A motion to defer carries neither amount nor conditions.</summary>
    public static readonly RefusalKind MotionMalformed = new("motion-malformed", RefusalSort.Form,
        "延期动议不得附金额或条件。", "A motion to defer has neither amount nor conditions.");

    /// <summary>Another motion is under vote.</summary>
    public static readonly RefusalKind VoteOpenAlready = new("vote-open-already", RefusalSort.Rule,
        "该议题正在表决。", "A vote is open on the item.");

    /// <summary>The item was deferred as often as the policy allows.</summary>
    public static readonly RefusalKind DeferralsUsed = new("deferrals-used", RefusalSort.Rule,
        "该议题已延期 {0} 次，不得再延期。", "The item has been deferred {0} times and may not be again.");

    /// <summary>Decides.</summary>
    /// <param name="command">The command.</param>
    /// <param name="meeting">The meeting.</param>
    /// <param name="proposal">The item's proposal.</param>
    /// <param name="members">The entitled members as the directory knows them now.</param>
    /// <param name="authors">Who wrote the proposal.</param>
    /// <param name="policy">The policy that judges the proposal.</param>
    /// <param name="today">The local date.</param>
    /// <param name="on">Who acts and when.</param>
    public static Decision Decide(OpenVote command, Meeting meeting, Proposal proposal, IEnumerable<Person> members, IReadOnlyCollection<PersonId> authors, Policy policy, DateOnly today, Occasion on)
    {
        if (Permissions.Check(nameof(OpenVote), on.By, proposal) is { } no) return no;
        if (on.By.Person != meeting.Chair) return CommitteeRefusals.NotTheChair.With();
        if (CommitteeRefusals.Running(meeting, command.Item, today) is { } idle) return idle;
        var item = meeting.Items[command.Item];
        if (item.Resolved is { } resolved) return CommitteeRefusals.ItemResolvedAlready.With(resolved.Resolution);
        if (UnificationRules.BeforeDecision(proposal) is { } open) return open;

        var approve = command.Motion == MotionKind.Approve;
        if (!approve && (command.Amount is not null || !command.Conditions.IsEmpty)) return MotionMalformed.With();
        if (command.Conditions.SelectMany((c, i) => Texts.Check($"conditions[{i}]", c, Texts.Remark)).ToList() is { Count: > 0 } wrong) return Decision.Refuse(wrong);
        if (approve && (command.Amount is not { } amount || amount <= Money.Zero || amount > CommitteeRules.AtMost(proposal)))
            return AmountOutOfBounds.At("amount", CommitteeRules.AtMost(proposal));
        if (!approve && !CommitteeRules.MayDefer(proposal, policy)) return DeferralsUsed.With(proposal.Committee.Deferred);

        MemberRecused[] conflicts = [.. CommitteeRules.Conflicts(item.Number, meeting, proposal, members, authors).Where(c => !item.IsRecused(c.Member))];
        var tally = VoteRules.Count(meeting, item with { Recused = item.Recused.AddRange(conflicts) });
        if (item.Motion is { } moved && moved.Revision == proposal.Revision)
        {
            if (moved.Motion == command.Motion && moved.Amount == command.Amount && moved.Conditions.SequenceEqual(command.Conditions)) return Decision.Nothing;
            var failed = tally.For + tally.Against + tally.Abstained == tally.Present
                && VoteRules.Outcome(moved.Motion, tally, policy.Content.Majority, mayDefer: true) is null;
            if (!failed) return VoteOpenAlready.With();
        }

        if (!VoteRules.HasQuorum(tally, policy.Content.Quorum)) return CommitteeRefusals.NoQuorum.With(tally.Entitled, tally.Present);
        return Decision.Of(meeting.Id.Stream, [.. conflicts, new VoteOpened(command.Item, command.Motion, command.Amount, command.Conditions, proposal.Revision)]);
    }
}
