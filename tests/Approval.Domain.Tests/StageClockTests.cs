using Approval.Intake;

namespace Approval;

public sealed class StageClockTests
{
    static readonly DateTimeOffset Day = new(2026, 3, 2, 9, 0, 0, TimeSpan.FromHours(8));

    static Proposal After(params (object Event, int Day)[] past) =>
        past.Aggregate<(object Event, int Day), Proposal?>(null, (p, e) => Proposal.Kind.Evolve(p, e.Event, Day.AddDays(e.Day)))!;

    static readonly ProposalDrafted Drafted = new(new("p"), new("u"), new() { Title = "人口基础信息库" });

    [Fact]
    public void A_stay_lasts_from_the_event_that_led_to_the_stage_to_the_event_that_led_away()
    {
        var clock = After((Drafted, 0), (new EndorsementAsked(1), 2), (new ProposalEndorsed(1), 3), (new ProposalSubmitted(1), 5)).Clock;

        clock.Visits.Select(v => (v.Stage, v.Entered, v.Left)).ShouldBe(
        [
            (Stage.Draft, Day, Day.AddDays(2)),
            (Stage.Endorsement, Day.AddDays(2), Day.AddDays(5)),
            (Stage.FormCheck, Day.AddDays(5), null),
        ]);
    }

    [Fact]
    public void The_clock_pauses_while_the_unit_corrects()
    {
        var asked = After((Drafted, 0), (new EndorsementAsked(1), 1), (new ProposalSubmitted(1), 2), (new ProposalReturned(Stage.FormCheck, 1, "补充", []), 4));
        asked.Clock.Paused.ShouldBeTrue();

        var answered = Proposal.Kind.Evolve(asked, new CorrectionAnswered(Stage.FormCheck, 2, "已补充"), Day.AddDays(9));
        answered.Clock.Paused.ShouldBeFalse();
        answered.Clock.Now.Pauses.ShouldBe([new ClockPause(Day.AddDays(4), Day.AddDays(9))]);
    }

    [Fact]
    public void A_pause_ends_when_the_proposal_ends()
    {
        var clock = After((Drafted, 0), (new EndorsementAsked(1), 1), (new ProposalSubmitted(1), 2),
            (new ProposalReturned(Stage.FormCheck, 1, "补充", []), 4), (new ProposalWithdrawn("不再需要"), 6)).Clock;

        clock.Now.Stage.ShouldBe(Stage.Closed);
        clock.Visits[^2].Left.ShouldBe(Day.AddDays(6));
        clock.Visits[^2].Pauses.ShouldBe([new ClockPause(Day.AddDays(4), Day.AddDays(6))]);
    }
}
