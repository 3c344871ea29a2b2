using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Approval.EventStore;
using Approval.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Approval.Operations;

/// <summary>Hosts come and go, and so may the database: nothing acknowledged is lost, and all is back by itself.</summary>
public sealed class SeveralHostsTests(HostFixture host) : IClassFixture<HostFixture>
{
    private static readonly Actor Office = new(new("p1"), HostFixture.Demo, new("u1"), [Role.CioOffice]);

    [Fact]
    public async Task A_host_that_stops_under_load_loses_no_request_that_it_acknowledged_and_waits_for_no_listener()
    {
        var stopping = await HostFixture.Start(host.Database);
        using var client = stopping.ClientFor(Office);
        using var feed = await client.GetAsync("/api/feed", HttpCompletionOption.ResponseHeadersRead);
        var acknowledged = new ConcurrentBag<string>();
        var load = Enumerable.Range(0, 8).Select(n => Task.Run(async () =>
        {
            for (var i = 0; ; i++)
            {
                try
                {
                    using var answer = await client.PostAsJsonAsync($"/api/notes/drain{n}x{i}", new { title = "滚动重启", kind = "call", cost = 1 });
                    if (answer.StatusCode != HttpStatusCode.Created) return;
                    acknowledged.Add($"note-drain{n}x{i}");
                }
                catch (HttpRequestException)
                {
                    return;
                }
            }
        })).ToList();
        await Eventually.Holds(() => acknowledged.Count > 50, "the load runs");

        var clock = Stopwatch.StartNew();
        await stopping.DisposeAsync();
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10));
        await Task.WhenAll(load);

        var there = await host.Database.Text("select string_agg(id, ',') from mt_streams where id like 'note-drain%'");
        acknowledged.Except(there!.Split(',')).ShouldBeEmpty();
    }

    [Fact]
    public async Task After_the_database_broke_off_every_connection_requests_and_runners_are_back_by_themselves()
    {
        using var client = host.ClientFor(Office);
        (await client.GetAsync("/api/notes")).StatusCode.ShouldBe(HttpStatusCode.OK);

        await host.Database.Number("select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() and application_name like 'approval%'");

        await Eventually.Holds(
            async () =>
            {
                using var answer = await client.PostAsJsonAsync($"/api/notes/back{Guid.CreateVersion7():n}", new { title = "恢复", kind = "call", cost = 1 });
                if (answer.StatusCode == HttpStatusCode.Created) return true;
                answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
                answer.Headers.RetryAfter.ShouldNotBeNull();
                return false;
            },
            "requests are answered again");
        await Eventually.Holds(
            async () => await host.Database.Number("select count(*) from approval.history where stream like 'note-back%'") > 0, "the views go on");
    }

    [Fact]
    public async Task Rows_follow_what_another_program_appends()
    {
        var runner = host.Services.GetRequiredService<CommandRunner>();
        await runner.Run(Office, new(), _ => Task.FromResult(Note.Open("stranger", new("记录", NoteKind.Call, new Money(1)))));
        await using var stranger = await ForeignWriter.Begin(host.Database.DataSource);
        await stranger.Insert(await stranger.Draw(), "note-stranger", 2);
        await stranger.Commit();

        await Eventually.Holds(async () => await host.Database.Text("select lines[1] from approval.notes where stream = 'note-stranger'") == "foreign", "the row follows");
    }

    [Fact]
    public async Task A_broker_that_is_away_holds_back_its_own_sink_only()
    {
        await using var app = TestHost.Build(host.Database.ConnectionString, host.Clock, "--Approval:RabbitMq", "amqp://127.0.0.1:1");
        await app.PrepareDatabase();
        await app.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        client.DefaultRequestHeaders.Authorization = TestHost.Credentials(Office);
        (await client.PostAsJsonAsync("/api/notes/broker", new { title = "消息", kind = "call", cost = 1 })).StatusCode.ShouldBe(HttpStatusCode.Created);

        await Eventually.Holds(
            async () =>
            {
                var views = (await client.GetFromJsonAsync<JsonElement>("/api/operations/views")).EnumerateArray().ToDictionary(v => v.GetProperty("name").GetString()!);
                return views["rabbitmq"].GetProperty("lagEvents").GetInt64() > 0 && views["rabbitmq"].TryGetProperty("host", out _) && views["history"].GetProperty("lagEvents").GetInt64() == 0;
            },
            "the sink waits and the history goes on");
        (await client.GetFromJsonAsync<JsonElement>("/health/ready")).GetProperty("status").GetString().ShouldBe("ready");
        await app.StopAsync();
    }
}
