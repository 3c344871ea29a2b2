using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Approval.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Approval.EventStore.Subscriptions;

/// <summary>Asynchronous views: followed by one host at a time, stopped alone, resumed, rebuilt while in use.</summary>
public sealed class AsyncViewTests(HostFixture host) : IClassFixture<HostFixture>
{
    private const string AllRows = "select md5(coalesce(string_agg(r::text, '|' order by seq), '')) from approval.note_log r";

    private readonly HttpClient administrator = host.ClientFor(new Actor(new("admin"), HostFixture.Demo, new("u1"), [Role.Administrator]));

    [Fact]
    public async Task Two_hosts_apply_every_event_once()
    {
        await using var other = await HostFixture.Start(host.Database);
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Write(i % 2 == 0 ? host : other, $"two{i}", "行")));

        await CaughtUp();

        (await host.Database.Number("select count(*) from approval.note_log where stream like 'note-two%'")).ShouldBe(40);
    }

    [Fact]
    public async Task An_event_that_fails_stops_that_view_only_and_it_goes_on_after_the_repair()
    {
        NoteLog.Repaired = false;
        await Write(host, "before", "好");
        await Write(host, "poisoned", "毒");
        await Write(host, "after", "后");
        var poison = await host.Database.Number("select seq_id from mt_events where stream_id = 'note-poisoned' and version = 2");

        await Eventually.Holds(async () => (await View("note_log")).GetProperty("state").GetString() == "stopped", "the view stops");
        var stopped = await View("note_log");
        stopped.GetProperty("failure").GetProperty("position").GetInt64().ShouldBe(poison);
        stopped.GetProperty("failure").GetProperty("event").GetString().ShouldBe("demo/note-poisoned 2 note-line-added.v1");
        stopped.GetProperty("failure").GetProperty("error").GetString()!.ShouldContain("This line cannot be shown.");
        (await host.Database.Number("select count(*) from approval.note_log where stream = 'note-before'")).ShouldBe(1);
        (await host.Database.Number("select count(*) from approval.note_log where stream = 'note-after'")).ShouldBe(0);
        await Eventually.Holds(async () => (await View("history")).GetProperty("lagEvents").GetInt64() == 0, "another view goes on");

        var ready = await host.Anonymous().GetFromJsonAsync<JsonElement>("/health/ready");
        ready.GetProperty("status").GetString().ShouldBe("degraded");
        var lag = ready.GetProperty("views").EnumerateArray().Single(v => v.GetProperty("name").GetString() == "note_log");
        lag.GetProperty("events").GetInt64().ShouldBeGreaterThanOrEqualTo(2);

        NoteLog.Repaired = true;
        (await administrator.PostAsync("/api/operations/views/note_log/resumption", null)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await CaughtUp();
        (await host.Database.Number("select count(*) from approval.note_log where stream in ('note-before', 'note-poisoned', 'note-after')")).ShouldBe(3);
        (await host.Anonymous().GetFromJsonAsync<JsonElement>("/health/ready")).GetProperty("status").GetString().ShouldBe("ready");
    }

    [Fact]
    public async Task A_rebuild_is_swapped_in_while_events_keep_coming_and_makes_the_same_rows()
    {
        NoteLog.Repaired = true;
        for (var i = 0; i < 20; i++) await Write(host, $"old{i}", "旧");
        await CaughtUp();
        var before = await host.Database.Number("select 'approval.note_log'::regclass::oid::bigint");

        (await administrator.PostAsync("/api/operations/views/note_log/rebuild", null)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var (written, swapped) = (0, false);
        var writers = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (!Volatile.Read(ref swapped)) await Write(host, $"during{Interlocked.Increment(ref written)}", "新");
        })).ToList();
        await Eventually.Holds(async () => await host.Database.Number("select 'approval.note_log'::regclass::oid::bigint") != before, "the new table is swapped in");
        Volatile.Write(ref swapped, true);
        await Task.WhenAll(writers);
        await CaughtUp();

        (await host.Database.Number("select count(*) from approval.note_log where stream like 'note-during%'")).ShouldBe(written);
        (await host.Database.Text("select string_agg(indexname, ',' order by indexname) from pg_indexes where tablename like 'note_log%'")).ShouldBe("note_log_key");
        var incremental = await host.Database.Text(AllRows);
        await Rebuilt();
        (await host.Database.Text(AllRows)).ShouldBe(incremental);
    }

    [Fact]
    public async Task While_a_view_is_built_anew_its_table_stays_in_use_and_the_operator_sees_how_far_it_is()
    {
        NoteLog.Repaired = true;
        await Write(host, "held", "前");
        await CaughtUp();
        var go = new TaskCompletionSource();
        NoteLog.Held = go.Task;
        (await administrator.PostAsync("/api/operations/views/note_log/rebuild", null)).StatusCode.ShouldBe(HttpStatusCode.Accepted);

        await Eventually.Holds(async () => (await View("note_log")).TryGetProperty("rebuild", out var r) && r.GetProperty("goal").GetInt64() > 0, "it is being built");
        var seen = await View("note_log");
        seen.GetProperty("state").GetString().ShouldBe("rebuilding");
        seen.GetProperty("rebuild").GetProperty("share").GetDouble().ShouldBe(0);
        await Write(host, "meanwhile", "新");
        await Eventually.Holds(async () => await host.Database.Number("select count(*) from approval.note_log where stream in ('note-held', 'note-meanwhile')") == 2, "the table in use goes on");

        go.SetResult();
        await Eventually.Holds(async () => (await View("note_log")).GetProperty("state").GetString() == "running", "it is swapped in");
        await CaughtUp();
        (await host.Database.Number("select count(*) from approval.note_log where stream in ('note-held', 'note-meanwhile')")).ShouldBe(2);
    }

    [Fact]
    public async Task A_rebuild_that_fails_leaves_the_table_in_use_as_it_was()
    {
        NoteLog.Repaired = true;
        await Write(host, "hidden", "毒");
        await CaughtUp();
        NoteLog.Repaired = false;

        (await administrator.PostAsync("/api/operations/views/note_log/rebuild", null)).EnsureSuccessStatusCode();
        await Eventually.Holds(async () => (await View("note_log")).TryGetProperty("rebuildError", out _), "the rebuild fails");

        (await View("note_log")).GetProperty("state").GetString().ShouldBe("running");
        (await host.Database.Number("select count(*) from approval.note_log where stream = 'note-hidden'")).ShouldBe(1);
        NoteLog.Repaired = true;
        await Write(host, "hidden2", "行");
        await CaughtUp();
    }

    [Fact]
    public async Task Only_the_administrator_resumes_and_rebuilds()
    {
        var office = host.ClientFor(new Actor(new("p1"), HostFixture.Demo, new("u1"), [Role.CioOffice]));

        (await office.PostAsync("/api/operations/views/history/rebuild", null)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await office.PostAsync("/api/operations/views/history/resumption", null)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await office.GetAsync("/api/operations/views")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await administrator.PostAsync("/api/operations/views/none/rebuild", null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static async Task Write(HostFixture at, string key, string text)
    {
        var runner = at.Services.GetRequiredService<CommandRunner>();
        await runner.Run(Actor.Engine(HostFixture.Demo), new(), _ => Task.FromResult(Note.Open(key, new("记录", NoteKind.Call, new Money(1)))));
        await runner.Run(Actor.Engine(HostFixture.Demo), new(), async s => (await s.Load(Note.Stream, Note.IdOf(key))).Add(Note.IdOf(key), text));
    }

    private async Task<JsonElement> View(string name) =>
        (await administrator.GetFromJsonAsync<JsonElement>("/api/operations/views")).EnumerateArray().Single(v => v.GetProperty("name").GetString() == name);

    private Task CaughtUp() => Eventually.Holds(
        async () => await View("note_log") is var v && v.GetProperty("state").GetString() == "running" && v.GetProperty("lagEvents").GetInt64() == 0, "the view catches up");

    private async Task Rebuilt()
    {
        var before = await host.Database.Number("select 'approval.note_log'::regclass::oid::bigint");
        (await administrator.PostAsync("/api/operations/views/note_log/rebuild", null)).EnsureSuccessStatusCode();
        await Eventually.Holds(async () => await host.Database.Number("select 'approval.note_log'::regclass::oid::bigint") != before, "it is built anew");
        await CaughtUp();
    }
}
