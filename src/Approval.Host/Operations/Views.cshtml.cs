using Approval.EventStore.Subscriptions;
using Approval.Http;
using Approval.Pages;
using Microsoft.AspNetCore.Mvc;

namespace Approval.Operations;

/// <summary>The asynchronous views: how far behind, what stopped them, how far a rebuild has come.</summary>
public sealed class ViewsModel(AsyncViewStatuses statuses, Reader reader) : StagePage
{
    /// <summary>The views.</summary>
    public IReadOnlyList<AsyncViewStatus> Views { get; private set; } = [];

    /// <summary>Shows the page, or only the table where it looks again.</summary>
    public async Task<IActionResult> OnGet()
    {
        await Enter("ReadOperations");
        Views = await statuses.All(Cancel);
        return HttpContext.Text("part") == "views" ? Partial("/Operations/_Views.cshtml", this) : Page();
    }

    /// <summary>What a view is for.</summary>
    public string Called(string view) => view switch
    {
        "history" => reader.T("历史检索", "Search over the history"),
        "deadlines_scheduled" => reader.T("时限安排", "Schedule of deadlines"),
        "strangers_followed" => reader.T("其他程序写入的事件", "Events appended by other programs"),
        "rabbitmq" => reader.T("消息队列推送", "Message queue"),
        _ => view,
    };
}
