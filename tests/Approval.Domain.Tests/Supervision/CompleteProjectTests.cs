using Approval.Testing;
using static Approval.Testing.Sample;

namespace Approval.Supervision;

public sealed class CompleteProjectTests
{
    static Decided<Proposal> When(object[] past, Actor? by = null) => Scenario.Given(past).When(p => CompleteProject.Decide(new(), p, Policy, (by ?? Office).Acts()));

    [Fact]
    public void Accepted_evaluated_with_conditions_met_and_promises_kept_a_project_is_complete() =>
        When([.. Supervised.Evaluated, new SharingPromiseKept("电子健康档案", "抽查")]).Then(new ProjectCompleted(Policy.Ref, 1)).AgainNothing()
            .WithState(p => (p.Stage, p.Outcome).ShouldBe((Stage.Closed, Outcome.Completed)));

    [Fact]
    public void All_that_is_missing_is_said_at_once() =>
        When(Supervised.Issue).ThenRefused("project-not-accepted", "evaluation-missing", "conditions-open", "promises-open");

    [Fact]
    public void A_broken_promise_stops_the_completion() =>
        When([.. Supervised.Evaluated, new SharingPromiseKept("电子健康档案", "抽查"), new SharingPromiseBroken("电子健康档案", "停供")]).ThenRefused("promises-open");

    [Fact]
    public void Nobody_but_the_office_completes() => When(Supervised.Evaluated, Officer).ThenRefused("not-permitted");

    [Fact]
    public void Only_what_is_under_supervision_is_completed() => When(Past.Unified).ThenRefused("wrong-stage");
}
