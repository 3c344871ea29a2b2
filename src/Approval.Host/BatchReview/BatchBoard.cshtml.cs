using Approval.Calendars;
using Approval.Funds;
using Approval.Http;
using Approval.Intake;
using Approval.Pages;
using Approval.Policies;

namespace Approval.BatchReview;

/// <summary>The batch board: window, joint pre-review, ranking against the envelope line, conclusion.</summary>
public sealed class BatchBoardModel(Queries queries, TimeProvider clock, Reader reader) : StagePage
{
    /// <summary>The batch.</summary>
    public BatchAnswer Batch { get; private set; } = null!;

    /// <summary>The members still in it, in their order.</summary>
    public IReadOnlyList<BatchMemberAnswer> Present { get; private set; } = [];

    /// <summary>The fund's name.</summary>
    public string FundName { get; private set; } = "";

    /// <summary>Whether the window is over.</summary>
    public bool Shut { get; private set; }

    /// <summary>Whether the window closes before its last day, which needs a reason.</summary>
    public bool Early { get; private set; }

    /// <summary>How often a member may be held over; null without a policy in force.</summary>
    public int? HeldOverAtMost { get; private set; }

    /// <summary>The members that wait for the reader's body.</summary>
    public IReadOnlyList<BatchMemberAnswer> Mine => Me.Is(Role.DepartmentalCio) ? [.. Present.Where(m => m.Awaited.Contains(Me.Unit.Value))] : [];

    /// <summary>Whether the bodies can be asked: somebody is there without a finished or running pre-review.</summary>
    public bool MayAskPreReview => Shut && !Batch.Concluded && May(nameof(OpenPreReview)) && Present.Any(m => m is { Supported: null, Awaited.Count: 0, UnderCorrection: false });

    /// <summary>Whether the ranking can be changed.</summary>
    public bool MayRank => Shut && !Batch.Concluded && Present.Count > 0 && May(nameof(RankBatch));

    /// <summary>Whether every member is ranked, so that the batch can be concluded.</summary>
    public bool MayConclude => Shut && !Batch.Concluded && Present.Count > 0 && Present.All(m => m.Rank is not null) && May(nameof(ConcludeBatch));

    /// <summary>The proposals that wait for a batch and may join this one.</summary>
    public IReadOnlyList<ProposalRow> Candidates { get; private set; } = [];

    /// <summary>Shows the page.</summary>
    public async Task OnGet(string id)
    {
        await Enter("ReadBatches");
        var asOf = HttpContext.AsOf();
        Batch = await BatchEndpoints.Read(queries, Me, new(id), asOf, Cancel);
        Present = [.. Batch.Members.Where(m => !m.Left)];
        FundName = (await queries.Find(Me.Jurisdiction, Fund.Kind, Batch.Fund.Stream, asOf, Cancel))?.State.Name ?? Batch.Fund.Value;
        var calendar = (await queries.Find(Me.Jurisdiction, WorkingCalendar.Kind, JurisdictionStreams.Calendar, cancel: Cancel))?.State ?? WorkingCalendar.WeekendsOnly;
        var today = calendar.DateOf(clock.GetUtcNow());
        (Shut, Early) = (Batch.ClosedOn is not null || today > Batch.Closes, today <= Batch.Closes);
        if (!Shut && today >= Batch.Opens && May(nameof(JoinBatch)))
            Candidates = await queries.In(ProposalView.List, Me.Jurisdiction).Where($"stage = {Stage.BatchReview} and batch is null").OrderBy("stage_entered").All(Cancel);
        HeldOverAtMost = (await queries.Find(Me.Jurisdiction, PolicyBook.Kind, JurisdictionStreams.Policies, cancel: Cancel))?.State.InForce(today)?.Content.HeldOverAtMost;
    }

    /// <summary>What the envelope and the pre-review suggest for a member: carried and supported, it is shortlisted; not supported, it is turned down; otherwise it waits, as long as it may.</summary>
    public BatchOutcome Suggested(BatchMemberAnswer m) =>
        m is { Supported: false, UnderCorrection: false } ? BatchOutcome.TurnDown
        : m is { WithinEnvelope: true, UnderCorrection: false } ? BatchOutcome.Shortlist
        : m.HeldOver >= HeldOverAtMost ? BatchOutcome.TurnDown
        : BatchOutcome.HoldOver;

    /// <summary>The reason that goes with the suggestion.</summary>
    public string SuggestedReason(BatchMemberAnswer m) =>
        m.UnderCorrection ? reader.T("补正未完成", "The correction is not answered")
        : m.Supported == false ? reader.T("会审未通过", "The bodies did not support it")
        : m.WithinEnvelope == true ? ""
        : reader.T("超出本批可用资金", "Beyond what the fund can carry in this batch");

    /// <summary>The ranking against the fund's free money.</summary>
    public ChartModel Chart() => EnvelopeChart.Of(
        [.. Present.Where(m => m.Rank is not null).Select(m => new EnvelopeEntry(m.Proposal, m.Rank!.Value, m.Amount, m.CumulativeYuan!.Value, m.WithinEnvelope == true))],
        Present.ToDictionary(m => m.Proposal, m => m.Title), Batch.Free, reader);
}
