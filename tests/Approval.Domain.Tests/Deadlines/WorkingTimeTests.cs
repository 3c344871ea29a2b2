using Approval.Calendars;
using Approval.Intake;
using Approval.Testing;

namespace Approval.Deadlines;

public sealed class WorkingTimeTests
{
    static readonly WorkingCalendar Calendar = WorkingCalendar.Kind.Fold([new CalendarAdopted(1, StateCouncil.Year2026)])!;

    /// <summary>Ten in the morning in China.</summary>
    static DateTimeOffset On(int month, int day) => new(2026, month, day, 2, 0, 0, TimeSpan.Zero);

    static Proposal Folded(params (object Event, DateTimeOffset At)[] events) =>
        events.Aggregate<(object Event, DateTimeOffset At), Proposal?>(null, (p, e) => Proposal.Kind.Evolve(p, e.Event, e.At))!;

    static (object, DateTimeOffset)[] SubmittedOn(DateTimeOffset at) => [.. Past.Submitted.Select(e => (e, at))];

    static readonly ProposalReturned Returned = new(Stage.FormCheck, 1, "材料不全", ["预算"]);

    [Fact]
    public void The_day_on_which_the_stage_began_does_not_count()
    {
        var clock = Folded([.. SubmittedOn(On(3, 2))]).Clock.Now;
        clock.WorkingDaysUsed(new(2026, 3, 2), Calendar).ShouldBe(0);
        clock.WorkingDaysUsed(new(2026, 3, 3), Calendar).ShouldBe(1);
        clock.DueAfter(5, Calendar).ShouldBe(new(2026, 3, 9));
    }

    [Fact]
    public void The_clock_stands_still_while_the_unit_corrects()
    {
        var returned = Folded([.. SubmittedOn(On(3, 2)), (Returned, On(3, 4))]);
        returned.Clock.Now.Stage.ShouldBe(Stage.FormCheck);
        returned.Clock.Now.WorkingDaysUsed(new(2026, 3, 20), Calendar).ShouldBe(2);
        returned.Clock.Now.DueAfter(5, Calendar).ShouldBeNull();
    }

    [Fact]
    public void After_the_answer_the_clock_goes_on_where_it_stood()
    {
        var answered = Folded([.. SubmittedOn(On(3, 2)), (Returned, On(3, 4)), (new CorrectionAnswered(Stage.FormCheck, 2, "已补"), On(3, 11))]);
        answered.Clock.Now.WorkingDaysUsed(new(2026, 3, 11), Calendar).ShouldBe(2);
        answered.Clock.Now.DueAfter(5, Calendar).ShouldBe(new(2026, 3, 16));
    }

    [Fact]
    public void A_calendar_adopted_later_moves_the_due_date()
    {
        var clock = Folded([.. SubmittedOn(On(9, 29))]).Clock.Now;
        clock.DueAfter(5, WorkingCalendar.WeekendsOnly).ShouldBe(new(2026, 10, 6));
        clock.DueAfter(5, Calendar).ShouldBe(new(2026, 10, 12));
    }

    [Fact]
    public void The_due_date_is_the_day_on_which_the_limit_is_used_up_whatever_the_pauses()
    {
        var random = new Random(20260302);
        for (var round = 0; round < 500; round++)
        {
            var at = On(1, 5).AddDays(random.Next(200));
            var clock = new StageVisit(Stage.FormCheck, at, null, []);
            for (var i = random.Next(4); i > 0; i--)
            {
                var from = at.AddDays(random.Next(1, 12));
                at = from.AddDays(random.Next(12));
                clock = clock with { Pauses = clock.Pauses.Add(new(from, at)) };
            }

            var limit = random.Next(1, 40);
            var due = clock.DueAfter(limit, Calendar)!.Value;
            clock.WorkingDaysUsed(due, Calendar).ShouldBe(limit);
            clock.WorkingDaysUsed(due.AddDays(-1), Calendar).ShouldBe(limit - 1);
        }
    }
}
