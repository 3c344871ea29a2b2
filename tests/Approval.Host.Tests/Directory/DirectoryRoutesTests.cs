using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Approval.Testing;

namespace Approval.Directory;

/// <summary>Units and people over HTTP, as persons.</summary>
public sealed class DirectoryRoutesTests(HostFixture host) : IClassFixture<HostFixture>
{
    private readonly HttpClient administrator = host.ClientFor(As("admin", Role.Administrator));
    private readonly HttpClient officer = host.ClientFor(As("officer", Role.UnitOfficer));
    private readonly HttpClient office = host.ClientFor(As("office", Role.CioOffice));

    private static Actor As(string person, Role role, string jurisdiction = "demo") => new(new(person), new(jurisdiction), new("cio-office"), [role]);

    private static string New(string prefix) => $"{prefix}-{Guid.CreateVersion7():N}"[..30];

    private async Task<string> Unit()
    {
        var unit = New("u");
        (await administrator.PostAsJsonAsync("/api/units", new { unit, name = "市卫生局" })).StatusCode.ShouldBe(HttpStatusCode.Created);
        return unit;
    }

    private async Task<string> Person(string unit, params string[] roles)
    {
        var person = New("p");
        (await administrator.PostAsJsonAsync("/api/people", new { person, unit, roles })).StatusCode.ShouldBe(HttpStatusCode.Created);
        return person;
    }

    private static async Task<string?> Code(HttpResponseMessage answer) => (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString();

    [Fact]
    public async Task A_unit_is_registered_renamed_and_retired()
    {
        var unit = await Unit();
        (await administrator.PostAsJsonAsync($"/api/units/{unit}/name", new { name = "市卫生健康委员会" })).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await administrator.PostAsJsonAsync($"/api/units/{unit}/retirement", new { reason = "撤并" })).StatusCode.ShouldBe(HttpStatusCode.OK);

        var read = await officer.GetAsync($"/api/units/{unit}");
        read.Headers.ETag!.Tag.ShouldBe("\"3\"");
        (await read.Content.ReadAsStringAsync()).ShouldBe($$"""{"id":"{{unit}}","name":"市卫生健康委员会","retired":true}""");
    }

