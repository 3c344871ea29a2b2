using Approval.Intake;
using Approval.Policies;
using Approval.Testing;
using static Approval.Testing.Sample;
using static Approval.Testing.Scenario;

namespace Approval.Signing;


public sealed class ReturnRoundTests
{
    static Decided<Proposal> Return(object[] past, Actor by, ReturnTo to, string reason = "材料不齐") =>
        Given(past).When(p => ReturnRound.Decide(new(Rounds.Id, to, reason, ["概算"]), p, by.Acts()));

    [Fact]
    public void Returned_to_the_asker_the_round_ends_without_result() =>
        Return(Rounds.Of(SigningRuleKind.All), Rounds.First, ReturnTo.Asker).Then(Rounds.Ended(RoundOutcome.ReturnedToAsker)).AgainNothing();

    [Fact]
    public void Returned_to_intake_the_unit_corrects_and_the_stage_gets_it_back() =>
        Return(Rounds.Of(SigningRuleKind.All), Rounds.First, ReturnTo.Intake)
            .Then(new RoundEnded(Rounds.Id, RoundOutcome.ReturnedToIntake), new ProposalReturned(Stage.BatchReview, 1, "材料不齐", ["概算"], Sample.Policy.Ref)).AgainNothing();

    [Fact]
    public void An_endorsement_goes_back_to_the_units_desk() =>
        Given(Past.EndorsementOpen).When(p => ReturnRound.Decide(new(Past.Round, ReturnTo.Intake, "重写", []), p, DepartmentalCio.Acts()))
            .Then(new RoundEnded(Past.Round, RoundOutcome.ReturnedToIntake), new ProposalSentBack(1, "重写", Sample.Policy.Ref));

    [Fact]
    public void Who_has_signed_or_has_no_turn_does_not_return()
    {
        Return([.. Rounds.Of(SigningRuleKind.All), Rounds.For(Rounds.First)], Rounds.First, ReturnTo.Asker).ThenRefused("already-signed");
        Return(Rounds.Of(SigningRuleKind.InSequence), Rounds.Second, ReturnTo.Asker).ThenRefused("not-your-turn");
        Return(Rounds.Of(SigningRuleKind.All), DepartmentalCio, ReturnTo.Asker).ThenRefused("no-seat");
        Return(Past.General, Rounds.First, ReturnTo.Asker).ThenRefused("round-unknown");
        Return([.. Rounds.Of(SigningRuleKind.All), .. Rounds.Ended(RoundOutcome.Cancelled)], Rounds.First, ReturnTo.Asker).ThenRefused("round-over");
    }

    [Fact]
    public void A_return_says_why() => Return(Rounds.Of(SigningRuleKind.All), Rounds.First, ReturnTo.Asker, "").ThenRefused(("text-required", "reason"));
}
