using Approval.Committee;
using Approval.Intake;
using Approval.InterfaceUnification;
using Approval.Signing;
using Approval.Supervision;
using Approval.Testing;
using static Approval.Testing.Sample;

namespace Approval.Issuance;

public sealed class IssueApprovalTests
{
    static readonly DateOnly Today = new(2026, 3, 9);
    static readonly RoundId Round = new("issuance-1");

    static object[] Laid => [.. Past.Approved, new RoundOpened(
        Round, SigningPurpose.Issuance, new(Policies.SigningRuleKind.All), [Seat.OfRole("DistrictCio", Role.DistrictCio)], 1, SigningRules.Substance, Policy.Ref)];

    static object[] Signed => [.. Laid, new SignedFor(Round, "DistrictCio", DistrictCio.Person, 1, null), new RoundEnded(Round, RoundOutcome.Carried)];

    static Decided<Proposal> When(object[] past, Actor? by = null, ApprovalNumbers? numbers = null, DateOnly? today = null) => Scenario.Given(past).When(p => IssueApproval.Decide(
        new(), p, numbers ?? ApprovalNumbers.None, InterfaceCatalogue.Empty, "市卫生局", "示信批", today ?? Today, (by ?? Office).Acts()));

    static ApprovalNumbers Given(params (int Year, int Serial)[] numbers) =>
        ApprovalNumbers.Kind.Fold([.. numbers.Select(n => new ApprovalNumberGiven(n.Year, n.Serial, ApprovalNumbers.Write("示信批", n.Year, n.Serial), new("p9")))])!;

    [Fact]
    public void A_signed_approval_gets_the_first_number_of_the_year_and_its_document()
    {
        var document = ApprovalDocument.Of(Scenario.Given(Signed).State, "示信批〔2026〕1号", Today);
        When(Signed).Then(
            JurisdictionStreams.ApprovalNumbers.Has(new ApprovalNumberGiven(2026, 1, "示信批〔2026〕1号", Sample.Id)),
            new ApprovalIssued("示信批〔2026〕1号", 2026, 1, Today, 1, new(4_500_000m), [], ["电子健康档案"], document.Sha256, Policy.Ref))
            .AgainNothing().WithState(p => p.Stage.ShouldBe(Stage.Supervision));
    }

    [Fact]
    public void Numbers_run_on_within_the_year_without_a_gap_and_begin_anew_with_each_year()
    {
        var numbers = Given((2025, 1), (2025, 2), (2026, 1));
        When(Signed, numbers: numbers).Decision.Facts[0].Event.ShouldBe(new ApprovalNumberGiven(2026, 2, "示信批〔2026〕2号", Sample.Id));
        When(Signed, numbers: numbers, today: new(2027, 1, 4)).Decision.Facts[0].Event.ShouldBe(new ApprovalNumberGiven(2027, 1, "示信批〔2027〕1号", Sample.Id));
    }

    [Fact]
    public void What_is_not_signed_is_not_issued()
    {
        When(Laid).ThenRefused("approval-not-signed");
        When(Past.Approved).ThenRefused("approval-not-signed");
    }

    [Fact]
    public void What_the_committee_did_not_see_is_not_issued() =>
        When([.. Signed, new ProposalRevised(2, Content, [])]).ThenRefused("revised-since-approval");

    [Fact]
    public void A_proposal_not_approved_is_not_issued() => When(Past.Unified).ThenRefused("wrong-stage");

    [Fact]
    public void Neither_the_unit_nor_an_auditor_issues()
    {
        When(Signed, Officer).ThenRefused("not-permitted");
        When(Signed, Auditor).ThenRefused("not-permitted");
    }

    static Decided<Proposal> Sign(object[] past, Actor by, int revision = 1) => Scenario.Given(past).When(p => SignApproval.Decide(
        new(revision, "同意"), p, ApprovalNumbers.None, InterfaceCatalogue.Empty, "市卫生局", "示信批", Today, by.Acts()));

