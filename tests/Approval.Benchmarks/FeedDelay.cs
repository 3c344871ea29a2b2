using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;
using Approval.EventStore;

namespace Approval.Benchmarks;

/// <summary>From the answer to a command, which comes after its commit, to the line in which a client of the feed hears of it.</summary>
static class FeedDelay
{
    public static async Task Measure(Bench bench)
    {
        using var client = await CommandsByHttp.Client(bench);
        client.DefaultRequestHeaders.Authorization = new("Bearer", (await CommandsByHttp.Tokens(bench, client))[0]);
        using var feed = await client.GetAsync(new Uri("/api/feed", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        using var lines = new StreamReader(await feed.EnsureSuccessStatusCode().Content.ReadAsStreamAsync());
        var heard = new ConcurrentDictionary<string, TaskCompletionSource<long>>();
        var listening = Task.Run(async () =>
        {
            while (await lines.ReadLineAsync() is { } line)
            {
                if (line.StartsWith("data: ", StringComparison.Ordinal) && JsonDocument.Parse(line[6..]).RootElement.TryGetProperty("proposal", out var proposal))
                    Heard(proposal.GetString()!).TrySetResult(Stopwatch.GetTimestamp());
            }
        });

        var delays = new List<double>();
        var body = JsonSerializer.SerializeToUtf8Bytes(new { Content = Commands.Content(1) }, Json.Answers);
        for (var i = 0; i < (bench.Quick ? 200 : 1000); i++)
        {
            using var answer = await client.PostAsync(new Uri("/api/proposals", UriKind.Relative), CommandsByHttp.Body(body));
            var committed = Stopwatch.GetTimestamp();
            var proposal = answer.EnsureSuccessStatusCode().Headers.Location!.ToString().Split('/')[^1];
            if (await Task.WhenAny(Heard(proposal).Task, listening) == listening) throw new InvalidOperationException("The feed ended.", listening.Exception);
            delays.Add(Math.Max(0, Stopwatch.GetElapsedTime(committed, await Heard(proposal).Task).TotalMilliseconds));
        }

        bench.Report.Add(new("feed, from commit to client, p50", Load.Percentile(delays, 0.5), "ms"));
        bench.Report.Add(new("feed, from commit to client, p99", Load.Percentile(delays, 0.99), "ms", 100, AtMost: true));

        TaskCompletionSource<long> Heard(string proposal) => heard.GetOrAdd(proposal, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
    }
}
