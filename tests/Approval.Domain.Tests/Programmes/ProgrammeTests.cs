using Approval.Intake;
using Approval.Testing;
using static Approval.Testing.Scenario;

namespace Approval.Programmes;

public sealed class ProgrammeTests
{
    static readonly ProgrammeId Id = new("p1");
    static readonly ProgrammeGoal[] Goals = [new("平台", 1), new("中心", 2), new("数据库", 4), new("工程", 15)];
    static readonly OpenProgramme Open = new("“一二四十五”工程", new(2026, 1, 1), new(2028, 12, 31), Goals);
    static readonly object[] Opened = [new ProgrammeOpened(Id, Open.Title, Open.From, Open.Until, [.. Goals])];
    static readonly Proposal Project = Given(Past.Accepted).State;
    static readonly ProgrammeProjectAdded Added = new(Sample.Id, "平台");
    static Scenario<Programme> In(params object[] past) => Given(Programme.Kind, Id.Stream, past);

    [Fact]
    public void A_programme_opens_with_a_period_and_goals() =>
        In().WhenNew(p => OpenProgramme.Decide(Open, Id, p, Sample.Office.Acts())).Then(Opened).AgainNothing();

    [Fact]
    public void A_programme_needs_a_title_a_period_and_goals_of_different_names() =>
        In().WhenNew(p => OpenProgramme.Decide(new("", new(2026, 2, 1), new(2026, 1, 1), [new("库", 1), new("库", 2)]), Id, p, Sample.Office.Acts()))
            .ThenRefused(("text-required", "title"), ("programme-period-reversed", "until"), ("programme-goals-malformed", "goals"));

    [Theory]
    [InlineData(0)]
    [InlineData(1001)]
    public void A_goal_is_for_1_to_1000_projects(int planned) =>
        In().WhenNew(p => OpenProgramme.Decide(Open with { Goals = [new("库", planned)] }, Id, p, Sample.Office.Acts())).ThenRefused(("programme-goals-malformed", "goals"));

    [Fact]
    public void A_programme_has_at_least_one_goal() =>
        In().WhenNew(p => OpenProgramme.Decide(Open with { Goals = [] }, Id, p, Sample.Office.Acts())).ThenRefused(("programme-goals-malformed", "goals"));

    [Fact]
    public void A_project_serves_one_goal_of_the_programme()
    {
        In(Opened).When(p => AddProject.Decide(new(Sample.Id, "平台"), p, Project, Sample.Office.Acts())).Then(Added).AgainNothing()
            .And().When(p => AddProject.Decide(new(Sample.Id, "数据库"), p, Project, Sample.Office.Acts())).Then(new ProgrammeProjectAdded(Sample.Id, "数据库"))
            .WithState(p => p.Projects.Values.ShouldBe(["数据库"]));
        In(Opened).When(p => AddProject.Decide(new(Sample.Id, "园区"), p, Project, Sample.Office.Acts())).ThenRefused(("programme-goal-unknown", "goal"));
    }

    [Fact]
    public void A_project_that_ended_without_being_built_is_not_added() =>
        In(Opened).When(p => AddProject.Decide(new(Sample.Id, "平台"), p, Given(Past.Accepted, new ProposalWithdrawn("不再需要")).State, Sample.Office.Acts()))
            .ThenRefused(("programme-project-ended", "proposal"));

    [Fact]
    public void A_project_is_taken_out_with_a_reason()
    {
        In(Opened, Added).When(p => RemoveProject.Decide(new(Sample.Id, "调整规划"), p, Sample.Office.Acts()))
            .Then(new ProgrammeProjectRemoved(Sample.Id, "调整规划")).AgainNothing();
        In(Opened, Added).When(p => RemoveProject.Decide(new(Sample.Id, ""), p, Sample.Office.Acts())).ThenRefused(("text-required", "reason"));
    }

    [Fact]
    public void A_closed_programme_changes_no_more()
    {
        var closed = In(Opened, Added).When(p => CloseProgramme.Decide(new("目标完成"), p, Sample.Office.Acts())).Then(new ProgrammeClosed("目标完成")).AgainNothing().And();
        closed.When(p => AddProject.Decide(new(Sample.Id, "中心"), p, Project, Sample.Office.Acts())).ThenRefused("programme-is-closed");
        closed.When(p => RemoveProject.Decide(new(Sample.Id, "x"), p, Sample.Office.Acts())).ThenRefused("programme-is-closed");
        In(Opened).When(p => CloseProgramme.Decide(new(" "), p, Sample.Office.Acts())).ThenRefused(("text-required", "summary"));
    }

    [Fact]
    public void Only_the_office_keeps_programmes()
    {
        In().WhenNew(p => OpenProgramme.Decide(Open, Id, p, Sample.Officer.Acts())).ThenRefused("not-permitted");
        In(Opened).When(p => AddProject.Decide(new(Sample.Id, "平台"), p, Project, Sample.Officer.Acts())).ThenRefused("not-permitted");
        In(Opened).When(p => RemoveProject.Decide(new(Sample.Id, "x"), p, Sample.DepartmentalCio.Acts())).ThenRefused("not-permitted");
        In(Opened).When(p => CloseProgramme.Decide(new("x"), p, Sample.Administrator.Acts())).ThenRefused("not-permitted");
    }
}
