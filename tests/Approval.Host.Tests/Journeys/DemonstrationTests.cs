using System.Text.Json.Nodes;
using Approval.Demo;
using Approval.EventStore;
using Approval.SignIn;
using Approval.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Approval.Journeys;

/// <summary>The main job, once for all tests of it: the demonstration's projects on the whole path over HTTP.</summary>
public sealed class Demonstration : IAsyncLifetime
{
    public SignInHost Host { get; private set; } = null!;

    internal Figures Figures { get; private set; } = null!;

    internal Task<Figures> Run() => new Journey(new Api(Host.Client()), DemoInput.Read(), TextWriter.Null).Run();

    public async ValueTask InitializeAsync()
    {
        Host = await SignInHost.Start();
        Figures = await Run();
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}

public sealed class DemonstrationTests(Demonstration demo) : IClassFixture<Demonstration>
{
    TestDatabase Database => demo.Host.Database;

    [Fact]
    public async Task The_figures_agree_with_a_sum_over_the_events()
    {
        var events = await Events();
        var proposals = events.Where(e => e.Stream.StartsWith("proposal-", StringComparison.Ordinal)).GroupBy(e => e.Stream).ToList();
        JsonNode? Last(IEnumerable<(string Stream, string Type, JsonNode Data)> stream, params string[] types) => stream.LastOrDefault(e => types.Contains(e.Type)).Data;
        var requested = proposals.ToDictionary(p => p.Key, p => Last(p, "proposal-drafted.v1", "proposal-revised.v1")!["content"]!["total"]!.GetValue<decimal>());
        var recommended = proposals.ToDictionary(p => p.Key, p => Last(p, "proposal-recommended.v1", "proposal-recommended-with-changes.v1")?["amount"]!.GetValue<decimal>() ?? 0m);
        var leads = proposals.Where(p => p.Any(e => e.Type == "proposal-absorbed.v1")).ToList();

        demo.Figures.Events.ShouldBe(events.Count);
        demo.Figures.Proposals.ShouldBe(proposals.Count);
        demo.Figures.Proposals.ShouldBe(DemoInput.Read().Projects.Length);
        demo.Figures.RequestedYuan.ShouldBe(requested.Values.Sum());
        demo.Figures.RequestedYuan.ShouldBe(DemoInput.Read().Projects.Sum(p => p.RequestedYuan));
        demo.Figures.RecommendedYuan.ShouldBe(recommended.Values.Sum());
        demo.Figures.ApprovedYuan.ShouldBe(proposals.Sum(p => Last(p, "approved-by-committee.v1")?["amount"]!.GetValue<decimal>() ?? 0m));
        demo.Figures.Merges.ShouldBe(leads.Count);
        demo.Figures.Merges.ShouldBe(DemoInput.Read().LikelyMerges.Length);
        demo.Figures.SavedByMergingYuan.ShouldBe(leads.Sum(l =>
            requested[l.Key] + l.Where(e => e.Type == "proposal-absorbed.v1").Sum(e => e.Data["requested"]!.GetValue<decimal>()) - recommended[l.Key]));
        demo.Figures.Meetings.ShouldBe(events.Count(e => e.Type == "meeting-convened.v1"));
        demo.Figures.ByStage.Values.Sum().ShouldBe(proposals.Count);
        demo.Figures.ByOutcome.Values.Sum().ShouldBe(demo.Figures.ByStage["closed"]);
        demo.Figures.Interfaces.Declared.ShouldBe(events.Where(e => e.Type == "interfaces-unified.v1").Sum(e => e.Data["lines"]!.GetValue<int>()));
    }

