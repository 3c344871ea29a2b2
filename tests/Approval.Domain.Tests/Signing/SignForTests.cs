using Approval.Intake;
using Approval.Policies;
using Approval.Testing;
using static Approval.Testing.Sample;
using static Approval.Testing.Scenario;

namespace Approval.Signing;


public sealed class SignForTests
{
    static Decided<Proposal> Sign(object[] past, Actor by, int revision = 1) => Given(past).When(p => Rounds.Sign(p, by, revision));

    [Fact]
    public void With_all_the_last_signature_carries_the_round() =>
        Sign([.. Rounds.Of(SigningRuleKind.All), Rounds.For(Rounds.First), Rounds.For(Rounds.Second)], Rounds.Third)
            .Then(Rounds.For(Rounds.Third), Rounds.Ended(RoundOutcome.Carried)).AgainNothing();

    [Fact]
    public void With_all_an_earlier_signature_leaves_it_open() =>
        Sign(Rounds.Of(SigningRuleKind.All), Rounds.Second).Then(Rounds.For(Rounds.Second)).AgainNothing();

    [Fact]
    public void With_any_the_first_signature_carries_it() =>
        Sign(Rounds.Of(SigningRuleKind.Any), Rounds.Second).Then(Rounds.For(Rounds.Second), Rounds.Ended(RoundOutcome.Carried));

    [Fact]
    public void With_a_ratio_the_share_carries_it()
    {
        Sign(Rounds.Of(SigningRuleKind.Ratio, 0.6m), Rounds.First).Then(Rounds.For(Rounds.First));
        Sign([.. Rounds.Of(SigningRuleKind.Ratio, 0.6m), Rounds.For(Rounds.First)], Rounds.Second).Then(Rounds.For(Rounds.Second), Rounds.Ended(RoundOutcome.Carried));
    }

    [Fact]
    public void In_sequence_each_waits_for_the_turn()
    {
        Sign(Rounds.Of(SigningRuleKind.InSequence), Rounds.Second).ThenRefused("not-your-turn");
        Sign([.. Rounds.Of(SigningRuleKind.InSequence), Rounds.For(Rounds.First)], Rounds.Second).Then(Rounds.For(Rounds.Second));
    }

    [Fact]
    public void Who_endorsed_a_proposal_does_not_pre_review_it_from_another_unit()
    {
        var endorsement = new RoundId("r0");
        object[] endorsed =
        [
            .. Rounds.Of(SigningRuleKind.All), SigningRules.Open(endorsement, SigningPurpose.Endorsement, new(SigningRuleKind.Any, 1m), [Seat.OfUnit(Health, Role.DepartmentalCio)], 1, Sample.Policy.Ref),
            new SignedFor(endorsement, Health.Value, Rounds.First.Person, 1, null), new RoundEnded(endorsement, RoundOutcome.Carried),
        ];
        Sign(endorsed, Rounds.First).ThenRefused("endorsed-it-yourself");
        Sign(endorsed, Rounds.Second).Then(Rounds.For(Rounds.Second));
    }

    [Fact]
    public void A_signature_names_the_newest_revision() => Sign(Rounds.Of(SigningRuleKind.All), Rounds.First, revision: 2).ThenRefused(("revision-moved", "revision"));

    [Fact]
    public void An_ended_round_takes_no_signature() =>
        Sign([.. Rounds.Of(SigningRuleKind.Any), Rounds.For(Rounds.First), .. Rounds.Ended(RoundOutcome.Carried)], Rounds.Second).ThenRefused("round-over");

    [Fact]
    public void Who_signed_against_takes_it_back_first() =>
        Sign([.. Rounds.Of(SigningRuleKind.Ratio, 0.5m), Rounds.Against(Rounds.First)], Rounds.First).ThenRefused("already-signed");

    [Fact]
    public void While_the_unit_corrects_nobody_signs() =>
        Sign([.. Rounds.Of(SigningRuleKind.All), new ProposalReturned(Stage.BatchReview, 1, "补充", [])], Rounds.First).ThenRefused("correction-open");

    [Fact]
    public void Who_has_no_seat_does_not_sign()
    {
        Sign(Rounds.Of(SigningRuleKind.All), DepartmentalCio).ThenRefused("no-seat");
        Sign(Rounds.Of(SigningRuleKind.All), Administrator).ThenRefused("not-permitted");
        Sign(Past.General, Rounds.First).ThenRefused("round-unknown");
    }

    [Fact]
    public void Nobody_signs_when_the_time_runs_out() => Sign(Rounds.Of(SigningRuleKind.All), Actor.Engine(Jurisdiction)).ThenRefused("not-permitted");

    [Fact]
    public void An_opinion_is_short() =>
        Given(Rounds.Of(SigningRuleKind.All)).When(p => SignFor.Decide(new(Rounds.Id, 1, new('长', 2001)), p, [], Rounds.First.Acts())).ThenRefused(("text-too-long", "opinion"));
}
