using System.Diagnostics;
using Approval.EventStore;
using Approval.EventStore.Subscriptions;
using Approval.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Approval.Benchmarks;

/// <summary>Building every view anew from all events, and an asynchronous reader's way from the first event to the last.</summary>
static class Rebuilds
{
    const double Reach = 150_000;

    public static async Task Measure(Bench bench)
    {
        var events = await bench.Grow(bench.Quick ? 60_000 : 500_000);
        await bench.Host();
        await bench.Followed();
        var over = $"over {events:#,0} events";

        var views = bench.Services.GetRequiredService<Views>().All.ToList();
        bench.Report.Add(new($"rebuild of all {views.Count} current views {over}", events / await Seconds(() => ViewRebuild.Run(bench.Owner, bench.Services.GetRequiredService<EventTypes>(), views)), "events/s", Reach));

        var later = bench.Services.GetRequiredService<AsyncViews>().All;
        foreach (var view in later.Where(v => v.Name != "strangers_followed"))
            bench.Report.Add(new($"rebuild of the view {view.Name} {over}", events / await Rebuilt(bench, view.Name), "events/s", Reach));
        bench.Report.Add(new($"catch-up of a reader {over}", events / await Rebuilt(bench, "strangers_followed"), "events/s", Reach));
    }

    /// <summary>The seconds that the host takes, from when it begins what the operator asked for.</summary>
    static async Task<double> Rebuilt(Bench bench, string name)
    {
        var views = bench.Services.GetRequiredService<AsyncViewStatuses>();
        await views.AskForRebuild(name, default);
        Stopwatch? watch = null;
        await Eventually.Holds(
            async () =>
            {
                if (await views.One(name, default) is not { State: not ViewState.Running } view) return true;
                if (view.RebuildError is { } error) throw new InvalidOperationException($"The view {name} was not rebuilt: {error}");
                if (view.Rebuild is not null) watch ??= Stopwatch.StartNew();
                return false;
            },
            $"the view {name} is rebuilt", TimeSpan.FromMinutes(10));
        return watch?.Elapsed.TotalSeconds ?? throw new InvalidOperationException($"The view {name} was not seen to be rebuilt.");
    }

    static async Task<double> Seconds(Func<Task> work)
    {
        var watch = Stopwatch.StartNew();
        await work();
        return watch.Elapsed.TotalSeconds;
    }
}
