using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Approval.Testing;

namespace Approval.SignIn;

/// <summary>Hosts remember who acts by a command, and nobody notices: what changes at one host holds for the very next command at another.</summary>
public sealed class RememberedPersonTests(SignInFixture fixture) : IClassFixture<SignInFixture>, IAsyncLifetime
{
    private readonly string person = $"p-{Guid.CreateVersion7():N}";
    private SignInHost other = null!;
    private HttpClient admin = null!;
    private HttpClient here = null!;
    private HttpClient there = null!;

    public async ValueTask InitializeAsync()
    {
        other = await SignInHost.Beside(fixture.Host, fixture.Provider);
        var token = fixture.Provider.Token(person);
        (admin, here, there) = (fixture.Host.Client(fixture.Provider.Token("admin")), fixture.Host.Client(token), other.Client(token));
        await Done(admin.PostAsJsonAsync("/api/people", new { person, unit = "cio-office", roles = new[] { "administrator" } }));
        foreach (var host in new[] { here, there })
        {
            await Done(Register(host)); // asks the directory
            await Done(Register(host)); // remembers
        }
    }

    public async ValueTask DisposeAsync()
    {
        admin.Dispose();
        here.Dispose();
        there.Dispose();
        await other.DisposeAsync();
    }

    [Fact]
    public async Task Roles_taken_away_a_moment_ago_stop_the_very_next_command()
    {
        await Roles("cio-office");

        var unit = Name();
        await Refused(Register(there, unit), "not-permitted");
        await Refused(Register(here, unit), "not-permitted");
        (await fixture.Host.Database.Number($"select count(*) from public.mt_streams where id = 'unit-{unit}'")).ShouldBe(0);
        (await fixture.Host.Database.Number($"select count(*) from approval.units where id = '{unit}'")).ShouldBe(0);
    }

    [Fact]
    public async Task Roles_given_a_moment_ago_allow_the_very_next_command()
    {
        await Roles("cio-office");
        await Refused(Register(there), "not-permitted");
        await Refused(Register(there), "not-permitted");

        await Roles("administrator");
        await Done(Register(there));
    }

    [Fact]
    public async Task A_person_removed_a_moment_ago_does_nothing_more()
    {
        await Done(admin.PostAsJsonAsync($"/api/people/{person}/removal", new { reason = "离职" }));

        await Refused(Register(there), "person-unknown");
        await Refused(Register(here), "person-unknown");
    }

    [Fact]
    public async Task An_act_is_recorded_under_the_unit_and_the_roles_that_hold_now()
    {
        var unit = Name();
        await Done(Register(here, unit));
        await Done(admin.PostAsJsonAsync($"/api/people/{person}/unit", new { unit }));

        var registered = Name();
        await Done(Register(there, registered));
        (await fixture.Host.Database.Number($"select count(*) from public.mt_events where stream_id = 'unit-{registered}' and headers->>'unit' = '{unit}'")).ShouldBe(1);
    }

    [Fact]
    public async Task Who_may_not_any_more_is_told_so_before_anything_else()
    {
        var (unit, key) = (Name(), Name());
        await Done(Register(there, unit));
        await Done(Rename(unit, "甲", key));
        await Done(Rename(unit, "乙"));
        Func<Task<HttpResponseMessage>>[] would =
        [
            () => Rename(unit, "甲", key), // was done before
            () => Rename(unit, "乙"), // is so already
            () => Register(there, unit), // is refused
            () => Rename("nowhere", "丙"), // is about nothing
            () => there.PostAsync(new Uri("/api/units", UriKind.Relative), new StringContent("{", Encoding.UTF8, "application/json")), // cannot be read
        ];
        foreach (var ask in would)
        {
            await Done(Register(there)); // remembers
            await Roles("cio-office");
            await Refused(ask(), "not-permitted");
            await Roles("administrator");
        }
    }

    private static string Name() => $"u-{Guid.CreateVersion7():N}"[..30];

    private static async Task<HttpResponseMessage> Register(HttpClient client, string? unit = null, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/units") { Content = JsonContent.Create(new { unit = unit ?? Name(), name = "市卫生局" }) };
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        return await client.SendAsync(request);
    }

    private async Task<HttpResponseMessage> Rename(string unit, string name, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/units/{unit}/name") { Content = JsonContent.Create(new { name }) };
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        return await there.SendAsync(request);
    }

    private Task Roles(params string[] roles) => Done(admin.PostAsJsonAsync($"/api/people/{person}/roles", new { roles }));

    private static async Task Done(Task<HttpResponseMessage> asked)
    {
        using var answer = await asked;
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
    }

    private static async Task Refused(Task<HttpResponseMessage> asked, string code)
    {
        using var answer = await asked;
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        (answer.StatusCode, body.GetProperty("code").GetString()).ShouldBe((HttpStatusCode.Forbidden, code));
    }
}
