using Approval.Http;
using Approval.Pages;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Approval.Inbox;

/// <summary>The first page: what waits for the reader (待办), overdue first, with one click to act.</summary>
public sealed class InboxModel(InboxQueries inbox, Reader reader) : PageModel
{
    /// <summary>Who reads.</summary>
    public Actor Actor { get; private set; } = null!;

    /// <summary>What people and units are called.</summary>
    public Names Names { get; private set; } = null!;

    /// <summary>What waits.</summary>
    public IReadOnlyList<InboxItem> Items { get; private set; } = [];

    /// <summary>The pre-reviews that a body may sign at once.</summary>
    public IReadOnlyList<InboxItem> PreReviews { get; private set; } = [];

    /// <summary>Shows the page.</summary>
    public async Task OnGet()
    {
        Actor = await HttpContext.Actor();
        Names = await HttpContext.Names();
        Items = await inbox.Of(Actor, reader.Chinese, null, HttpContext.RequestAborted);
        PreReviews = [.. Items.Where(i => i is { Deed: "Sign", Stage: Stage.BatchReview })];
    }

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
