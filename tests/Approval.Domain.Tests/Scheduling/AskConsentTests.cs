using Approval.Intake;
using Approval.Policies;
using Approval.Signing;
using Approval.Testing;
using static Approval.Testing.Sample;
using static Approval.Testing.Scenario;

namespace Approval.Scheduling;

public sealed class AskConsentTests
{
    static RoundOpened Round(int number, int revision = 1) => new(new($"consent-{number}"), SigningPurpose.Consent, new(SigningRuleKind.All),
        [new("district-cio", Role: Role.DistrictCio)], revision, SigningRules.Substance, Sample.Policy.Ref);

    static readonly object[] Asked = [.. Past.Key, Round(1)];
    static readonly object[] Returned = [.. Asked, new RoundEnded(new("consent-1"), RoundOutcome.ReturnedToAsker)];
    static readonly object[] Consented = [.. Asked, new SignedFor(new("consent-1"), "district-cio", DistrictCio.Person, 1, null),
        new RoundEnded(new("consent-1"), RoundOutcome.Carried), new KeyConsentGiven(1, Sample.Policy.Ref)];

    static Decided<Proposal> When(object[] past, Actor? by = null) => Given(past).When(p => AskConsent.Decide(p, Sample.Policy, (by ?? Office).Acts()));

    [Fact]
    public void A_returned_consent_is_asked_again() => When(Returned).Then(Round(2)).AgainNothing();

    [Fact]
    public void An_open_consent_is_asked_already() => When(Asked).ThenNothing();

    [Fact]
    public void A_consent_given_is_not_asked_again() => When(Consented).ThenRefused("consent-given-already");

    [Fact]
    public void A_consent_voided_by_a_later_revision_is_asked_again() =>
        When([.. Consented, new ProposalRevised(2, Content with { Objective = "扩大范围" }, [ContentPart.Objective]), new KeyConsentVoided(2)]).Then(Round(2, revision: 2));

    [Fact]
    public void A_proposal_under_correction_is_not_laid_before_the_district_cio() =>
        When([.. Returned, new ProposalReturned(Stage.EarlyScheduling, 1, "补充依据", ["依据"])]).ThenRefused("correction-open");

    [Fact]
    public void A_general_proposal_needs_no_consent() => When(Past.General).ThenRefused("wrong-stage");

    [Fact]
    public void Nobody_but_the_office_asks() => When(Returned, Officer).ThenRefused("not-permitted");
}
