using Approval.Funds;
using Approval.Testing;
using static Approval.Testing.Sample;

namespace Approval.Committee;

/// <summary>Asking for, opening and refusing the one reconsideration.</summary>
public sealed class ReconsiderationTests
{
    static readonly DateOnly Until = new(2026, 3, 30);
    static readonly object[] Rejected = [.. Sitting.OnAgenda, new RejectedByCommittee(Sitting.Id, 1, Sitting.Day, 1, "理由", Until, default, Policy.Ref)];
    static readonly object[] Asked = [.. Rejected, new ReconsiderationAsked("补充论证")];
    static readonly ReservationId Anew = new("r2");
    static readonly Fund Fund = Sitting.Fund(new MoneyReleased(Past.Reservation, "理由"));

    static Decided<Proposal> Ask(object[] past, Actor? by = null, DateOnly? today = null, string reason = "补充论证") =>
        Scenario.Given(past).When(p => AskReconsideration.Decide(new(reason), p, today ?? Until, (by ?? Officer).Acts()));

    static Decided<Proposal> Open(object[] past, Actor? by = null, Fund? fund = null, string reason = "同意复议") =>
        Scenario.Given(past).When(p => OpenReconsideration.Decide(new(reason), p, fund ?? Fund, Anew, Policy, (by ?? DistrictCio).Acts()));

    static Decided<Proposal> Refuse(object[] past, Actor? by = null, string reason = "无新情况") =>
        Scenario.Given(past).When(p => RefuseReconsideration.Decide(new(reason), p, Policy, (by ?? DistrictCio).Acts()));

    [Fact]
    public void The_unit_asks_once_in_time()
    {
        Ask(Rejected).Then(new ReconsiderationAsked("补充论证")).AgainNothing();
        Ask(Rejected, DepartmentalCio).Then(new ReconsiderationAsked("补充论证"));
    }

    [Fact]
    public void After_the_last_day_it_is_too_late() => Ask(Rejected, today: Until.AddDays(1)).ThenRefused("reconsideration-late");

    [Fact]
    public void It_is_asked_for_only_once()
    {
        Ask([.. Asked, new ReconsiderationRefused("无新情况", Policy.Ref)]).ThenRefused("reconsidered-already");
        Ask([.. Asked, new ReconsiderationOpened("同意", Past.Fund, Anew, new(4_500_000m), Policy.Ref), new AgendaItemPlaced(Sitting.Id, 1),
            new RejectedByCommittee(Sitting.Id, 1, Sitting.Day, 1, "理由", null, default, Policy.Ref)]).ThenRefused("reconsidered-already");
    }

    [Fact]
    public void Only_the_own_unit_asks()
    {
        Ask(Rejected, OtherOfficer).ThenRefused("not-permitted");
        Ask(Rejected, Office).ThenRefused("not-permitted");
    }

    [Fact]
    public void Only_what_the_committee_rejected_is_reconsidered()
    {
        Ask(Past.Unified).ThenRefused("wrong-stage");
        Ask([.. Past.Unified, new Intake.ProposalWithdrawn("另行立项")]).ThenRefused("not-rejected");
    }

    [Fact]
    public void Asking_needs_a_reason() => Ask(Rejected, reason: "").ThenRefused(("text-required", "reason"));

    [Fact]
    public void The_district_cio_takes_it_up_and_the_money_is_reserved_anew() =>
        Open(Asked).Then(
            new ReconsiderationOpened("同意复议", Past.Fund, Anew, new(4_500_000m), Policy.Ref, 1),
            new InterfaceUnification.UnificationVoided(1, []),
            Past.Fund.Stream.Has(new MoneyReserved(Anew, Sample.Id, Track.General, new(4_500_000m))))
        .WithState(p => (p.Stage, p.Outcome, p.Held!.Committed).ShouldBe((Stage.Committee, null, false)))
        .WithState(p => Waiting.On(p).Select(w => w.Deed).ShouldBe(["ArrangeInterfaces"], "others were unified without it"));

    [Fact]
    public void Without_money_it_is_not_taken_up() =>
        Open(Asked, fund: Funds.Fund.Kind.Fold([new FundOpened(Past.Fund, "专项资金", 2026, new(4_000_000m))])).ThenRefused("fund-exhausted");

    [Fact]
    public void What_was_not_asked_for_is_neither_taken_up_nor_refused()
    {
        Open(Rejected).ThenRefused("reconsideration-not-asked");
        Refuse(Rejected).ThenRefused("reconsideration-not-asked");
    }

    [Fact]
    public void Only_the_district_cio_answers()
    {
        Open(Asked, Office).ThenRefused("not-permitted");
        Refuse(Asked, Office).ThenRefused("not-permitted");
    }

    [Fact]
    public void The_answer_needs_a_reason()
    {
        Open(Asked, reason: "").ThenRefused(("text-required", "reason"));
        Refuse(Asked, reason: "").ThenRefused(("text-required", "reason"));
    }

    [Fact]
    public void Refused_the_rejection_is_final() =>
        Refuse(Asked).Then(new ReconsiderationRefused("无新情况", Policy.Ref, 1)).WithState(p => (p.Outcome, p.Committee.ReconsiderUntil).ShouldBe((Outcome.Rejected, null)));
}
