using Approval.Testing;
using static Approval.Testing.Sample;

namespace Approval.Supervision;

public sealed class RecordSharingPromiseTests
{
    static Decided<Proposal> When(object[] past, bool kept, Actor? by = null, string resource = "电子健康档案", string finding = "抽查") =>
        Scenario.Given(past).When(p => RecordSharingPromise.Decide(new(resource, kept, finding), p, (by ?? Office).Acts()));

    [Fact]
    public void The_office_finds_a_promise_kept() => When(Supervised.Issue, true).Then(new SharingPromiseKept("电子健康档案", "抽查")).AgainNothing();

    [Fact]
    public void A_promise_found_broken_makes_the_unit_one_that_withholds_until_it_is_kept()
    {
        var broken = When(Supervised.Issue, false).Then(new SharingPromiseBroken("电子健康档案", "抽查")).AgainNothing().WithState(p => p.Supervision.Withheld.ShouldBe(["电子健康档案"]));
        broken.And().When(p => RecordSharingPromise.Decide(new("电子健康档案", true, "复查"), p, Office.Acts()))
            .Then(new SharingPromiseKept("电子健康档案", "复查")).WithState(p => p.Supervision.Withheld.ShouldBeEmpty());
    }

    [Fact]
    public void A_promise_binds_after_completion_too() =>
        When([.. Supervised.Evaluated, new SharingPromiseKept("电子健康档案", "抽查"), new ProjectCompleted(Policy.Ref)], false).Then(new SharingPromiseBroken("电子健康档案", "抽查"));

    [Fact]
    public void What_was_not_promised_is_not_asked_for()
    {
        When(Supervised.Issue, false, resource: "人口库").ThenRefused(("no-such-promise", "resource"));
        When([.. Past.Unified, new Intake.ProposalWithdrawn("另行立项")], false).ThenRefused(("no-such-promise", "resource"));
    }

    [Fact]
    public void Nobody_but_the_office_says_so() => When(Supervised.Issue, true, Officer).ThenRefused("not-permitted");

    [Fact]
    public void A_finding_is_needed() => When(Supervised.Issue, true, finding: "").ThenRefused(("text-required", "finding"));

    [Fact]
    public void Before_the_approval_there_is_no_promise() => When(Past.Unified, true).ThenRefused("wrong-stage");
}
