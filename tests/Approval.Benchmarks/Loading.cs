using System.Diagnostics;
using Approval.EventStore;
using Microsoft.Extensions.DependencyInjection;

namespace Approval.Benchmarks;

/// <summary>Loading one stream from the database, decoded.</summary>
static class Loading
{
    public static async Task Measure(Bench bench)
    {
        foreach (var (length, streams, reach) in new (int, int, double?)[] { (8, 1000, 0.15), (200, 100, null) })
        {
            var first = await bench.Lives.Write(streams * length, length);
            bench.Report.Add(new($"loading a stream of {length} events, p50", await Median(bench, i => Lives.Proposal(first + (i % streams))), "ms", reach, AtMost: true));
        }
    }

    static async Task<double> Median(Bench bench, Func<int, ProposalId> stream)
    {
        var store = bench.Services.GetRequiredService<Store>();
        var taken = new List<double>();
        for (var i = 0; i < 3_000; i++)
        {
            var began = Stopwatch.GetTimestamp();
            await store.Load(Lives.Jurisdiction, stream(i).Stream);
            if (i >= 500) taken.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        return Load.Median(taken);
    }
}
