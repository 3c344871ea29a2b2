using Approval.Http;
using Approval.Intake;
using Approval.Pages;

namespace Approval.Funds;

/// <summary>A fund: how it stands, who holds its money, and every movement.</summary>
public sealed class FundModel(Queries queries, FundMovements movements, Reader reader) : StagePage
{
    /// <summary>The fund.</summary>
    public Fund Fund { get; private set; } = null!;

    /// <summary>Its version.</summary>
    public long Version { get; private set; }

    /// <summary>Its reservations: those that hold money first, the largest first.</summary>
    public IReadOnlyList<Reservation> Reservations { get; private set; } = [];

    /// <summary>Its movements, the newest first.</summary>
    public IReadOnlyList<FundMovement> Movements { get; private set; } = [];

    /// <summary>The titles of the proposals.</summary>
    public IReadOnlyDictionary<ProposalId, string> Titles { get; private set; } = new Dictionary<ProposalId, string>();

    /// <summary>Shows the page.</summary>
    public async Task OnGet(string id)
    {
        await Enter("ReadFunds");
        var seen = await queries.Load(Me.Jurisdiction, Approval.Funds.Fund.Kind, new FundId(id).Stream, HttpContext.AsOf(), Cancel);
        (Fund, Version) = (seen.State, seen.Info.Version);
        Reservations = [.. Fund.Reservations.Values.OrderBy(r => !r.Live).ThenByDescending(r => r.Amount).ThenBy(r => r.Id.Value, StringComparer.Ordinal)];
        Movements = [.. (await movements.Of(Me.Jurisdiction, Fund.Id, HttpContext.AsOf(), Cancel)).Reverse()];
        string[] proposals = [.. Reservations.Select(r => r.Proposal.Value).Distinct()];
        Titles = (await queries.In(ProposalView.List, Me.Jurisdiction).Where($"id = any({proposals})").All(Cancel)).ToDictionary(p => p.Id, p => p.Title);
    }

    /// <summary>What a proposal is called.</summary>
    public string TitleOf(ProposalId proposal) => Titles.GetValueOrDefault(proposal, proposal.Value);

    /// <summary>Committed, reserved and free under the ceiling.</summary>
    public ChartModel Gauge() => FundGauge.Of(reader, Fund.Name, Fund.Ceiling, Fund.Committed, Fund.Reserved, Fund.Free);
}

/// <summary>The picture of a fund: what it holds, and what is free, under its ceiling.</summary>
public static class FundGauge
{
    /// <summary>The chart with its numbers.</summary>
    public static ChartModel Of(Reader reader, string name, Money ceiling, Money committed, Money reserved, Money free, string? behind = null)
    {
        (string Name, Money Sum, string Colour)[] parts =
            [(reader.T("已落实", "Committed"), committed, "#1d4f7c"), (reader.T("预留", "Reserved"), reserved, "#c98a2b"), (reader.T("可用", "Free"), free, "#cfd8e0")];
        return new(
            name,
            new
            {
                grid = new { left = 8, right = 24, top = 8, bottom = 36, containLabel = true }, legend = new { bottom = 0 },
                xAxis = new { type = "value", max = Wan(ceiling) }, yAxis = new { type = "category", data = Enumerable.Repeat("", 1), axisTick = new { show = false } },
                series = parts.Select(p => new { name = p.Name, type = "bar", stack = "fund", barMaxWidth = 40, itemStyle = new { color = p.Colour }, data = new[] { new { value = Wan(p.Sum), href = behind } } }),
            },
            [reader.T("状态", "State"), reader.T("金额", "Sum")],
            [.. parts.Select(p => new[] { p.Name, reader.Sum(p.Sum) }), [reader.T("上限", "Ceiling"), reader.Sum(ceiling)]], "low", behind is null ? null : [.. Enumerable.Repeat(behind, parts.Length + 1)]);
    }

    static decimal Wan(Money m) => m.Yuan / 10_000m;
}
