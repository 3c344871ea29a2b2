using Approval.Testing;
using static Approval.Testing.Sample;
using static Approval.Testing.Scenario;

namespace Approval.Intake;


public sealed class ReturnProposalTests
{
    static Decided<Proposal> Return(object[] past, Actor? by = null, string reason = "预算不清", string item = "请细化预算") =>
        Given(past).When(p => ReturnProposal.Decide(new(reason, [item]), p, Policy, (by ?? Office).Acts()));

    static ProposalReturned Returned(Stage askedBy) => new(askedBy, 1, "预算不清", ["请细化预算"], Policy.Ref);

    public static TheoryData<Stage> UnderApproval => [.. Permissions.UnderApproval];

    static object[] At(Stage stage) => stage switch
    {
        Stage.FormCheck => Past.Submitted,
        Stage.EarlyScheduling => Past.Key,
        Stage.BatchReview => Past.General,
        Stage.MergedAppraisal => Past.Shortlisted,
        Stage.InterfaceUnification => Past.Recommended,
        Stage.Committee => Past.Unified,
        _ => Past.Approved,
    };

    [Theory]
    [MemberData(nameof(UnderApproval))]
    public void Every_stage_after_submission_returns_and_gets_the_proposal_back(Stage stage) =>
        Return(At(stage)).Then(Returned(stage)).AgainNothing().And()
            .When(p => AnswerCorrection.Decide(new("已细化"), p, Policy, [], Today, Officer.Acts()))
            .Then(new CorrectionAnswered(stage, 1, "已细化")).WithState(p => p.Stage.ShouldBe(stage));

    [Fact]
    public void The_clock_pauses_from_the_return_to_the_answer()
    {
        Return(Past.Submitted).WithState(p => p.Clock.Paused.ShouldBeTrue());
        Given([.. Past.Returned, new CorrectionAnswered(Stage.FormCheck, 1, "已细化")]).State.Clock.Paused.ShouldBeFalse();
    }

    [Fact]
    public void A_proposal_that_is_being_corrected_is_not_returned_again() => Return(Past.Returned, reason: "另有问题").ThenRefused("correction-open");

    [Fact]
    public void A_draft_is_not_returned() => Return(Past.Drafted).ThenRefused("wrong-stage");

    [Fact]
    public void An_ended_proposal_is_not_returned() => Return([.. Past.Submitted, new ProposalWithdrawn("不做了")]).ThenRefused("wrong-stage");

    [Fact]
    public void The_District_CIO_returns_only_where_the_policy_lets_the_role_act()
    {
        Return(Past.Key, DistrictCio).Then(Returned(Stage.EarlyScheduling));
        Return(Past.Submitted, DistrictCio).ThenRefused("not-permitted");
    }

    [Fact]
    public void Units_and_experts_do_not_return()
    {
        Return(Past.Submitted, Officer).ThenRefused("not-permitted");
        Return(Past.Shortlisted, Expert).ThenRefused("not-permitted");
    }

    [Fact]
    public void A_return_says_why_and_what()
    {
        Return(Past.Submitted, reason: "").ThenRefused(("text-required", "reason"));
        Return(Past.Submitted, item: "").ThenRefused(("text-required", "items[0]"));
        Given(Past.Submitted).When(p => ReturnProposal.Decide(new("原因", [.. Enumerable.Repeat("项", 51)]), p, Policy, Office.Acts()))
            .ThenRefused(("too-many-lines", "items"));
    }
}
