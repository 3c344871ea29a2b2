using Approval.Calendars;
using Approval.Funds;
using Approval.Issuance;
using Approval.Policies;

namespace Approval.Committee;

/// <summary>The chair declares what became of an item. The declaration must be what the votes carry; approving commits the money and lays the approval before its signers.</summary>
/// <param name="Item">The item.</param>
/// <param name="Resolution">What the chair declares.</param>
/// <param name="Reason">Why; needed unless approved.</param>
public sealed record ResolveItem(int Item, Resolution Resolution, string? Reason)
{
    /// <summary>The votes carry something else than declared.</summary>
    public static readonly RefusalKind NotCarried = new("not-carried", RefusalSort.Rule,
        "表决结果为赞成 {0} 票、反对 {1} 票、弃权 {2} 票，不构成所宣布的决议“{3}”。",
        "With {0} for, {1} against and {2} abstaining, the votes do not carry the declared resolution: {3}.");

    /// <summary>Members present have not voted.</summary>
    public static readonly RefusalKind VotesOutstanding = new("votes-outstanding", RefusalSort.Rule,
        "尚有 {0} 名在场委员未表决。", "{0} members present have not voted.");

    /// <summary>Decides.</summary>
    /// <param name="command">The command.</param>
    /// <param name="meeting">The meeting.</param>
    /// <param name="proposal">The item's proposal.</param>
    /// <param name="fund">The fund that holds the proposal's money; null if none does.</param>
    /// <param name="policy">The policy that judges the proposal.</param>
    /// <param name="calendar">The working days.</param>
    /// <param name="round">The id of the signing round that an approval opens.</param>
    /// <param name="on">Who acts and when.</param>
    public static Decision Decide(
        ResolveItem command, Meeting meeting, Proposal proposal, Fund? fund, Policy policy, WorkingCalendar calendar, RoundId round, Occasion on)
    {
        if (Permissions.Check(nameof(ResolveItem), on.By) is { } no) return no;
        if (on.By.Person != meeting.Chair) return CommitteeRefusals.NotTheChair.With();
        if (meeting.Items.GetValueOrDefault(command.Item)?.Resolved is { } resolved)
            return resolved.Resolution == command.Resolution ? Decision.Nothing : CommitteeRefusals.ItemResolvedAlready.With(resolved.Resolution);
        if (Permissions.Check(nameof(ResolveItem), on.By, proposal) is { } misplaced) return misplaced;
        if (CommitteeRefusals.Running(meeting, command.Item, calendar.DateOf(on.At)) is { } idle) return idle;
        var needed = command.Resolution != Resolution.Approved;
        if (Texts.Check("reason", command.Reason, Texts.Remark, needed).ToList() is { Count: > 0 } wrong) return Decision.Refuse(wrong);

        var item = meeting.Items[command.Item];
        var tally = VoteRules.Count(meeting, item);
        if (!VoteRules.HasQuorum(tally, policy.Content.Quorum))
        {
            return command.Resolution == Resolution.Deferred
                ? Defer(counted: false)
                : CommitteeRefusals.NoQuorum.With(tally.Entitled, tally.Present);
        }

        if (item.Motion is not { } motion) return CommitteeRefusals.NoVoteOpen.With();
        if (motion.Revision != proposal.Revision) return CommitteeRefusals.RevisionMoved.With(motion.Revision, proposal.Revision);
        var outstanding = tally.Present - tally.For - tally.Against - tally.Abstained;
        if (outstanding > 0) return VotesOutstanding.With(outstanding);
        if (VoteRules.Outcome(motion.Motion, tally, policy.Content.Majority, CommitteeRules.MayDefer(proposal, policy)) != command.Resolution)
            return NotCarried.With(tally.For, tally.Against, tally.Abstained, command.Resolution);

        return command.Resolution switch
        {
            Resolution.Approved => Approve(motion),
            Resolution.Deferred => Defer(counted: true),
            _ => Reject(),
        };

        Decision Resolve(Money? amount, OpenMotion? approved, params IEnumerable<object> onProposal) => Decision
            .Of(meeting.Id.Stream, new ItemResolved(command.Item, command.Resolution, tally, amount, approved?.Conditions ?? [], command.Reason))
            .And(proposal.Id.Stream, onProposal);

        Decision Approve(OpenMotion moved)
        {
            if (fund is null || proposal.Held is not { } held) return CommitteeRefusals.NoMoneyHeld.With();
            var amount = moved.Amount!.Value;
            return Resolve(amount, moved,
                    new ApprovedByCommittee(
                        meeting.Id, command.Item, meeting.Date, proposal.Revision, amount, [.. proposal.Committee.Conditions, .. moved.Conditions], tally, policy.Ref),
                    IssuanceRound.Open(round, proposal, policy))
                .And(FundRules.Commit(fund, held.Reservation, amount));
        }

        Decision Defer(bool counted) => Resolve(null, null,
            new DeferredByCommittee(meeting.Id, command.Item, meeting.Date, proposal.Revision, command.Reason!, counted, tally, policy.Ref));

        Decision Reject()
        {
            if (fund is null || proposal.Held is not { } held) return CommitteeRefusals.NoMoneyHeld.With();
            if (proposal.Supervision.Pending is { } change)
            {
                return Resolve(null, null,
                        new ChangeRejectedByCommittee(
                            meeting.Id, command.Item, meeting.Date, proposal.Revision, command.Reason!, change.From, proposal.Issuance.Approval!.Conditions, tally, policy.Ref))
                    .And(FundRules.Commit(fund, held.Reservation, change.From));
            }

            DateOnly? until = proposal.Committee.Reconsidered
                ? null
                : calendar.AddWorkingDays(calendar.DateOf(on.At), policy.Content.ReconsiderWithinWorkingDays);
            return Resolve(null, null,
                    new RejectedByCommittee(meeting.Id, command.Item, meeting.Date, proposal.Revision, command.Reason!, until, tally, policy.Ref))
                .And(FundRules.Release(fund, held.Reservation, command.Reason!));
        }
    }
}
