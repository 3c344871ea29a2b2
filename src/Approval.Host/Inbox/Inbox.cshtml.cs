using Approval.BatchReview;
using Approval.Calendars;
using Approval.Http;
using Approval.Pages;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Approval.Inbox;

/// <summary>The first page: what waits for the reader (待办), overdue first, with one click to act.</summary>
public sealed class InboxModel(InboxQueries inbox, Queries queries, Reader reader, TimeProvider clock) : PageModel
{
    const int Part = 100;

    int from;
    BatchRow? open;

    /// <summary>Who reads.</summary>
    public Actor Actor { get; private set; } = null!;

    /// <summary>What people and units are called.</summary>
    public Names Names { get; private set; } = null!;

    /// <summary>What waits.</summary>
    public IReadOnlyList<InboxItem> Items { get; private set; } = [];

    /// <summary>The part of it that is shown.</summary>
    public IEnumerable<InboxItem> Shown => Items.Skip(from).Take(Part);

    /// <summary>The address of the next part; null at the end.</summary>
    public string? More => from + Part < Items.Count ? $"/?from={from + Part}" : null;

    /// <summary>Shows the page, or only more rows of it.</summary>
    public async Task OnGet()
    {
        from = HttpContext.Number("from", 0, int.MaxValue - Part) ?? 0;
        Actor = await HttpContext.Actor();
        Names = await HttpContext.Names();
        Items = await inbox.Of(Actor, reader.Chinese, null, HttpContext.RequestAborted);
        if (Items.Any(i => i.Deed == nameof(JoinBatch))) open = await queries.OpenOn(Actor.Jurisdiction, WorkingCalendar.WeekendsOnly.DateOf(clock.GetUtcNow()), HttpContext.RequestAborted);
    }

    /// <summary>What can be done about an item in the inbox itself; null where it is done on a page of its own.</summary>
    public AtOnce? Here(InboxItem item) => AtOnce.Of(item, open);

    /// <summary>The id of its form.</summary>
    public static string FormId(InboxItem item) => $"{item.Deed}-{item.Round?.Value ?? item.Id}";

    /// <summary>Where an item is acted upon.</summary>
    public static string Link(InboxItem item) => item.Kind switch
    {
        InboxKind.Appraisal => $"/appraisals/{item.Id}",
        InboxKind.Batch => $"/batches/{item.Id}",
        InboxKind.Meeting => $"/meetings/{item.Id}",
        _ when item.Deed == "AnswerCorrection" || (item.Deed == "AskEndorsement" && item.Stage == Stage.Draft) => $"/proposals/{item.Id}/edit",
        _ => $"/proposals/{item.Id}",
    };
}
