using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Approval.EventStore;
using Approval.SignIn;

namespace Approval.Crashes;

/// <summary>A command as it was sent, until somebody answered.</summary>
/// <param name="Trace">What it was traced by: every event of it bears this.</param>
/// <param name="Key">Its <c>Idempotency-Key</c>.</param>
/// <param name="Person">Who sent it.</param>
/// <param name="Stream">The stream that it is about.</param>
/// <param name="Tries">How often it was sent.</param>
/// <param name="Status">What it was answered.</param>
/// <param name="Version">The version answered.</param>
/// <param name="Body">The answer.</param>
internal sealed record Sent(string Trace, string Key, string Person, string Stream, int Tries, HttpStatusCode Status, long Version, string Body)
{
    public bool Acknowledged => (int)Status < 300;
}

/// <summary>Persons at work on several hosts: they draft, revise and withdraw, take and give back money, move ceilings; whatever is not answered they send again under the same key, to any host.</summary>
internal sealed class Load(Provider provider, Func<IReadOnlyList<Uri>> hosts, int seed) : IDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(5) }) { Timeout = TimeSpan.FromSeconds(30) };
    private readonly ConcurrentDictionary<string, string> tokens = [];
    private readonly ConcurrentQueue<string> waiting = [];
    private readonly CancellationTokenSource ending = new();
    private int acknowledged;

    /// <summary>All commands that were answered.</summary>
    public ConcurrentBag<Sent> All { get; } = [];

    /// <summary>How many were acknowledged.</summary>
    public int Acknowledged => Volatile.Read(ref acknowledged);

    /// <summary>How many key projects still wait for somebody to schedule them.</summary>
    public int Waiting => waiting.Count;

    /// <summary>Gives key projects to those who schedule.</summary>
    public void Give(IEnumerable<string> keyProjects)
    {
        foreach (var id in keyProjects) waiting.Enqueue(id);
    }

    /// <summary>Works until told to end; every command begun is answered then.</summary>
    public Task Run(int persons) => Task.WhenAll(Enumerable.Range(0, persons).Select(n => Task.Run(() => Work(n))));

    /// <summary>Tells all to come to an end.</summary>
    public Task End() => ending.CancelAsync();

    /// <summary>Sends a command again as it was sent before.</summary>
    public Task<Sent> Ask(string person, HttpMethod method, string path, string stream, object? body = null, string? match = null, string? key = null) =>
        Send(person, method, path, stream, body, match, key ?? Guid.CreateVersion7().ToString("n"));

    public void Dispose()
    {
        http.Dispose();
        ending.Dispose();
    }

    private async Task Work(int n)
    {
        var random = new Random((seed * 100) + n);
        var (drafts, scheduled, words) = (new List<string>(), new List<string>(), 0);
        while (!ending.IsCancellationRequested)
        {
            switch (random.Next(10))
            {
                case 3 or 4 when drafts.Count > 0:
                    var revised = drafts[random.Next(drafts.Count)];
                    await Command(Town.Officer, HttpMethod.Put, $"/api/proposals/{revised}", $"proposal-{revised}", Content($"修改稿{n}-{++words}"));
                    break;
                case 5 when drafts.Count > 3:
                    await Withdraw(drafts);
                    break;
                case 6 or 7 when waiting.TryDequeue(out var project):
                    var fund = Town.Funds[random.Next(2)];
                    var taken = await Decide(Town.Office, HttpMethod.Post, $"/api/proposals/{project}", "schedule", $"proposal-{project}", new { slot = $"{TimeProvider.System.GetUtcNow():yyyy-MM}-01", fund = fund.Value });
                    if (taken.Acknowledged) scheduled.Add(project);
                    break;
                case 8 when scheduled.Count > 0:
                    await Withdraw(scheduled);
                    break;
                case 9:
                    var moved = Town.Funds[random.Next(2)];
                    await Decide(Town.DistrictCio, HttpMethod.Put, $"/api/funds/{moved.Value}", "ceiling", $"fund-{moved.Value}", new { ceiling = 10_000_000m + random.Next(2_000_000_000) / 100m, reason = "预算调整" });
                    break;
                default:
                    var drafted = await Command(Town.Officer, HttpMethod.Post, "/api/proposals", "", Content($"新项目{n}-{++words}"));
                    drafts.Add(drafted.Stream["proposal-".Length..]);
                    break;
            }
        }

        async Task Withdraw(List<string> of)
        {
            var id = of[random.Next(of.Count)];
            await Command(Town.Officer, HttpMethod.Post, $"/api/proposals/{id}/withdrawal", $"proposal-{id}", new { reason = "另行安排" });
            of.Remove(id);
        }

        static object Content(string title) => new { content = new { title } };
    }

    /// <summary>A command about what the person has just read; who finds it moved reads again.</summary>
    private async Task<Sent> Decide(string person, HttpMethod method, string resource, string command, string stream, object body)
    {
        while (true)
        {
            var seen = await Send(person, HttpMethod.Get, resource, stream, null, null, null);
            var sent = await Command(person, method, $"{resource}/{command}", stream, body, $"\"{seen.Version}\"");
            if (sent.Status != HttpStatusCode.PreconditionFailed || ending.IsCancellationRequested) return sent;
        }
    }

    private async Task<Sent> Command(string person, HttpMethod method, string path, string stream, object body, string? match = null)
    {
        var sent = await Ask(person, method, path, stream, body, match);
        All.Add(sent);
        if (sent.Acknowledged) Interlocked.Increment(ref acknowledged);
        return sent;
    }

    private async Task<Sent> Send(string person, HttpMethod method, string path, string stream, object? body, string? match, string? key)
    {
        var trace = ActivityTraceId.CreateRandom().ToHexString();
        for (var tries = 1; ; tries++)
        {
            var known = hosts();
            using var request = new HttpRequestMessage(method, new Uri(known[Random.Shared.Next(known.Count)], path));
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", tokens.GetOrAdd(person, p => provider.Token(p, expires: TimeSpan.FromHours(4))));
            request.Headers.Add("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom().ToHexString()}-00");
            if (key is not null) request.Headers.Add("Idempotency-Key", key);
            if (match is not null) request.Headers.TryAddWithoutValidation("If-Match", match);
            if (body is not null) request.Content = new StringContent(JsonSerializer.Serialize(body, Json.Answers), new MediaTypeHeaderValue("application/json"));
            try
            {
                using var answer = await http.SendAsync(request);
                var text = await answer.Content.ReadAsStringAsync();
                if (answer.StatusCode == HttpStatusCode.ServiceUnavailable)
                {
                    answer.Headers.RetryAfter.ShouldNotBeNull();
                }
                else
                {
                    if (stream.Length == 0 && answer.IsSuccessStatusCode) stream = $"proposal-{JsonDocument.Parse(text).RootElement.GetProperty("id").GetString()}";
                    var version = answer.Headers.ETag?.Tag is { } tag ? long.Parse(tag.Trim('"')) : 0;
                    return new(trace, key ?? "", person, stream, tries, answer.StatusCode, version, text);
                }
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException or IOException)
            {
                // The host was killed, or is not there yet: nobody knows what became of it.
            }

            await Task.Delay(50);
        }
    }
}
