using Approval.Intake;
using Approval.Policies;
using Approval.Testing;
using static Approval.Testing.Sample;
using static Approval.Testing.Scenario;

namespace Approval.Signing;


public sealed class SignAgainstTests
{
    static Decided<Proposal> Object(object[] past, Actor by, string reason = "重复建设") => Given(past).When(p => Rounds.Object(p, by, reason));

    [Fact]
    public void With_all_one_signature_against_fails_the_round() =>
        Object(Rounds.Of(SigningRuleKind.All), Rounds.First).Then(Rounds.Against(Rounds.First), Rounds.Ended(RoundOutcome.Failed)).AgainNothing();

    [Fact]
    public void With_any_only_the_last_signature_against_fails_it()
    {
        Object(Rounds.Of(SigningRuleKind.Any), Rounds.First).Then(Rounds.Against(Rounds.First));
        Object([.. Rounds.Of(SigningRuleKind.Any), Rounds.Against(Rounds.First), Rounds.Against(Rounds.Second)], Rounds.Third)
            .Then(Rounds.Against(Rounds.Third), Rounds.Ended(RoundOutcome.Failed));
    }

    [Fact]
    public void With_a_ratio_it_fails_when_the_share_is_out_of_reach() =>
        Object([.. Rounds.Of(SigningRuleKind.Ratio, 0.6m), Rounds.Against(Rounds.First)], Rounds.Second)
            .Then(Rounds.Against(Rounds.Second), Rounds.Ended(RoundOutcome.Failed));

    [Fact]
    public void A_signature_against_says_why() => Object(Rounds.Of(SigningRuleKind.All), Rounds.First, " ").ThenRefused(("text-required", "reason"));

    [Fact]
    public void An_endorsement_refused_goes_back_to_the_units_desk() =>
        Given(Past.EndorsementOpen).When(p => SignAgainst.Decide(new(Past.Round, 1, "不急"), p, [], DepartmentalCio.Acts()))
            .Then(new SignedAgainst(Past.Round, DepartmentalCio.Person.Value, DepartmentalCio.Person, 1, "不急"), new RoundEnded(Past.Round, RoundOutcome.Failed), new ProposalSentBack(1, "不急", Sample.Policy.Ref))
            .WithState(p => p.Stage.ShouldBe(Stage.Draft));
}
