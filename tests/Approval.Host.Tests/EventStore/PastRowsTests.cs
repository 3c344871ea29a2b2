using System.Collections.Immutable;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Approval.Testing;

namespace Approval.EventStore;

public sealed class PastRowsTests(HostFixture host) : IClassFixture<HostFixture>
{
    static readonly Actor Writer = new(new("writer"), HostFixture.Demo, new("u1"), ImmutableHashSet.Create(Role.UnitOfficer));

    [Fact]
    public async Task A_list_as_of_an_instant_shows_what_stood_in_it_then()
    {
        var client = host.ClientFor(Writer);
        await client.PostAsJsonAsync("/api/notes/first", new { title = "甲", kind = "call", cost = 1 });
        await client.PostAsJsonAsync("/api/notes/unchanged", new { title = "癸", kind = "call", cost = 4 });
        var then = host.Clock.GetUtcNow();
        host.Clock.Advance(TimeSpan.FromHours(1));
        await client.PostAsJsonAsync("/api/notes/first/lines", new { text = "后来" });
        await client.PostAsJsonAsync("/api/notes/second", new { title = "乙", kind = "call", cost = 2 });

        var past = (await client.GetFromJsonAsync<JsonNode>($"/api/notes?kind=call&asOf={then.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}"))!["items"]!.AsArray();
        past.Count.ShouldBe(2);
        past[0]!["title"]!.GetValue<string>().ShouldBe("甲");
        past[0]!["lines"]!.AsArray().ShouldBeEmpty();

        var now = (await client.GetFromJsonAsync<JsonNode>("/api/notes?kind=call"))!["items"]!.AsArray();
        now.Count.ShouldBe(3);
        past[1]!.ToJsonString().ShouldBe(now.Single(n => n!["title"]!.GetValue<string>() == "癸")!.ToJsonString());
        now[1]!["lines"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_past_list_is_filtered_and_paged_like_the_present_one()
    {
        var client = host.ClientFor(Writer);
        foreach (var n in Enumerable.Range(1, 3)) await client.PostAsJsonAsync($"/api/notes/paged{n}", new { title = $"丙{n}", kind = "site-visit", cost = n });
        var then = Uri.EscapeDataString(host.Clock.GetUtcNow().AddMinutes(1).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ"));

        var first = await client.GetFromJsonAsync<JsonNode>($"/api/notes?kind=site-visit&limit=2&asOf={then}");
        first!["items"]!.AsArray().Count.ShouldBe(2);
        var rest = await client.GetFromJsonAsync<JsonNode>($"/api/notes?kind=site-visit&limit=2&asOf={then}&cursor={first["next"]}");
        rest!["items"]!.AsArray().Count.ShouldBe(1);
        rest["next"].ShouldBeNull();
    }
}
