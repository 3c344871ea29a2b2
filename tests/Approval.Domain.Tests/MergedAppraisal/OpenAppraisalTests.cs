using Approval.Testing;
using static Approval.MergedAppraisal.AppraisalWorld;

namespace Approval.MergedAppraisal;

public sealed class OpenAppraisalTests
{
    readonly AppraisalWorld world = new();

    Decided<Appraisal> Open(Actor? by = null, params int[] proposals) =>
        world.Given.WhenNew(a => OpenAppraisal.Decide(new(Id, [.. proposals.Select(Project)]), a, world.Proposals, [Sample.Policy], (by ?? Sample.Office).Acts()));

    [Fact]
    public void One_appraisal_covers_several_proposals_and_each_is_told() =>
        Open(null, 1, 2).Then(
            new AppraisalOpened(Id, [new(Project(1), Unit(1), "项目1", Requested(1)), new(Project(2), Unit(2), "项目2", Requested(2))], AppraisalCriteria.Current, 3, Sample.Policy.Ref),
            Project(1).Stream.Has(new AppraisalAssigned(Id)), Project(2).Stream.Has(new AppraisalAssigned(Id)))
        .AgainNothing();

    [Fact]
    public void A_single_proposal_is_appraised_too() => Open(null, 1).Decision.Facts.Count.ShouldBe(2);

    [Fact]
    public void A_policy_may_ask_for_a_larger_panel_never_for_fewer_than_three()
    {
        int Least(int policy) => OpenAppraisal.Decide(new(Id, [Project(1)]), null, world.Proposals,
            [Sample.Policy with { Content = Sample.Policy.Content with { PanelAtLeast = policy } }], Sample.Office.Acts()).On(Id.Stream).OfType<AppraisalOpened>().Single().PanelAtLeast;

        Least(7).ShouldBe(7);
        Least(1).ShouldBe(3);
    }

    [Fact]
    public void The_weights_of_the_criteria_sum_to_one_hundred() => AppraisalCriteria.Current.Sum(c => c.Weight).ShouldBe(100);

    [Fact]
    public void Only_the_office_opens() => Open(Sample.DistrictCio, 1).ThenRefused("not-permitted");

    [Fact]
    public void At_least_one_proposal_is_named() => Open().ThenRefused("no-proposal");

    [Fact]
    public void No_proposal_is_named_twice() => Open(null, 1, 1).ThenRefused("entry-twice");

    [Fact]
    public void No_more_than_twenty_are_appraised_together() => Open(null, [.. Enumerable.Range(1, 21)]).ThenRefused("too-many-entries");

    [Fact]
    public void A_proposal_outside_merged_appraisal_is_refused_by_name_of_its_field()
    {
        world.Add(Project(2).Stream, new Intake.ProposalWithdrawn("不再需要"));

        Open(null, 1, 2).ThenRefused(("wrong-stage", "proposals[1]"));
    }

    [Fact]
    public void A_proposal_is_under_one_appraisal_at_most()
    {
        world.Add(Project(1).Stream, new AppraisalAssigned(new("a0")));

        Open(null, 1).ThenRefused(("already-under-appraisal", "proposals[0]"));
    }

    [Fact]
    public void A_proposal_for_which_the_look_for_similar_ones_failed_waits_for_a_person()
    {
        world.Add(Project(1).Stream, new SimilarityLookFailed(1, "超时"));
        Open(null, 1).ThenRefused(("similar-not-looked-for", "proposals[0]"));

        world.Do(LookForSimilar.Decide(new("未发现类似项目", []), world.P(1), Sample.Office.Acts()));
        Open(null, 1).Decision.Refused.ShouldBeFalse();
    }
}
