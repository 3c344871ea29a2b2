namespace Approval.Benchmarks;

/// <summary>What the host holds after all that it did in this run.</summary>
static class Memory
{
    public static async Task Measure(Bench bench) =>
        bench.Report.Add(new("memory of the host after the run", (await bench.Host()).Megabytes, "MB", 250, AtMost: true));
}
