using System.Text.Json;
using Approval.BatchReview;
using Approval.EventStore;
using Approval.Funds;
using Approval.Http;
using Approval.Intake;
using Approval.Pages;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Approval.Dashboard;

/// <summary>The state of the whole programme for the committee, now and live, or as of any week.</summary>
public sealed class DashboardModel(DashboardQueries dashboard, Queries queries, TimeProvider clock, Reader reader) : PageModel
{
    const int MostMoments = 200;
    const int MostBatches = 3;
    const int MostRanked = 30;

    /// <summary>The figures.</summary>
    public DashboardAnswer Figures { get; private set; } = null!;

    /// <summary>The batches, the newest first.</summary>
    public IReadOnlyList<BatchRow> Batches { get; private set; } = [];

    /// <summary>The newest batch that is ranked, against what its fund carries; null before any is.</summary>
    public (BatchRow Batch, ChartModel Chart)? Ranking { get; private set; }

    /// <summary>The titles of the proposals that have stood longest in their stages.</summary>
    public IReadOnlyDictionary<ProposalId, string> Titles { get; private set; } = new Dictionary<ProposalId, string>();

    /// <summary>The moment as of which the figures are shown; null for now.</summary>
    public AsOf? AsOf { get; private set; }

    /// <summary>The moment at which the reader looks at the figures.</summary>
    public DateTimeOffset At { get; private set; }

    /// <summary>The weeks to choose from.</summary>
    public IReadOnlyList<DateTimeOffset> Moments { get; private set; } = [];

    /// <summary>Shows the page, or only its figures where it follows the feed.</summary>
    public async Task<IActionResult> OnGet()
    {
        var actor = await HttpContext.ActorWho("ReadDashboard");
        var cancel = HttpContext.RequestAborted;
        AsOf = HttpContext.AsOf();
        At = AsOf?.At ?? clock.GetUtcNow();
        Figures = await dashboard.Of(actor.Jurisdiction, AsOf, cancel);
        Batches = await queries.In(BatchView.List, actor.Jurisdiction, AsOf).OrderBy("opens", descending: true).All(cancel);
        Ranking = await Ranked(actor.Jurisdiction, cancel);
        string[] oldest = [.. Figures.ByStage.Select(s => s.Oldest?.Stream.Value).OfType<string>()];
        Titles = (await queries.In(ProposalView.List, actor.Jurisdiction).Where($"stream = any({oldest})").All(cancel)).ToDictionary(p => p.Id, p => p.Title);
        if (HttpContext.Text("part") == "figures") return Partial("/Dashboard/_Figures.cshtml", this);

        if (await dashboard.Began(actor.Jurisdiction, cancel) is { } began)
        {
            var step = TimeSpan.FromDays(Math.Max(7, Math.Ceiling((clock.GetUtcNow() - began).TotalDays / MostMoments)));
            for (var at = began + step; at < clock.GetUtcNow(); at += step) Moments = [.. Moments, at];
        }

        return Page();
    }

    async Task<(BatchRow, ChartModel)?> Ranked(JurisdictionId jurisdiction, CancellationToken cancel)
    {
        foreach (var row in Batches.Take(MostBatches))
        {
            var batch = (await queries.Load(jurisdiction, Batch.Kind, row.Id.Stream, AsOf, cancel)).State;
            string[] ranked = [.. batch.Ranking.Select(r => r.Proposal.Value)];
            if (ranked.Length == 0) continue;
            var members = (await queries.In(ProposalView.List, jurisdiction, AsOf).Where($"id = any({ranked})").All(cancel)).ToDictionary(p => p.Id);
            var settled = batch.Conclusion?.Outcomes.ToDictionary(o => o.Proposal, o => o.Amount) ?? [];
            var asks = batch.Ranking.Where(r => batch.Conclusion is null ? members[r.Proposal].Batch == row.Id && members[r.Proposal].Stage == Stage.BatchReview : settled.ContainsKey(r.Proposal))
                .Select(r => (r.Proposal, settled.GetValueOrDefault(r.Proposal, members[r.Proposal].Requested)));
            var free = batch.Conclusion?.Free ?? Figures.Funds.First(f => f.Id == row.Fund).Free;
            return (row, EnvelopeChart.Of([.. BatchReview.Envelope.Of(free, asks).Take(MostRanked)], members.ToDictionary(m => m.Key, m => m.Value.Title), free, reader));
        }

        return null;
    }

