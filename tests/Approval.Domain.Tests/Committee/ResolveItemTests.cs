using System.Collections.Immutable;
using Approval.Funds;
using Approval.Intake;
using Approval.Issuance;
using Approval.Signing;
using Approval.Supervision;
using Approval.Testing;
using static Approval.Testing.Sample;

namespace Approval.Committee;

public sealed class ResolveItemTests
{
    static readonly Vote[] Carried = [Vote.For, Vote.For, Vote.For, Vote.Against];
    static readonly Vote[] Tied = [Vote.For, Vote.For, Vote.Against, Vote.Against];
    static readonly Vote[] Lost = [Vote.For, Vote.Against, Vote.Against, Vote.Abstain];

    static Decided<Meeting> When(
        object[] meeting, Resolution resolution, string? reason = "理由", Actor? by = null, object[]? proposal = null, Fund? fund = null, int item = 1, DateTimeOffset? at = null) =>
        Sitting.Given(meeting).When(m => ResolveItem.Decide(
            new(item, resolution, reason), m, Scenario.Given(proposal ?? Sitting.OnAgenda).State, fund ?? Sitting.Fund(), Policy, Sitting.Calendar, Sitting.Round, (by ?? DistrictCio).Acts(at ?? Monday)));

    static object[] Voted(params Vote[] votes) => [.. Sitting.Moved, .. Sitting.Votes(votes)];

    [Fact]
    public void A_majority_approves_commits_the_money_and_lays_the_approval_before_its_signer()
    {
        var tally = new Tally(6, 4, 1, 3, 1, 0);
        When(Voted(Carried), Resolution.Approved, null).Then(
            new ItemResolved(1, Resolution.Approved, tally, new(4_000_000m), ["接入统一身份认证"], null),
            Sample.Id.Stream.Has(new ApprovedByCommittee(Sitting.Id, 1, Sitting.Day, 1, new(4_000_000m), ["接入统一身份认证"], tally, Policy.Ref)),
            Sample.Id.Stream.Has(new RoundOpened(
                Sitting.Round, SigningPurpose.Issuance, new(Policies.SigningRuleKind.All), [Seat.OfRole("DistrictCio", Role.DistrictCio)], 1, SigningRules.Substance, Policy.Ref)),
            Past.Fund.Stream.Has(new MoneyCommitted(Past.Reservation, new(4_000_000m)))).AgainNothing();
    }

    [Fact]
    public void A_tie_defers_the_money_stays_and_the_deferral_counts()
    {
        var tally = new Tally(6, 4, 1, 2, 2, 0);
        var decided = When(Voted(Tied), Resolution.Deferred).Then(
            new ItemResolved(1, Resolution.Deferred, tally, null, [], "理由"),
            Sample.Id.Stream.Has(new DeferredByCommittee(Sitting.Id, 1, Sitting.Day, 1, "理由", true, tally, Policy.Ref)));
        Sitting.Proposal([.. Sitting.OnAgenda, .. decided.Decision.On(Sample.Id.Stream)]).Committee.Deferred.ShouldBe(1);
    }

    [Fact]
    public void A_carried_motion_to_defer_defers() =>
        When([.. Sitting.DeferMoved, .. Sitting.Votes(Carried)], Resolution.Deferred).Decision.On(Sample.Id.Stream).Single().ShouldBeOfType<DeferredByCommittee>().Counted.ShouldBeTrue();

    [Fact]
    public void A_failed_motion_to_defer_resolves_nothing()
    {
        foreach (var resolution in Enum.GetValues<Resolution>())
            When([.. Sitting.DeferMoved, .. Sitting.Votes(Tied)], resolution).ThenRefused("not-carried");
    }

    [Fact]
    public void More_against_than_for_rejects_and_releases_the_money_and_reconsideration_may_be_asked_for_in_working_days()
    {
        var tally = new Tally(6, 4, 1, 1, 2, 1);
        When(Voted(Lost), Resolution.Rejected).Then(
            new ItemResolved(1, Resolution.Rejected, tally, null, [], "理由"),
            Sample.Id.Stream.Has(new RejectedByCommittee(Sitting.Id, 1, Sitting.Day, 1, "理由", new(2026, 3, 30), tally, Policy.Ref)),
            Past.Fund.Stream.Has(new MoneyReleased(Past.Reservation, "理由")));
    }

