using Approval.Testing;
using static Approval.Testing.Sample;

namespace Approval.Supervision;

public sealed class TickConditionTests
{
    static Decided<Proposal> When(int condition, Actor? by = null, object[]? past = null, string evidence = "联调记录") =>
        Scenario.Given(past ?? Supervised.Issue).When(p => TickCondition.Decide(new(condition, evidence), p, (by ?? Office).Acts()));

    [Fact]
    public void The_office_ticks_a_condition_off() => When(1).Then(new ConditionMet(1, "联调记录")).AgainNothing();

    [Fact]
    public void The_unit_does_not() => When(1, Officer).ThenRefused("not-permitted");

    [Fact]
    public void A_condition_that_the_approval_does_not_hold_is_refused()
    {
        When(0).ThenRefused(("no-such-condition", "condition"));
        When(3).ThenRefused(("no-such-condition", "condition"));
    }

    [Fact]
    public void Evidence_is_needed() => When(1, evidence: "").ThenRefused(("text-required", "evidence"));

    [Fact]
    public void Conditions_are_ticked_off_under_supervision_only() => When(1, past: Past.Approved).ThenRefused("wrong-stage");
}
