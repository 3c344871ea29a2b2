using Approval.Directory;
using Approval.Http;
using Approval.Pages;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Approval.History;

/// <summary>The search over everything that happened, for the office and those above.</summary>
public sealed class HistoryModel(HistoryQueries history, People people) : PageModel
{
    static readonly TimeSpan China = TimeSpan.FromHours(8);

    /// <summary>What people and units are called.</summary>
    public Names Names { get; private set; } = null!;

    /// <summary>The lines of this part.</summary>
    public Page<HistoryLine> Found { get; private set; } = new([], null);

    /// <summary>The people to choose from.</summary>
    public IReadOnlyList<ListedPerson> Everybody { get; private set; } = [];

    /// <summary>Shows the page, or only more rows of it.</summary>
    public async Task OnGet()
    {
        var actor = await HttpContext.ActorWho("ReadHistory");
        Names = await HttpContext.Names();
        var filter = new HistoryFilter(Asked("actor"), Asked("type"), Asked("unit"), Asked("proposal"), Begin("from"), Begin("to")?.AddDays(1), Asked("q"), Begin("asOf")?.AddDays(1));
        Found = await history.Page(actor, filter, HttpContext.Paging(), HttpContext.RequestAborted);
        Everybody = [.. (await people.List(actor.Jurisdiction, HttpContext.RequestAborted)).OrderBy(p => p.Name, StringComparer.Ordinal)];
    }

    /// <summary>What was asked for.</summary>
    public string? Asked(string name) => HttpContext.Text(name);

    /// <summary>The address of the next part.</summary>
    public string More => $"/history{With(("cursor", Found.Next))}";

    /// <summary>The address of the export of what is shown.</summary>
    public string Export(string format) => $"/api/history/export{With(("format", format), ("cursor", null), ("from", Instant(Begin("from"))), ("to", Instant(Begin("to")?.AddDays(1))), ("asOf", Instant(Begin("asOf")?.AddDays(1))))}";

    /// <summary>The moment at which a line was recorded, as addresses have it.</summary>
    public static string MomentOf(HistoryLine line) => line.Recorded.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The beginning of a day on the jurisdiction's clock (UTC+8).</summary>
    DateTimeOffset? Begin(string name) => HttpContext.Date(name) is { } day ? new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), China).ToUniversalTime() : null;

    static string? Instant(DateTimeOffset? at) => at?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);

    string With(params (string Name, string? Value)[] changed) => QueryString.Create(
        HttpContext.Request.Query.Where(q => changed.All(c => c.Name != q.Key)).SelectMany(q => q.Value, (q, v) => KeyValuePair.Create(q.Key, v)).Where(q => !string.IsNullOrEmpty(q.Value))
            .Concat(changed.Where(c => c.Value is not null).Select(c => KeyValuePair.Create(c.Name, c.Value)))).ToString();
}
