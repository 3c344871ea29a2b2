using Approval.Testing;
using static Approval.Testing.Sample;

namespace Approval.Supervision;

public sealed class ReportProgressTests
{
    static readonly ReportProgress Half = new(new(2027, 1, 4), 50, "完成数据中心建设");

    static Decided<Proposal> When(ReportProgress command, Actor? by = null, object[]? past = null) =>
        Scenario.Given(past ?? Supervised.Issue).When(p => ReportProgress.Decide(command, p, Supervised.Today, (by ?? Officer).Acts()));

    [Fact]
    public void The_unit_reports_progress() => When(Half).Then(new ProgressReported(new(2027, 1, 4), 50, "完成数据中心建设")).AgainNothing();

    [Fact]
    public void Another_unit_or_the_office_does_not()
    {
        When(Half, OtherOfficer).ThenRefused("not-permitted");
        When(Half, Office).ThenRefused("not-permitted");
    }

    [Fact]
    public void Before_the_approval_there_is_nothing_to_report() => When(Half, past: Past.Unified).ThenRefused("wrong-stage");

    [Fact]
    public void All_that_is_malformed_is_said_at_once() =>
        When(new(Supervised.Issued.AddDays(-1), 101, "")).ThenRefused(("text-required", "report"), ("day-out-of-range", "on"), ("not-a-percentage", "percentComplete"));

    [Fact]
    public void Progress_is_not_reported_for_days_to_come() => When(Half with { On = Supervised.Today.AddDays(1) }).ThenRefused(("day-out-of-range", "on"));
}
