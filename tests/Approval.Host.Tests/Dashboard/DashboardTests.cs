using System.Text.Json;
using System.Text.Json.Nodes;
using Approval.Calendars;
using Approval.Committee;
using Approval.Directory;
using Approval.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Approval.Dashboard;

/// <summary>The committee's figures agree with the lists behind them at every moment, whatever happened since they were last asked.</summary>
public sealed class DashboardTests(HostFixture host) : IClassFixture<HostFixture>
{
    [Fact]
    public async Task Figures_counted_on_are_those_of_a_fold_of_the_whole_record()
    {
        var d = new District(host, "counted");
        await d.Found();
        await Agree(d);
        var first = await d.Propose("health", "health");
        var second = await d.Propose("water", "water", 3_000_000m);
        await Agree(d);

        await d.Approve("2026-03-02", first);
        await Agree(d);
        host.Clock.Advance(TimeSpan.FromDays(120));
        (await Agree(d))["byStage"]!.AsArray().Sum(s => s!["overdue"]!.GetValue<int>()).ShouldBeGreaterThan(0);

        await d.Record(Decision.Of(JurisdictionStreams.Calendar, new CalendarAdopted(1, new(2026, "国办发明电", [new(new(2026, 3, 3), "放假")], []))));
        await Agree(d);
        await d.Post(d.Officer("water"), $"/api/proposals/{second.Value}/withdrawal", new { reason = "不再需要" });
        (await Agree(d))["byOutcome"]!.AsArray().Single()!["outcome"]!.GetValue<string>().ShouldBe("withdrawn");
    }

    [Fact]
    public async Task Figures_agree_with_the_lists_behind_them()
    {
        var d = new District(host, "listed");
        await d.Found();
        foreach (var id in new[] { "health", "water", "roads" }) await d.Propose(id, id);
        await d.Approve("2026-03-02", new("listed-health"));

        var figures = await Figures(d, "");
        foreach (var stage in figures["byStage"]!.AsArray())
            (await d.Get(d.Auditor, $"/api/proposals?stage={stage!["stage"]}")).GetProperty("items").GetArrayLength().ShouldBe(stage["count"]!.GetValue<int>());
        foreach (var unit in figures["byUnit"]!.AsArray())
        {
            var listed = (await d.Get(d.Auditor, $"/api/proposals?unit={unit!["unit"]}")).GetProperty("items").EnumerateArray().ToList();
            listed.Sum(p => p.GetProperty("requested").GetDecimal()).ShouldBe(unit["requested"]!.GetValue<decimal>());
        }

        figures["events"]!.GetValue<long>().ShouldBe(await host.Database.Number("select count(*) from mt_events where tenant_id = 'listed'"));
    }

    [Fact]
    public async Task The_host_reads_the_figures_after_its_start_before_anybody_asks()
    {
        await using var database = await TestDatabase.Create();
        await using var app = TestHost.Build(database.ConnectionString, TimeProvider.System);
        await app.PrepareDatabase();
        await app.Services.GetRequiredService<Jurisdictions>().Found(new(new("begun"), "Begun", new("administrator")), default);
        await using var other = await database.DataSource.OpenConnectionAsync();
        await using var transaction = await other.BeginTransactionAsync();
        await using (var held = new NpgsqlCommand("lock table approval.proposals in access exclusive mode", other)) await held.ExecuteNonQueryAsync();
        await app.StartAsync();
        await Eventually.Holds(
            async () => await database.Number("select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%approval.proposals%'") > 0,
            "somebody waits to read all proposals");
        await transaction.RollbackAsync();
        await app.StopAsync();
    }

    [Fact]
    public async Task What_commits_late_is_counted_when_it_has_committed()
    {
        var d = new District(host, "late");
        await d.Found();
        await d.Propose("health", "health");
        await using var connection = new NpgsqlConnection(host.Database.ConnectionString);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var write = new NpgsqlCommand(
            """
            with p as (select * from mt_events where tenant_id = 'late' and stream_id like 'proposal-%'),
                 s as (insert into mt_streams (tenant_id, id, version) select 'late', 'proposal-late-other', count(*) from p),
                 e as (insert into mt_events (seq_id, id, tenant_id, stream_id, version, type, data, timestamp)
                       select nextval('mt_events_sequence'), gen_random_uuid(), tenant_id, 'proposal-late-other', version, type,
                              case version when 1 then jsonb_set(data, '{proposal}', '"late-other"') else data end, timestamp
                       from p order by version)
            insert into approval.proposals select (p).* from (
                select jsonb_populate_record(p, '{"stream": "proposal-late-other", "id": "late-other"}') as p from approval.proposals p where p.jurisdiction = 'late') as n
            """, connection)) await write.ExecuteNonQueryAsync();

        (await Figures(d, ""))["proposals"]!.GetValue<int>().ShouldBe(1);
        await d.Propose("water", "water");
        (await Figures(d, ""))["proposals"]!.GetValue<int>().ShouldBe(2);
        await transaction.CommitAsync();

        var figures = await Figures(d, "");
        figures["proposals"]!.GetValue<int>().ShouldBe(3);
        figures["events"]!.GetValue<long>().ShouldBe(await host.Database.Number("select count(*) from mt_events where tenant_id = 'late'"));
    }

    /// <summary>The figures of now, which must be those that a fold up to now gives.</summary>
    private async Task<JsonNode> Agree(District d)
    {
        var (now, folded) = (await Figures(d, ""), await Figures(d, $"?asOf={host.Clock.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fffffff}Z"));
        now.AsObject().Remove("events");
        folded.ToJsonString().ShouldBe(now.ToJsonString());
        return now;
    }

    private static async Task<JsonNode> Figures(District d, string query) => JsonNode.Parse((await d.Get(d.Chair, $"/api/dashboard{query}")).GetRawText())!;
}
