using System.Globalization;
using System.Text.RegularExpressions;

namespace Approval.Benchmarks;

/// <summary>Verifying the whole record, as the command does it in a process of its own.</summary>
static partial class Verifying
{
    public static async Task Measure(Bench bench)
    {
        await bench.Host();
        await bench.Followed();
        var (output, megabytes) = await HostProcess.Run(bench.Connection, "verify");
        var figures = Figures().Match(output);
        if (!figures.Success) throw new InvalidOperationException($"Verifying did not say how fast it was: {output}");
        bench.Report.Add(new($"verifying {figures.Groups["events"].Value} events", double.Parse(figures.Groups["speed"].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture), "events/s", 200_000));
        bench.Report.Add(new("verifying, most memory held", megabytes, "MB", 250, AtMost: true));
    }

    [GeneratedRegex(@"(?<events>[\d,]+) events and .*\((?<speed>[\d,]+) per second\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Figures();
}