    /// <summary>A code as addresses have it.</summary>
    public static string Code(Enum value) => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    /// <summary>The address of the list behind a figure: exactly the proposals that it counts, at the moment shown.</summary>
    /// <param name="filter">Which of those submitted: <c>stage=committee</c>; all if empty.</param>
    public string Behind(string filter = "") =>
        $"/proposals?submitted=true{(filter.Length > 0 ? "&" : "")}{filter}{(AsOf is { } then ? $"&asOf={then.At.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'}" : "")}";

    /// <summary>How many proposals stand in each stage.</summary>
    public ChartModel Funnel() => new(
        reader.T("各阶段项目数", "Proposals by stage"),
        Bars(Figures.ByStage, s => reader.Say(s.Stage), s => new { value = s.Count, href = Behind($"stage={Code(s.Stage)}") }),
        [reader.T("阶段", "Stage"), reader.T("项目", "Proposals")], [.. Figures.ByStage.Select(s => new[] { reader.Say(s.Stage), $"{s.Count}" })],
        Links: [.. Figures.ByStage.Select(s => Behind($"stage={Code(s.Stage)}"))]);

    /// <summary>The money on its way from what was requested to what is approved, step by step: totals stand on the ground, what falls away hangs between them.</summary>
    public ChartModel Waterfall()
    {
        var m = Figures.Money;
        var judged = m.Recommended + m.SavedByReview;
        (string Name, Money From, Money To, string Behind, bool Total)[] steps =
        [
            (reader.T("申请", "Requested"), Money.Zero, m.Requested, Behind(), true),
            (reader.T("未获推荐或在评", "Not recommended or under review"), judged, m.Requested, Behind("recommended=false"), false),
            (reader.T("论证核减", "Saved by review"), m.Recommended, judged, Behind("recommended=true"), false),
            (reader.T("论证推荐", "Recommended"), Money.Zero, m.Recommended, Behind("recommended=true"), true),
            (reader.T("未批准或待议", "Not approved or to be decided"), m.Approved, m.Recommended, Behind("recommended=true&approved=false"), false),
            (reader.T("批准", "Approved"), Money.Zero, m.Approved, Behind("approved=true"), true),
        ];
        return new(
            reader.T("资金：申请、推荐、批准（万元）", "Money: requested, recommended, approved (10,000 yuan)"),
            new
            {
                grid = Grid, tooltip = new { trigger = "item", renderMode = "richText" },
                xAxis = new { type = "value" }, yAxis = new { type = "category", inverse = true, data = steps.Select(s => s.Name), axisLabel = new { width = 110, overflow = "break" } },
                series = new object[]
                {
                    new { type = "bar", stack = "sum", silent = true, itemStyle = new { color = "transparent" }, tooltip = new { show = false }, data = steps.Select(s => Wan(Lower(s.From, s.To))) },
                    new
                    {
                        type = "bar", stack = "sum", barMaxWidth = 26, label = new { show = true, position = "insideRight" },
                        data = steps.Select(s => new { value = Wan(Between(s.From, s.To)), href = s.Behind, itemStyle = new { color = s.Total ? "#1d4f7c" : "#c98a2b" }, label = new { position = "right", color = "#1f2a37" } }),
                    },
                },
            },
            [reader.T("步骤", "Step"), reader.T("金额", "Sum")], [.. steps.Select(s => new[] { s.Name, reader.Sum(Between(s.From, s.To)) })], Links: [.. steps.Select(s => s.Behind)]);
    }

    /// <summary>What a fund has committed, reserved and free under its ceiling.</summary>
    public ChartModel Gauge(FundFigure f) => FundGauge.Of(reader, f.Name, f.Ceiling, f.Committed, f.Reserved, f.Free, $"/funds/{Uri.EscapeDataString(f.Id.Value)}");

    /// <summary>Median and 90th percentile of working days per stage.</summary>
    public ChartModel Bottlenecks() => new(
        reader.T("各阶段用时（工作日）", "Working days per stage"),
        new
        {
            grid = Grid, legend = new { bottom = 0 }, yAxis = new { type = "category", inverse = true, data = Figures.Bottlenecks.Select(b => reader.Say(b.Stage)) }, xAxis = new { type = "value" },
            series = new object[]
            {
                new { name = reader.T("中位数", "median"), type = "bar", data = Figures.Bottlenecks.Select(b => new { value = b.Median, href = Behind($"passed={Code(b.Stage)}") }) },
                new { name = reader.T("90分位", "90th percentile"), type = "bar", data = Figures.Bottlenecks.Select(b => new { value = b.Ninetieth, href = Behind($"passed={Code(b.Stage)}") }) },
            },
        },
        [reader.T("阶段", "Stage"), reader.T("次数", "Stays"), reader.T("中位数", "Median"), reader.T("90分位", "90th percentile")],
        [.. Figures.Bottlenecks.Select(b => new[] { reader.Say(b.Stage), $"{b.Stays}", $"{b.Median}", $"{b.Ninetieth}" })], Links: [.. Figures.Bottlenecks.Select(b => Behind($"passed={Code(b.Stage)}"))]);

    /// <summary>How many days the oldest proposal of each stage has stood there.</summary>
    public ChartModel Ageing()
    {
        var open = Figures.ByStage.Where(s => s.Stage is not Stage.Closed && s.OldestSince is not null).ToList();
        return new(
            reader.T("各阶段最久停留（天）", "Longest stay by stage (days)"),
            Bars(open, s => reader.Say(s.Stage), s => new { value = Days(s), href = $"/proposals/{s.Oldest!.Value.Value}" }),
            [reader.T("阶段", "Stage"), reader.T("天", "Days")], [.. open.Select(s => new[] { reader.Say(s.Stage), $"{Days(s)}" })], Links: [.. open.Select(s => $"/proposals/{s.Oldest!.Value.Value}#timeline")]);
    }

    /// <summary>Interfaces before and after unification.</summary>
    public ChartModel Interfaces()
    {
        var i = Figures.Interfaces;
        (string Name, int Count)[] bars = [(reader.T("申报", "Declared"), i.Declared), (reader.T("冲突", "Conflicts"), i.Conflicts), (reader.T("统一后", "After unification"), i.AfterUnification)];
        return new(
            reader.T("系统接口", "Interfaces"), Bars(bars, b => b.Name, b => new { value = b.Count, href = "/interfaces" }),
            [reader.T("项", "What"), reader.T("数量", "Count")], [.. bars.Select(b => new[] { b.Name, $"{b.Count}" })], "low", [.. bars.Select(_ => "/interfaces")]);
    }

    static Money Lower(Money a, Money b) => a < b ? a : b;

    static Money Between(Money a, Money b) => a < b ? b - a : a - b;

    int Days(StageFigure s) => (int)(At - s.OldestSince!.Value).TotalDays;

    static decimal Wan(Money m) => m.Yuan / 10_000m;

    static readonly object Grid = new { left = 8, right = 24, top = 24, bottom = 32, containLabel = true };

    static object Bars<T>(IEnumerable<T> items, Func<T, string> name, Func<T, object> datum) => new
    {
        grid = Grid, yAxis = new { type = "category", inverse = true, data = items.Select(name) }, xAxis = new { type = "value", minInterval = 1 },
        series = new[] { new { type = "bar", barMaxWidth = 28, label = new { show = true, position = "right" }, data = items.Select(datum) } },
    };
}
