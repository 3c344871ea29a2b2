using Approval.Intake;
using Approval.MergedAppraisal;
using Approval.Policies;
using Approval.Supervision;

namespace Approval.Programmes;

/// <summary>How far a programme is, from where its projects stand.</summary>
public sealed class ProgrammeProgressTests
{
    private static readonly PolicyRef Policy = new(1, "hash");
    private static readonly ProposalId Lead = new("lead");
    private static readonly ProposalId Absorbed = new("absorbed");

    private static Proposal Fold(ProposalId id, params object[] since) =>
        Proposal.Kind.Fold([new ProposalDrafted(id, new("health"), new() { Title = id.Value, Total = new(1_000_000m) }), .. since])!;

    private static Programme Of(params ProposalId[] projects) => Programme.Kind.Fold(
        [new ProgrammeOpened(new("p"), "规划", new(2026, 1, 1), new(2030, 12, 31), [new("数据库", 4)]), .. projects.Select(p => new ProgrammeProjectAdded(p, "数据库"))])!;

    [Fact]
    public void A_goal_is_as_far_as_its_projects_together()
    {
        var half = Fold(Lead, new ProgressReported(new(2026, 9, 1), 50, "过半"));
        var done = Fold(new("done"), new ProjectCompleted(Policy));
        var goal = ProgrammeProgress.Of(Of(Lead, new("done")), 1, [ProgrammeProject.Of(half, null), ProgrammeProject.Of(done, null)]).Goals.Single();

        (goal.Planned, goal.Approved, goal.Completed, goal.Percent).ShouldBe((4, 1, 1, 37));
    }

    [Fact]
    public void A_project_merged_into_another_is_followed_through_its_lead()
    {
        var absorbed = Fold(Absorbed, new ProposalMergedInto(new("a"), Lead, "lead", 1, "内容重复", Policy));
        var lead = Fold(Lead, new ProgressReported(new(2026, 9, 1), 60, "过半"), new ProjectCompleted(Policy));
        var project = ProgrammeProgress.Of(Of(Absorbed), 1, [ProgrammeProject.Of(absorbed, lead)]).Goals.Single().Projects.Single();

        (project.Stage, project.Outcome, project.Percent, project.MergedInto, project.Approved).ShouldBe((Stage.Closed, Outcome.Completed, 100, Lead, null));
    }
}
