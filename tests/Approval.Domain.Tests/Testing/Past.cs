using Approval.BatchReview;
using Approval.Committee;
using Approval.Funds;
using Approval.Intake;
using Approval.InterfaceUnification;
using Approval.MergedAppraisal;
using Approval.Policies;
using Approval.Scheduling;
using Approval.Signing;

namespace Approval.Testing;

/// <summary>What had happened to the <see cref="Sample"/> proposal when it stood in a stage: honest lists of events, each continuing the one before.</summary>
public static class Past
{
    public static readonly FundId Fund = new("special-2026");
    public static readonly ReservationId Reservation = new("r1");
    public static readonly BatchId Batch = new("b1");
    public static readonly AppraisalId Appraisal = new("a1");
    public static readonly MeetingId Meeting = new("m1");

    public static readonly RoundId Round = new("e1");
    public static readonly Seat DepartmentalCioSeat = Seat.OfPerson(Sample.DepartmentalCio.Person, Sample.Health, Role.DepartmentalCio);

    public static object[] Drafted => [new ProposalDrafted(Sample.Id, Sample.Health, Sample.Content)];
    public static object[] EndorsementOpen => [.. Drafted, new EndorsementAsked(1),
        SigningRules.Open(Round, SigningPurpose.Endorsement, new(SigningRuleKind.Any), [DepartmentalCioSeat], 1, Sample.Policy.Ref)];
    public static object[] Endorsed => [.. EndorsementOpen, new SignedFor(Round, DepartmentalCioSeat.Key, Sample.DepartmentalCio.Person, 1, null),
        new RoundEnded(Round, RoundOutcome.Carried), new ProposalEndorsed(1)];
    public static object[] Submitted => [.. Drafted, new EndorsementAsked(1), new ProposalEndorsed(1), new ProposalSubmitted(1)];
    public static object[] Returned => [.. Submitted, new ProposalReturned(Stage.FormCheck, 1, "预算不清", ["请细化预算"])];
    public static object[] Accepted => [.. Submitted, new ProposalAccepted(1, Sample.Policy.Ref)];
    public static object[] Key => [.. Accepted, new ProposalClassified(Track.Key, "市政府年度重点工作", "示府〔2026〕1号", Sample.Policy.Ref)];
    public static object[] General => [.. Accepted, new ProposalClassified(Track.General, "一般项目", null, Sample.Policy.Ref)];
    public static object[] Shortlisted => [.. General, new BatchJoined(Batch), new JointPreReviewConcluded(Batch, 1, Supported: true, Sample.Policy.Ref),
        new ProposalShortlisted(Batch, 1, Fund, Reservation, Sample.Content.Total, Sample.Policy.Ref)];
    public static object[] Recommended => [.. Shortlisted, new AppraisalAssigned(Appraisal), new ProposalRecommended(Appraisal, 1, new(4_500_000m), Sample.Policy.Ref)];
    public static object[] Unified => [.. Recommended, new InterfaceArranged(new(Sample.Id, 1), Sample.Content.Interfaces[0], ArrangementKind.ViaExchangePlatform, null, InterfaceMode.Api, null, Sample.Policy.Ref),
        new InterfacesUnified(1, 1, ["exchange/人口总量与结构"], [], Sample.Policy.Ref)];
    public static object[] Approved => [.. Unified, new AgendaItemPlaced(Meeting, 1),
        new ApprovedByCommittee(Meeting, 1, new(2026, 3, 2), 1, new(4_500_000m), [], new(3, 3, 0, 3, 0, 0), Sample.Policy.Ref)];

    /// <summary>The fund that holds the shortlisted proposal's money.</summary>
    public static object[] FundHolding => [new FundOpened(Fund, "信息化专项资金", 2026, new(20_000_000m)),
        new MoneyReserved(Reservation, Sample.Id, Track.General, Sample.Content.Total)];
}
