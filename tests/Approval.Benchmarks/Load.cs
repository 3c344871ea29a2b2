using System.Diagnostics;

namespace Approval.Benchmarks;

/// <summary>What one workload did in one stretch of time.</summary>
/// <param name="PerSecond">Operations finished per second.</param>
/// <param name="Milliseconds">How long each took.</param>
sealed record Stretch(double PerSecond, IReadOnlyList<double> Milliseconds);

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

    /// <summary>The value below which a share of the values lies.</summary>
    public static double Percentile(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? double.NaN : sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))];
    }

    /// <summary>The middle value.</summary>
    public static double Median(IEnumerable<double> values) => Percentile(values, 0.5);
}
