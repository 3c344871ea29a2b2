using Approval.Intake;
using Approval.Testing;
using static Approval.Testing.Sample;
using static Approval.Testing.Scenario;

namespace Approval.Scheduling;

public sealed class CompleteFullCheckTests
{
    static readonly object[] Scheduled = [.. Past.Key, new KeyConsentGiven(1, Sample.Policy.Ref),
        new KeyProjectScheduled(new(2026, 3, 1), Past.Fund, new("k"), Content.Total, new(2026, 5, 25), Sample.Policy.Ref)];

    static Decided<Proposal> When(object[] past, Actor? by = null, string findings = "材料齐备,可行") =>
        Given(past).When(p => CompleteFullCheck.Decide(new(findings), p, Sample.Policy, (by ?? Office).Acts()));

    [Fact]
    public void The_full_check_is_done_once() =>
        When(Scheduled).Then(new FullCheckCompleted(1, "材料齐备,可行", Sample.Policy.Ref)).AgainNothing();

    [Fact]
    public void The_committee_waits_for_the_full_check()
    {
        CompleteFullCheck.BeforeDecision(Given(Scheduled).State)!.Code.ShouldBe("full-check-open");
        CompleteFullCheck.BeforeDecision(When(Scheduled).And().State).ShouldBeNull();
        CompleteFullCheck.BeforeDecision(Given(Past.Shortlisted).State).ShouldBeNull();
    }

    [Fact]
    public void A_check_without_findings_is_none() => When(Scheduled, findings: "").ThenRefused(("text-required", "findings"));

    [Fact]
    public void Nothing_is_due_for_what_came_by_the_batch_or_is_checked()
    {
        When(Past.Shortlisted).ThenRefused("no-full-check-due");
        When([.. Scheduled, new FullCheckCompleted(1, "可行", Sample.Policy.Ref)]).ThenRefused("no-full-check-due");
    }

    [Fact]
    public void What_is_under_correction_is_checked_after_it() =>
        When([.. Scheduled, new ProposalReturned(Stage.MergedAppraisal, 1, "补充", ["概算"])]).ThenRefused("correction-open");

    [Fact]
    public void The_check_comes_after_scheduling() => When(Past.Key).ThenRefused("wrong-stage");

    [Fact]
    public void Nobody_but_the_office_checks() => When(Scheduled, Officer).ThenRefused("not-permitted");
}
