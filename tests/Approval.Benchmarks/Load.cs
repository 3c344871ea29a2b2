using System.Diagnostics;

namespace Approval.Benchmarks;

/// <summary>What one workload did in one stretch of time.</summary>
/// <param name="PerSecond">Operations finished per second.</param>
/// <param name="Milliseconds">How long each took.</param>
sealed record Stretch(double PerSecond, IReadOnlyList<double> Milliseconds);

/// <summary>What two workloads did in turn.</summary>
sealed class Pairs(IReadOnlyList<(Stretch First, Stretch Second)> pairs)
{
    public double First => Load.Median(pairs.Select(p => p.First.PerSecond));

    public double Second => Load.Median(pairs.Select(p => p.Second.PerSecond));

    public double Ratio => Load.Median(pairs.Select(p => p.Second.PerSecond / p.First.PerSecond));

    public double FirstP99 => Load.Percentile(pairs.SelectMany(p => p.First.Milliseconds), 0.99);

    public double SecondP99 => Load.Percentile(pairs.SelectMany(p => p.Second.Milliseconds), 0.99);
}

/// <summary>Runs a workload with some workers for some time.</summary>
static class Load
{
    /// <summary>One stretch. <paramref name="worker"/> makes a worker, which then does one operation per call.</summary>
    public static async Task<Stretch> Run(int workers, TimeSpan time, Func<int, Func<Task>> worker)
    {
        var operations = Enumerable.Range(0, workers).Select(worker).ToArray();
        var watch = Stopwatch.StartNew();
        var taken = await Task.WhenAll(operations.Select(operation => Task.Run(async () =>
        {
            var mine = new List<double>(4096);
            while (watch.Elapsed < time)
            {
                var began = Stopwatch.GetTimestamp();
                await operation();
                mine.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }

            return mine;
        })));
        var seconds = watch.Elapsed.TotalSeconds;
        var all = taken.SelectMany(t => t).ToList();
        return new(all.Count / seconds, all);
    }

    /// <summary>Two workloads in turn, so that the machine's drift cancels.</summary>
    public static async Task<Pairs> InTurn(Bench bench, int workers, Func<int, Func<Task>> first, Func<int, Func<Task>> second, Func<Task>? between = null)
    {
        var (time, rounds) = bench.Stretches;
        List<(Stretch, Stretch)> pairs = [];
        for (var round = 0; round < rounds; round++)
        {
            pairs.Add((await Run(workers, time, first), await Run(workers, time, second)));
            if (between is not null) await between();
        }

        return new(pairs);
    }

    /// <summary>The value below which a share of the values lies.</summary>
    public static double Percentile(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? double.NaN : sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))];
    }

    /// <summary>The middle value.</summary>
    public static double Median(IEnumerable<double> values) => Percentile(values, 0.5);
}
