using System.Collections.Immutable;
using Approval.Calendars;
using Approval.Funds;
using Approval.Signing;
using Approval.Testing;
using static Approval.BatchReview.Batches;
using static Approval.BatchReview.BatchOutcome;
using static Approval.Testing.Sample;
using static Approval.Testing.Scenario;

namespace Approval.BatchReview;

public sealed class ConcludeBatchTests
{
    static readonly Policies.PolicyRef Judged = Sample.Policy.Ref;
    static readonly ImmutableArray<MemberSettlement> Three = [new(A, Shortlist), new(B, HoldOver, "资金不足"), new(C, TurnDown, "重复建设")];

    static Proposal[] Members => [Member(A, 60m, Reviewed()), Member(B, 50m, Reviewed()), Member(C, 10m, Reviewed(false))];

    static Decided<Batch> When(
        ImmutableArray<MemberSettlement> settlements, Proposal[]? members = null, object[]? batch = null, decimal ceiling = 100m, Actor? by = null, DateTimeOffset? at = null) =>
        Given(Batch.Kind, Past.Batch.Stream, [Opened, Joined(A), Joined(B), Joined(C), .. batch ?? [Closed, Ranked(A, B, C)]]).When(b => ConcludeBatch.Decide(
            new(settlements), b, members ?? Members, Fund.Kind.Fold([new FundOpened(Past.Fund, "信息化专项资金", 2026, new(ceiling))])!,
            PolicyOf, WorkingCalendar.WeekendsOnly, (by ?? Office).Acts(at ?? April)));

    [Fact]
    public void One_act_settles_every_member_and_reserves_the_money_of_the_shortlisted() => When(Three).Then(
        A.Stream.Has(new ProposalShortlisted(Past.Batch, 1, Past.Fund, new("a-batch"), new(60m), Judged, 1)),
        Past.Fund.Stream.Has(new MoneyReserved(new("a-batch"), A, Track.General, new(60m))),
        B.Stream.Has(new ProposalHeldOver(Past.Batch, "资金不足", Judged, 1)),
        C.Stream.Has(new ProposalTurnedDown(Past.Batch, "重复建设", Judged, 1)),
        new BatchConcluded(
            [new(A, Shortlist, 1, new(60m), null, Judged), new(B, HoldOver, 2, new(50m), "资金不足", Judged), new(C, TurnDown, 3, new(10m), "重复建设", Judged)], [], new(100m)))
        .AgainNothing();

    [Fact]
    public void A_batch_is_concluded_once() =>
        When(Three).And().When(b => ConcludeBatch.Decide(new([.. Three.Take(2), new(C, HoldOver, "再议")]), b, Members,
            Fund.Kind.Fold(Past.FundHolding)!, PolicyOf, WorkingCalendar.WeekendsOnly, Office.Acts(April))).ThenRefused("batch-concluded");

    [Fact]
    public void No_member_is_left_unsettled() => When([Three[0], Three[1]]).ThenRefused(("member-unsettled", "members"));

    [Fact]
    public void No_member_is_settled_twice() => When([.. Three, new(A, HoldOver, "再议")]).ThenRefused(("batch-member-twice", "members[3].proposal"));

    [Fact]
    public void Strangers_are_not_settled() => When([.. Three, new(new("stranger"), Shortlist)]).ThenRefused(("not-a-batch-member", "members[3].proposal"));

    [Fact]
    public void Who_withdrew_has_dropped_out()
    {
        Proposal[] members = [Members[0], Member(B, 50m, Reviewed(), Withdrawn), Members[2]];
        When(Three, members).ThenRefused(("not-a-batch-member", "members[1].proposal"));
        When([Three[0], Three[2]], members).Then(
            A.Stream.Has(new ProposalShortlisted(Past.Batch, 1, Past.Fund, new("a-batch"), new(60m), Judged, 1)),
            Past.Fund.Stream.Has(new MoneyReserved(new("a-batch"), A, Track.General, new(60m))),
            C.Stream.Has(new ProposalTurnedDown(Past.Batch, "重复建设", Judged, 1)),
            new BatchConcluded([new(A, Shortlist, 1, new(60m), null, Judged), new(C, TurnDown, 2, new(10m), "重复建设", Judged)], [B], new(100m)));
    }

    [Fact]
    public void A_batch_that_everybody_left_is_concluded_empty() =>
        When([], [.. Members.Select(m => Member(m.Id, 1m, Withdrawn))], [Closed]).Then(new BatchConcluded([], [A, B, C], new(100m))).AgainNothing();

