using Approval.Pages;

namespace Approval.BatchReview;

/// <summary>A batch's ranking against the fund's free money: each bar begins where the one before ends, and the envelope line stands where the money ends.</summary>
public static class EnvelopeChart
{
    /// <summary>Draws it.</summary>
    /// <param name="ranked">The ranked members in their order.</param>
    /// <param name="titles">What they are called.</param>
    /// <param name="money">The fund's free money.</param>
    /// <param name="reader">Who reads.</param>
    public static ChartModel Of(IReadOnlyList<EnvelopeEntry> ranked, IReadOnlyDictionary<ProposalId, string> titles, Money money, Reader reader)
    {
        var free = money.Yuan / 10_000m;
        return new(
            reader.T("排序与资金线", "The ranking and the envelope line"),
            new
            {
                grid = new { left = 8, right = reader.Chinese ? 36 : 80, top = 28, bottom = 24, containLabel = true },
                xAxis = new { type = "value", axisLabel = new { hideOverlap = true, showMaxLabel = false }, name = reader.T("万元", "10,000 yuan"), nameLocation = "end", nameGap = 4, max = (object)(ranked.Count == 0 ? free : Math.Max(free, ranked[^1].CumulativeYuan / 10_000m) * 1.02m) },
                yAxis = new { type = "category", inverse = true, data = ranked.Select(m => $"{m.Rank} {titles[m.Proposal]}"), axisLabel = new { width = 190, overflow = "truncate" } },
                media = new object[] { new { query = new { maxWidth = 560 }, option = new { yAxis = new { axisLabel = new { width = 84, fontSize = 10 } }, xAxis = new { splitNumber = 2 } } } },
                series = new object[]
                {
                    new { type = "bar", stack = "sum", barMaxWidth = 26, silent = true, itemStyle = new { color = "transparent" }, data = ranked.Select(m => (m.CumulativeYuan - m.Amount.Yuan) / 10_000m) },
                    new
                    {
                        type = "bar", stack = "sum", barMaxWidth = 26, name = reader.T("申请金额", "Asked for"),
                        data = ranked.Select(m => new { value = m.Amount.Yuan / 10_000m, itemStyle = new { color = m.Within ? "#1d4f7c" : "#c58a86" }, href = $"/proposals/{m.Proposal.Value}" }),
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
            [.. ranked.Select(m => (IReadOnlyList<string>)[$"{m.Rank}", titles[m.Proposal], reader.Sum(m.Amount), reader.Sum(new Money(m.CumulativeYuan)), m.Within ? reader.T("是", "yes") : reader.T("否", "no")])],
            ranked.Count > 9 ? "tall" : "");
    }
}
