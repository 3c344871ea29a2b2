using Approval.Testing;
using static Approval.Testing.Sample;

namespace Approval.Supervision;

public sealed class SubmitSelfEvaluationTests
{
    static readonly object[] Accepted = [.. Supervised.ConditionsMet, Supervised.Accepted];

    static Decided<Proposal> When(DateOnly today, object[]? past = null, Actor? by = null, int score = 88, string report = "效果良好") =>
        Scenario.Given(past ?? Accepted).When(p => SubmitSelfEvaluation.Decide(new(score, report), p, today, (by ?? Officer).Acts()));

    [Fact]
    public void From_twelve_to_twenty_four_months_after_acceptance_the_unit_evaluates_itself()
    {
        When(new(2028, 6, 1)).Then(new SelfEvaluationSubmitted(new(2028, 6, 1), 88, "效果良好", Late: false)).AgainNothing();
        When(new(2029, 6, 1)).Then(new SelfEvaluationSubmitted(new(2029, 6, 1), 88, "效果良好", Late: false));
    }

    [Fact]
    public void A_day_earlier_is_too_early() => When(new(2028, 5, 31)).ThenRefused("evaluation-too-early");

    [Fact]
    public void After_twenty_four_months_it_is_taken_and_marked_late() =>
        When(new(2029, 6, 2)).Then(new SelfEvaluationSubmitted(new(2029, 6, 2), 88, "效果良好", Late: true)).AgainNothing();

    [Fact]
    public void A_self_evaluation_that_is_in_stands()
    {
        object[] evaluated = [.. Accepted, new SelfEvaluationSubmitted(new(2028, 6, 1), 88, "效果良好", Late: false)];
        When(new(2028, 6, 2), evaluated).ThenNothing();
        When(new(2028, 6, 2), evaluated, score: 95).ThenRefused("evaluated-already");
    }

    [Fact]
    public void Only_an_accepted_project_is_evaluated()
    {
        When(new(2028, 6, 1), Supervised.ConditionsMet).ThenRefused("project-not-accepted");
        When(new(2028, 6, 1), Past.Unified).ThenRefused("wrong-stage");
    }

    [Fact]
    public void Only_the_own_unit_evaluates()
    {
        When(new(2028, 6, 1), by: OtherOfficer).ThenRefused("not-permitted");
        When(new(2028, 6, 1), by: Office).ThenRefused("not-permitted");
    }

    [Fact]
    public void The_score_is_a_percentage_and_the_report_says_something() =>
        When(new(2028, 6, 1), score: 101, report: "").ThenRefused(("text-required", "report"), ("not-a-percentage", "score"));
}