    [Fact]
    public void What_was_approved_but_not_signed_is_decided_anew_with_the_money_committed_until_then()
    {
        object[] unsigned =
        [
            .. Sitting.OnAgenda, new ApprovedByCommittee(Past.Meeting, 1, new(2026, 3, 2), 1, new(4_500_000m), ["压减驻场费用"], new(3, 3, 0, 3, 0, 0), Policy.Ref),
            new IssuanceRefused("金额有误", Policy.Ref), new AgendaItemPlaced(Sitting.Id, 1),
        ];
        var committed = Sitting.Fund(new MoneyCommitted(Past.Reservation, new(4_500_000m)));

        When(Voted(Lost), Resolution.Rejected, proposal: unsigned, fund: committed).Decision.On(Past.Fund.Stream).ShouldBe([new MoneyReleased(Past.Reservation, "理由")]);
        var approved = When(Voted(Carried), Resolution.Approved, null, proposal: unsigned, fund: committed).Decision;
        approved.On(Past.Fund.Stream).ShouldBe([new MoneyCommitted(Past.Reservation, new(4_000_000m))]);
        approved.On(Sample.Id.Stream).OfType<ApprovedByCommittee>().Single().Conditions.ShouldBe(["接入统一身份认证"]);
    }

    [Fact]
    public void Recorded_late_the_meetings_day_holds_but_the_units_time_runs_from_the_recording()
    {
        var rejected = When(Voted(Lost), Resolution.Rejected, at: Monday.AddDays(1)).Decision.On(Sample.Id.Stream).Single().ShouldBeOfType<RejectedByCommittee>();
        rejected.HeldOn.ShouldBe(Sitting.Day);
        rejected.ReconsiderUntil.ShouldBe(new DateOnly(2026, 3, 31));
    }

    [Fact]
    public void A_second_rejection_is_final()
    {
        object[] again = [.. Sitting.OnAgenda, new RejectedByCommittee(Sitting.Id, 1, Sitting.Day, 1, "理由", new(2026, 3, 30), default, Policy.Ref),
            new ReconsiderationAsked("新材料"), new ReconsiderationOpened("同意复议", Past.Fund, Past.Reservation, new(4_500_000m), Policy.Ref), new AgendaItemPlaced(Sitting.Id, 1)];
        When(Voted(Lost), Resolution.Rejected, proposal: again).Decision.On(Sample.Id.Stream).Single().ShouldBeOfType<RejectedByCommittee>().ReconsiderUntil.ShouldBeNull();
    }

    [Fact]
    public void The_chair_declares_nothing_that_the_votes_do_not_carry()
    {
        When(Voted(Carried), Resolution.Rejected).ThenRefused("not-carried");
        When(Voted(Carried), Resolution.Deferred).ThenRefused("not-carried");
        When(Voted(Tied), Resolution.Approved).ThenRefused("not-carried");
        When(Voted(Tied), Resolution.Rejected).ThenRefused("not-carried");
        When(Voted(Lost), Resolution.Approved).ThenRefused("not-carried");
        When(Voted(Lost), Resolution.Deferred).ThenRefused("not-carried");
    }

    [Fact]
    public void Deferred_as_often_as_allowed_a_tie_rejects()
    {
        var once = new DeferredByCommittee(new("m0"), 1, new(2026, 1, 5), 1, "材料", Counted: true, default, Policy.Ref);
        object[] twice = [.. Past.Unified, once, once, new AgendaItemPlaced(Sitting.Id, 1)];
        When(Voted(Tied), Resolution.Deferred, proposal: twice).ThenRefused("not-carried");
        When(Voted(Tied), Resolution.Rejected, proposal: twice).Decision.On(Sample.Id.Stream).Single().ShouldBeOfType<RejectedByCommittee>();
    }

    [Fact]
    public void Everybody_present_votes_before_the_chair_declares() => When(Voted(Vote.For, Vote.For, Vote.For), Resolution.Approved).ThenRefused("votes-outstanding");

    [Fact]
    public void The_vote_of_a_member_who_left_before_the_declaration_does_not_count_and_the_quorum_is_judged_anew()
    {
        object[] left = [.. Voted(Carried), new AttendanceRecorded(DistrictCio.Person, false, [1])];
        When(left, Resolution.Approved).ThenRefused("no-quorum");
        When(left, Resolution.Rejected).ThenRefused("no-quorum");
    }

    [Fact]
    public void Without_a_quorum_the_item_is_deferred_and_the_deferral_does_not_count() =>
        When([.. Sitting.Attended, new AttendanceRecorded(DistrictCio.Person, false, [1])], Resolution.Deferred, "未达法定人数").Then(
            new ItemResolved(1, Resolution.Deferred, new(6, 3, 1, 0, 0, 0), null, [], "未达法定人数"),
            Sample.Id.Stream.Has(new DeferredByCommittee(Sitting.Id, 1, Sitting.Day, 1, "未达法定人数", Counted: false, new(6, 3, 1, 0, 0, 0), Policy.Ref)));

    [Fact]
    public void Without_a_vote_nothing_is_resolved_while_there_is_a_quorum() => When(Sitting.Attended, Resolution.Deferred).ThenRefused("no-vote-open");

