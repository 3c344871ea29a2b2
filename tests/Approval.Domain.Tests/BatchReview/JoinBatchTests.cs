using Approval.Calendars;
using Approval.Testing;
using static Approval.BatchReview.Batches;
using static Approval.Testing.Sample;
using static Approval.Testing.Scenario;

namespace Approval.BatchReview;

public sealed class JoinBatchTests
{
    static Decided<Proposal> When(object[] past, DateTimeOffset? at = null, Actor? by = null, params object[] batch) =>
        Given(past).When(p => JoinBatch.Decide(Batch.Kind.Fold([Opened, .. batch])!, p, WorkingCalendar.WeekendsOnly, (by ?? Office).Acts(at ?? Monday)));

    [Fact]
    public void A_waiting_general_proposal_joins_inside_the_window() =>
        When(Past.General).Then(new BatchJoined(Past.Batch), Past.Batch.Stream.Has(new BatchMemberJoined(Id, Health, new(2026, 3, 2)))).AgainNothing();

    [Fact]
    public void One_held_over_joins_the_next_batch_and_is_pre_reviewed_anew() =>
        When([.. Past.General, new BatchJoined(new("earlier")), new JointPreReviewConcluded(new("earlier"), 1, true, Sample.Policy.Ref),
                new ProposalHeldOver(new("earlier"), "资金不足", Sample.Policy.Ref)])
            .Then(new BatchJoined(Past.Batch), Past.Batch.Stream.Has(new BatchMemberJoined(Id, Health, new(2026, 3, 2))))
            .WithState(p => (p.BatchReview.Supported, p.BatchReview.HeldOver).ShouldBe((null, 1)));

    [Fact]
    public void The_window_counts_whole_days_in_china()
    {
        When(Past.General, new DateTimeOffset(2026, 3, 31, 15, 59, 59, TimeSpan.Zero)).Decision.Refused.ShouldBeFalse();
        When(Past.General, new DateTimeOffset(2026, 3, 31, 16, 0, 0, TimeSpan.Zero)).ThenRefused("batch-closed");
        When(Past.General, new DateTimeOffset(2026, 2, 28, 15, 59, 59, TimeSpan.Zero)).ThenRefused("batch-not-open-yet");
    }

    [Fact]
    public void After_closing_nobody_joins() => When(Past.General, null, null, new BatchClosed(new(2026, 3, 2), "提前截止")).ThenRefused("batch-closed");

    [Fact]
    public void A_proposal_is_in_one_batch_at_a_time() => When([.. Past.General, new BatchJoined(new("other"))]).ThenRefused("in-another-batch");

    [Fact]
    public void Only_a_general_proposal_that_waits_joins()
    {
        When(Past.Key).ThenRefused("wrong-stage");
        When(Past.Accepted).ThenRefused("wrong-stage");
        When(Past.Shortlisted).ThenRefused("wrong-stage");
    }

    [Fact]
    public void Nobody_but_the_office_joins_a_proposal()
    {
        foreach (var person in NotTheOffice) When(Past.General, null, person).ThenRefused("not-permitted");
    }
}
