using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Approval.Testing;

namespace Approval.Calendars;

/// <summary>The working-day calendar over HTTP.</summary>
public sealed class CalendarRoutesTests(HostFixture host) : IClassFixture<HostFixture>
{
    private static readonly object Spring = new
    {
        source = "国务院办公厅关于2026年部分节假日安排的通知",
        daysOff = Enumerable.Range(15, 9).Select(d => new { date = $"2026-02-{d}", name = "春节" }),
        makeUpDays = new[] { "2026-02-14" },
    };

    private HttpClient As(Role role, string jurisdiction) => host.ClientFor(new(new("p"), new(jurisdiction), new("u"), [role]));

    private static async Task<JsonElement> Count(HttpClient client, string query) => await client.GetFromJsonAsync<JsonElement>($"/api/calendar/working-days?{query}");

    private static async Task<string?> Code(HttpResponseMessage answer) => (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString();

    [Fact]
    public async Task An_arrangement_adopted_moves_the_working_days()
    {
        using var administrator = As(Role.Administrator, "calendar-1");
        (await Count(administrator, "from=2026-02-12&days=3")).GetProperty("to").GetString().ShouldBe("2026-02-17");
        (await administrator.PutAsJsonAsync("/api/calendar/2026", Spring)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Count(administrator, "from=2026-02-12&days=3")).GetProperty("to").GetString().ShouldBe("2026-02-24");
        (await Count(administrator, "from=2026-02-12&to=2026-02-24")).GetProperty("workingDays").GetInt32().ShouldBe(3);
        (await administrator.GetFromJsonAsync<JsonElement>("/api/calendar")).GetProperty("version").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task Only_the_administrator_adopts()
    {
        using var office = As(Role.CioOffice, "calendar-2");
        (await Code(await office.PutAsJsonAsync("/api/calendar/2026", Spring))).ShouldBe("not-permitted");
    }

    [Theory]
    [InlineData("days=3", "from")]
    [InlineData("from=2026-02-30&days=3", "from")]
    [InlineData("from=2026-02-12", "to")]
    [InlineData("from=2026-02-12&days=many", "days")]
    [InlineData("from=2026-02-12&to=2999-01-01", "to")]
    [InlineData("from=9999-12-31&days=3", "from")]
    public async Task A_count_that_cannot_be_made_names_its_parameter(string query, string field)
    {
        using var office = As(Role.CioOffice, "calendar-3");
        var answer = await office.GetAsync($"/api/calendar/working-days?{query}");
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors")[0].GetProperty("field").GetString().ShouldBe(field);
    }
}