    [Fact]
    public async Task A_unit_with_people_is_not_retired()
    {
        var unit = await Unit();
        var person = await Person(unit, "unit-officer");
        (await Code(await administrator.PostAsJsonAsync($"/api/units/{unit}/retirement", new { reason = "撤并" }))).ShouldBe("unit-has-people");

        (await administrator.PostAsJsonAsync($"/api/people/{person}/unit", new { unit = await Unit() })).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await administrator.PostAsJsonAsync($"/api/units/{unit}/retirement", new { reason = "撤并" })).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_person_is_appointed_changed_tied_and_removed()
    {
        var unit = await Unit();
        var person = await Person(unit, "unit-officer");
        (await administrator.PostAsJsonAsync($"/api/people/{person}/roles", new { roles = new[] { "expert" } })).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await administrator.PostAsJsonAsync($"/api/people/{person}/ties", new { units = new[] { "police" }, people = Array.Empty<string>() })).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await (await officer.GetAsync($"/api/people/{person}")).Content.ReadAsStringAsync())
            .ShouldBe($$"""{"id":"{{person}}","unit":"{{unit}}","roles":["expert"],"ties":{"units":["police"],"people":[]},"removed":false}""");

        (await administrator.PostAsJsonAsync($"/api/people/{person}/removal", new { reason = "离职" })).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await officer.GetFromJsonAsync<JsonElement>($"/api/people/{person}")).GetProperty("removed").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Duties_stay_separated_over_HTTP()
    {
        var unit = await Unit();
        var both = await administrator.PostAsJsonAsync("/api/people", new { person = New("p"), unit, roles = new[] { "administrator", "cio-office" } });
        both.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await Code(both)).ShouldBe("administrator-decides");
        (await Code(await officer.PostAsJsonAsync("/api/people", new { person = New("p"), unit, roles = new[] { "expert" } }))).ShouldBe("not-permitted");
    }

    [Fact]
    public async Task People_are_listed_by_unit_and_role()
    {
        var unit = await Unit();
        var (one, two) = (await Person(unit, "unit-officer"), await Person(unit, "departmental-cio", "committee-member"));
        Ids(await officer.GetFromJsonAsync<JsonElement>($"/api/people?unit={unit}")).ShouldBe(new[] { one, two }.Order());
        Ids(await officer.GetFromJsonAsync<JsonElement>($"/api/people?unit={unit}&role=committee-member")).ShouldBe([two]);
        (await Code(await officer.GetAsync("/api/people?role=king"))).ShouldBe("invalid-parameter");

        static IEnumerable<string> Ids(JsonElement page) => page.GetProperty("items").EnumerateArray().Select(p => p.GetProperty("id").GetString()!);
    }

    [Fact]
    public async Task Contact_data_is_kept_shown_to_few_and_erased_without_a_trace_in_the_record()
    {
        var person = await Person(await Unit(), "unit-officer");
        var before = await Events();
        (await administrator.PutAsJsonAsync($"/api/people/{person}/contact", new { name = "卫生局经办人", phone = "+86 21-1234", email = "a@b.cn" })).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await office.GetFromJsonAsync<JsonElement>($"/api/people/{person}/contact")).GetProperty("email").GetString().ShouldBe("a@b.cn");
        (await Code(await officer.GetAsync($"/api/people/{person}/contact"))).ShouldBe("not-permitted");
        using var self = host.ClientFor(As(person, Role.UnitOfficer));
        (await self.GetAsync($"/api/people/{person}/contact")).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await administrator.DeleteAsync($"/api/people/{person}/contact")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await office.GetAsync($"/api/people/{person}/contact")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Events()).ShouldBe(before);

        async Task<long> Events()
        {
            await using var command = host.Database.DataSource.CreateCommand("select count(*) from public.mt_events");
            return (long)(await command.ExecuteScalarAsync())!;
        }
    }

    [Fact]
    public async Task Contact_data_has_a_form_and_its_keeper()
    {
        var person = await Person(await Unit(), "unit-officer");
        var answer = await administrator.PutAsJsonAsync($"/api/people/{person}/contact", new { name = "", phone = "call me", email = "nowhere" });
        var errors = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").EnumerateArray().Select(e => (e.GetProperty("code").GetString(), e.GetProperty("field").GetString()));
        errors.ShouldBe([("text-required", "name"), ("contact-invalid", "phone"), ("contact-invalid", "email")]);
        (await Code(await office.PutAsJsonAsync($"/api/people/{person}/contact", new { name = "李" }))).ShouldBe("not-permitted");
        (await Code(await office.DeleteAsync($"/api/people/{person}/contact"))).ShouldBe("not-permitted");
        (await Code(await administrator.PutAsJsonAsync("/api/people/nobody/contact", new { name = "李" }))).ShouldBe("unknown");
    }

    [Fact]
    public async Task No_jurisdiction_sees_anothers_units_and_people()
    {
        var unit = await Unit();
        var person = await Person(unit, "unit-officer");
        using var stranger = host.ClientFor(As("admin", Role.Administrator, "elsewhere"));
        (await stranger.GetAsync($"/api/units/{unit}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await stranger.GetAsync($"/api/people/{person}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await stranger.GetFromJsonAsync<JsonElement>("/api/units")).GetProperty("items").GetArrayLength().ShouldBe(0);
        (await stranger.GetFromJsonAsync<JsonElement>("/api/people")).GetProperty("items").GetArrayLength().ShouldBe(0);
        (await stranger.PostAsJsonAsync($"/api/people/{person}/removal", new { reason = "?" })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
