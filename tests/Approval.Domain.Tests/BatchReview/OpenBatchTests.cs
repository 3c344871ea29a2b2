using Approval.Calendars;
using Approval.Directory;
using Approval.Funds;
using Approval.Testing;
using static Approval.BatchReview.Batches;
using static Approval.Testing.Sample;
using static Approval.Testing.Scenario;

namespace Approval.BatchReview;

public sealed class OpenBatchTests
{
    static readonly OpenBatch Command = new("2026年第一批", new(2026, 3, 1), new(2026, 3, 31), Past.Fund, [Finance, Reform]);
    static readonly Unit[] Units = [new() { Id = Finance, Name = "市财政局" }, new() { Id = Reform, Name = "市发展和改革委员会" }];

    static Decided<Batch> When(OpenBatch command, Actor? by = null, params Unit[] units) =>
        Given(Batch.Kind, Past.Batch.Stream).WhenNew(b => OpenBatch.Decide(
            command, Past.Batch, b, Fund.Kind.Fold(Past.FundHolding)!, units.Length == 0 ? Units : units, WorkingCalendar.WeekendsOnly, (by ?? Office).Acts()));

    [Fact]
    public void The_office_announces_a_batch() => When(Command).Then(Opened).AgainNothing();

    [Fact]
    public void A_window_closes_after_it_opens_not_before_today_and_within_a_year()
    {
        When(Command with { Opens = new(2026, 4, 1) }).ThenRefused(("batch-window-invalid", "closes"));
        When(Command with { Opens = new(2026, 2, 1), Closes = new(2026, 3, 1) }).ThenRefused(("batch-window-invalid", "closes"));
        When(Command with { Closes = new(2027, 4, 1) }).ThenRefused(("batch-window-invalid", "closes"));
        When(Command with { Opens = new(2026, 3, 2), Closes = new(2026, 3, 2) }).Decision.Refused.ShouldBeFalse();
    }

    [Fact]
    public void At_least_two_different_bodies_pre_review()
    {
        When(Command with { Bodies = [Finance] }).ThenRefused(("batch-bodies-invalid", "bodies"));
        When(Command with { Bodies = [Finance, Finance] }).ThenRefused(("batch-bodies-invalid", "bodies"));
        When(Command with { Bodies = default }).ThenRefused(("batch-bodies-invalid", "bodies"));
    }

    [Fact]
    public void A_body_is_a_unit_in_service()
    {
        When(Command, null, Units[0]).ThenRefused(("batch-body-unknown", "bodies[1]"));
        When(Command, null, Units[0], Units[1] with { Retired = true }).ThenRefused(("batch-body-unknown", "bodies[1]"));
    }

    [Fact]
    public void A_batch_has_a_title() => When(Command with { Title = "" }).ThenRefused(("text-required", "title"));

    [Fact]
    public void Nobody_but_the_office_announces_a_batch()
    {
        foreach (var person in NotTheOffice) When(Command, person).ThenRefused("not-permitted");
    }
}
