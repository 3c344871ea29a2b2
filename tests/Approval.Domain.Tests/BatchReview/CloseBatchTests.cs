using Approval.Calendars;
using Approval.Testing;
using static Approval.BatchReview.Batches;
using static Approval.Testing.Sample;
using static Approval.Testing.Scenario;

namespace Approval.BatchReview;

public sealed class CloseBatchTests
{
    static Decided<Batch> When(string? reason, DateTimeOffset at, Actor? by = null) =>
        Given(Batch.Kind, Past.Batch.Stream, Opened).When(b => CloseBatch.Decide(new(reason), b, WorkingCalendar.WeekendsOnly, (by ?? Office).Acts(at)));

    [Fact]
    public void The_window_is_closed_once() => When(null, April).Then(new BatchClosed(new(2026, 4, 1), null)).AgainNothing();

    [Fact]
    public void On_its_last_day_it_is_closed_without_a_reason() => When(null, April.AddDays(-1)).Then(new BatchClosed(new(2026, 3, 31), null));

    [Fact]
    public void Before_its_last_day_it_is_closed_with_a_reason_only()
    {
        When(null, Monday).ThenRefused(("text-required", "reason"));
        When("申报已齐", Monday).Then(new BatchClosed(new(2026, 3, 2), "申报已齐")).WithState(b => b.TakesIn(new(2026, 3, 2)).ShouldBeFalse());
    }

    [Fact]
    public void Nobody_but_the_office_closes()
    {
        foreach (var person in NotTheOffice) When(null, April, person).ThenRefused("not-permitted");
    }
}
