using Approval.Directory;
using Approval.Funds;
using Approval.Http;
using Approval.Pages;

namespace Approval.BatchReview;

/// <summary>The batches, and the form that announces one.</summary>
public sealed class BatchesModel(Queries queries, People people) : StagePage
{
    /// <summary>The batches, the newest first.</summary>
    public Page<BatchRow> Batches { get; private set; } = null!;

    /// <summary>The funds to choose from.</summary>
    public IReadOnlyList<FundRow> Funds { get; private set; } = [];

    /// <summary>The units that may pre-review.</summary>
    public IReadOnlyList<UnitRow> Units { get; private set; } = [];

    /// <summary>Shows the page.</summary>
    public async Task OnGet()
    {
        await Enter("ReadBatches");
        Batches = await queries.In(BatchView.List, Me.Jurisdiction, HttpContext.AsOf()).OrderBy("opens", descending: true).Page(HttpContext.Paging(), Cancel);
        Funds = await queries.In(FundView.List, Me.Jurisdiction).OrderBy("year", descending: true).All(Cancel);
        if (May(nameof(OpenBatch))) Units = [.. (await people.Units(Me.Jurisdiction).All(Cancel)).Where(u => !u.Retired).OrderBy(u => u.Name, StringComparer.Ordinal)];
    }

    /// <summary>What a fund is called.</summary>
    public string NameOf(FundId fund) => Funds.FirstOrDefault(f => f.Id == fund)?.Name ?? fund.Value;
}
