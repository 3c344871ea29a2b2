using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Approval.EventStore;
using Approval.Intake;
using Approval.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Approval.Funds;

/// <summary>Funds over HTTP, as the persons who may.</summary>
public sealed class FundTests(HostFixture host) : IClassFixture<HostFixture>
{
    private readonly HttpClient office = host.ClientFor(Person("office", Role.CioOffice));
    private readonly HttpClient districtCio = host.ClientFor(Person("cio", Role.DistrictCio));

    private static Actor Person(string name, params Role[] roles) => new(new(name), HostFixture.Demo, new("office"), [.. roles]);

    private Task<HttpResponseMessage> Open(string code, decimal ceiling = 1_000_000m) =>
        office.PostAsJsonAsync("/api/funds", new { fund = code, name = "信息化专项资金", year = 2026, ceiling });

    private static async Task<JsonElement> Read(HttpResponseMessage answer, HttpStatusCode status)
    {
        answer.StatusCode.ShouldBe(status, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static Task<HttpResponseMessage> Ceiling(HttpClient client, string code, decimal ceiling, string? version)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, $"/api/funds/{code}/ceiling") { Content = JsonContent.Create(new { ceiling, reason = "示财〔2026〕9号" }) };
        if (version is not null) request.Headers.Add("If-Match", $"\"{version}\"");
        return client.SendAsync(request);
    }

    /// <summary>Stages reserve money as part of their own act; here one reserves and does nothing else.</summary>
    private async Task Reserve(string code, string proposal, decimal amount)
    {
        var runner = host.Services.GetRequiredService<CommandRunner>();
        var (fund, id) = (new FundId(code), new ProposalId(proposal));
        await runner.Run(Person("office", Role.CioOffice), new CommandOptions(), async s => (await s.Find(Proposal.Kind, id.Stream) is null
            ? Decision.Of(id.Stream, new ProposalDrafted(id, new("health"), new() { Title = "区域卫生信息平台" })) : Decision.Nothing)
            .And(FundRules.Reserve(await s.Load(Fund.Kind, fund.Stream), new($"{proposal}-r"), id, Track.General, new(amount))));
    }

    [Fact]
    public async Task A_fund_is_opened_read_and_listed()
    {
        var made = await Open("special-2026");
        (await Read(made, HttpStatusCode.Created)).GetProperty("id").GetString().ShouldBe("special-2026");
        made.Headers.Location!.ToString().ShouldBe("/api/funds/special-2026");
        await Reserve("special-2026", "p1", 400_000m);

        var fund = await districtCio.GetFromJsonAsync<JsonElement>("/api/funds/special-2026");
        fund.GetProperty("reserved").GetRawText().ShouldBe("400000.00");
        fund.GetProperty("free").GetRawText().ShouldBe("600000.00");
        var entry = fund.GetProperty("reservations").EnumerateArray().ShouldHaveSingleItem();
        (entry.GetProperty("title").GetString(), entry.GetProperty("status").GetString()).ShouldBe(("区域卫生信息平台", "reserved"));

        var list = await office.GetFromJsonAsync<JsonElement>("/api/funds?year=2026");
        list.GetProperty("items").EnumerateArray().Single(f => f.GetProperty("id").GetString() == "special-2026").GetProperty("reserved").GetRawText().ShouldBe("400000.00");
    }

    [Fact]
    public async Task A_funds_past_is_read_as_it_was()
    {
        await Open("past-2026");
        var before = host.Clock.GetUtcNow();
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await Reserve("past-2026", "p2", 400_000m);

        var then = await office.GetFromJsonAsync<JsonElement>($"/api/funds/past-2026?asOf={before:yyyy-MM-ddTHH:mm:ss.ffffff}Z");
        then.GetProperty("reserved").GetRawText().ShouldBe("0.00");
        then.GetProperty("reservations").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task A_ceiling_is_moved_by_the_district_cio_on_the_version_seen()
    {
        await Open("moved-2026");
        await Reserve("moved-2026", "p3", 400_000m);

        (await Read(await Ceiling(districtCio, "moved-2026", 500_000m, null), HttpStatusCode.PreconditionRequired)).GetProperty("code").GetString().ShouldBe("if-match-required");
        (await Read(await Ceiling(districtCio, "moved-2026", 500_000m, "1"), HttpStatusCode.PreconditionFailed)).GetProperty("code").GetString().ShouldBe("version-moved");
        (await Read(await Ceiling(office, "moved-2026", 500_000m, "2"), HttpStatusCode.Forbidden)).GetProperty("code").GetString().ShouldBe("not-permitted");
        (await Read(await Ceiling(districtCio, "moved-2026", 399_999.99m, "2"), HttpStatusCode.Conflict)).GetProperty("code").GetString().ShouldBe("ceiling-below-held");
        (await Read(await Ceiling(districtCio, "moved-2026", 400_000m, "2"), HttpStatusCode.OK)).GetProperty("version").GetInt64().ShouldBe(3);
    }

    [Fact]
    public async Task A_faulty_fund_is_refused_field_by_field()
    {
        var problem = await Read(await office.PostAsJsonAsync("/api/funds", new { fund = "专项 2026", name = "", year = 1, ceiling = 0 }), HttpStatusCode.BadRequest);
        problem.GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("field").GetString()).ShouldBe(["fund", "name", "year", "ceiling"], ignoreOrder: true);
    }

    [Fact]
    public async Task Another_jurisdiction_and_a_unit_officer_see_no_fund()
    {
        await Open("own-2026");
        using var stranger = host.ClientFor(Person("office", Role.CioOffice) with { Jurisdiction = new("elsewhere") });
        (await stranger.GetAsync("/api/funds/own-2026")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var officer = host.ClientFor(Person("officer", Role.UnitOfficer));
        (await officer.GetAsync("/api/funds/own-2026")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await officer.GetAsync("/api/funds")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Two_hosts_and_many_at_once_never_overdraw_a_fund()
    {
        await Open("rush-2026", 1_000m);
        await using var second = await HostFixture.Start(host.Database);
        var runners = new[] { host, second }.Select(h => h.Services.GetRequiredService<CommandRunner>()).ToArray();
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 24).Select(i => Task.Run(() => runners[i % 2].Run(
            Person("office", Role.CioOffice), new CommandOptions(),
            async s => FundRules.Reserve(await s.Load(Fund.Kind, new FundId("rush-2026").Stream), new($"rush-{i}"), new($"rush-{i}"), Track.General, new(90m))))));

        outcomes.Count(o => o is CommandOutcome.Done).ShouldBe(11);
        outcomes.OfType<CommandOutcome.Refused>().SelectMany(r => r.Refusals).Select(r => r.Code).Distinct().ShouldBe(["fund-exhausted"]);
        var fund = await office.GetFromJsonAsync<JsonElement>("/api/funds/rush-2026");
        fund.GetProperty("reserved").GetRawText().ShouldBe("990.00");
    }
}
