using System.Reflection;
using Approval.EventStore;

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
        app.Use((http, next) => http.Request.RouteValues.All(v => v.Key == "page" || IsId(v.Value)) ? next(http) : Problems.Of(http, Faults.Unknown.With()).ExecuteAsync(http));
    }

    /// <summary>Health and the OpenAPI document.</summary>
    public static void MapFoundation(this WebApplication app)
    {
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        app.MapGet("/health/live", () => TypedResults.Ok(new Health("live", Version)))
            .Does("存活检查", "Whether the process is alive").AllowAnonymous();
        app.MapGet("/health/ready", async (Store store, CancellationToken cancel) =>
            {
                await store.Ping(cancel);
                return TypedResults.Ok(new Health("ready", Version));
            })
            .Does("就绪检查", "Whether the host can work: the database answers", Faults.DatabaseAway).AllowAnonymous();
    }

    /// <summary>Adds a current view; called where its stage maps its routes.</summary>
    public static void AddView(this WebApplication app, View view) => app.Services.GetRequiredService<Views>().Add(view);

    static string Version { get; } = typeof(Routes).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    static bool IsId(object? value) =>
        value is not string text || (text.Length <= LongestId && text.All(c => char.IsLetterOrDigit(c) || c is '-' or '.' or '_' or '~'));
}

/// <summary>The state of the host.</summary>
/// <param name="Status"><c>live</c> or <c>ready</c>.</param>
/// <param name="Version">The release.</param>
public sealed record Health(string Status, string Version);
