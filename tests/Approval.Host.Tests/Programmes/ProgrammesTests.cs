using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Approval.Testing;

namespace Approval.Programmes;

public sealed class ProgrammesTests(HostFixture host) : IClassFixture<HostFixture>
{
    static readonly Actor Office = new(new("office"), HostFixture.Demo, new("cio-office"), [Role.CioOffice]);
    static readonly object Open = new { title = "“十五五”信息化规划", from = "2026-01-01", until = "2030-12-31", goals = new[] { new { name = "数据库", planned = 4 } } };

    static async Task<JsonElement> Json(HttpResponseMessage response, HttpStatusCode status = HttpStatusCode.OK)
    {
        var text = await response.Content.ReadAsStringAsync();
        response.StatusCode.ShouldBe(status, text);
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    [Fact]
    public async Task A_programme_is_opened_listed_read_and_closed()
    {
        var office = host.ClientFor(Office);
        var id = (await Json(await office.PostAsJsonAsync("/api/programmes", Open), HttpStatusCode.Created)).GetProperty("id").GetString();
        (await Json(await office.GetAsync("/api/programmes"))).GetProperty("items").EnumerateArray().Select(p => p.GetProperty("planned").GetInt32()).ShouldContain(4);
        (await Json(await office.GetAsync($"/api/programmes/{id}"))).GetProperty("goals")[0].GetProperty("percent").GetInt32().ShouldBe(0);
        await Json(await office.PostAsJsonAsync($"/api/programmes/{id}/projects", new { proposal = "nobody", goal = "数据库" }), HttpStatusCode.NotFound);
        await Json(await office.PostAsJsonAsync($"/api/programmes/{id}/closure", new { summary = "完成" }), (HttpStatusCode)428);
        office.DefaultRequestHeaders.Add("If-Match", "\"1\"");
        await Json(await office.PostAsJsonAsync($"/api/programmes/{id}/closure", new { summary = "完成" }));
    }

    [Fact]
    public async Task Only_the_office_opens_a_programme() =>
        await Json(await host.ClientFor(Office with { Roles = [Role.DistrictCio] }).PostAsJsonAsync("/api/programmes", Open), HttpStatusCode.Forbidden);
}
