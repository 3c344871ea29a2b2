using Approval.Testing;
using static Approval.Testing.Scenario;

namespace Approval.MergedAppraisal;

public sealed class LookForSimilarTests
{
    static readonly object[] Waiting = [.. Past.Submitted, SimilarityLook.Failed("查询超时").At(1)];

    static Decided<Proposal> Look(object[] past, string findings = "与市民卡工程相近", Actor? by = null, params string[] similar) =>
        Given(past).When(p => LookForSimilar.Decide(new(findings, [.. similar]), p, (by ?? Sample.Office).Acts()));

    [Fact]
    public void A_look_that_failed_is_never_nothing_similar_but_queues_the_proposal_for_a_person()
    {
        SimilarityLook.Failed("查询超时").At(2).ShouldBe(new SimilarityLookFailed(2, "查询超时"));
        Given(Waiting).State.Appraisal.ShouldSatisfyAllConditions(a => a.AwaitsLookByHand.ShouldBeTrue(), a => a.LookedAt.ShouldBeNull());
    }

    [Fact]
    public void A_look_that_found_nothing_says_so()
    {
        var event_ = new SimilarityLook([]).At(1).ShouldBeOfType<SimilarLookedFor>();

        event_.Found.ShouldBeEmpty();
        Given(Past.Submitted, event_).State.Appraisal.ShouldSatisfyAllConditions(a => a.AwaitsLookByHand.ShouldBeFalse(), a => a.LookedAt.ShouldBe(1));
    }

    [Fact]
    public void A_person_of_the_office_looks_instead() =>
        Look(Waiting, similar: "p7").Then(new SimilarLookedForByHand(1, "与市民卡工程相近", ["p7"])).AgainNothing()
            .WithState(p => p.Appraisal.AwaitsLookByHand.ShouldBeFalse());

    [Fact]
    public void Where_the_engine_looked_there_is_nothing_to_record() => Look([.. Past.Submitted, new SimilarityLook([]).At(1)]).ThenNothing();

    [Fact]
    public void A_later_look_of_the_engine_ends_the_waiting() =>
        Given(Waiting, new SimilarityLook([]).At(2)).State.Appraisal.AwaitsLookByHand.ShouldBeFalse();

    [Fact]
    public void The_unit_does_not_look_for_itself() => Look(Waiting, by: Sample.Officer).ThenRefused("not-permitted");

    [Fact]
    public void The_person_says_what_was_found() => Look(Waiting, " ").ThenRefused(("text-required", "findings"));

    [Fact]
    public void At_most_fifty_are_named() =>
        Look(Waiting, similar: [.. Enumerable.Range(0, 51).Select(n => $"p{n}")]).ThenRefused(("too-many-entries", "similar"));
}
