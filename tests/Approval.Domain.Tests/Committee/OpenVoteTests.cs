using System.Collections.Immutable;
using Approval.Intake;
using Approval.Testing;
using static Approval.Testing.Sample;

namespace Approval.Committee;

public sealed class OpenVoteTests
{
    static readonly OpenVote Approve = new(1, MotionKind.Approve, new(4_000_000m), ["接入统一身份认证"]);
    static readonly OpenVote Defer = new(1, MotionKind.Defer, null, []);

    static Decided<Meeting> When(object[] meeting, OpenVote command, Actor? by = null, object[]? proposal = null, DateOnly? today = null, params string[] otherCioTies) =>
        Sitting.Given(meeting).When(m => OpenVote.Decide(
            command, m, Scenario.Given(proposal ?? Sitting.OnAgenda).State, Sitting.Members.Select(a => Sitting.Known(a, a == OtherCio ? otherCioTies : [])), [], Policy, today ?? Sitting.Day, (by ?? DistrictCio).Acts()));

    [Fact]
    public void The_chair_puts_a_motion_to_the_vote_over_the_present_revision() =>
        When(Sitting.Attended, Approve).Then(Sitting.ApproveMoved).AgainNothing();

    [Fact]
    public void Without_a_quorum_no_vote_is_opened() =>
        When([.. Sitting.Attended, new AttendanceRecorded(Sitting.Finance.Person, false, [1])], Approve).ThenRefused("no-quorum");

    [Fact]
    public void A_recused_member_in_the_room_does_not_count_towards_the_quorum() =>
        When([.. Sitting.Attended, new MemberRecused(1, Sitting.Finance.Person, RecusalGround.Other, "利害关系")], Approve).ThenRefused("no-quorum");

    [Fact]
    public void A_tie_declared_since_the_item_was_placed_recuses_when_the_vote_is_opened()
    {
        var tied = new MemberRecused(1, OtherCio.Person, RecusalGround.DeclaredTie, null);
        When([.. Sitting.Attended, new AttendanceRecorded(Sitting.Transport.Person, true, [1])], Approve, otherCioTies: "health").Then(tied, Sitting.ApproveMoved).AgainNothing();
        When(Sitting.Attended, Approve, otherCioTies: "health").ThenRefused("no-quorum");
    }

    [Fact]
    public void Only_the_chair_opens_a_vote()
    {
        When(Sitting.Attended, Approve, Office).ThenRefused("not-permitted");
        When(Sitting.Attended, Approve, Person("other-district-cio", new("district"), Role.DistrictCio)).ThenRefused("not-the-chair");
    }

    [Fact]
    public void No_more_is_moved_than_the_experts_recommended()
    {
        When(Sitting.Attended, Approve with { Amount = new(4_500_000.01m) }).ThenRefused(("amount-out-of-bounds", "amount"));
        When(Sitting.Attended, Approve with { Amount = Money.Zero }).ThenRefused(("amount-out-of-bounds", "amount"));
        When(Sitting.Attended, Approve with { Amount = null }).ThenRefused(("amount-out-of-bounds", "amount"));
        When(Sitting.Attended, Approve with { Amount = new(4_500_000m) }).Then(Sitting.ApproveMoved with { Amount = new(4_500_000m) });
    }

    [Fact]
    public void A_motion_to_defer_has_neither_amount_nor_conditions()
    {
        When(Sitting.Attended, Defer with { Amount = new(1m) }).ThenRefused("motion-malformed");
        When(Sitting.Attended, Defer with { Conditions = ["条件"] }).ThenRefused("motion-malformed");
    }

    [Fact]
    public void A_condition_says_something() =>
        When(Sitting.Attended, Approve with { Conditions = ["条件", " "] }).ThenRefused(("text-required", "conditions[1]"));

    [Fact]
    public void Two_motions_are_not_voted_on_at_once() => When(Sitting.Moved, Defer).ThenRefused("vote-open-already");

    [Fact]
    public void After_a_motion_to_defer_has_failed_another_may_be_put() =>
        When([.. Sitting.DeferMoved, .. Sitting.Votes(Vote.Against, Vote.Against, Vote.For, Vote.For)], Approve).Then(Sitting.ApproveMoved);

    [Fact]
    public void A_motion_to_defer_that_carried_is_not_passed_over() =>
        When([.. Sitting.DeferMoved, .. Sitting.Votes(Vote.For, Vote.For, Vote.For, Vote.Against)], Approve).ThenRefused("vote-open-already");

    [Fact]
    public void A_later_revision_voids_the_votes_and_the_vote_is_opened_anew() =>
        When([.. Sitting.Moved, .. Sitting.Votes(Vote.For)], Approve, proposal: [.. Sitting.OnAgenda, new ProposalRevised(2, Content, [])])
            .Then(Sitting.ApproveMoved with { Revision = 2 }).WithState(m => m.Items[1].Motion!.Ballots.ShouldBeEmpty());

    [Fact]
    public void An_item_deferred_as_often_as_allowed_is_not_deferred_again()
    {
        var once = new DeferredByCommittee(new("m0"), 1, new(2026, 1, 5), 1, "材料", Counted: true, default, Policy.Ref);
        object[] twice = [.. Past.Unified, once, once, new AgendaItemPlaced(Sitting.Id, 1)];
        When(Sitting.Attended, Defer, proposal: twice).ThenRefused("deferrals-used");
        When(Sitting.Attended, Defer, proposal: [.. Past.Unified, once, once with { Counted = false }, new AgendaItemPlaced(Sitting.Id, 1)])
            .Then(new VoteOpened(1, MotionKind.Defer, null, [], 1));
    }

    [Fact]
    public void A_proposal_under_correction_is_not_voted_on() =>
        When(Sitting.Attended, Approve, proposal: [.. Sitting.OnAgenda, new ProposalReturned(Stage.Committee, 1, "预算不清", [])]).ThenRefused("correction-open");

    [Fact]
    public void Interfaces_to_be_unified_anew_are_not_voted_on() =>
        When(Sitting.Attended, Approve, proposal: [.. Sitting.OnAgenda, new InterfaceUnification.UnificationVoided(2, [ContentPart.Interfaces])]).ThenRefused("interfaces-not-unified");

    [Fact]
    public void A_proposal_that_left_the_committee_is_not_voted_on() =>
        When(Sitting.Attended, Approve, proposal: [.. Sitting.OnAgenda, new ProposalWithdrawn("另行立项")]).ThenRefused("wrong-stage");

    [Fact]
    public void An_item_is_there_unresolved_in_a_meeting_that_runs()
    {
        When(Sitting.Attended, Approve with { Item = 2 }).ThenRefused("no-such-item");
        When([.. Sitting.Attended, new ItemResolved(1, Resolution.Deferred, default, null, [], "延期")], Approve).ThenRefused("item-resolved-already");
        When(Sitting.Attended, Approve, today: Sitting.Day.AddDays(-1)).ThenRefused("meeting-not-begun");
        When([.. Sitting.Attended, new MeetingClosed(null)], Approve).ThenRefused("meeting-over");
    }
}
