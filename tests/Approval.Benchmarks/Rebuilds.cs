using System.Diagnostics;
using Approval.EventStore;
using Approval.EventStore.Subscriptions;
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
        bench.Report.Add(new($"rebuild of all {views.Count} current views {over}", events / await Seconds(async () =>
        {
            foreach (var view in views) await ViewRebuild.Run(bench.Owner, bench.Services.GetRequiredService<EventTypes>(), view);
        }), "events/s", Reach));

        var later = bench.Services.GetRequiredService<AsyncViews>().All.Select(v => v.Name).ToList();
        foreach (var name in later.Where(n => n != "strangers_followed"))
            bench.Report.Add(new($"rebuild of the view {name} {over}", events / await Seconds(() => Rebuilt(bench, name)), "events/s", Reach));
        bench.Report.Add(new($"catch-up of a reader {over}", events / await Seconds(() => Rebuilt(bench, "strangers_followed")), "events/s", Reach));
    }

    /// <summary>By the host, as the operator asks for it.</summary>
    static async Task Rebuilt(Bench bench, string name)
    {
        var views = bench.Services.GetRequiredService<AsyncViewStatuses>();
        await views.AskForRebuild(name, default);
        while (await views.One(name, default) is { State: not ViewState.Running } view)
        {
            if (view.RebuildError is { } error) throw new InvalidOperationException($"The view {name} was not rebuilt: {error}");
            await Task.Delay(5);
        }
    }

    static async Task<double> Seconds(Func<Task> work)
    {
        var watch = Stopwatch.StartNew();
        await work();
        return watch.Elapsed.TotalSeconds;
    }
}
