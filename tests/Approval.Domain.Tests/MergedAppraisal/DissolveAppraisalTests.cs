using Approval.Testing;
using static Approval.MergedAppraisal.AppraisalWorld;

namespace Approval.MergedAppraisal;

public sealed class DissolveAppraisalTests
{
    static Decision Dissolve(AppraisalWorld world, Actor? by = null, string reason = "分组有误") =>
        DissolveAppraisal.Decide(new(reason), world.Appraisal, world.Proposals, (by ?? Sample.Office).Acts());

    [Fact]
    public void A_wrongly_grouped_appraisal_is_dissolved_and_its_proposals_are_free()
    {
        var world = new AppraisalWorld(2).Empanelled();

        world.Given.When(a => Dissolve(world)).Then(
            new AppraisalDissolved("分组有误", Sample.Policy.Ref),
            Project(1).Stream.Has(new AppraisalReleased(Id, "分组有误", Sample.Policy.Ref)),
            Project(2).Stream.Has(new AppraisalReleased(Id, "分组有误", Sample.Policy.Ref)));
        world.Do(Dissolve(world));

        Dissolve(world).ShouldSatisfyAllConditions(d => d.Refused.ShouldBeFalse(), d => d.Facts.ShouldBeEmpty());
        world.P(1).Appraisal.Panel.ShouldBeEmpty();
        Waiting.On(world.P(1)).Select(w => w.Deed).ShouldBe(["OpenAppraisal"]);
        AppraisalWaiting.On(world.Appraisal, Sample.Monday).ShouldBeEmpty();
        OpenAppraisal.Decide(new(new("a2"), [Project(1)]), null, world.Proposals, [Sample.Policy], Sample.Office.Acts()).Refused.ShouldBeFalse();
    }

    [Fact]
    public void Sheets_of_a_dissolved_appraisal_stay_sealed()
    {
        var world = new AppraisalWorld(1).Empanelled();
        world.Do(world.Sheet(1, 1)).Do(Dissolve(world));

        world.Appraisal.SheetsVisibleTo(Sample.Office).ShouldBeEmpty();
    }

    [Fact]
    public void A_withdrawn_proposal_is_not_told()
    {
        var world = new AppraisalWorld(2).Opened();
        world.Add(Project(2).Stream, new Intake.ProposalWithdrawn("不再需要"));

        Dissolve(world).Facts.Select(f => f.Stream).ShouldBe([Id.Stream, Project(1).Stream]);
    }

    [Fact]
    public void After_a_conclusion_an_appraisal_is_not_dissolved()
    {
        var world = new AppraisalWorld(1).Disclosed();
        world.Do(world.Conclude(Recommend(1, 1_000_000m)));

        world.Given.When(a => Dissolve(world)).ThenRefused("conclusion-stands");
    }

    [Fact]
    public void Nothing_more_happens_to_a_dissolved_appraisal()
    {
        var world = new AppraisalWorld(1).Empanelled();
        world.Do(Dissolve(world));
        var (office, expert) = (Sample.Office.Acts(), Experts[0].Id);

        foreach (var decision in new[]
        {
            Appoint(world.Appraisal, 5),
            RecuseExpert.Decide(new(expert, "利益关系"), world.Appraisal, office),
            ReplaceExpert.Decide(new(expert, Experts[5].Id, "因病"), world.Appraisal, Experts[5], Proposers, office),
            world.Sheet(1, 1),
            DiscloseSheets.Decide(world.Appraisal, world.Proposals, office),
            world.Conclude(Recommend(1, 1_000_000m)),
            world.Undo(1),
        }) decision.Refusals.Select(r => r.Code).ShouldBe(["appraisal-dissolved"]);
    }

    [Fact]
    public void The_office_alone_dissolves_and_says_why()
    {
        var world = new AppraisalWorld(1).Opened();

        world.Given.When(a => Dissolve(world, Sample.Administrator)).ThenRefused("not-permitted");
        world.Given.When(a => Dissolve(world, reason: " ")).ThenRefused(("text-required", "reason"));
    }
}
