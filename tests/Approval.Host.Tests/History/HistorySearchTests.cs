using System.Text.Json;
using Approval.Directory;
using Approval.EventStore;
using Approval.EventStore.Subscriptions;
using Approval.Http;
using Approval.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using NpgsqlTypes;

namespace Approval.History;

/// <summary>The search over the history against a plain filter over the same events: in many spans of the record, of two jurisdictions, with common and rare values.</summary>
public sealed class HistorySearchTests(HostFixture host) : IClassFixture<HostFixture>, IAsyncLifetime
{
    private static readonly JurisdictionId[] Places = [new("east"), new("west")];
    private static readonly DateTimeOffset Begin = new(2026, 1, 5, 1, 0, 0, TimeSpan.Zero);
    private static readonly string[] Words = ["信息共享", "停车诱导", "Gis平台", "100%覆盖", "养老服务"];

    /// <summary>Where events stand in the order of all: a few spans apart, one of them across the end of a span with more than are fetched singly.</summary>
    private static readonly (long From, int Count)[] Clusters = [(1, 250), (8_100, 200), (32_000, 1_600), (57_300, 120), (65_500, 700)];

    /// <summary>An event as the test knows it.</summary>
    private sealed record Fact(
        long Seq, JurisdictionId Jurisdiction, string Stream, string Type, string? Actor, string? Unit, DateTimeOffset At, string Data, string? Proposal, string? ProposalUnit, string? Title, string Text);

    private readonly List<Fact> facts = Facts(new Random(20261));

