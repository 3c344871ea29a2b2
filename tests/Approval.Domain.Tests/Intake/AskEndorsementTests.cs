using Approval.Policies;
using Approval.Signing;
using Approval.Testing;
using static Approval.Testing.Sample;
using static Approval.Testing.Scenario;

namespace Approval.Intake;


public sealed class AskEndorsementTests
{
    static readonly PersonId[] Cios = [DepartmentalCio.Person];

    static Decided<Proposal> Ask(object[] past, Actor? by = null, PersonId[]? cios = null) =>
        Given(past).When(p => AskEndorsement.Decide(new(), p, new("e2"), [.. cios ?? Cios], Sample.Policy, (by ?? Officer).Acts()));

    static RoundOpened Opened(int revision) =>
        SigningRules.Open(new("e2"), SigningPurpose.Endorsement, new(SigningRuleKind.Any), [Past.DepartmentalCioSeat], revision, Sample.Policy.Ref);

    [Fact]
    public void The_round_goes_to_the_units_departmental_CIOs_by_the_rule_of_the_policy_in_force() =>
        Ask(Past.Drafted).Then(new EndorsementAsked(1), Opened(1)).AgainNothing().WithState(p => p.Stage.ShouldBe(Stage.Endorsement));

    [Fact]
    public void An_endorsement_that_stands_is_not_asked_for_again() => Ask(Past.Endorsed).ThenNothing();

    [Fact]
    public void A_voided_endorsement_is_asked_for_anew() =>
        Ask([.. Past.Endorsed, new ProposalRevised(2, Content with { Total = new(1m) }, [ContentPart.Budget]), new EndorsementVoided(2, [ContentPart.Budget])])
            .Then(new EndorsementAsked(2), Opened(2));

    [Fact]
    public void During_a_correction_the_proposal_stays_with_the_stage_that_asked() =>
        Ask([.. Past.Returned, new ProposalRevised(2, Content with { Total = new(1m) }, [ContentPart.Budget]), new EndorsementVoided(2, [ContentPart.Budget])])
            .Then(new EndorsementAsked(2), Opened(2)).WithState(p => p.Stage.ShouldBe(Stage.FormCheck));

    [Fact]
    public void A_unit_without_a_departmental_CIO_cannot_ask() => Ask(Past.Drafted, cios: []).ThenRefused("no-departmental-cio");

    [Fact]
    public void Under_approval_no_endorsement_is_asked_for() =>
        Ask([.. Past.Drafted, new EndorsementAsked(1), new ProposalSubmitted(1)]).ThenRefused("pen-not-with-unit");

    [Fact]
    public void A_closed_proposal_is_not_endorsed() => Ask([.. Past.Drafted, new ProposalWithdrawn("不做了")]).ThenRefused("wrong-stage");

    [Fact]
    public void Only_the_own_units_officer_asks()
    {
        Ask(Past.Drafted, OtherOfficer).ThenRefused("not-permitted");
        Ask(Past.Drafted, DepartmentalCio).ThenRefused("not-permitted");
    }
}
