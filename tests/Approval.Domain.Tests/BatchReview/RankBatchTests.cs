using Approval.Calendars;
using Approval.Testing;
using static Approval.BatchReview.Batches;
using static Approval.Testing.Sample;
using static Approval.Testing.Scenario;

namespace Approval.BatchReview;

public sealed class RankBatchTests
{
    static Decided<Batch> When(BatchRanked ranking, object[]? batch = null, Actor? by = null, DateTimeOffset? at = null, params Proposal[] members) =>
        Given(Batch.Kind, Past.Batch.Stream, [Opened, Joined(A), Joined(B), .. batch ?? [Closed]]).When(b => RankBatch.Decide(
            new(ranking.Ranking), b, members.Length == 0 ? [Member(A), Member(B)] : members, WorkingCalendar.WeekendsOnly, (by ?? Office).Acts(at ?? April)));

    [Fact]
    public void Every_member_gets_one_place_with_its_reason() => When(Ranked(B, A)).Then(Ranked(B, A)).AgainNothing();

    [Fact]
    public void A_later_ranking_replaces_the_earlier() => When(Ranked(A, B), [Closed, Ranked(B, A)]).Then(Ranked(A, B));

    [Fact]
    public void Nobody_is_left_out() => When(Ranked(A)).ThenRefused(("ranking-incomplete", "ranking"));

    [Fact]
    public void Nobody_is_ranked_twice() => When(Ranked(A, B, A)).ThenRefused(("batch-member-twice", "ranking[2].proposal"));

    [Fact]
    public void Strangers_and_those_who_left_are_not_ranked()
    {
        When(Ranked(A, B, C)).ThenRefused(("not-a-batch-member", "ranking[2].proposal"));
        When(Ranked(A, B), members: [Member(A), Member(B, 1m, Withdrawn)]).ThenRefused(("not-a-batch-member", "ranking[1].proposal"));
        When(Ranked(A), members: [Member(A), Member(B, 1m, Withdrawn)]).Then(Ranked(A));
    }

    [Fact]
    public void A_place_has_a_reason() => When(new BatchRanked([new(A, ""), new(B, "急需")])).ThenRefused(("text-required", "ranking[0].reason"));

    [Fact]
    public void Ranking_begins_when_the_window_is_closed() => When(Ranked(A, B), [], at: Monday).ThenRefused("batch-window-open");

    [Fact]
    public void A_concluded_batch_is_not_ranked_again() => When(Ranked(A, B), [Closed, new BatchConcluded([], [A, B], new(1m))]).ThenRefused("batch-concluded");

    [Fact]
    public void Nobody_but_the_office_ranks()
    {
        foreach (var person in NotTheOffice) When(Ranked(A, B), by: person).ThenRefused("not-permitted");
    }
}
