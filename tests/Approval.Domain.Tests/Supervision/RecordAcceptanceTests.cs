using Approval.Testing;
using static Approval.Testing.Sample;

namespace Approval.Supervision;

public sealed class RecordAcceptanceTests
{
    static Decided<Proposal> When(object[] past, Actor? by = null, DateOnly? day = null, string findings = "合格") =>
        Scenario.Given(past).When(p => RecordAcceptance.Decide(new(day ?? Supervised.Today, findings), p, Policy, Supervised.Today, (by ?? Office).Acts()));

    [Fact]
    public void With_all_conditions_met_the_office_accepts_and_the_self_evaluation_is_due_between_twelve_and_twenty_four_months_later() =>
        When(Supervised.ConditionsMet).Then(Supervised.Accepted).AgainNothing();

    [Fact]
    public void A_condition_left_open_stops_the_acceptance() => When([.. Supervised.Issue, new ConditionMet(2, "测评报告")]).ThenRefused("conditions-open");

    [Fact]
    public void The_unit_does_not_accept_its_own_project() => When(Supervised.ConditionsMet, Officer).ThenRefused("not-permitted");

    [Fact]
    public void Acceptance_lies_between_the_approval_and_today()
    {
        When(Supervised.ConditionsMet, day: Supervised.Issued.AddDays(-1)).ThenRefused(("day-out-of-range", "on"));
        When(Supervised.ConditionsMet, day: Supervised.Today.AddDays(1)).ThenRefused(("day-out-of-range", "on"));
    }

    [Fact]
    public void A_project_is_accepted_once() =>
        When([.. Supervised.ConditionsMet, Supervised.Accepted], day: Supervised.Today.AddDays(-1)).ThenRefused("project-accepted-already");

    [Fact]
    public void Findings_are_needed() => When(Supervised.ConditionsMet, findings: " ").ThenRefused(("text-required", "findings"));

    [Fact]
    public void Only_an_approved_project_is_accepted() => When(Past.Approved).ThenRefused("wrong-stage");
}
