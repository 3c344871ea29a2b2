using Approval.Http;
using Approval.Pages;

namespace Approval.Scorecards;

/// <summary>How units and their departmental CIOs do: all for the office and those above, the own unit's for everybody else.</summary>
public sealed class ScorecardsModel(ScorecardQueries scorecards, TimeProvider clock) : StagePage
{
    /// <summary>The scorecards.</summary>
    public IReadOnlyList<Scorecard> Cards { get; private set; } = [];

    /// <summary>The year asked for; null for all.</summary>
    public int? Year { get; private set; }

    /// <summary>The years to choose from.</summary>
    public IEnumerable<int> Years => Enumerable.Range(clock.GetUtcNow().Year - 5, 6).Reverse();

    /// <summary>Shows the page.</summary>
    public async Task OnGet()
    {
        await Enter();
        Year = HttpContext.Number("year", 1900, 9999);
        Cards = await scorecards.Of(Me, Year, HttpContext.AsOf(), Cancel);
    }
}
