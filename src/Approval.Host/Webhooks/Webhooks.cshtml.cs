using Approval.Http;
using Approval.Pages;

namespace Approval.Webhooks;

/// <summary>Who is told of events, and what could not be delivered.</summary>
public sealed class WebhooksModel(WebhookQueries webhooks) : StagePage
{
    /// <summary>The webhooks.</summary>
    public IReadOnlyList<Webhook> Hooks { get; private set; } = [];

    /// <summary>The one whose dead letters are shown.</summary>
    public Webhook? Shown { get; private set; }

    /// <summary>Its dead letters.</summary>
    public Page<DeadLetter> Letters { get; private set; } = new([], null);

    /// <summary>Shows the page.</summary>
    public async Task OnGet(string? id)
    {
        await Enter("ManageWebhooks");
        Hooks = await webhooks.All(Me.Jurisdiction, null, Cancel);
        if (id is null) return;
        Shown = await webhooks.One(Me.Jurisdiction, id, Cancel);
        Letters = await webhooks.DeadLetters(Me.Jurisdiction, id, HttpContext.Paging(), Cancel);
    }
}
