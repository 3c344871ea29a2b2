using Approval.Intake;
using Approval.Testing;
using static Approval.MergedAppraisal.AppraisalWorld;

namespace Approval.MergedAppraisal;

public sealed class ReopenSheetsTests
{
    static Decision Reopen(AppraisalWorld world, Actor? by = null, string reason = "预算已核减") =>
        ReopenSheets.Decide(new(reason), world.Appraisal, world.Proposals, (by ?? Sample.Office).Acts());

    /// <summary>Two proposals scored and disclosed, the second revised since in a correction.</summary>
    static AppraisalWorld Revised()
    {
        var world = new AppraisalWorld(2).Disclosed();
        var content = world.P(2).Content with { Objective = "先建一期。" };
        return world.Add(Project(2).Stream,
            new ProposalReturned(Stage.MergedAppraisal, 1, "范围过大", []), new ProposalRevised(2, content, [ContentPart.Objective]),
            new CorrectionAnswered(Stage.MergedAppraisal, 2, "已缩减"));
    }

    [Fact]
    public void Nothing_is_concluded_on_a_revision_that_the_panel_has_not_scored()
    {
        var world = Revised();
        world.Given.When(_ => world.Conclude(Recommend(1, 1m), Recommend(2, 1m))).ThenRefused(("sheets-overrun", "conclusions"));
    }

    [Fact]
    public void The_panel_scores_what_was_revised_anew_blind_until_all_are_in()
    {
        var world = Revised();
        world.Given.When(_ => Reopen(world)).Then(new SheetsReopened([Project(2)], "预算已核减", Sample.Policy.Ref));
        world.Do(Reopen(world));

        Reopen(world).ShouldSatisfyAllConditions(d => d.Refused.ShouldBeFalse(), d => d.Facts.ShouldBeEmpty());
        world.Appraisal.SheetsVisibleTo(Sample.Office).ShouldBeEmpty();
        AppraisalWaiting.On(world.Appraisal, Sample.Monday).Select(w => w.Deed).ShouldBe(["SubmitScoreSheet", "SubmitScoreSheet", "SubmitScoreSheet"]);
        world.Given.When(_ => world.Conclude(Recommend(1, 1m), Recommend(2, 1m))).ThenRefused("sheets-outstanding");

        for (var expert = 1; expert <= 3; expert++) world.Do(world.Sheet(expert, 2, score: 60));
        world.Appraisal.Disclosed.ShouldBeTrue();
        world.Appraisal.Sheets.Where(s => s.Proposal == Project(2)).ShouldAllBe(s => s.Revision == 2);
        world.Do(world.Conclude(Recommend(1, 1m), Recommend(2, 1m))).Appraisal.Conclusions.Single(c => c.Proposal == Project(2)).Revision.ShouldBe(2);
    }

    [Fact]
    public void Sheets_for_the_newest_revisions_stay()
    {
        var world = new AppraisalWorld(2).Disclosed();
        world.Given.When(_ => Reopen(world)).ThenRefused("nothing-revised");
    }

    [Fact]
    public void What_is_not_disclosed_yet_or_concluded_is_not_reopened()
    {
        var scoring = new AppraisalWorld(2).Empanelled();
        scoring.Given.When(_ => Reopen(scoring)).ThenRefused("sheets-outstanding");
        var concluded = new AppraisalWorld(2).Disclosed();
        concluded.Do(concluded.Conclude(Recommend(1, 1m), Recommend(2, 1m)));
        concluded.Given.When(_ => Reopen(concluded)).ThenRefused("appraisal-concluded");
    }

    [Fact]
    public void The_office_alone_reopens_and_says_why()
    {
        var world = Revised();
        world.Given.When(_ => Reopen(world, Sample.Officer)).ThenRefused("not-permitted");
        world.Given.When(_ => Reopen(world, reason: " ")).ThenRefused(("text-required", "reason"));
    }
}