    [Fact]
    public async Task The_fund_holds_what_its_events_sum_to_and_was_never_overdrawn()
    {
        var (reserved, committed) = (new Dictionary<string, decimal>(), new Dictionary<string, decimal>());
        decimal ceiling = 0;
        foreach (var (_, type, data) in (await Events()).Where(e => e.Stream == "fund-special"))
        {
            var reservation = data["reservation"]?.GetValue<string>() ?? "";
            var amount = data["amount"]?.GetValue<decimal>() ?? 0;
            switch (type)
            {
                case "fund-opened.v1" or "fund-ceiling-changed.v1":
                    ceiling = data["ceiling"]!.GetValue<decimal>();
                    break;
                case "money-reserved.v1":
                    reserved[reservation] = amount;
                    break;
                case "reservation-adjusted.v1":
                    (committed.ContainsKey(reservation) ? committed : reserved)[reservation] = amount;
                    break;
                case "money-committed.v1":
                    reserved.Remove(reservation);
                    committed[reservation] = amount;
                    break;
                case "money-released.v1":
                    (reserved.Remove(reservation) || committed.Remove(reservation)).ShouldBeTrue("a reservation ends exactly once");
                    break;
                case "reservation-carried-over.v1":
                    reserved[data["into"]!.GetValue<string>()] += reserved[reservation];
                    reserved.Remove(reservation);
                    break;
                default:
                    throw new InvalidOperationException($"The reckoning does not know {type}.");
            }

            (reserved.Values.Sum() + committed.Values.Sum()).ShouldBeLessThanOrEqualTo(ceiling);
        }

        demo.Figures.Fund.ShouldBe(new FundFigures(ceiling, reserved.Values.Sum(), committed.Values.Sum(), ceiling - reserved.Values.Sum() - committed.Values.Sum()));
    }

    [Fact]
    public async Task Every_current_view_equals_its_rebuild_byte_for_byte()
    {
        var views = demo.Host.Services.GetRequiredService<Views>().All.ToList();
        views.Count.ShouldBeGreaterThan(10);
        foreach (var view in views)
        {
            var before = await Rows(view.Name);
            await ViewRebuild.Run(demo.Host.Services.GetRequiredService<Databases>().Owner, demo.Host.Services.GetRequiredService<EventTypes>(), view);
            (await Rows(view.Name)).ShouldBe(before, view.Name);
        }

        Task<string?> Rows(string view) => Database.Text($"select string_agg(md5(v::text), '' order by v::text) from approval.{view} v");
    }

    [Fact]
    public async Task A_second_run_finds_everything_done_and_changes_nothing()
    {
        var before = await Database.Number("select count(*) from mt_events");
        var again = await demo.Run();

        (await Database.Number("select count(*) from mt_events")).ShouldBe(before);
        again.ApprovedYuan.ShouldBe(demo.Figures.ApprovedYuan);
    }

    [Fact]
    public async Task The_board_as_of_an_earlier_day_shows_what_was_known_then()
    {
        var first = await Database.Text("select to_char(min(timestamp) at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"') from mt_events where type = 'approved-by-committee.v1'");
        var client = demo.Host.Client(await Token("office-1"));
        var then = JsonNode.Parse(await client.GetStringAsync($"/api/dashboard?asOf={first}"))!;

        then["money"]!["approved"]!.GetValue<decimal>().ShouldBeLessThan(demo.Figures.ApprovedYuan);
        then["proposals"]!.GetValue<int>().ShouldBe(35);
        then["byOutcome"]!.AsArray().ShouldNotContain(o => o!["outcome"]!.GetValue<string>() == "rejected");
    }

    [Fact]
    public async Task Every_stream_runs_without_a_gap_and_its_row_holds_the_newest_version() =>
        (await Database.Number("""
            select count(*) from mt_streams s
            left join lateral (select count(*) n, max(version) v from mt_events e where e.tenant_id = s.tenant_id and e.stream_id = s.id) e on true
            where s.version <> e.n or s.version <> e.v
            """)).ShouldBe(0);

    async Task<string> Token(string person)
    {
        using var response = await demo.Host.Client().PostAsync("/demo/tokens", new StringContent($$"""{"person":"{{person}}"}""", System.Text.Encoding.UTF8, "application/json"));
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!["token"]!.GetValue<string>();
    }

    async Task<List<(string Stream, string Type, JsonNode Data)>> Events()
    {
        await using var command = Database.DataSource.CreateCommand("select stream_id, type, data::text from mt_events order by seq_id");
        await using var reader = await command.ExecuteReaderAsync();
        var events = new List<(string, string, JsonNode)>();
        while (await reader.ReadAsync()) events.Add((reader.GetString(0), reader.GetString(1), JsonNode.Parse(reader.GetString(2))!));
        return events;
    }
}
