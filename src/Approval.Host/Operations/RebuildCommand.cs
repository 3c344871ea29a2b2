using Approval.EventStore;
using Approval.EventStore.Subscriptions;

namespace Approval.Operations;

/// <summary>
/// <c>Approval.Host rebuild [view]</c>: builds one view anew, or all, while the hosts go on. An asynchronous view is built by whichever host holds its lease,
/// or by this process if none runs; either way the progress is shown here.
/// </summary>
static class RebuildCommand
{
    const int Width = 40;

    static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(200);

    /// <summary>Runs the command; the exit code is 0 when all were built.</summary>
    public static async Task<int> Run(WebApplication app, IReadOnlyList<string> names)
    {
        var current = app.Services.GetRequiredService<Views>().All.ToDictionary(v => v.Name);
        var later = app.Services.GetRequiredService<AsyncViews>();
        if (names.FirstOrDefault(n => !current.ContainsKey(n) && later.Find(n) is null) is { } unknown)
        {
            await Console.Error.WriteLineAsync($"There is no view {unknown}. The views are {string.Join(", ", current.Keys.Concat(later.All.Select(v => v.Name)).Order())}.");
            return 1;
        }

        foreach (var views in current.Values.Where(v => names.Count == 0 || names.Contains(v.Name)).GroupBy(v => v.Kind))
        {
            var name = string.Join(", ", views.Select(v => v.Name));
            Show(name, 0);
            await ViewRebuild.Run(app.Services.GetRequiredService<Databases>().Owner, app.Services.GetRequiredService<EventTypes>(), [.. views]);
            Show(name, 1);
            Console.WriteLine();
        }

        var asked = later.All.Where(v => names.Count == 0 || names.Contains(v.Name)).Select(v => v.Name).ToList();
        var services = app.Services.GetServices<IHostedService>().Where(s => s is EventLog or AsyncViewRunners).ToList();
        foreach (var service in services) await service.StartAsync(default);
        var built = true;
        foreach (var name in asked) built &= await Follow(app.Services.GetRequiredService<AsyncViewStatuses>(), name);
        foreach (var service in services) await service.StopAsync(default);
        return built ? 0 : 1;
    }

    static async Task<bool> Follow(AsyncViewStatuses views, string name)
    {
        await views.AskForRebuild(name, default);
        while (true)
        {
            var view = await views.One(name, default);
            Show(name, view.State == ViewState.Rebuilding ? view.Rebuild?.Share ?? 0 : 1);
            if (view.RebuildError is { } error)
            {
                await Console.Error.WriteLineAsync($"\n{name}: {error}");
                return false;
            }

            if (view.State != ViewState.Rebuilding)
            {
                Console.WriteLine();
                return true;
            }

            await Task.Delay(Refresh);
        }
    }

    static void Show(string name, double share)
    {
        var full = (int)(share * Width);
        Console.Write($"\r{name,-24} [{new string('#', full)}{new string('.', Width - full)}] {share,4:P0}");
    }
}
