using Approval.Policies;
using Approval.Signing;
using Approval.Testing;
using static Approval.Testing.Sample;

namespace Approval.Scheduling;

public sealed class ConsentRoundTests
{
    static readonly Proposal Key = Proposal.Kind.Fold(Past.Key)!;
    static readonly SigningRound Round = Proposal.Kind.Fold([.. Past.Key, ConsentRound.Open(Key, Sample.Policy)])!.Rounds[0];

    static IEnumerable<ProposalEvent> Ended(RoundOutcome outcome) => SigningConsequences.Ended(Key, Round, outcome, "不急", DistrictCio.Acts());

    [Fact]
    public void The_district_cio_alone_has_a_seat_by_the_policys_rule()
    {
        Round.Seats.ShouldHaveSingleItem().Admits(DistrictCio).ShouldBeTrue();
        Round.Seats[0].Admits(Office).ShouldBeFalse();
        Round.Rule.Kind.ShouldBe(SigningRuleKind.All);
    }

    [Fact]
    public void A_carried_round_is_consent() => Ended(RoundOutcome.Carried).ShouldBe([new KeyConsentGiven(1, Sample.Policy.Ref)]);

    [Fact]
    public void A_failed_round_sends_the_project_the_general_way()
    {
        Ended(RoundOutcome.Failed).ShouldBe([new KeyConsentRefused(1, "不急", Sample.Policy.Ref)]);
        var refused = Proposal.Kind.Fold([.. Past.Key, .. Ended(RoundOutcome.Failed)])!;
        (refused.Track, refused.Stage).ShouldBe((Track.General, Stage.BatchReview));
    }

    [Theory]
    [InlineData(RoundOutcome.ReturnedToAsker)]
    [InlineData(RoundOutcome.ReturnedToIntake)]
    [InlineData(RoundOutcome.Cancelled)]
    public void A_round_returned_or_cancelled_is_neither(RoundOutcome outcome) => Ended(outcome).ShouldBeEmpty();

    [Fact]
    public void A_later_revision_voids_a_consent_until_the_project_is_scheduled()
    {
        var voided = new SignaturesVoided(Round.Id, ["district-cio"], 2, []);
        var consented = Proposal.Evolve(Key, new KeyConsentGiven(1, Sample.Policy.Ref));
        SigningConsequences.Voided(consented, Round, voided).ShouldBe([new KeyConsentVoided(2)]);
        Proposal.Evolve(consented, new KeyConsentVoided(2)).Scheduling.Consented.ShouldBeFalse();
        var scheduled = Proposal.Evolve(consented, new KeyProjectScheduled(new(2026, 3, 1), Past.Fund, new("k"), new(1m), new(2026, 5, 1), Sample.Policy.Ref));
        SigningConsequences.Voided(scheduled, Round, voided).ShouldBeEmpty();
    }
}