    [Fact]
    public void Votes_on_an_earlier_revision_carry_nothing() =>
        When(Voted(Carried), Resolution.Approved, proposal: [.. Sitting.OnAgenda, new ProposalRevised(2, Content, [])]).ThenRefused("vote-on-older-revision");

    [Fact]
    public void Only_the_chair_declares()
    {
        When(Voted(Carried), Resolution.Approved, by: Office).ThenRefused("not-permitted");
        When(Voted(Carried), Resolution.Approved, by: Person("other-district-cio", new("district"), Role.DistrictCio)).ThenRefused("not-the-chair");
    }

    [Fact]
    public void Deferring_and_rejecting_need_a_reason()
    {
        When(Voted(Tied), Resolution.Deferred, " ").ThenRefused(("text-required", "reason"));
        When(Voted(Lost), Resolution.Rejected, null).ThenRefused(("text-required", "reason"));
    }

    [Fact]
    public void A_resolved_item_is_not_resolved_differently() =>
        When([.. Voted(Carried), new ItemResolved(1, Resolution.Approved, default, new(4_000_000m), [], null)], Resolution.Rejected).ThenRefused("item-resolved-already");

    [Fact]
    public void Nothing_is_approved_without_money_held() =>
        Sitting.Given(Voted(Carried)).When(m => ResolveItem.Decide(
            new(1, Resolution.Approved, null), m, Sitting.Proposal(Sitting.OnAgenda), null, Policy, Sitting.Calendar, Sitting.Round, DistrictCio.Acts())).ThenRefused("no-money-held");

    [Fact]
    public void The_fund_must_carry_what_is_approved_beyond_what_is_reserved()
    {
        object[] poor = [new FundOpened(Past.Fund, "专项资金", 2026, new(3_000_000m)), new MoneyReserved(Past.Reservation, Sample.Id, Track.General, new(3_000_000m))];
        When(Voted(Carried), Resolution.Approved, fund: Fund.Kind.Fold(poor)).ThenRefused("fund-exhausted");
    }

    [Fact]
    public void An_item_is_there_in_a_meeting_that_runs()
    {
        When(Voted(Carried), Resolution.Approved, item: 2).ThenRefused("no-such-item");
        When(Voted(Carried), Resolution.Approved, at: Monday.AddDays(-1)).ThenRefused("meeting-not-begun");
        When([.. Voted(Carried), new MeetingClosed(null)], Resolution.Approved).ThenRefused("meeting-over");
        When(Voted(Carried), Resolution.Approved, proposal: [.. Sitting.OnAgenda, new ProposalWithdrawn("另行立项")]).ThenRefused("wrong-stage");
    }

    static readonly object[] ChangeBeforeCommittee =
    [
        .. Past.Approved,
        new ApprovalIssued("示信批〔2026〕1号", 2026, 1, new(2026, 3, 5), 1, new(4_500_000m), [], [], "hash", Policy.Ref),
        new ChangeSentToApproval(new(4_500_000m), new(6_000_000m), GoalChanged: false, "扩大接入范围", Policy.Ref), new AgendaItemPlaced(Sitting.Id, 1),
    ];

    static Fund Committed => Sitting.Fund(new MoneyCommitted(Past.Reservation, new(4_500_000m)));

    [Fact]
    public void A_rejected_change_leaves_the_approval_and_its_money_as_they_were()
    {
        var tally = new Tally(6, 4, 1, 1, 2, 1);
        var decided = When(Voted(Lost), Resolution.Rejected, proposal: ChangeBeforeCommittee, fund: Committed).Then(
            new ItemResolved(1, Resolution.Rejected, tally, null, [], "理由"),
            Sample.Id.Stream.Has(new ChangeRejectedByCommittee(Sitting.Id, 1, Sitting.Day, 1, "理由", new(4_500_000m), [], tally, Policy.Ref)));
        var after = Sitting.Proposal([.. ChangeBeforeCommittee, .. decided.Decision.On(Sample.Id.Stream)]);
        (after.Stage, after.Committee.Approved, after.Held!.Amount, after.Supervision.Pending).ShouldBe((Stage.Supervision, new Money(4_500_000m), new Money(4_500_000m), null));
    }

    [Fact]
    public void An_approved_change_commits_the_new_total_and_is_signed_again()
    {
        object[] moved = [.. Sitting.Attended, Sitting.ApproveMoved with { Amount = new(5_800_000m) }, .. Sitting.Votes(Carried)];
        var decided = When(moved, Resolution.Approved, null, proposal: ChangeBeforeCommittee, fund: Committed);
        decided.Decision.On(Past.Fund.Stream).ShouldBe([new MoneyCommitted(Past.Reservation, new(5_800_000m))]);
        Sitting.Proposal([.. ChangeBeforeCommittee, .. decided.Decision.On(Sample.Id.Stream)]).Stage.ShouldBe(Stage.Issuance);
    }
}
