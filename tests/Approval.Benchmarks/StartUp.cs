using System.Diagnostics;

namespace Approval.Benchmarks;

/// <summary>From the start of the process to the first answer that the host is ready, the schema being in place.</summary>
static class StartUp
{
    public static async Task Measure(Bench bench)
    {
        var taken = new List<double>();
        for (var i = 0; i < (bench.Quick ? 2 : 5); i++)
        {
            var watch = Stopwatch.StartNew();
            await using var host = await HostProcess.Start(bench.Connection);
            taken.Add(watch.Elapsed.TotalSeconds);
        }

        bench.Report.Add(new("start-up to ready", Load.Median(taken), "s", 1.5, AtMost: true));
    }
}
