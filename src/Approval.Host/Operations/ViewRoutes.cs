using Approval.Deadlines;
using Approval.EventStore.Subscriptions;
using Approval.Http;
using Approval.Webhooks;

namespace Approval.Operations;

/// <summary>What operators see and do.</summary>
public static class ViewRoutes
{
    /// <summary>The operators' routes.</summary>
    public static void MapOperations(this WebApplication app)
    {
        app.AddView(app.Services.GetRequiredService<StrangersFollowed>());
        app.AddView(app.Services.GetRequiredService<DeadlineSchedule>());
        if (app.Services.GetService<RabbitMqSink>() is { } sink) app.AddView(sink);
        app.MapGet("/api/operations/views", async (HttpContext http, AsyncViewStatuses views) =>
            {
                await http.ActorWho("ReadOperations");
                return TypedResults.Ok(await views.All(http.RequestAborted));
            })
            .As("ReadOperations").Does("异步视图的进度与故障", "The asynchronous views: progress, failure with its event, rebuild");

        app.MapPost("/api/operations/views/{name}/resumption", async (string name, HttpContext http, AsyncViews known, AsyncViewStatuses views) =>
            {
                await http.ActorWho("ManageViews");
                await views.Resume(Existing(known, name), http.RequestAborted);
                return TypedResults.Accepted("/api/operations/views", await views.One(name, http.RequestAborted));
            })
            .As("ManageViews").Does("令已停止的视图继续", "Lets a view that stands still try again", Faults.Unknown, Permissions.NotPermitted);

        app.MapPost("/api/operations/views/{name}/rebuild", async (string name, HttpContext http, AsyncViews known, AsyncViewStatuses views) =>
            {
                await http.ActorWho("ManageViews");
                await views.AskForRebuild(Existing(known, name), http.RequestAborted);
                return TypedResults.Accepted("/api/operations/views", await views.One(name, http.RequestAborted));
            })
            .As("ManageViews").Does("重建视图，期间照常可读", "Builds a view anew beside the one in use", Faults.Unknown, Permissions.NotPermitted);
    }

    static string Existing(AsyncViews views, string name) => views.Find(name) is { } view ? view.Name : throw new ProblemException(Faults.Unknown.With());
}
