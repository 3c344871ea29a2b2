using Approval.Calendars;
using Approval.Funds;
using Approval.Testing;
using static Approval.Testing.Sample;
using static Approval.Testing.Scenario;

namespace Approval.Intake;


public sealed class LapseProposalTests
{
    static Decided<Proposal> Lapse(object[] past, Actor? by = null, int days = 22, Fund? fund = null, string reason = "逾期未补正") =>
        Given(past).When(p => LapseProposal.Decide(new(reason), p, fund, Policy, WorkingCalendar.WeekendsOnly, (by ?? Office).Acts(Monday.AddDays(days))));

    [Fact]
    public void A_correction_not_answered_in_time_lets_the_office_end_the_proposal() =>
        Lapse(Past.Returned).Then(new ProposalLapsed("逾期未补正", 1, Sample.Policy.Ref)).AgainNothing().WithState(p => p.Outcome.ShouldBe(Outcome.Lapsed));

    [Fact]
    public void Up_to_the_last_day_nothing_lapses() => Lapse(Past.Returned, days: 21).ThenRefused("not-overdue");

    [Fact]
    public void A_lapse_releases_what_is_held() =>
        Lapse([.. Past.Shortlisted, new ProposalReturned(Stage.MergedAppraisal, 1, "补充", [])], fund: Fund.Kind.Fold(Past.FundHolding))
            .Then(new ProposalLapsed("逾期未补正", 1, Sample.Policy.Ref), Past.Fund.Stream.Has(new MoneyReleased(Past.Reservation, "逾期未补正")));

    [Fact]
    public void Only_an_unanswered_correction_lapses() => Lapse(Past.Submitted).ThenRefused("no-correction-open");

    [Fact]
    public void A_draft_does_not_lapse() => Lapse(Past.Drafted).ThenRefused("wrong-stage");

    [Fact]
    public void A_lapse_says_why() => Lapse(Past.Returned, reason: "").ThenRefused(("text-required", "reason"));

    [Fact]
    public void The_engine_and_the_unit_never_let_a_proposal_lapse()
    {
        Lapse(Past.Returned, Actor.Engine(Jurisdiction)).ThenRefused("not-permitted");
        Lapse(Past.Returned, Officer).ThenRefused("not-permitted");
    }
}
