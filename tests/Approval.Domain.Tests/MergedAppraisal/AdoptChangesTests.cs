using Approval.Intake;
using Approval.Testing;
using static Approval.Testing.Scenario;

namespace Approval.MergedAppraisal;

public sealed class AdoptChangesTests
{
    static readonly object[] Asked = [.. Past.Shortlisted, new AppraisalAssigned(Past.Appraisal),
        new ProposalRecommendedWithChanges(Past.Appraisal, 1, new(4_500_000m), ["改用政务云"], Sample.Policy.Ref),
        new ProposalReturned(Stage.MergedAppraisal, 1, "论证通过", ["改用政务云"])];

    static readonly object[] Answered = [.. Asked, new ProposalRevised(2, Sample.Content with { Construction = "部署于政务云。" }, [ContentPart.Construction]),
        new CorrectionAnswered(Stage.MergedAppraisal, 2, "已改用政务云")];

    static Decided<Proposal> Adopt(object[] past, Actor? by = null) => Given(past).When(p => AdoptChanges.Decide(p, (by ?? Sample.Office).Acts()));

    [Fact]
    public void Changes_found_adopted_let_the_proposal_go_on_with_its_recommendation_and_no_second_panel() =>
        Adopt(Answered).Then(new ChangesAdopted(Past.Appraisal, 2, Sample.Policy.Ref)).AgainNothing().WithState(p =>
        {
            p.Stage.ShouldBe(Stage.InterfaceUnification);
            p.Appraisal.Recommended.ShouldBe(new Money(4_500_000m));
            p.Held!.Amount.ShouldBe(new Money(4_500_000m));
        });

    [Fact]
    public void The_unit_does_not_judge_its_own_answer() => Adopt(Answered, Sample.Officer).ThenRefused("not-permitted");

    [Fact]
    public void The_unit_answers_first() => Adopt(Asked).ThenRefused("correction-open");

    [Fact]
    public void Without_changes_asked_for_there_is_nothing_to_adopt() => Adopt(Past.Recommended).ThenRefused("no-changes-asked");

    [Fact]
    public void A_withdrawn_proposal_adopts_nothing() => Adopt([.. Answered, new ProposalWithdrawn("不再需要")]).ThenRefused("no-changes-asked");
}
