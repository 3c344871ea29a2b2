using System.Diagnostics;
using System.Reflection;
using Approval.EventStore;
using Approval.EventStore.Subscriptions;

namespace Approval.Http;

/// <summary>The ways into the host that belong to no stage.</summary>
public static class Routes
{
    const int LongestId = 100;

    /// <summary>Every request goes through here first: failures become problems, and an id that cannot be one is unknown.</summary>
    public static void UseFoundation(this WebApplication app)
    {
        app.UseProblems();
        app.UseRouting();
        app.Use((http, next) =>
        {
            Telemetry.Asked(Activity.Current, http.Request.Method, (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText);
            return next(http);
        });
    }

    /// <summary>What cannot be the name of anything is not looked for. Comes after what answers a page with a page.</summary>
    public static void UseNames(this WebApplication app) =>
        app.Use((http, next) => http.Request.RouteValues.All(v => v.Key == "page" || IsId(v.Value)) ? next(http) : throw new ProblemException(Faults.Unknown.With()));

    /// <summary>Health and the OpenAPI document.</summary>
    public static void MapFoundation(this WebApplication app)
    {
        app.MapOpenApi("/openapi/v1.json").AllowAnonymous();
        app.MapGet("/health/live", () => TypedResults.Ok(new Health("live", Version)))
            .Does("存活检查", "Whether the process is alive").AllowAnonymous();
        app.MapGet("/health/ready", async (AsyncViewStatuses views, CancellationToken cancel) =>
            {
                var lags = (await views.All(cancel)).Select(v => new ViewLag(v.Name, v.State, v.LagEvents, v.LagSeconds)).ToList();
                return TypedResults.Ok(new Readiness(lags.All(v => v.State == ViewState.Running) ? "ready" : "degraded", Version, lags));
            })
            .Does("就绪检查", "Whether the host can work: the database answers; and which view lags by how much", Faults.DatabaseAway).AllowAnonymous();
    }

    /// <summary>Adds a current view; called where its stage maps its routes.</summary>
    public static void AddView(this WebApplication app, View view) => app.Services.GetRequiredService<Views>().Add(view);

    static string Version { get; } = typeof(Routes).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    static bool IsId(object? value) =>
        value is not string text || (text.Length <= LongestId && text.All(c => char.IsLetterOrDigit(c) || c is '-' or '.' or '_' or '~' or '@' or ':' or '|'));
}

/// <summary>Whether the host can work. A view that stands still is named and takes no host away from its users.</summary>
/// <param name="Status"><c>ready</c>, or <c>degraded</c> when a view stands still.</param>
/// <param name="Version">The release.</param>
/// <param name="Views">The asynchronous views.</param>
public sealed record Readiness(string Status, string Version, IReadOnlyList<ViewLag> Views);

/// <summary>How far a view is behind the record.</summary>
/// <param name="Name">The view.</param>
/// <param name="State">What it does.</param>
/// <param name="Events">How many events it has yet to apply, counted up to 100,000.</param>
/// <param name="Seconds">How long the oldest of them has been waiting.</param>
public sealed record ViewLag(string Name, ViewState State, long Events, double Seconds);

/// <summary>The state of the host.</summary>
/// <param name="Status"><c>live</c>.</param>
/// <param name="Version">The release.</param>
public sealed record Health(string Status, string Version);
