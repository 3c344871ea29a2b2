using System.Diagnostics;
using Approval.Dashboard;
using Approval.EventStore;
using Approval.Intake;
using Microsoft.Extensions.DependencyInjection;

namespace Approval.Benchmarks;

/// <summary>The committee's figures: asked again and again, after a change each time, for the first time, and as of an instant.</summary>
static class Dashboard
{
    public static async Task Measure(Bench bench)
    {
        var events = await bench.Grow(bench.Quick ? 60_000 : 1_000_000);
        await ViewRebuild.Run(bench.Owner, bench.Services.GetRequiredService<EventTypes>(), [.. bench.Services.GetRequiredService<Views>().All]);
        var log = bench.Services.GetRequiredService<EventStore.Subscriptions.EventLog>();
        await log.StartAsync(default);
        await log.Begun(default);

        var dashboard = bench.Services.GetRequiredService<DashboardQueries>();
        var at = $"dashboard at {events:#,0} events";
        var (first, figures) = await Timed(() => dashboard.Of(Lives.Jurisdiction, null, default));
        bench.Report.Add(new($"{at}, the first time ({figures.Proposals:#,0} proposals read)", first, "ms"));

        var asked = await Repeat(bench.Quick ? 50 : 500, () => Task.CompletedTask);
        bench.Report.Add(new($"{at}, p50", Load.Median(asked), "ms"));
        bench.Report.Add(new($"{at}, p99", Load.Percentile(asked, 0.99), "ms", 20, AtMost: true));
        var changed = await Repeat(bench.Quick ? 50 : 500, () => Change(bench));
        bench.Report.Add(new($"{at}, each after a change, p99", Load.Percentile(changed, 0.99), "ms", 20, AtMost: true));
        if (!bench.Quick) bench.Report.Add(new($"{at}, as of an instant in the middle", (await Timed(() => dashboard.Of(Lives.Jurisdiction, new(Lives.Begin.AddMinutes(figures.Proposals / 2)), default))).Milliseconds / 1000, "s"));
        await log.StopAsync(default);

        async Task<List<double>> Repeat(int times, Func<Task> before)
        {
            var taken = new List<double>();
            for (var i = 0; i < times; i++)
            {
                await before();
                var (milliseconds, _) = await Timed(() => dashboard.Of(Lives.Jurisdiction, null, default));
                if (i >= times / 10) taken.Add(milliseconds);
            }

            return taken;
        }
    }

    static Task<CommandOutcome> Change(Bench bench)
    {
        var id = new ProposalId(Guid.CreateVersion7().ToString("N"));
        return bench.Services.GetRequiredService<CommandRunner>().Run(new(new("officer-00"), Lives.Jurisdiction, new("unit-00"), [Role.UnitOfficer]), new(), _ =>
            Task.FromResult(Decision.Of(id.Stream, new ProposalDrafted(id, new("unit-00"), new() { Title = "停车信息平台", Total = new(1m) }))));
    }

    static async Task<(double Milliseconds, T Result)> Timed<T>(Func<Task<T>> work)
    {
        var began = Stopwatch.GetTimestamp();
        var result = await work();
        return (Stopwatch.GetElapsedTime(began).TotalMilliseconds, result);
    }
}
