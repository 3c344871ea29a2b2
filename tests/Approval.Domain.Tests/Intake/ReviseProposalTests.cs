using Approval.Signing;
using Approval.Testing;
using static Approval.Testing.Sample;
using static Approval.Testing.Scenario;

namespace Approval.Intake;


public sealed class ReviseProposalTests
{
    static readonly ProposalContent Costlier = Content with { Total = new(6_000_000m) };
    static readonly ProposalContent Explained = Content with { Justification = "补充:重复检查每年花费两千万元。" };

    static Decided<Proposal> Revise(object[] past, ProposalContent content, Actor? by = null) =>
        Given(past).When(p => ReviseProposal.Decide(new(content), p, NoFiles, (by ?? Officer).Acts()));

    [Fact]
    public void A_change_makes_the_next_revision_and_names_the_changed_parts() =>
        Revise(Past.Drafted, Costlier with { Title = "卫生平台" })
            .Then(new ProposalRevised(2, Costlier with { Title = "卫生平台" }, [ContentPart.Title, ContentPart.Budget]))
            .AgainNothing();

    [Fact]
    public void The_same_content_is_no_revision() => Revise(Past.Drafted, Content).ThenNothing();

    [Fact]
    public void A_revision_voids_exactly_the_signatures_that_rested_on_the_changed_parts() =>
        Revise(Past.Endorsed, Costlier).Then(
            new ProposalRevised(2, Costlier, [ContentPart.Budget]),
            new SignaturesVoided(Past.Round, [Past.DepartmentalCioSeat.Key], 2, [ContentPart.Budget]),
            new EndorsementVoided(2, [ContentPart.Budget]))
            .WithState(p => p.Intake.EndorsedRevision.ShouldBeNull());

    [Fact]
    public void A_revision_of_the_explanations_leaves_the_endorsement_standing() =>
        Revise(Past.Endorsed, Explained)
            .Then(new ProposalRevised(2, Explained, [ContentPart.Justification]))
            .WithState(p => p.Intake.EndorsedRevision.ShouldBe(1));

    [Fact]
    public void An_open_round_stays_open_when_its_signatures_are_voided()
    {
        var all = SigningRules.Open(Past.Round, SigningPurpose.Endorsement, new(Policies.SigningRuleKind.All),
            [Past.DepartmentalCioSeat, new Seat("deputy", Health, Role.DepartmentalCio, new("deputy"))], 1, Policy.Ref);
        Revise([.. Past.Drafted, new EndorsementAsked(1), all, new SignedFor(Past.Round, Past.DepartmentalCioSeat.Key, DepartmentalCio.Person, 1, null)], Costlier)
            .Then(new ProposalRevised(2, Costlier, [ContentPart.Budget]), new SignaturesVoided(Past.Round, [Past.DepartmentalCioSeat.Key], 2, [ContentPart.Budget]))
            .WithState(p => p.Rounds[0].Open.ShouldBeTrue());
    }

    [Fact]
    public void What_is_under_approval_changes_only_when_it_was_returned_for_correction()
    {
        Revise(Past.Submitted, Costlier).ThenRefused("pen-not-with-unit");
        Revise(Past.Approved, Costlier).ThenRefused("pen-not-with-unit");
        Revise(Past.Returned, Explained).Then(new ProposalRevised(2, Explained, [ContentPart.Justification]));
    }

    [Fact]
    public void A_revision_of_interfaces_resources_or_systems_voids_their_unification_and_no_other_does()
    {
        object[] returned = [.. Past.Unified, new ProposalReturned(Stage.Committee, 1, "接口有变", [])];
        var hourly = Content with { Interfaces = [Content.Interfaces[0] with { Frequency = InterfaceFrequency.Hourly }] };
        Revise(returned, hourly)
            .Then(new ProposalRevised(2, hourly, [ContentPart.Interfaces]), new InterfaceUnification.UnificationVoided(2, [ContentPart.Interfaces]))
            .WithState(p => (p.Stage, p.Interfaces.Unified).ShouldBe((Stage.Committee, null)));
        var shared = Content with { Resources = [] };
        Revise(returned, shared).Then(new ProposalRevised(2, shared, [ContentPart.Resources]), new InterfaceUnification.UnificationVoided(2, [ContentPart.Resources]));
        Revise(returned, Explained).Then(new ProposalRevised(2, Explained, [ContentPart.Justification]));
        Revise([.. Past.Recommended, new ProposalReturned(Stage.InterfaceUnification, 1, "接口有变", [])], hourly).Then(new ProposalRevised(2, hourly, [ContentPart.Interfaces]));
    }

    [Fact]
    public void A_closed_proposal_cannot_be_revised() => Revise([.. Past.Drafted, new ProposalWithdrawn("不做了")], Costlier).ThenRefused("wrong-stage");

    [Fact]
    public void Content_that_cannot_be_kept_is_refused() => Revise(Past.Drafted, Content with { Title = "" }).ThenRefused(("text-required", "content.title"));

    [Fact]
    public void Only_the_own_unit_revises()
    {
        Revise(Past.Drafted, Costlier, OtherOfficer).ThenRefused("not-permitted");
        Revise(Past.Drafted, Costlier, Office).ThenRefused("not-permitted");
    }
}