    [Fact]
    public void Nothing_is_concluded_without_a_ranking() => When(Three, batch: [Closed]).ThenRefused(
        ("member-unranked", "members[0]"), ("member-unranked", "members[1]"), ("member-unranked", "members[2]"));

    [Fact]
    public void Nothing_is_concluded_while_a_pre_review_is_unfinished()
    {
        When(Three, [Members[0], Member(B, 50m), Members[2]]).ThenRefused(("pre-review-unfinished", "members[1]"));
        var pending = Member(B, 50m, Reviewed(false));
        pending = Proposal.Evolve(pending, JointPreReviewRound.Open(Batch.Kind.Fold([Opened])!, pending, Sample.Policy));
        When(Three, [Members[0], pending, Members[2]]).ThenRefused(("pre-review-unfinished", "members[1]"));
    }

    [Fact]
    public void What_the_bodies_did_not_support_is_not_shortlisted() =>
        When([Three[0], Three[1], new(C, Shortlist)]).ThenRefused(("pre-review-not-supported", "members[2]"));

    [Fact]
    public void A_member_under_correction_is_held_over_or_turned_down_but_not_shortlisted()
    {
        Proposal[] members = [Member(A, 60m, Returned), Members[1], Members[2]];
        When(Three, members).ThenRefused(("correction-open", "members[0]"));
        When([new(A, HoldOver, "待补正"), .. Three.Skip(1)], members).Decision.Refused.ShouldBeFalse();
        When([new(A, TurnDown, "逾期未补正"), .. Three.Skip(1)], members).Decision.Refused.ShouldBeFalse();
    }

    [Fact]
    public void A_round_still_open_on_a_settled_member_is_cancelled_with_it()
    {
        var asked = Member(A, 60m);
        asked = Proposal.Evolve(Proposal.Evolve(asked, JointPreReviewRound.Open(Batch.Kind.Fold([Opened])!, asked, Sample.Policy)), Returned);
        When([new(A, HoldOver, "待补正"), .. Three.Skip(1)], [asked, Members[1], Members[2]]).Decision.On(A.Stream).ShouldBe(
            [new RoundEnded(new("pre-review-1"), RoundOutcome.Cancelled), new ProposalHeldOver(Past.Batch, "待补正", Judged, 1)]);
    }

    [Fact]
    public void A_proposal_is_held_over_as_often_as_the_policy_allows_and_then_decided()
    {
        object[] twice = [new ProposalHeldOver(new("x"), "资金不足", Judged), new ProposalHeldOver(new("y"), "资金不足", Judged), new BatchJoined(Past.Batch), Reviewed()];
        When(Three, [Members[0], Member(B, 50m, twice), Members[2]]).ThenRefused(("held-over-too-often", "members[1]"));
        When(Three, [Members[0], Member(B, 50m, twice[1..]), Members[2]]).Decision.Refused.ShouldBeFalse();
    }

    [Fact]
    public void Holding_over_and_turning_down_have_reasons() => When([Three[0], new(B, HoldOver), new(C, TurnDown, " ")]).ThenRefused(
        ("text-required", "members[1].reason"), ("text-required", "members[2].reason"));

    [Fact]
    public void The_shortlisted_together_need_no_more_than_is_free()
    {
        ImmutableArray<MemberSettlement> both = [new(A, Shortlist), new(B, Shortlist), Three[2]];
        When(both).ThenRefused("fund-exhausted");
        When(both, ceiling: 110m).Decision.On(Past.Fund.Stream).ShouldBe(
            [new MoneyReserved(new("a-batch"), A, Track.General, new(60m)), new MoneyReserved(new("b-batch"), B, Track.General, new(50m))]);
    }

    [Fact]
    public void A_lower_rank_may_be_taken_before_a_higher_one_that_is_settled_with_its_reason() =>
        When([new(A, HoldOver, "方案待定"), new(B, Shortlist), Three[2]]).Decision.Refused.ShouldBeFalse();

    [Fact]
    public void Nothing_is_concluded_before_the_window_is_closed() => When(Three, batch: [], at: Monday).ThenRefused("batch-window-open");

    [Fact]
    public void Nobody_but_the_office_concludes()
    {
        foreach (var person in NotTheOffice) When(Three, by: person).ThenRefused("not-permitted");
    }
}
