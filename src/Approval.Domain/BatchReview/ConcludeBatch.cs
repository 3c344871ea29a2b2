using System.Collections.Immutable;
using Approval.Calendars;
using Approval.Funds;
using Approval.Policies;
using Approval.Scheduling;
using Approval.Signing;

namespace Approval.BatchReview;

/// <summary>What the office makes of a member.</summary>
/// <param name="Proposal">The member.</param>
/// <param name="Outcome">Shortlist, hold over or turn down.</param>
/// <param name="Reason">Why; needed unless shortlisted.</param>
public sealed record MemberSettlement(ProposalId Proposal, BatchOutcome Outcome, string? Reason = null);

/// <summary>The office concludes a batch: one act settles every member and reserves the money of the shortlisted, or nothing happens at all.</summary>
/// <param name="Members">Every member exactly once.</param>
public sealed record ConcludeBatch(ImmutableArray<MemberSettlement> Members)
{
    /// <summary>A member is left unsettled.</summary>
    public static readonly RefusalKind Unsettled = new("member-unsettled", RefusalSort.Rule,
        "项目“{0}”未作处理。", "The proposal \"{0}\" is left unsettled.");

    /// <summary>A member has no rank.</summary>
    public static readonly RefusalKind Unranked = new("member-unranked", RefusalSort.Rule,
        "项目“{0}”尚未排序。", "The proposal \"{0}\" is not ranked.");

    /// <summary>The bodies have not finished with a member.</summary>
    public static readonly RefusalKind PreReviewOpen = new("pre-review-unfinished", RefusalSort.Rule,
        "项目“{0}”的会审尚未完成。", "The joint pre-review of \"{0}\" is not finished.");

    /// <summary>What the bodies did not support is not shortlisted.</summary>
    public static readonly RefusalKind NotSupported = new("pre-review-not-supported", RefusalSort.Rule,
        "项目“{0}”未通过会审，不得列入安排。", "The bodies did not support \"{0}\"; it cannot be shortlisted.");

    /// <summary>A member was held over as often as the policy allows.</summary>
    public static readonly RefusalKind HeldOverTooOften = new("held-over-too-often", RefusalSort.Rule,
        "项目“{0}”已结转 {1} 次，本批须作出决定。", "\"{0}\" was held over {1} times and must be decided in this batch.");

    /// <summary>Decides.</summary>
    /// <param name="command">The command.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="members">Everyone who ever joined.</param>
    /// <param name="fund">The batch's fund.</param>
    /// <param name="policyOf">The policies that judge the members.</param>
    /// <param name="calendar">The jurisdiction's calendar.</param>
    /// <param name="on">Who, when.</param>
    public static Decision Decide(
        ConcludeBatch command, Batch batch, IReadOnlyCollection<Proposal> members, Fund fund,
        Func<PolicyRef, Policy> policyOf, WorkingCalendar calendar, Occasion on)
    {
        if (Permissions.Check(nameof(ConcludeBatch), on.By) is { } no) return no;
        var settlements = command.Members.IsDefault ? [] : command.Members;
        if (batch.Conclusion is { } done && Same(done, settlements)) return Decision.Nothing;
        if (BatchRules.NotUnderReview(batch, calendar.DateOf(on.At)) is { } notNow) return notNow;

        var present = BatchRules.Present(batch, members).ToDictionary(p => p.Id);
        var named = settlements.Select(s => s.Proposal).ToHashSet();
        List<Refusal> refusals =
        [
            .. BatchRules.Misnamed("members", settlements.Select(s => s.Proposal), present),
            .. present.Values.Where(p => !named.Contains(p.Id)).Select(p => Unsettled.At("members", p.Content.Title)),
            .. settlements.Index().Where(s => present.ContainsKey(s.Item.Proposal))
                .SelectMany(s => Against(s.Item, $"members[{s.Index}]", present[s.Item.Proposal], batch, policyOf)),
        ];
        var needed = settlements.Where(s => s.Outcome == BatchOutcome.Shortlist && present.ContainsKey(s.Proposal)).Sum(s => present[s.Proposal].Content.Total.Yuan);
        if (needed > fund.Free.Yuan) refusals.Add(FundRules.Exhausted.With(needed, fund.Free));
        if (refusals.Count > 0) return Decision.Refuse(refusals);

        var byProposal = settlements.ToDictionary(s => s.Proposal);
        var settled = batch.Ranking.Where(r => present.ContainsKey(r.Proposal)).Select((r, i) =>
            (Member: present[r.Proposal], By: byProposal[r.Proposal], Rank: i + 1)).ToList();
        var (decision, free) = (Decision.Nothing, fund.Free);
        foreach (var (member, by, rank) in settled)
        {
            var policy = member.Policy!.Value;
            var reservation = new ReservationId($"{member.Id.Value}-batch");
            decision = decision.And(member.Id.Stream, [.. SigningRules.Cancel(member), by.Outcome switch
            {
                BatchOutcome.Shortlist => new ProposalShortlisted(batch.Id, rank, fund.Id, reservation, member.Content.Total, policy, member.Revision),
                BatchOutcome.HoldOver => new ProposalHeldOver(batch.Id, by.Reason!, policy, member.Revision),
                BatchOutcome.TurnDown => new ProposalTurnedDown(batch.Id, by.Reason!, policy, member.Revision),
                _ => throw new InvalidOperationException($"No such outcome: {by.Outcome}."),
            }]);
            if (by.Outcome != BatchOutcome.Shortlist) continue;
            var reserved = FundRules.Reserve(fund, reservation, member.Id, Track.General, member.Content.Total);
            (decision, fund) = (decision.And(reserved), fund.After(reserved));
        }

        return decision.And(batch.Id.Stream, new BatchConcluded(
            [.. settled.Select(s => new SettledMember(s.Member.Id, s.By.Outcome, s.Rank, s.Member.Content.Total, s.By.Reason, s.Member.Policy!.Value))],
            [.. batch.Members.Select(m => m.Proposal).Where(id => !present.ContainsKey(id)).Distinct()], free));
    }

    /// <summary>What stands against one settlement. A member under correction is held over or turned down, whatever its pre-review; every other has its pre-review finished.</summary>
    static IEnumerable<Refusal> Against(MemberSettlement settlement, string field, Proposal member, Batch batch, Func<PolicyRef, Policy> policyOf)
    {
        var (title, underCorrection) = (member.Content.Title, member.Intake.Correction is not null);
        foreach (var text in Texts.Check($"{field}.reason", settlement.Reason, Texts.Remark, required: settlement.Outcome != BatchOutcome.Shortlist)) yield return text;
        if (batch.Ranking.All(r => r.Proposal != member.Id)) yield return Unranked.At(field, title);
        if (!underCorrection && !BatchRules.PreReviewed(member)) yield return PreReviewOpen.At(field, title);
        switch (settlement.Outcome)
        {
            case BatchOutcome.Shortlist when underCorrection:
                yield return Permissions.CorrectionOpen.At(field);
                break;
            case BatchOutcome.Shortlist when member.BatchReview.Supported == false:
                yield return NotSupported.At(field, title);
                break;
            case BatchOutcome.HoldOver when member.BatchReview.HeldOver >= policyOf(member.Policy!.Value).Content.HeldOverAtMost:
                yield return HeldOverTooOften.At(field, title, member.BatchReview.HeldOver);
                break;
        }
    }

    static bool Same(BatchConcluded done, ImmutableArray<MemberSettlement> settlements) =>
        done.Outcomes.Select(o => new MemberSettlement(o.Proposal, o.Outcome, o.Reason)).ToHashSet().SetEquals(settlements);
}
