using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Approval.Testing;

namespace Approval.Policies;

/// <summary>The approval policy over HTTP.</summary>
public sealed class PolicyRoutesTests(HostFixture host) : IClassFixture<HostFixture>
{
    private HttpClient As(Role role, string jurisdiction) => host.ClientFor(new(new("p"), new(jurisdiction), new("u"), [role]));

    private static async Task<JsonObject> Draft(HttpClient client, string from)
    {
        var draft = (await client.GetFromJsonAsync<JsonObject>("/api/policies/default"))!;
        draft["effectiveFrom"] = from;
        return draft;
    }

    private static async Task<string?> Code(HttpResponseMessage answer) => (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString();

    [Fact]
    public async Task Versions_are_adopted_listed_compared_and_found_by_day()
    {
        using var chair = As(Role.DistrictCio, "policies-1");
        (await Code(await chair.GetAsync("/api/policies/in-force"))).ShouldBe("no-policy-in-force");

        var first = await Draft(chair, "2026-03-02");
        var adopted = await chair.PostAsJsonAsync("/api/policies", first);
        adopted.StatusCode.ShouldBe(HttpStatusCode.Created, await adopted.Content.ReadAsStringAsync());
        var second = await Draft(chair, "2026-06-01");
        second["content"]!["quorum"] = 0.75m;
        (await chair.PostAsJsonAsync("/api/policies", second)).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await chair.PostAsJsonAsync("/api/policies", second)).StatusCode.ShouldBe(HttpStatusCode.Created);

        var list = await chair.GetFromJsonAsync<JsonElement>("/api/policies");
        list.EnumerateArray().Select(p => (p.GetProperty("version").GetInt32(), p.GetProperty("inForce").GetBoolean())).ShouldBe([(1, true), (2, false)]);
        list[0].GetProperty("hash").GetString().ShouldBe(PolicyForm.Hash(DefaultPolicy.Content));
        (await chair.GetFromJsonAsync<JsonElement>("/api/policies/in-force?on=2026-06-01")).GetProperty("ref").GetProperty("version").GetInt32().ShouldBe(2);
        (await chair.GetStringAsync("/api/policies/comparison?from=1&to=2")).ShouldBe("""[{"field":"quorum","from":"0.6666","to":"0.75"}]""");
        (await chair.GetFromJsonAsync<JsonElement>("/api/policies/2")).GetProperty("content").GetProperty("quorum").GetDecimal().ShouldBe(0.75m);
        (await Code(await chair.GetAsync("/api/policies/3"))).ShouldBe("policy-unknown");
    }

    [Fact]
    public async Task Every_threshold_that_is_wrong_is_named_by_its_field()
    {
        using var chair = As(Role.DistrictCio, "policies-2");
        var draft = await Draft(chair, "2026-03-02");
        draft["content"]!["quorum"] = 2;
        draft["content"]!["panelAtLeast"] = 4;
        var answer = await chair.PostAsJsonAsync("/api/policies", draft);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("field").GetString())
            .ShouldBe(["content.panelAtLeast", "content.quorum"]);
    }

    [Fact]
    public async Task Only_the_district_CIO_adopts_and_another_jurisdiction_sees_nothing()
    {
        using var chair = As(Role.DistrictCio, "policies-3");
        using var office = As(Role.CioOffice, "policies-3");
        (await Code(await office.PostAsJsonAsync("/api/policies", await Draft(office, "2026-03-02")))).ShouldBe("not-permitted");
        (await chair.PostAsJsonAsync("/api/policies", await Draft(chair, "2026-03-02"))).StatusCode.ShouldBe(HttpStatusCode.Created);
        using var stranger = As(Role.DistrictCio, "policies-4");
        (await stranger.GetStringAsync("/api/policies")).ShouldBe("[]");
    }

    [Fact]
    public async Task A_version_adopted_on_what_another_has_changed_is_refused()
    {
        using var chair = As(Role.DistrictCio, "policies-5");
        (await chair.PostAsJsonAsync("/api/policies", await Draft(chair, "2026-03-02"))).StatusCode.ShouldBe(HttpStatusCode.Created);
        using var stale = new HttpRequestMessage(HttpMethod.Post, "/api/policies") { Content = JsonContent.Create(await Draft(chair, "2026-07-01")) };
        stale.Headers.TryAddWithoutValidation("If-Match", "\"0\"");
        (await chair.SendAsync(stale)).StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
    }
}
