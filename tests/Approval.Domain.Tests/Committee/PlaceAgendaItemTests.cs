using System.Collections.Immutable;
using Approval.Intake;
using Approval.MergedAppraisal;
using Approval.Scheduling;
using Approval.Signing;
using Approval.Testing;
using static Approval.Testing.Sample;

namespace Approval.Committee;

public sealed class PlaceAgendaItemTests
{
    static Decided<Meeting> When(object[] proposal, Actor? by = null, object[]? meeting = null, Policies.Policy? policy = null, PersonId[]? authors = null, params string[] financeTies) =>
        Sitting.Given(meeting ?? [Sitting.Convened]).When(m => PlaceAgendaItem.Decide(
            new(Sample.Id), m, Scenario.Given(proposal).State, Sitting.Members.Select(a => Sitting.Known(a, a == Sitting.Finance ? financeTies : [])), authors ?? [], policy ?? Policy, (by ?? Office).Acts()));

    [Fact]
    public void The_office_places_a_proposal_and_the_own_units_member_is_recused_in_the_same_act() =>
        When(Past.Unified).Then(Sitting.WithItem[1], Sitting.WithItem[2], Sample.Id.Stream.Has(new AgendaItemPlaced(Sitting.Id, 1)));

    [Fact]
    public void A_declared_tie_recuses_too() =>
        When(Past.Unified, financeTies: "health").Then(
            Sitting.WithItem[1], Sitting.WithItem[2],
            new MemberRecused(1, Sitting.Finance.Person, RecusalGround.DeclaredTie, null),
            Sample.Id.Stream.Has(new AgendaItemPlaced(Sitting.Id, 1)));

    [Fact]
    public void Members_of_a_merged_proposals_unit_are_recused_too()
    {
        object[] merged = [.. Past.Unified, new ProposalAbsorbed(Past.Appraisal, new("p2"), "社区卫生系统", new("transport"), new(1_000_000m), [], [], null, Policy.Ref)];
        When(merged).Decision.On(Sitting.Id.Stream).OfType<MemberRecused>().Select(r => r.Member).ShouldBe([DepartmentalCio.Person, Sitting.Transport.Person]);
    }

    [Fact]
    public void Who_endorsed_the_proposal_and_has_left_its_unit_is_recused_too()
    {
        var endorsement = new RoundId("r0");
        object[] endorsed =
        [
            .. Past.Unified, SigningRules.Open(endorsement, SigningPurpose.Endorsement, new(Policies.SigningRuleKind.Any, 1m), [Seat.OfUnit(Health, Role.DepartmentalCio)], 1, Policy.Ref),
            new SignedFor(endorsement, Health.Value, Sitting.Transport.Person, 1, null), new RoundEnded(endorsement, RoundOutcome.Carried),
        ];
        When(endorsed).Decision.On(Sitting.Id.Stream).OfType<MemberRecused>().Select(r => (r.Member, r.Ground)).ShouldBe(
            [(DepartmentalCio.Person, RecusalGround.OwnUnit), (Sitting.Transport.Person, RecusalGround.Endorsed)]);
    }

    [Fact]
    public void Who_wrote_the_proposal_and_has_left_its_unit_is_recused_too() =>
        When(Past.Unified, authors: [Sitting.Transport.Person]).Decision.On(Sitting.Id.Stream).OfType<MemberRecused>().Select(r => (r.Member, r.Ground)).ShouldBe(
            [(DepartmentalCio.Person, RecusalGround.OwnUnit), (Sitting.Transport.Person, RecusalGround.Wrote)]);

    [Fact]
    public void Placed_already_is_nothing_to_do() => When(Sitting.OnAgenda, meeting: Sitting.WithItem).ThenNothing();

    [Fact]
    public void Nobody_but_the_office_places() => When(Past.Unified, by: DistrictCio).ThenRefused("not-permitted");

    [Fact]
    public void A_proposal_not_before_the_committee_is_not_placed() => When(Past.Recommended).ThenRefused("wrong-stage");

    [Fact]
    public void A_proposal_stands_on_one_agenda_at_a_time() =>
        When([.. Past.Unified, new AgendaItemPlaced(new("m0"), 3)]).ThenRefused("on-another-agenda");

    [Fact]
    public void Once_the_meeting_has_begun_its_agenda_is_fixed() =>
        When(Past.Unified, meeting: [.. Sitting.WithItem, new AttendanceRecorded(DistrictCio.Person, true, [1])]).ThenRefused("agenda-fixed");

    [Fact]
    public void A_meeting_that_is_over_takes_no_item() => When(Past.Unified, meeting: [Sitting.Convened, new MeetingClosed(null)]).ThenRefused("meeting-over");

    [Fact]
    public void A_proposal_under_correction_is_not_placed() =>
        When([.. Past.Unified, new ProposalReturned(Stage.Committee, 1, "预算不清", [])]).ThenRefused("correction-open");

    [Fact]
    public void What_a_revision_made_to_be_unified_anew_is_placed_afterwards() =>
        When([.. Past.Unified, new InterfaceUnification.UnificationVoided(2, [ContentPart.Interfaces])]).ThenRefused("interfaces-not-unified");

    [Fact]
    public void A_key_project_is_placed_only_after_its_full_check()
    {
        object[] key = [.. Past.Key, new KeyConsentGiven(1, Policy.Ref), new KeyProjectScheduled(new(2026, 4, 1), Past.Fund, Past.Reservation, new(5_000_000m), new(2026, 6, 1), Policy.Ref),
            .. Past.Unified.Skip(Past.Shortlisted.Length)];
        When(key).ThenRefused("full-check-open");
        When([.. key, new FullCheckCompleted(1, "资料齐全", Policy.Ref)]).Then(Sitting.WithItem[1], Sitting.WithItem[2], Sample.Id.Stream.Has(new AgendaItemPlaced(Sitting.Id, 1)));
    }

    [Fact]
    public void A_meeting_holds_at_most_the_policys_number_of_major_items()
    {
        var strict = Policy with { Content = Policy.Content with { MajorFrom = new(4_500_000m), MajorItemsPerMeeting = 1 } };
        When(Past.Unified, policy: strict).Then(
            new MeetingItemPlaced(1, Sample.Id, Content.Title, Health, new(4_500_000m), true, Policy.Ref), Sitting.WithItem[2], Sample.Id.Stream.Has(new AgendaItemPlaced(Sitting.Id, 1)));
        object[] full = [Sitting.Convened, new MeetingItemPlaced(1, new("p9"), "大项目", Police, new(9_000_000m), true, Policy.Ref)];
        When(Past.Unified, meeting: full, policy: strict).ThenRefused("too-many-major-items");
        When(Past.Unified, meeting: full).Decision.Refused.ShouldBeFalse("it is not major");
    }
}
