using Approval.Intake;
using Approval.Testing;
using static Approval.MergedAppraisal.AppraisalWorld;

namespace Approval.MergedAppraisal;

public sealed class SubmitScoreSheetTests
{
    readonly AppraisalWorld world = new AppraisalWorld(2).Empanelled();

    static SubmitScoreSheet Good => new(Project(1), Scores(80), "可行", Requested(1));

    static ScoreSheetSubmitted Handed(int expert, int proposal, int revision = 1, int score = 80) =>
        new(new($"expert-{expert}"), Project(proposal), revision, Scores(score), "可行", Requested(proposal));

    Decided<Appraisal> Submit(SubmitScoreSheet sheet, Actor? by = null) =>
        world.Given.When(a => SubmitScoreSheet.Decide(sheet, a, world.Proposals, Experts[0], Proposers, (by ?? As(Experts[0])).Acts()));

    [Fact]
    public void An_expert_hands_in_a_sheet() => Submit(Good).Then(Handed(1, 1)).AgainNothing();

    [Fact]
    public void An_expert_replaces_the_own_sheet_until_disclosure()
    {
        world.Do(world.Sheet(1, 1, 80));

        world.Given.When(a => world.Sheet(1, 1, 60, a)).Then(Handed(1, 1, score: 60)).WithState(a => a.Sheets.Single().Scores["budget"].ShouldBe(60));
    }

    [Fact]
    public void The_last_sheet_discloses_all_by_itself()
    {
        foreach (var (e, p) in new[] { (1, 1), (1, 2), (2, 1), (2, 2), (3, 1) }) world.Do(world.Sheet(e, p));
        world.Appraisal.Disclosed.ShouldBeFalse();

        world.Given.When(a => world.Sheet(3, 2, appraisal: a)).Then(Handed(3, 2), new SheetsDisclosed());
    }

    [Fact]
    public void A_sheet_for_a_revision_since_replaced_is_not_in()
    {
        foreach (var (e, p) in new[] { (1, 1), (1, 2), (2, 1), (2, 2), (3, 1) }) world.Do(world.Sheet(e, p));
        world.Add(Project(1).Stream, new ProposalRevised(2, world.P(1).Content with { Objective = "新的目标" }, [ContentPart.Objective]));

        world.Given.When(a => world.Sheet(3, 2, appraisal: a)).Then(Handed(3, 2));
        world.Do(world.Sheet(3, 2)).Do(world.Sheet(1, 1)).Do(world.Sheet(2, 1));
        world.Given.When(a => world.Sheet(3, 1, appraisal: a)).Then(Handed(3, 1, revision: 2), new SheetsDisclosed());
    }

    [Fact]
    public void While_a_seat_is_vacant_nothing_is_disclosed()
    {
        world.Do(RecuseExpert.Decide(new(Experts[2].Id, "利益关系"), world.Appraisal, Sample.Office.Acts()));
        foreach (var (e, p) in new[] { (1, 1), (1, 2), (2, 1) }) world.Do(world.Sheet(e, p));

        world.Given.When(a => world.Sheet(2, 2, appraisal: a)).Then(Handed(2, 2));
    }

    [Fact]
    public void Only_experts_score() => Submit(Good, Sample.Office).ThenRefused("not-permitted");

    [Fact]
    public void Only_the_panel_scores() => Submit(Good, As(Experts[5])).ThenRefused("not-on-panel");

    [Fact]
    public void Only_proposals_under_the_appraisal_are_scored() =>
        Submit(Good with { Proposal = new("p9") }).ThenRefused(("not-under-appraisal", "proposal"));

    [Fact]
    public void A_withdrawn_proposal_is_not_scored()
    {
        world.Add(Project(1).Stream, new ProposalWithdrawn("不再需要"));

        Submit(Good).ThenRefused(("not-under-appraisal", "proposal"));
    }

    [Fact]
    public void An_expert_with_a_tie_declared_since_must_recuse() => world.Given.When(a => SubmitScoreSheet.Decide(
        Good, a, world.Proposals, Experts[0] with { Ties = new([Unit(2).Value], []) }, Proposers, As(Experts[0]).Acts())).ThenRefused("expert-tied");

    [Fact]
    public void Every_criterion_is_scored_and_no_other()
    {
        Submit(Good with { Scores = Scores(80).Remove("budget") }).ThenRefused(("scores-incomplete", "scores"));
        Submit(Good with { Scores = Scores(80).Add("beauty", 1) }).ThenRefused(("scores-incomplete", "scores"));
    }

    [Theory]
    [InlineData(-1), InlineData(101)]
    public void A_score_is_from_0_to_100(int score) =>
        Submit(Good with { Scores = Scores(80).SetItem("budget", score) }).ThenRefused(("score-out-of-range", "scores.budget"));

    [Fact]
    public void An_opinion_is_given() => Submit(Good with { Opinion = "" }).ThenRefused(("text-required", "opinion"));

    [Fact]
    public void An_amount_is_not_negative() => Submit(Good with { Suggested = new(-0.01m) }).ThenRefused(("amount-negative", "suggested"));

    [Fact]
    public void After_disclosure_no_sheet_is_replaced()
    {
        var disclosed = new AppraisalWorld(1).Disclosed();

        disclosed.Given.When(a => disclosed.Sheet(1, 1, 10, a)).ThenRefused("sheets-disclosed");
        disclosed.Given.When(a => disclosed.Sheet(1, 1, 80, a)).ThenNothing();
    }

    [Fact]
    public void The_score_weighs_the_criteria() =>
        world.Appraisal.Score(Handed(1, 1) with { Scores = Scores(0).SetItem("necessity", 90).SetItem("security", 55) }).ShouldBe(28.0m);
}
