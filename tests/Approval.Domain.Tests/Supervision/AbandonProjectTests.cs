using Approval.Funds;
using Approval.Intake;
using Approval.InterfaceUnification;
using Approval.Testing;
using static Approval.Testing.Sample;

namespace Approval.Supervision;

public sealed class AbandonProjectTests
{
    static readonly InterfaceId Entry = new("i1");
    static readonly InterfacePublished Published = new(Entry, new("电子健康档案", Content.Title, "市卫生局", InterfaceMode.Api, "1.0"), Sample.Id);
    static readonly InterfaceCatalogue Catalogue = InterfaceCatalogue.Kind.Fold([Published])!;

    static Decided<Proposal> When(object[] past, Actor? by = null, string reason = "改由省统建", params Declarant[] others) => Scenario.Given(past).When(p =>
        AbandonProject.Decide(new(reason), p, p.Held is null ? null : Supervised.Fund, Catalogue, [Declarant.Of(p), .. others], Policy, (by ?? Officer).Acts()));

    [Fact]
    public void What_was_committed_is_free_again_and_the_interfaces_published_are_retired() =>
        When(Supervised.Issue).Then(
            new ProjectAbandoned("改由省统建", Policy.Ref, 1),
            Past.Fund.Stream.Has(new MoneyReleased(Past.Reservation, "改由省统建")),
            JurisdictionStreams.InterfaceCatalogue.Has(new InterfaceRetired(Entry, "改由省统建")))
        .AgainNothing().WithState(p => (p.Outcome, p.Held).ShouldBe((Outcome.Withdrawn, null)));

    [Fact]
    public void What_others_rest_on_stays()
    {
        var user = new Declarant
        {
            Proposal = new("p2"), Title = "社区卫生系统", Unit = Police, Stage = Stage.Supervision,
            Arranged = [new(new(new("p2"), 1), Content.Interfaces[0], ArrangementKind.Reuse, Entry, InterfaceMode.Api, null, Policy.Ref)],
        };
        When(Supervised.Issue, others: user).ThenRefused("interface-in-use");
        When(Supervised.Issue, others: user with { Stage = Stage.Closed }).Decision.Refused.ShouldBeFalse();
    }

    [Fact]
    public void While_a_change_is_under_approval_the_project_is_given_up_and_not_withdrawn()
    {
        object[] changing = [.. Supervised.Issue, new ChangeSentToApproval(new(4_000_000m), new(6_000_000m), false, "扩大范围", Policy.Ref)];
        Scenario.Given(changing).When(p => WithdrawProposal.Decide(new("不做了"), p, Supervised.Fund, Officer.Acts())).ThenRefused("approval-in-force");
        When(changing).Decision.On(Sample.Id.Stream).ShouldBe([new ProjectAbandoned("改由省统建", Policy.Ref, 1)]);

        object[] unanswered = [.. changing, new ProposalReturned(Stage.Committee, 1, "说明不足", [])];
        Scenario.Given(unanswered).When(p => LapseProposal.Decide(new("逾期"), p, Supervised.Fund, Policy, Calendars.WorkingCalendar.WeekendsOnly, Office.Acts(Monday.AddYears(1))))
            .ThenRefused("approval-in-force");
        When(unanswered).Decision.Refused.ShouldBeFalse();
    }

    [Fact]
    public void Before_its_approval_a_proposal_is_withdrawn_and_an_accepted_project_stands()
    {
        When(Past.Unified).ThenRefused("project-not-approved");
        When(Past.Recommended).ThenRefused("wrong-stage");
        When([.. Supervised.ConditionsMet, Supervised.Accepted]).ThenRefused("project-accepted-already");
    }

    [Fact]
    public void The_own_unit_gives_up_and_says_why()
    {
        When(Supervised.Issue, OtherOfficer).ThenRefused("not-permitted");
        When(Supervised.Issue, Office).ThenRefused("not-permitted");
        When(Supervised.Issue, reason: " ").ThenRefused(("text-required", "reason"));
    }
}
