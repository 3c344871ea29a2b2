using Approval.Http;
using Approval.Pages;

namespace Approval.Funds;

/// <summary>The funds with what they hold.</summary>
public sealed class FundsModel(Queries queries, TimeProvider clock) : StagePage
{
    /// <summary>The funds, the newest year first.</summary>
    public IReadOnlyList<FundRow> Funds { get; private set; } = [];

    /// <summary>This year.</summary>
    public int Year { get; private set; }

    /// <summary>Shows the page.</summary>
    public async Task OnGet()
    {
        await Enter("ReadFunds");
        Funds = await queries.In(FundView.List, Me.Jurisdiction, HttpContext.AsOf()).OrderBy("year", descending: true).All(Cancel);
        Year = Calendars.WorkingCalendar.WeekendsOnly.DateOf(clock.GetUtcNow()).Year;
    }
}
