using Approval.Calendars;
using Approval.Funds;
using Approval.Intake;
using Approval.Testing;
using static Approval.Testing.Sample;
using static Approval.Testing.Scenario;

namespace Approval.Scheduling;

public sealed class ScheduleKeyProjectTests
{
    static readonly DateOnly April = new(2026, 4, 1);
    static readonly ReservationId Reservation = new($"{Id.Value}-early");
    static readonly StreamId Year = new EarlyScheduleId(2026).Stream;
    static readonly object[] Consented = [.. Past.Key, new KeyConsentGiven(1, Sample.Policy.Ref)];
    static readonly OrdinaryProjects Quiet = new(AcceptedThisYear: 10, LongestOrdinaryWait: 60, BatchCloses: null);
    static readonly object[] Opened = [new FundOpened(Past.Fund, "信息化专项资金", 2026, new(20_000_000m))];

    static KeySlotTaken Taken(string proposal) => new(2026, new(proposal), April, Past.Fund, new(1m), 10, Sample.Policy.Ref);

    static Decided<Proposal> When(
        object[] past, DateOnly? slot = null, OrdinaryProjects? others = null, object[]? fund = null, KeySlotTaken[]? schedule = null, Actor? by = null) =>
        Given(past).When(p => ScheduleKeyProject.Decide(
            new(slot ?? April, Past.Fund), p, EarlySchedule.Kind.Fold(schedule ?? []) ?? EarlySchedule.Empty(2026), Fund.Kind.Fold(fund ?? Opened)!,
            Sample.Policy, WorkingCalendar.WeekendsOnly, others ?? Quiet, (by ?? Office).Acts()));

    [Fact]
    public void A_key_project_gets_its_month_its_money_at_once_and_a_day_for_the_full_check() =>
        When(Consented).Then(
                new KeyProjectScheduled(April, Past.Fund, Reservation, Content.Total, new(2026, 5, 25), Sample.Policy.Ref, 1),
                Past.Fund.Stream.Has(new MoneyReserved(Reservation, Id, Track.Key, Content.Total)),
                Year.Has(new KeySlotTaken(2026, Id, April, Past.Fund, Content.Total, 10, Sample.Policy.Ref)))
            .AgainNothing()
            .WithState(p => (p.Stage, p.Held?.Amount).ShouldBe((Stage.MergedAppraisal, Content.Total)));

    [Fact]
    public void Without_consent_no_project_goes_ahead()
    {
        When(Past.Key).ThenRefused("consent-missing");
        When([.. Consented, new KeyConsentVoided(2)]).ThenRefused("consent-missing");
    }

    [Fact]
    public void A_slot_is_the_first_day_of_a_month_from_this_one_to_a_year_ahead()
    {
        When(Consented, new(2026, 4, 2)).ThenRefused(("slot-invalid", "slot"));
        When(Consented, new(2026, 2, 1)).ThenRefused(("slot-invalid", "slot"));
        When(Consented, new(2027, 4, 1)).ThenRefused(("slot-invalid", "slot"));
        When(Consented, new(2026, 3, 1)).Decision.Refused.ShouldBeFalse();
        When(Consented, new(2027, 3, 1)).Decision.Refused.ShouldBeFalse();
    }

    [Fact]
    public void A_slot_lies_ahead_of_the_open_batch()
    {
        When(Consented, April, Quiet with { BatchCloses = new(2026, 3, 31) }).ThenRefused(("slot-not-ahead", "slot"));
        When(Consented, April, Quiet with { BatchCloses = new(2026, 4, 1) }).Decision.Refused.ShouldBeFalse();
    }

    [Fact]
    public void While_an_ordinary_project_has_waited_longer_than_promised_no_key_project_goes_in_front() =>
        When(Consented, others: Quiet with { LongestOrdinaryWait = 61 }).ThenRefused("ordinary-wait-exceeded");

    [Fact]
    public void Key_projects_keep_within_their_share_of_the_years_accepted_proposals()
    {
        When(Consented, schedule: [Taken("a")]).Decision.Refused.ShouldBeFalse();
        When(Consented, schedule: [Taken("a"), Taken("b")]).ThenRefused("key-share-of-count");
        When(Consented, others: Quiet with { AcceptedThisYear = 4 }).ThenRefused("key-share-of-count");
        When(Consented, others: Quiet with { AcceptedThisYear = 5 }).Decision.Refused.ShouldBeFalse();
    }

    [Fact]
    public void Key_projects_keep_within_their_share_of_the_funds_ceiling()
    {
        object[] With(decimal held, Track track) => [.. Opened, new MoneyReserved(new("r"), new("other"), track, new(held))];
        When(Consented, fund: With(3_000_000m, Track.Key)).Decision.Refused.ShouldBeFalse();
        When(Consented, fund: With(3_000_000.01m, Track.Key)).ThenRefused("key-share-of-money");
        When(Consented, fund: With(15_000_000m, Track.General)).Decision.Refused.ShouldBeFalse();
    }

    [Fact]
    public void Money_that_is_not_free_is_not_promised() =>
        When(Consented, fund: [.. Opened, new MoneyReserved(new("r"), new("other"), Track.General, new(15_000_000.01m))]).ThenRefused("fund-exhausted");

    [Fact]
    public void Every_reason_against_is_given_at_once() =>
        When(Consented, April, new(1, 100, new(2026, 3, 31)), [new FundOpened(Past.Fund, "小额资金", 2026, new(1m))])
            .ThenRefused("slot-not-ahead", "ordinary-wait-exceeded", "key-share-of-count", "key-share-of-money");

    [Fact]
    public void A_project_under_correction_is_not_scheduled() =>
        When([.. Consented, new ProposalReturned(Stage.EarlyScheduling, 1, "补充依据", ["依据"])]).ThenRefused("correction-open");

    [Fact]
    public void A_general_proposal_is_not_scheduled_early() => When(Past.General).ThenRefused("wrong-stage");

    [Fact]
    public void A_scheduled_project_keeps_its_month() => When([.. When(Consented).Decision.On(Id.Stream).Prepend(Consented)], new(2026, 5, 1)).ThenRefused("wrong-stage");

    [Fact]
    public void Nobody_but_the_office_schedules()
    {
        foreach (var person in new[] { Officer, DepartmentalCio, DistrictCio, Expert, Auditor, Administrator }) When(Consented, by: person).ThenRefused("not-permitted");
    }
}
