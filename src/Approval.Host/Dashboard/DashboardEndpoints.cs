using Approval.Http;

namespace Approval.Dashboard;

/// <summary>The committee's figures.</summary>
public static class DashboardEndpoints
{
    /// <summary>Maps them.</summary>
    public static void MapDashboard(this WebApplication app) =>
        app.MapGet("/api/dashboard", async (HttpContext http, DashboardQueries dashboard) =>
            {
                var actor = await http.ActorWho("ReadDashboard");
                return TypedResults.Ok(await dashboard.Of(actor.Jurisdiction, http.AsOf(), http.RequestAborted));
            })
            .WithTags("dashboard")
            .TakesAsOf().As("ReadDashboard").Does("委员会总览", "The committee's figures, now or as of an instant", Permissions.NotPermitted);
}
