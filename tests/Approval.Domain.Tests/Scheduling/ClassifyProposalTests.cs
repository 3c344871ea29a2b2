using Approval.BatchReview;
using Approval.Calendars;
using Approval.Intake;
using Approval.Policies;
using Approval.Signing;
using Approval.Testing;
using static Approval.Testing.Sample;
using static Approval.Testing.Scenario;

namespace Approval.Scheduling;

public sealed class ClassifyProposalTests
{
    static readonly ClassifyProposal AsKey = new(Track.Key, "市政府年度重点工作", "示府〔2026〕1号");
    static readonly ClassifyProposal AsGeneral = new(Track.General);
    static readonly BatchOpened Open = new(Past.Batch, "2026年第一批", new(2026, 3, 1), new(2026, 3, 31), Past.Fund, [Police, OfficeUnit]);
    static readonly RoundOpened Consent = new(new("consent-1"), SigningPurpose.Consent, new(SigningRuleKind.All),
        [new("district-cio", Role: Role.DistrictCio)], 1, SigningRules.Substance, Sample.Policy.Ref);

    static Decided<Proposal> When(ClassifyProposal command, object[] past, Actor? by = null, params object[] batch) =>
        Given(past).When(p => ClassifyProposal.Decide(command, p, p.Policy is null ? null : Sample.Policy, Batch.Kind.Fold(batch), WorkingCalendar.WeekendsOnly, (by ?? Office).Acts()));

    [Fact]
    public void A_key_project_asks_the_district_cios_consent() =>
        When(AsKey, Past.Accepted).Then(new ProposalClassified(Track.Key, "市政府年度重点工作", "示府〔2026〕1号", Sample.Policy.Ref, 1), Consent).AgainNothing()
            .WithState(p => (p.Stage, p.Track).ShouldBe((Stage.EarlyScheduling, Track.Key)));

    [Fact]
    public void Key_needs_a_reason_and_the_document_it_rests_on() =>
        When(new(Track.Key), Past.Accepted).ThenRefused(("text-required", "reason"), ("text-required", "document"));

    [Fact]
    public void A_general_proposal_joins_the_batch_whose_window_is_open() =>
        When(AsGeneral, Past.Accepted, null, Open).Then(
            new ProposalClassified(Track.General, "", null, Sample.Policy.Ref, 1), new BatchJoined(Past.Batch),
            Past.Batch.Stream.Has(new BatchMemberJoined(Id, Health, new(2026, 3, 2)))).AgainNothing();

    [Fact]
    public void A_general_proposal_waits_when_no_window_is_open()
    {
        When(AsGeneral, Past.Accepted).Then(new ProposalClassified(Track.General, "", null, Sample.Policy.Ref, 1))
            .WithState(p => (p.Stage, p.BatchReview.Batch).ShouldBe((Stage.BatchReview, null)));
        When(AsGeneral, Past.Accepted, null, Open, new BatchClosed(new(2026, 3, 2), "提前截止"))
            .Then(new ProposalClassified(Track.General, "", null, Sample.Policy.Ref, 1));
    }

    [Fact]
    public void Only_an_accepted_proposal_is_classified()
    {
        When(AsKey, Past.Submitted).ThenRefused("not-accepted-yet");
        When(AsKey, Past.Drafted).ThenRefused("wrong-stage");
    }

    [Fact]
    public void A_proposal_under_correction_is_not_classified() =>
        When(AsKey, [.. Past.Accepted, new ProposalReturned(Stage.FormCheck, 1, "概算依据不足", ["概算"])]).ThenRefused("correction-open");

    [Fact]
    public void A_key_project_goes_back_to_general_until_it_is_scheduled() =>
        When(new(Track.General, "不属年度重点"), [.. Past.Key, Consent]).Then(
            new RoundEnded(new("consent-1"), RoundOutcome.Cancelled), new ProposalClassified(Track.General, "不属年度重点", null, Sample.Policy.Ref, 1)).AgainNothing();

    [Fact]
    public void Going_back_to_general_needs_a_reason() => When(AsGeneral, [.. Past.Key, Consent]).ThenRefused(("text-required", "reason"));

    [Fact]
    public void A_scheduled_project_keeps_its_track() =>
        When(new(Track.General, "不属年度重点"), [.. Past.Key, new KeyConsentGiven(1, Sample.Policy.Ref),
            new KeyProjectScheduled(new(2026, 3, 1), Past.Fund, new("k"), new(1m), new(2026, 5, 1), Sample.Policy.Ref)]).ThenRefused("wrong-stage");

    [Fact]
    public void General_stays_general_also_after_a_refused_consent()
    {
        When(AsKey, Past.General).ThenRefused("general-stays-general");
        When(AsKey, [.. Past.Key, new KeyConsentRefused(1, "不急", Sample.Policy.Ref)]).ThenRefused("general-stays-general");
    }

    [Fact]
    public void A_classification_is_not_given_other_grounds_afterwards() =>
        When(AsKey with { Document = "示府〔2026〕2号" }, [.. Past.Key, Consent]).ThenRefused("classified-already");

    [Fact]
    public void Nobody_but_the_office_classifies()
    {
        foreach (var person in new[] { Officer, DepartmentalCio, DistrictCio, Expert, Auditor, Administrator }) When(AsKey, Past.Accepted, person).ThenRefused("not-permitted");
    }
}
