using Approval.Calendars;
using Approval.Intake;
using Approval.Policies;
using Approval.Signing;
using Approval.Testing;
using static Approval.BatchReview.Batches;
using static Approval.Testing.Sample;
using static Approval.Testing.Scenario;

namespace Approval.BatchReview;

public sealed class OpenPreReviewTests
{
    static RoundOpened Round(int number = 1, int revision = 1) => new(new($"pre-review-{number}"), SigningPurpose.JointPreReview, new(SigningRuleKind.Ratio, 0.75m),
        [new("finance", Finance, Role.DepartmentalCio), new("reform", Reform, Role.DepartmentalCio)], revision, SigningRules.Substance, Sample.Policy.Ref);

    static Decided<Batch> When(Proposal[] members, object[]? batch = null, Actor? by = null, DateTimeOffset? at = null) =>
        Given(Batch.Kind, Past.Batch.Stream, [Opened, .. members.Select(m => Joined(m.Id)), .. batch ?? [Closed]])
            .When(b => OpenPreReview.Decide(b, members, PolicyOf, WorkingCalendar.WeekendsOnly, (by ?? Office).Acts(at ?? April)));

    [Fact]
    public void Every_body_is_asked_about_every_member_by_the_policys_rule() =>
        When([Member(A), Member(B)]).Then(new BatchPreReviewOpened([A, B]), A.Stream.Has(Round()), B.Stream.Has(Round()));

    [Fact]
    public void Asked_again_only_members_without_a_result_are_asked()
    {
        When([Member(A, 1m, Round()), Member(B, 1m, Reviewed())]).ThenNothing();
        When([Member(A, 1m, Round(), new RoundEnded(new("pre-review-1"), RoundOutcome.ReturnedToAsker)), Member(B, 1m, Reviewed())])
            .Then(new BatchPreReviewOpened([A]), A.Stream.Has(Round(2)));
    }

    [Fact]
    public void A_member_not_supported_is_asked_about_again_once_revised()
    {
        When([Member(A, 1m, Reviewed(false))]).ThenNothing();
        When([Member(A, 1m, Reviewed(false), new ProposalRevised(2, Content, [ContentPart.Objective]))]).Then(new BatchPreReviewOpened([A]), A.Stream.Has(Round(1, revision: 2)));
    }

    [Fact]
    public void A_member_under_correction_is_asked_about_after_it() =>
        When([Member(A, 1m, Returned), Member(B)]).Then(new BatchPreReviewOpened([B]), B.Stream.Has(Round()));

    [Fact]
    public void A_body_that_is_itself_the_proposer_has_no_seat()
    {
        var own = Member(A) with { Unit = Finance };
        JointPreReviewRound.Open(Batch.Kind.Fold([Opened])!, own, Sample.Policy).Seats.Select(s => s.Key).ShouldBe(["reform"]);
    }

    [Fact]
    public void A_withdrawn_member_is_not_asked_about()
    {
        When([Member(A, 1m, Withdrawn), Member(B)]).Then(new BatchPreReviewOpened([B]), B.Stream.Has(Round()));
        When([Member(A, 1m, Withdrawn)]).ThenRefused("batch-empty");
    }

    [Fact]
    public void The_bodies_wait_for_the_window_to_close() => When([Member(A)], [], at: Monday).ThenRefused("batch-window-open");

    [Fact]
    public void A_window_that_is_over_needs_no_closing() => When([Member(A)], []).Then(new BatchPreReviewOpened([A]), A.Stream.Has(Round()));

    [Fact]
    public void A_concluded_batch_asks_nobody() => When([Member(A)], [Closed, new BatchConcluded([], [A], new(1m))]).ThenRefused("batch-concluded");

    [Fact]
    public void Nobody_but_the_office_asks_the_bodies()
    {
        foreach (var person in NotTheOffice) When([Member(A)], by: person).ThenRefused("not-permitted");
    }

    [Theory]
    [InlineData(RoundOutcome.Carried, true)]
    [InlineData(RoundOutcome.Failed, false)]
    public void The_rounds_end_is_the_result(RoundOutcome outcome, bool supported)
    {
        var member = Member(A, 1m, Round());
        SigningConsequences.Ended(member, member.Rounds[0], outcome, "重复建设", OtherCio.Acts()).ShouldBe([Reviewed(supported)]);
        SigningConsequences.Ended(member, member.Rounds[0], RoundOutcome.ReturnedToIntake, "补充", OtherCio.Acts()).ShouldBeEmpty();
    }

    [Fact]
    public void A_later_revision_voids_the_result_until_the_batch_settles_the_member()
    {
        var member = Member(A, 1m, Round(), Reviewed());
        var voided = new SignaturesVoided(new("pre-review-1"), ["finance"], 2, [ContentPart.Budget]);
        SigningConsequences.Voided(member, member.Rounds[0], voided).ShouldBe([new JointPreReviewVoided(Past.Batch, 2)]);
        Proposal.Evolve(member, new JointPreReviewVoided(Past.Batch, 2)).BatchReview.Supported.ShouldBeNull();
        var settled = Proposal.Evolve(member, new ProposalShortlisted(Past.Batch, 1, Past.Fund, new("r"), new(1m), Sample.Policy.Ref));
        SigningConsequences.Voided(settled, member.Rounds[0], voided).ShouldBeEmpty();
    }
}
