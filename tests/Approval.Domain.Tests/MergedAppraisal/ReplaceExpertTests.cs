using System.Collections.Immutable;
using Approval.Directory;
using Approval.Testing;
using static Approval.MergedAppraisal.AppraisalWorld;

namespace Approval.MergedAppraisal;

public sealed class ReplaceExpertTests
{
    readonly AppraisalWorld world = new AppraisalWorld(1).Empanelled();

    Decided<Appraisal> Replace(int leaving, int joining, Actor? by = null, Func<Person, Person>? with = null, string reason = "回避") => world.Given.When(a => ReplaceExpert.Decide(
        new(new($"expert-{leaving}"), new($"expert-{joining}"), reason), a, with?.Invoke(Experts[joining - 1]) ?? Experts[joining - 1], Proposers, (by ?? Sample.Office).Acts()));

    AppraisalWorld Recused(int expert) => world.Do(RecuseExpert.Decide(new(Experts[expert - 1].Id, "利益关系"), world.Appraisal, Sample.Office.Acts()));

    [Fact]
    public void Another_expert_takes_the_seat_of_one_who_recused()
    {
        Recused(1);

        Replace(1, 4).Then(
            new ExpertReplaced(new("expert-1"), new("expert-4"), "回避", Sample.Policy.Ref),
            Project(1).Stream.Has(new PanelSeated(Id, [new("expert-2"), new("expert-3"), new("expert-4")])))
        .AgainNothing().WithState(a => a.PanelComplete.ShouldBeTrue());
    }

    [Fact]
    public void One_who_cannot_take_part_is_replaced_at_once_and_the_own_sheets_fall()
    {
        world.Do(world.Sheet(2, 1));

        Replace(2, 5, reason: "因病").WithState(a =>
        {
            a.Panel.ShouldBe([new("expert-1"), new("expert-3"), new("expert-5")]);
            a.Sheets.ShouldBeEmpty();
        });
    }

    [Fact]
    public void Only_the_office_replaces() => Replace(1, 4, As(Experts[0])).ThenRefused("not-permitted");

    [Fact]
    public void Only_a_seat_is_taken() => Replace(7, 4).ThenRefused(("no-such-seat", "leaving"));

    [Fact]
    public void A_seat_taken_again_is_not_taken_by_a_third()
    {
        Recused(1).Do(Replace(1, 4).Decision);

        Replace(1, 5).ThenRefused(("no-such-seat", "leaving"));
    }

    [Fact]
    public void Nobody_takes_two_seats() => Replace(1, 2).ThenRefused(("entry-twice", "joining"));

    [Fact]
    public void One_who_left_does_not_come_back()
    {
        Recused(1);

        Replace(2, 1).ThenRefused(("expert-has-left", "joining"));
    }

    [Fact]
    public void Who_joins_has_no_tie() => Replace(1, 4, with: e => e with { Unit = Unit(1) }).ThenRefused(("expert-tied", "joining"));

    [Fact]
    public void Who_joins_is_an_expert() => Replace(1, 4, with: e => e with { Roles = [] }).ThenRefused(("not-an-expert", "joining"));

    [Fact]
    public void A_reason_is_given() => Replace(1, 4, reason: "").ThenRefused(("text-required", "reason"));

    [Fact]
    public void Nobody_joins_after_the_sheets_are_disclosed()
    {
        for (var e = 1; e <= 3; e++) world.Do(world.Sheet(e, 1));

        Replace(1, 4).ThenRefused("sheets-disclosed");
    }
}
