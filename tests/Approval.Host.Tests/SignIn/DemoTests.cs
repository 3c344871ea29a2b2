using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Approval.SignIn;

/// <summary>Demo mode: its people, its tokens and its clock.</summary>
public sealed class DemoTests : IAsyncLifetime
{
    private SignInHost host = null!;
    private HttpClient client = null!;

    public async ValueTask InitializeAsync()
    {
        host = await SignInHost.Start();
        client = host.Client();
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await host.DisposeAsync();
    }

    private async Task<string> Token(string person) =>
        (await (await client.PostAsJsonAsync("/demo/tokens", new { person })).Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString()!;

    private async Task<HttpStatusCode> Set(DateTimeOffset now) => (await client.PostAsJsonAsync("/demo/clock", new { now })).StatusCode;

    private async Task<DateTimeOffset> Now() => (await client.GetFromJsonAsync<JsonElement>("/demo/clock")).GetProperty("now").GetDateTimeOffset();

    [Fact]
    public async Task The_demo_founds_its_jurisdiction_and_is_whoever_it_likes()
    {
        var founding = new { code = "demo", name = "示范区", administrator = "admin" };
        (await client.PostAsJsonAsync("/demo/jurisdictions", founding)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await client.PostAsJsonAsync("/demo/jurisdictions", founding)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await client.PostAsJsonAsync("/demo/jurisdictions", founding with { administrator = "other" })).StatusCode.ShouldBe(HttpStatusCode.Conflict);

        (await client.GetStringAsync("/demo/people")).ShouldBe(
            """[{"jurisdiction":"demo","person":"admin","unit":"cio-office","unitName":"CIO办公室","roles":["administrator"]}]""");
        using var admin = host.Client(await Token("admin"));
        (await admin.GetFromJsonAsync<JsonElement>("/api/people/me")).GetProperty("jurisdictionName").GetString().ShouldBe("示范区");
    }

    [Fact]
    public async Task Nobody_is_made_up()
    {
        await host.Found();
        (await client.PostAsJsonAsync("/demo/tokens", new { person = "nobody" })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await client.PostAsJsonAsync("/demo/session", new { person = "nobody" })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await client.PostAsJsonAsync("/demo/tokens", new { person = "admin", jurisdiction = "elsewhere" })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_token_of_another_demo_is_not_believed()
    {
        await host.Found();
        await using var other = await SignInHost.Start();
        using var asAdmin = other.Client(await Token("admin"));
        await other.Found();
        (await asAdmin.GetAsync("/api/people/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task The_clock_goes_back_before_anything_is_recorded_and_then_only_forward()
    {
        var january = new DateTimeOffset(2026, 1, 5, 1, 0, 0, TimeSpan.Zero);
        (await Set(january)).ShouldBe(HttpStatusCode.OK);
        (await Now()).ShouldBeInRange(january, january.AddMinutes(1));

        await host.Found();
        (await Set(january.AddDays(-1))).ShouldBe(HttpStatusCode.Conflict);
        (await Set(january.AddDays(30))).ShouldBe(HttpStatusCode.OK);
        (await Set(TimeProvider.System.GetUtcNow().AddMinutes(10))).ShouldBe(HttpStatusCode.Conflict);
        (await Now()).ShouldBeInRange(january.AddDays(30), january.AddDays(30).AddMinutes(1));

        using var admin = host.Client(await Token("admin"));
        (await admin.PostAsJsonAsync("/api/units", new { unit = "health", name = "市卫生局" })).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await Set(january.AddDays(29))).ShouldBe(HttpStatusCode.Conflict);
        (await admin.GetAsync("/api/units/health?asOf=2026-02-01T00:00:00Z")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_clock_out_of_range_says_so()
    {
        var answer = await client.PostAsJsonAsync("/demo/clock", new { now = TimeProvider.System.GetUtcNow().AddDays(1) });
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString().ShouldBe("demo-clock-out-of-range");
    }

    [Fact]
    public async Task A_session_of_the_pages_is_a_cookie_that_no_script_and_no_other_site_sends()
    {
        await host.Found();
        var answer = await client.PostAsJsonAsync("/demo/session", new { person = "admin" });
        var cookie = answer.Headers.GetValues("Set-Cookie").ShouldHaveSingleItem();
        cookie.ShouldContain("httponly");
        cookie.ShouldContain("samesite=lax");
        (await client.GetAsync("/api/people/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task What_changes_something_by_the_cookie_alone_is_refused()
    {
        await host.Found();
        await client.PostAsJsonAsync("/demo/session", new { person = "admin" });

        var answer = await client.PostAsJsonAsync("/api/units", new { unit = "health", name = "市卫生局" });

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString().ShouldBe("antiforgery-token-invalid");
        (await client.GetAsync("/api/units/health")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
