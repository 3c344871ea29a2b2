using System.Diagnostics;
using System.Text.Json;
using Approval.Demo;

// Approval.Demo --url http://127.0.0.1:5080 [--summary FILE]
string? Value(string flag) => args.SkipWhile(a => a != flag).Skip(1).FirstOrDefault();
if (Value("--url") is not { } url)
{
    await Console.Error.WriteLineAsync("usage: Approval.Demo --url http://127.0.0.1:5080 [--summary FILE]");
    return 1;
}

var watch = Stopwatch.StartNew();
try
{
    using var http = new HttpClient { BaseAddress = new Uri(url), Timeout = TimeSpan.FromMinutes(2) };
    var figures = await new Journey(new Api(http), DemoInput.Read(), Console.Out).Run();
    figures = figures with { Seconds = Math.Round(watch.Elapsed.TotalSeconds, 1) };
    await figures.Print(Console.Out);
    if (Value("--summary") is { } file) await File.WriteAllTextAsync(file, JsonSerializer.Serialize(figures, Figures.Json));
    return 0;
}
catch (Exception e) when (e is DemoFailed or HttpRequestException or TaskCanceledException)
{
    await Console.Error.WriteLineAsync($"The demonstration stopped: {e.Message}");
    return 1;
}