    /// <summary>Writes the events, once for all tests here.</summary>
    public async ValueTask InitializeAsync()
    {
        if (await host.Database.Number("select count(*) from mt_events") == 0) await Write();
        await Eventually.Holds(async () => await host.Database.Number("select count(*) from approval.history") == facts.Count, "history catches up");
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_rebuild_makes_the_same_rows_and_words_byte_for_byte()
    {
        const string Digest = """
            select (select md5(string_agg(h::text, E'\n' order by h.jurisdiction, h.seq)) from approval.history h)
                || (select md5(string_agg(w::text, E'\n' order by w.jurisdiction, w.span, w.subject)) from approval.history_words w)
            """;
        var before = await host.Database.Text(Digest);
        var views = host.Services.GetRequiredService<AsyncViewStatuses>();
        await views.AskForRebuild("history", TestContext.Current.CancellationToken);
        await Eventually.Holds(async () => await host.Database.Number("select count(*) from approval.async_views where name = 'history' and not rebuild_asked") == 1, "the history is rebuilt");

        (await host.Database.Text(Digest)).ShouldBe(before);
        (await host.Database.Number("select count(*) from pg_tables where schemaname = 'approval' and tablename like 'history%'")).ShouldBe(2);
    }

    [Fact]
    public async Task Work_that_begins_anew_after_every_few_events_makes_the_same_rows_and_words()
    {
        const string Again = "approval.begun_history";
        static string Digest(string table) => $"""
            select (select md5(string_agg(h::text, E'\n' order by h.jurisdiction, h.seq)) from {table} h)
                || (select md5(string_agg(w::text, E'\n' order by w.jurisdiction, w.span, w.subject)) from {table}_words w)
            """;
        var cancel = TestContext.Current.CancellationToken;
        await using var connection = await host.Services.GetRequiredService<Databases>().Owner.OpenConnectionAsync(cancel);
        foreach (var sql in HistoryView.Instance.Definition(Again)) await connection.Run(sql, cancel);
        var random = new Random(3);
        for (var at = 0L; at < facts[^1].Seq;)
        {
            var slice = await host.Services.GetRequiredService<EventLog>().Read(at, random.Next(1, 500), cancel);
            await HistoryView.Instance.Start(Again).Apply(connection, slice.Events, cancel);
            at = slice.UpTo;
        }

        (await host.Database.Text(Digest(Again))).ShouldBe(await host.Database.Text(Digest("approval.history")));
        await connection.Run($"drop table {Again}, {Again}_words", cancel);
    }

    [Fact]
    public async Task Every_combination_of_filters_finds_what_a_plain_filter_finds_and_pages_give_each_row_once()
    {
        HistoryQueries[] searches = [host.Services.GetRequiredService<HistoryQueries>(), new(host.Services.GetRequiredService<NpgsqlDataSource>(), host.Services.GetRequiredService<People>(), most: 20)];
        var random = new Random(7);
        foreach (var filter in Filters(random).Take(350))
        {
            var actor = new Actor(new("reader"), Places[random.Next(2)], new("cio"), [random.Next(2) == 0 ? Role.Auditor : Role.CioOffice]);
            var expected = Plain(facts, actor, filter);
            var history = searches[random.Next(2)];
            List<long> found = [];
            for (var paging = new Paging(random.Next(3) == 0 ? 200 : 7, null); found.Count < 500;) // pages may be short, and the last one says so
            {
                var page = await history.Page(actor, filter, paging, TestContext.Current.CancellationToken);
                found.AddRange(page.Items.Select(l => l.Seq));
                if (page.Next is null) break;
                paging = paging with { Limit = 200, After = Cursor.Read(page.Next) };
            }

            found.ShouldBe(expected.Take(found.Count >= 500 ? found.Count : int.MaxValue), $"{actor.Jurisdiction.Value} {string.Join(',', actor.Roles)} {filter}");
        }
    }

    private static List<long> Plain(List<Fact> facts, Actor actor, HistoryFilter f)
    {
        var submitted = facts.Where(e => e.Type == "proposal-submitted.v1").Select(e => (e.Jurisdiction, e.Proposal)).ToHashSet();
        return
        [
            .. facts.Where(e => e.Jurisdiction == actor.Jurisdiction
                    && (actor.Is(Role.Auditor) || e.Proposal is null || submitted.Contains((e.Jurisdiction, e.Proposal)))
                    && (f.Actor is null || e.Actor == f.Actor) && (f.Type is null || e.Type == f.Type) && (f.Unit is null || e.Unit == f.Unit || e.ProposalUnit == f.Unit)
                    && (f.Proposal is null || e.Proposal == f.Proposal)
                    && (f.From is null || e.At >= f.From) && (f.To is null || e.At < f.To) && (f.AsOf is null || e.At <= f.AsOf)
                    && (f.Q is null || Holds(e.Title, f.Q) || Holds(e.Text, f.Q)))
                .Select(e => e.Seq).OrderDescending(),
        ];

        static bool Holds(string? text, string q) => text is not null && text.ToLowerInvariant().Contains(q.ToLowerInvariant(), StringComparison.Ordinal);
    }

    private static IEnumerable<HistoryFilter> Filters(Random random)
    {
        string?[] actors = [null, null, null, "clerk", "seldom", "nobody"], types = [null, null, "proposal-submitted.v1", "note-line-added.v1", "proposal-revised.v1"],
            units = [null, null, null, "u1", "u9"], proposals = [null, null, null, null, "p3", "p77"],
            words = [null, null, "信息", "信息共享", "共享停车", "驿站", "旧事", "停", "gis", "GIS平", "0%覆", "_", "第7号"];
        DateTimeOffset?[] times = [null, null, null, Begin, Begin.AddHours(200), Begin.AddHours(900), Begin.AddHours(2_000), Begin.AddHours(4_000)];
        yield return new();
        while (true)
            yield return new(Of(actors), Of(types), Of(units), Of(proposals), Of(times), Of(times), Of(words), random.Next(4) == 0 ? Of(times) : null);

        T Of<T>(T[] values) => values[random.Next(values.Length)];
    }

    private static List<Fact> Facts(Random random)
    {
        var made = new List<Fact>();
        var titles = new Dictionary<(JurisdictionId, string), (string Title, string Unit)>();
        foreach (var (from, count) in Clusters)
        {
            for (var seq = from; seq < from + count; seq++)
            {
                var place = Places[random.Next(5) == 0 ? 1 : 0];
                var proposal = $"p{random.Next(160)}";
                var actor = random.Next(40) switch { 0 => "seldom", 1 => null, < 25 => "clerk", var n => $"officer{n}" };
                var unit = actor is null ? null : random.Next(50) == 0 ? "u9" : $"u{random.Next(4)}";
                var at = Begin.AddMinutes((seq / 20) + random.Next(-90, 90)).AddHours(seq / 20);
                var said = $"{Words[random.Next(Words.Length)]}{(random.Next(300) == 0 ? "驿站" : "")}{(seq < 9_000 && random.Next(9) == 0 ? "旧事" : "")}";
                if (!titles.TryGetValue((place, proposal), out var about))
                {
                    about = titles[(place, proposal)] = ($"{said}（第{random.Next(160)}号）", $"u{random.Next(4)}");
                    Add("proposal-drafted.v1", new { proposal, unit = about.Unit, content = new { title = about.Title } }, $"proposal-{proposal}", about.Title, proposal);
                    continue;
                }

                switch (random.Next(8))
                {
                    case 0:
                        about = titles[(place, proposal)] = about with { Title = $"{said}（改）" };
                        Add("proposal-revised.v1", new { revision = 2, content = new { title = about.Title, objective = "新的目标" } }, $"proposal-{proposal}", $"{about.Title}\n新的目标", proposal);
                        break;
                    case 1 or 2:
                        if (proposal.Length > 2) Add("proposal-submitted.v1", new { revision = 1 }, $"proposal-{proposal}", "", proposal);
                        else Add("proposal-endorsed.v1", new { revision = 1 }, $"proposal-{proposal}", "", proposal);
                        break;
                    case 3:
                        Add("note-line-added.v1", new { proposal, text = said }, $"note-{random.Next(5)}", said, proposal);
                        break;
                    case 4 or 5:
                        Add("proposal-accepted.v1", new { revision = 1 }, $"proposal-{proposal}", "", proposal);
                        break;
                    default:
                        Add("note-line-added.v1", new { text = said }, $"note-{random.Next(400)}", said, null);
                        break;
                }

                void Add(string type, object data, string stream, string text, string? concerns) => made.Add(new(
                    seq, place, stream, type, actor, unit, at, JsonSerializer.Serialize(data), concerns,
                    concerns is null ? null : about.Unit, concerns is null ? null : about.Title, text));
            }
        }

        return made;
    }

    private async Task Write()
    {
        await using var connection = await host.Database.DataSource.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var streams = await connection.BeginBinaryImportAsync("copy mt_streams (tenant_id, id, version) from stdin (format binary)"))
        {
            foreach (var stream in facts.GroupBy(f => (f.Jurisdiction, f.Stream)))
            {
                await streams.StartRowAsync();
                await streams.WriteAsync(stream.Key.Jurisdiction.Value, NpgsqlDbType.Varchar);
                await streams.WriteAsync(stream.Key.Stream, NpgsqlDbType.Varchar);
                await streams.WriteAsync((long)stream.Count(), NpgsqlDbType.Bigint);
            }

            await streams.CompleteAsync();
        }

        var versions = new Dictionary<(JurisdictionId, string), long>();
        await using (var events = await connection.BeginBinaryImportAsync("copy mt_events (seq_id, id, tenant_id, stream_id, version, type, data, timestamp, user_name, headers) from stdin (format binary)"))
        {
            foreach (var f in facts)
            {
                await events.StartRowAsync();
                await events.WriteAsync(f.Seq, NpgsqlDbType.Bigint);
                await events.WriteAsync(Guid.CreateVersion7(), NpgsqlDbType.Uuid);
                await events.WriteAsync(f.Jurisdiction.Value, NpgsqlDbType.Varchar);
                await events.WriteAsync(f.Stream, NpgsqlDbType.Varchar);
                await events.WriteAsync(versions[(f.Jurisdiction, f.Stream)] = versions.GetValueOrDefault((f.Jurisdiction, f.Stream)) + 1, NpgsqlDbType.Bigint);
                await events.WriteAsync(f.Type, NpgsqlDbType.Varchar);
                await events.WriteAsync(f.Data, NpgsqlDbType.Jsonb);
                await events.WriteAsync(f.At, NpgsqlDbType.TimestampTz);
                await Nullable(f.Actor, NpgsqlDbType.Varchar);
                await Nullable(f.Unit is null ? null : JsonSerializer.Serialize(new { unit = f.Unit }), NpgsqlDbType.Jsonb);

                Task Nullable(string? value, NpgsqlDbType type) => value is null ? events.WriteNullAsync() : events.WriteAsync(value, type);
            }

            await events.CompleteAsync();
        }

        await using (var next = new NpgsqlCommand($"select setval('mt_events_sequence', {facts[^1].Seq})", connection)) await next.ExecuteScalarAsync();
        await transaction.CommitAsync();
    }
}
