using Approval.Testing;
using static Approval.MergedAppraisal.AppraisalWorld;

namespace Approval.MergedAppraisal;

public sealed class AppraisalWaitingTests
{
    static IEnumerable<(string, string?)> Waits(AppraisalWorld world) => AppraisalWaiting.On(world.Appraisal, Sample.Monday).Select(w => (w.Deed, w.Person?.Value));

    [Fact]
    public void First_the_office_appoints_then_each_expert_scores_then_the_office_concludes()
    {
        var world = new AppraisalWorld(1).Opened();
        Waits(world).ShouldBe([("AppointPanel", null)]);

        world.Do(Appoint(world.Appraisal, 3));
        world.Do(world.Sheet(2, 1));
        Waits(world).ShouldBe([("SubmitScoreSheet", "expert-1"), ("SubmitScoreSheet", "expert-3")]);

        world.Do(world.Sheet(1, 1)).Do(world.Sheet(3, 1));
        Waits(world).ShouldBe([("ConcludeAppraisal", null)]);

        world.Do(world.Conclude(Refuse(1)));
        Waits(world).ShouldBeEmpty();
    }

    [Fact]
    public void Each_is_waited_for_since_the_turn_came_whatever_the_others_do()
    {
        var (panel, sheet) = (Sample.Monday.AddDays(1), Sample.Monday.AddDays(2));
        var opened = new AppraisalWorld(1).Opened().Appraisal;
        var appointed = Appraisal.Kind.Evolve(opened, new PanelAppointed([.. Experts.Take(3).Select(e => e.Id)], opened.Policy), panel);
        var one = Appraisal.Kind.Evolve(appointed, new ScoreSheetSubmitted(Experts[0].Id, opened.Proposals[0].Proposal, 1, System.Collections.Immutable.ImmutableSortedDictionary<string, int>.Empty, "可行", Money.Zero), sheet);
        one.Waits.Select(w => (w.Person!.Value, w.Since)).ShouldBe([(Experts[1].Id, panel), (Experts[2].Id, panel)]);
        Appraisal.Kind.Evolve(one, new SheetsDisclosed(), sheet).Waits.Single().Since.ShouldBe(sheet);
    }

    [Fact]
    public void A_vacant_seat_waits_for_the_office()
    {
        var world = new AppraisalWorld(1).Empanelled();
        world.Do(RecuseExpert.Decide(new(Experts[0].Id, "利益关系"), world.Appraisal, Sample.Office.Acts()));

        Waits(world).ShouldContain(("ReplaceExpert", null));
    }

    [Fact]
    public void A_look_that_failed_waits_for_the_office() =>
        Waiting.On(Scenario.Given(Past.Submitted, new SimilarityLookFailed(1, "超时")).State).Select(w => w.Deed).ShouldContain("LookForSimilar");

    [Fact]
    public void Changes_wait_for_the_unit_and_then_for_the_office()
    {
        var world = new AppraisalWorld(1).Disclosed();
        world.Do(world.Conclude(Recommend(1, 1_000_000m, "改用政务云")));
        Waiting.On(world.P(1)).Select(w => w.Deed).ShouldBe(["AnswerCorrection"]);

        world.Add(Project(1).Stream, new Intake.CorrectionAnswered(Stage.MergedAppraisal, 1, "已改用政务云"));
        Waiting.On(world.P(1)).Select(w => w.Deed).ShouldBe(["AdoptChanges"]);
    }
}
