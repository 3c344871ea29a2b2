using System.Collections.Immutable;
using Approval.Directory;
using Approval.Testing;
using static Approval.MergedAppraisal.AppraisalWorld;

namespace Approval.MergedAppraisal;

public sealed class RecuseExpertTests
{
    readonly AppraisalWorld world = new AppraisalWorld(1).Empanelled();

    Decided<Appraisal> Recuse(int expert, Actor by, string reason = "曾任该单位顾问") =>
        world.Given.When(a => RecuseExpert.Decide(new(new($"expert-{expert}"), reason), a, by.Acts()));

    [Fact]
    public void An_expert_recuses_and_no_longer_reads_the_proposal() =>
        Recuse(1, As(Experts[0])).Then(
            new ExpertRecused(new("expert-1"), "曾任该单位顾问"),
            Project(1).Stream.Has(new PanelSeated(Id, [new("expert-2"), new("expert-3")])))
        .AgainNothing().WithState(a => a.PanelComplete.ShouldBeFalse());

    [Fact]
    public void The_office_records_a_conflict_that_it_learnt_of() => Recuse(2, Sample.Office).WithState(a => a.Panel.Length.ShouldBe(2));

    [Fact]
    public void An_expert_does_not_recuse_another() => Recuse(2, As(Experts[0])).ThenRefused("not-permitted");

    [Fact]
    public void A_unit_does_not_recuse_an_expert() => Recuse(2, Sample.Officer).ThenRefused("not-permitted");

    [Fact]
    public void Who_is_not_on_the_panel_has_no_seat_to_leave() => Recuse(5, Sample.Office).ThenRefused(("no-such-seat", "expert"));

    [Fact]
    public void The_conflict_is_named() => Recuse(1, Sample.Office, "").ThenRefused(("text-required", "reason"));

    [Fact]
    public void Nobody_recuses_after_the_sheets_are_disclosed()
    {
        for (var e = 1; e <= 3; e++) world.Do(world.Sheet(e, 1));

        Recuse(1, As(Experts[0])).ThenRefused("sheets-disclosed");
    }

    [Fact]
    public void The_sheets_of_one_who_recuses_fall()
    {
        world.Do(world.Sheet(1, 1));

        Recuse(1, As(Experts[0])).WithState(a => a.Sheets.ShouldBeEmpty());
    }
}