    [Fact]
    public void The_district_cios_signature_issues_in_the_same_act()
    {
        var document = ApprovalDocument.Of(Scenario.Given(Signed).State, "示信批〔2026〕1号", Today);
        Sign(Laid, DistrictCio).Then(
            new SignedFor(Round, "DistrictCio", DistrictCio.Person, 1, "同意"), new RoundEnded(Round, RoundOutcome.Carried),
            JurisdictionStreams.ApprovalNumbers.Has(new ApprovalNumberGiven(2026, 1, "示信批〔2026〕1号", Sample.Id)),
            new ApprovalIssued("示信批〔2026〕1号", 2026, 1, Today, 1, new(4_500_000m), [], ["电子健康档案"], document.Sha256, Policy.Ref)).AgainNothing();
    }

    [Fact]
    public void Where_the_policy_asks_for_more_signatures_the_last_one_issues()
    {
        object[] two = [.. Past.Approved, new RoundOpened(Round, SigningPurpose.Issuance, new(Policies.SigningRuleKind.All),
            [Seat.OfRole("DistrictCio", Role.DistrictCio), Seat.OfRole("CioOffice", Role.CioOffice)], 1, SigningRules.Substance, Policy.Ref)];
        Sign(two, DistrictCio).Then(new SignedFor(Round, "DistrictCio", DistrictCio.Person, 1, "同意"));
    }

    [Fact]
    public void Only_the_district_cio_signs_the_revision_approved()
    {
        Sign(Laid, Office).ThenRefused("not-permitted");
        Sign(Laid, DistrictCio, revision: 2).ThenRefused("revision-moved");
        Sign([.. Laid, new ProposalRevised(2, Content, [])], DistrictCio, revision: 2).ThenRefused("revised-since-approval");
        Sign(Past.Unified, DistrictCio).ThenRefused("wrong-stage");
    }

    static Decided<Proposal> SendBack(object[] past, Actor? by = null, string reason = "须重新审议") =>
        Scenario.Given(past).When(p => SendBackToCommittee.Decide(new(reason), p, Policy, (by ?? Office).Acts()));

    [Fact]
    public void Revised_after_the_approval_the_office_sends_it_back_to_the_committee() =>
        SendBack([.. Laid, new ProposalRevised(2, Content, [])]).Then(new RoundEnded(Round, RoundOutcome.Cancelled), new IssuanceRefused("须重新审议", Policy.Ref, 2))
            .WithState(p => p.Stage.ShouldBe(Stage.Committee));

    [Fact]
    public void A_signing_that_came_to_nothing_is_sent_back() =>
        SendBack([.. Laid, new RoundEnded(Round, RoundOutcome.ReturnedToIntake)]).Then(new IssuanceRefused("须重新审议", Policy.Ref, 1));

    [Fact]
    public void What_can_still_be_signed_or_issued_is_not_sent_back()
    {
        SendBack(Laid).ThenRefused("approval-stands");
        SendBack(Signed).ThenRefused("approval-stands");
        SendBack(Laid, DistrictCio).ThenRefused("not-permitted");
        SendBack([.. Laid, new ProposalRevised(2, Content, [])], reason: "").ThenRefused(("text-required", "reason"));
        SendBack(Past.Unified).ThenRefused("wrong-stage");
    }

    [Fact]
    public void Not_signed_the_proposal_goes_back_to_the_committee()
    {
        var proposal = Scenario.Given(Laid).State;
        IssuanceRound.Ended(proposal, proposal.Rounds[^1], RoundOutcome.Failed, "金额有误", DistrictCio.Acts()).ShouldBe([new IssuanceRefused("金额有误", Policy.Ref, 1)]);
        IssuanceRound.Ended(proposal, proposal.Rounds[^1], RoundOutcome.ReturnedToAsker, "退回", DistrictCio.Acts()).ShouldBe([new IssuanceRefused("退回", Policy.Ref, 1)]);
        IssuanceRound.Ended(proposal, proposal.Rounds[^1], RoundOutcome.Carried, "", DistrictCio.Acts()).ShouldBeEmpty();
        var after = Scenario.Given(Laid, new IssuanceRefused("金额有误", Policy.Ref)).State;
        (after.Stage, after.Committee.Meeting, after.Held!.Committed).ShouldBe((Stage.Committee, null, true));
    }
}
