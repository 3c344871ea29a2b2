using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Approval.Directory;
using Approval.EventStore;
using Approval.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Approval.Access;

/// <summary>Who read what is restricted is written down, and every answer tells browsers what not to do with it.</summary>
public sealed class ReadingsTests(HostFixture host) : IClassFixture<HostFixture>
{
    [Fact]
    public async Task A_contact_and_an_export_leave_their_reader_in_the_log_that_the_auditor_reads()
    {
        var county = await County.Found(host);
        await county.Record(Decision.Of(new PersonId("clerk").Stream, new PersonAppointed(new("clerk"), new("health"), [Role.UnitOfficer])));
        await host.Services.GetRequiredService<People>().Keep(county.Id, new("clerk"), new("王伟", "123", null), TestContext.Current.CancellationToken);
        using var clerk = host.ClientFor(county.Person("clerk", "health", Role.UnitOfficer));

        await county.Office.Read("/api/people/clerk/contact");
        await county.Office.Read("/api/systems");
        using (var export = await county.Office.Get("/api/systems/export")) export.StatusCode.ShouldBe(HttpStatusCode.OK);
        using (var own = await clerk.GetAsync("/api/people/clerk/contact")) own.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await county.Office.Get("/api/people/nobody/contact").Refused(HttpStatusCode.NotFound)).ShouldBe("unknown");

        using var auditor = host.ClientFor(county.Person("auditor", "audit", Role.Auditor));
        async Task<string[]> Log(string query) => [.. (await auditor.GetFromJsonAsync<JsonElement>($"/api/operations/readings{query}")).GetProperty("items").EnumerateArray()
            .Select(r => $"{r.GetProperty("person").GetString()} {r.GetProperty("kind").GetString()} {r.GetProperty("subject").GetString()}")];
        (await Log("")).ShouldBe(["office export /api/systems/export", "office contact /api/people/clerk/contact"]);
        (await Log("?kind=contact&person=office&subject=/api/people")).ShouldBe(["office contact /api/people/clerk/contact"]);
        (await Log("?person=clerk")).ShouldBeEmpty();
        var first = await auditor.GetFromJsonAsync<JsonElement>("/api/operations/readings?limit=1");
        (await Log($"?limit=1&cursor={first.GetProperty("next").GetString()}")).ShouldBe(["office contact /api/people/clerk/contact"]);
    }

    [Theory]
    [InlineData("delete from approval.readings")]
    [InlineData("update approval.readings set person = 'somebody-else'")]
    [InlineData("delete from approval.conflicts")]
    [InlineData("update approval.conflicts set person = 'somebody-else'")]
    public async Task The_host_can_add_to_its_logs_and_change_nothing_in_them(string sql)
    {
        await using var change = host.Services.GetRequiredService<Databases>().Host.CreateCommand(sql);
        (await Should.ThrowAsync<Npgsql.PostgresException>(() => change.ExecuteNonQueryAsync(TestContext.Current.CancellationToken))).SqlState.ShouldBe(Npgsql.PostgresErrorCodes.InsufficientPrivilege);
    }

    [Theory]
    [InlineData("/api/proposals", HttpStatusCode.Unauthorized)]
    [InlineData("/openapi/v1.json", HttpStatusCode.OK)]
    [InlineData("/nothing", HttpStatusCode.NotFound)]
    public async Task Every_answer_carries_the_security_headers(string address, HttpStatusCode status)
    {
        using var client = host.Anonymous();
        using var answer = await client.GetAsync(address);

        answer.StatusCode.ShouldBe(status);
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldContain("default-src 'self'");
        policy.ShouldContain("frame-ancestors 'none'");
        policy.ShouldNotContain("script-src");
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        answer.Headers.GetValues("Referrer-Policy").ShouldBe(["same-origin"]);
    }
}
