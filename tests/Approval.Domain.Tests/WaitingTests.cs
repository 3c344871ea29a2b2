using System.Collections.Immutable;
using Approval.Committee;
using Approval.Intake;
using Approval.Policies;
using Approval.Signing;
using Approval.Testing;

namespace Approval;

public sealed class WaitingTests
{
    static readonly DateTimeOffset At = new(2026, 3, 2, 9, 0, 0, TimeSpan.FromHours(8));

    static IEnumerable<(string Deed, string Key)> Waits(params object[] past) =>
        Waiting.On(Proposal.Kind.Fold(past, At)!).Select(w => (w.Deed, w.Key));

    [Fact]
    public void Each_stage_waits_for_somebody_who_can_act_or_for_another_streams_business()
    {
        Waits(Past.Drafted).ShouldBe([("AskEndorsement", $"unit-officer/{Sample.Health.Value}/*")]);
        Waits(Past.Submitted).ShouldBe([("AcceptProposal", "cio-office/*/*")]);
        Waits(Past.Accepted).ShouldBe([("ClassifyProposal", "cio-office/*/*")]);
        Waits(Past.Key).ShouldBe([("AskConsent", "cio-office/*/*")]);
        Waits(Past.General).ShouldBe([("JoinBatch", "cio-office/*/*")]);
        Waits(Past.Shortlisted).ShouldBe([("OpenAppraisal", "cio-office/*/*")]);
        Waits(Past.Recommended).ShouldBe([("ArrangeInterfaces", "cio-office/*/*")]);
        Waits(Past.Unified).ShouldBe([("PlaceAgendaItem", "cio-office/*/*")]);
        Waits([.. Past.Unified, new InterfaceUnification.UnificationVoided(2, [ContentPart.Interfaces])]).ShouldBe([("ArrangeInterfaces", "cio-office/*/*")]);
    }

    [Fact]
    public void A_proposal_under_correction_waits_for_its_unit_alone() =>
        Waits([.. Past.Submitted, new ProposalReturned(Stage.FormCheck, 1, "补充", [])]).ShouldBe([("AnswerCorrection", $"unit-officer/{Sample.Health.Value}/*")]);

    [Fact]
    public void An_open_round_waits_for_the_seats_whose_turn_it_is()
    {
        var opened = new RoundOpened(new("r"), SigningPurpose.Consent, new(SigningRuleKind.InSequence),
            [Seat.OfRole("a", Role.DistrictCio), Seat.OfPerson(new("p"), new("u"), Role.DepartmentalCio)], 1, [], Sample.Policy.Ref);

        Waits([.. Past.Key, opened]).ShouldBe([("Sign", "district-cio/*/*")]);
        Waits([.. Past.Key, opened, new SignedFor(new("r"), "a", new("d"), 1, null)]).ShouldBe([("Sign", "departmental-cio/u/p")]);
    }

    [Fact]
    public void An_opinion_asked_for_waits_for_the_person_asked_until_it_is_given()
    {
        object[] asked = [.. Past.EndorsementOpen, new OpinionAsked(Past.Round, 1, Past.DepartmentalCioSeat.Key, Sample.Expert.Person, "可行吗")];
        Waits(asked).ShouldContain(("GiveOpinion", $"*/*/{Sample.Expert.Person.Value}"));
        Waits([.. asked, new OpinionGiven(Past.Round, 1, Sample.Expert.Person, "可行")]).ShouldNotContain(w => w.Deed == "GiveOpinion");
    }

    [Fact]
    public void A_closed_proposal_waits_for_nobody() => Waits([.. Past.Submitted, new ProposalWithdrawn("不再需要")]).ShouldBeEmpty();

    [Fact]
    public void A_request_for_reconsideration_waits_for_the_district_cio()
    {
        object[] asked =
        [
            .. Past.Unified, new RejectedByCommittee(Past.Meeting, 1, new(2026, 3, 2), 1, "必要性不足", new(2026, 3, 30), new(3, 3, 0, 0, 3, 0), Sample.Policy.Ref),
            new ReconsiderationAsked("补充了测算"),
        ];
        Waits(asked).ShouldBe([("OpenReconsideration", "district-cio/*/*")]);
        Waits([.. asked, new ReconsiderationRefused("理由不足", Sample.Policy.Ref)]).ShouldBeEmpty();
    }

    [Fact]
    public void An_actor_fits_the_keys_of_the_own_roles_unit_and_person_and_no_other()
    {
        var keys = Wait.KeysOf(new(new("p"), new("demo"), new("u"), ImmutableHashSet.Create(Role.DepartmentalCio))).ToList();

        keys.ShouldBe(["departmental-cio/u/p", "departmental-cio/u/*", "departmental-cio/*/p", "departmental-cio/*/*", "*/u/p", "*/u/*", "*/*/p"], ignoreOrder: true);
    }
}
