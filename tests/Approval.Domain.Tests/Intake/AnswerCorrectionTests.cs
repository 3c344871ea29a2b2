using Approval.Testing;
using static Approval.Testing.Sample;
using static Approval.Testing.Scenario;

namespace Approval.Intake;


public sealed class AnswerCorrectionTests
{
    static Decided<Proposal> Answer(object[] past, Actor? by = null, string answer = "已细化", params string[] withheld) =>
        Given(past).When(p => AnswerCorrection.Decide(new(answer), p, Policy, withheld, Today, (by ?? Officer).Acts()));

    [Fact]
    public void The_answer_brings_the_proposal_back_to_the_stage_that_asked() =>
        Answer(Past.Returned).Then(new CorrectionAnswered(Stage.FormCheck, 1, "已细化")).AgainNothing()
            .WithState(p => p.Intake.Correction.ShouldBeNull());

    [Fact]
    public void The_form_check_runs_again()
    {
        var broken = Content with { Justification = "" };
        Answer([.. Past.Returned, new ProposalRevised(2, broken, [ContentPart.Justification])]).ThenRefused(("part-missing", "content.justification"));
        Answer(Past.Returned, withheld: "人口数据").ThenRefused(("unit-withholds-data", "unit"));
    }

    [Fact]
    public void What_the_endorsement_rested_on_must_be_endorsed_again_first() =>
        Answer([.. Past.Returned, new ProposalRevised(2, Content with { Title = "平台" }, [ContentPart.Title]), new EndorsementVoided(2, [ContentPart.Title])]).ThenRefused("not-endorsed");

    [Fact]
    public void Without_a_correction_there_is_nothing_to_answer() => Answer(Past.Submitted).ThenRefused("no-correction-open");

    [Fact]
    public void An_answer_says_something() => Answer(Past.Returned, answer: " ").ThenRefused(("text-required", "answer"));

    [Fact]
    public void Before_submission_there_is_no_correction() => Answer(Past.Drafted).ThenRefused("wrong-stage");

    [Fact]
    public void Only_the_own_units_officer_answers() => Answer(Past.Returned, OtherOfficer).ThenRefused("not-permitted");
}
