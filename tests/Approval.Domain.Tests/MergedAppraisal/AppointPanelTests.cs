using System.Collections.Immutable;
using Approval.Directory;
using Approval.Testing;
using static Approval.MergedAppraisal.AppraisalWorld;

namespace Approval.MergedAppraisal;

public sealed class AppointPanelTests
{
    readonly AppraisalWorld world = new AppraisalWorld(2).Opened();

    Decided<Appraisal> Appoint(Actor? by = null, Func<Person, Person>? with = null, params int[] experts) => world.Given.When(a => AppointPanel.Decide(
        new([.. experts.Select(n => new PersonId($"expert-{n}"))]), a, [.. Experts.Select(e => with?.Invoke(e) ?? e)], Proposers, (by ?? Sample.Office).Acts()));

    [Fact]
    public void The_office_appoints_and_the_proposals_know_who_may_read_them() =>
        Appoint(experts: [1, 2, 3]).Then(
            new PanelAppointed([new("expert-1"), new("expert-2"), new("expert-3")], Sample.Policy.Ref),
            Project(1).Stream.Has(new PanelSeated(Id, [new("expert-1"), new("expert-2"), new("expert-3")])),
            Project(2).Stream.Has(new PanelSeated(Id, [new("expert-1"), new("expert-2"), new("expert-3")])))
        .AgainNothing();

    [Fact]
    public void Only_the_office_appoints() => Appoint(by: Sample.DistrictCio, experts: [1, 2, 3]).ThenRefused("not-permitted");

    [Theory]
    [InlineData(1), InlineData(0)]
    public void A_panel_has_at_least_three(int size) =>
        Appoint(experts: [.. Enumerable.Range(1, size)]).Decision.Refusals.ShouldContain(r => r.Code == "panel-too-small");

    [Fact]
    public void A_panel_is_odd() => Appoint(experts: [1, 2, 3, 4]).ThenRefused(("panel-even", "experts"));

    [Fact]
    public void A_panel_of_two_is_both_even_and_too_small() => Appoint(experts: [1, 2]).ThenRefused("panel-too-small", "panel-even");

    [Fact]
    public void No_expert_sits_twice() => Appoint(experts: [1, 1, 2]).ThenRefused(("entry-twice", "experts"));

    [Fact]
    public void A_panel_has_at_most_twenty_one() => Appoint(experts: [.. Enumerable.Range(1, 23)]).ThenRefused(("too-many-entries", "experts"));

    [Fact]
    public void Only_experts_sit() => Appoint(with: e => e.Id.Value == "expert-2" ? e with { Roles = [Role.CioOffice] } : e, experts: [1, 2, 3]).ThenRefused(("not-an-expert", "experts[1]"));

    [Fact]
    public void Nobody_of_a_proposing_unit_sits() => Appoint(with: e => e.Id.Value == "expert-3" ? e with { Unit = Unit(2) } : e, experts: [1, 2, 3]).ThenRefused(("expert-tied", "experts[2]"));

    [Fact]
    public void Nobody_with_a_declared_tie_to_a_proposing_unit_sits() =>
        Appoint(with: e => e.Id.Value == "expert-1" ? e with { Ties = new([Unit(1).Value], []) } : e, experts: [1, 2, 3]).ThenRefused(("expert-tied", "experts[0]"));

    [Fact]
    public void Nobody_with_a_declared_tie_to_one_of_its_people_sits() =>
        Appoint(with: e => e.Id.Value == "expert-1" ? e with { Ties = new([], [Proposers[1].Value]) } : e, experts: [1, 2, 3]).ThenRefused(("expert-tied", "experts[0]"));

    [Fact]
    public void A_panel_appointed_is_not_exchanged_at_once()
    {
        world.Do(AppraisalWorld.Appoint(world.Appraisal, 3));

        Appoint(experts: [4, 5, 6]).ThenRefused("panel-appointed");
        Appoint(experts: [3, 2, 1]).ThenNothing();
    }
}
