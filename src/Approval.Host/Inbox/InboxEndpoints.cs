using Approval.Http;

namespace Approval.Inbox;

/// <summary>The inbox (待办).</summary>
public static class InboxEndpoints
{
    /// <summary>Maps it.</summary>
    public static void MapInbox(this WebApplication app) =>
        app.MapGet("/api/inbox", async (HttpContext http, InboxQueries inbox) =>
                TypedResults.Ok(await inbox.Of(await http.Actor(), Problems.SpeaksChinese(http), http.AsOf(), http.RequestAborted)))
            .WithTags("inbox")
            .TakesAsOf().As("ReadInbox").Does("待办：什么在等我，自何时起，何时到期", "What waits for me, since when, due when; overdue first");
}
