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

    /// <summary>The ranking against the fund's free money: each bar begins where the one before ends.</summary>
    public ChartModel Chart()
    {
        var ranked = Present.Where(m => m.Rank is not null).OrderBy(m => m.Rank).ToList();
        var free = Batch.Free.Yuan / 10_000m;
        decimal Own(BatchMemberAnswer m) => m.Amount.Yuan / 10_000m;
        return new(
            reader.T("排序与资金线", "The ranking and the envelope line"),
            new
            {
                grid = new { left = 8, right = 36, top = 28, bottom = 24, containLabel = true },
                xAxis = new { type = "value", axisLabel = new { hideOverlap = true, showMaxLabel = false }, name = reader.T("万元", "10,000 yuan"), nameLocation = "end", nameGap = 4, max = (object)(ranked.Count == 0 ? free : Math.Max(free, ranked[^1].CumulativeYuan!.Value / 10_000m) * 1.02m) },
                yAxis = new { type = "category", inverse = true, data = ranked.Select(m => $"{m.Rank} {m.Title}"), axisLabel = new { width = 190, overflow = "truncate" } },
                media = new object[] { new { query = new { maxWidth = 560 }, option = new { yAxis = new { axisLabel = new { width = 84, fontSize = 10 } }, xAxis = new { splitNumber = 2 } } } },
                series = new object[]
                {
                    new { type = "bar", stack = "sum", barMaxWidth = 26, silent = true, itemStyle = new { color = "transparent" }, data = ranked.Select(m => m.CumulativeYuan!.Value / 10_000m - Own(m)) },
                    new
                    {
                        type = "bar", stack = "sum", barMaxWidth = 26, name = reader.T("申请金额", "Asked for"),
                        data = ranked.Select(m => new { value = Own(m), itemStyle = new { color = m.WithinEnvelope == true ? "#1d4f7c" : "#c58a86" }, href = $"/proposals/{m.Proposal.Value}" }),
                        markLine = new
                        {
                            symbol = "none", silent = true, lineStyle = new { color = "#a02c26", width = 2, type = "dashed" },
                            label = new { formatter = reader.T("可用 ", "free ") + $"{free:#,0.##}", position = "start", color = "#a02c26" },
                            data = new object[] { new { xAxis = free } },
                        },
                    },
                },
            },
            [reader.T("名次", "Rank"), reader.T("项目", "Project"), reader.T("申请", "Asked for"), reader.T("累计", "Sum so far"), reader.T("资金线内", "Carried")],
            [.. ranked.Select(m => (IReadOnlyList<string>)[$"{m.Rank}", m.Title, reader.Sum(m.Amount), reader.Sum(new Money(m.CumulativeYuan!.Value)), m.WithinEnvelope == true ? reader.T("是", "yes") : reader.T("否", "no")])],
            ranked.Count > 9 ? "tall" : "");
    }
}
