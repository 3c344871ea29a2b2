using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Approval.EventStore;
using Approval.Intake;
using Approval.MergedAppraisal;
using Approval.Policies;
using Approval.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Approval.InterfaceUnification;

public sealed class InterfacesTests(HostFixture host) : IClassFixture<HostFixture>
{
    static readonly UnitId Police = new("police");
    static readonly PolicyRef Policy = new(1, new string('a', 64));

    /// <summary>Each test has a jurisdiction of its own, so that no scene disturbs another.</summary>
    readonly JurisdictionId place = new(Guid.CreateVersion7().ToString("N"));

    Actor Person(Role role, string unit = "cio-office") => new(new(role.ToString()), place, new(unit), [role]);
    HttpClient Office => host.ClientFor(Person(Role.CioOffice));

    static InterfaceDeclaration Line(InterfaceDirection direction, string data, string counterpart, InterfaceMode mode = InterfaceMode.Api) =>
        new(1, direction, data, counterpart, null, mode, InterfaceFrequency.Daily, Network.GovernmentExtranet);

    async Task<string> Project(string title, params InterfaceDeclaration[] lines)
    {
        var id = new ProposalId(Guid.CreateVersion7().ToString("N"));
        var content = new ProposalContent { Title = title, Interfaces = [.. lines] };
        var outcome = await host.Services.GetRequiredService<CommandRunner>().Run(Person(Role.UnitOfficer, "police"), new CommandOptions(id.Stream), _ => Task.FromResult(Decision.Of(id.Stream,
            new ProposalDrafted(id, Police, content), new EndorsementAsked(1), new ProposalEndorsed(1), new ProposalSubmitted(1), new ProposalAccepted(1, Policy),
            new ProposalRecommended(new("a1"), 1, new(1_000_000m), Policy))));
        outcome.ShouldBeOfType<CommandOutcome.Done>();
        return id.Value;
    }

    static async Task<JsonElement> Json(HttpResponseMessage response, HttpStatusCode status = HttpStatusCode.OK)
    {
        var text = await response.Content.ReadAsStringAsync();
        response.StatusCode.ShouldBe(status, text);
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    Task<HttpResponseMessage> Arrange(string id, params object[] items) => Office.PostAsJsonAsync($"/api/proposals/{id}/arrangements", new { items });

    async Task<HttpResponseMessage> Decide(string id, string deed, object? body = null)
    {
        var office = Office;
        office.DefaultRequestHeaders.Add("If-Match", (await office.GetAsync($"/api/proposals/{id}/interfaces")).Headers.ETag!.Tag);
        return await office.PostAsJsonAsync($"/api/proposals/{id}/{deed}", body ?? new { });
    }

    [Fact]
    public async Task Two_rivals_are_arranged_their_conflict_settled_for_both_and_both_go_to_the_committee()
    {
        var first = await Project("宏观经济数据库", Line(InterfaceDirection.Provide, "宏观经济指标", "各部门业务系统"));
        var second = await Project("宏观经济管理信息系统", Line(InterfaceDirection.Provide, "宏观经济指标", "各部门业务系统"));
        var seen = await Json(await Office.GetAsync($"/api/proposals/{first}/interfaces"));
        (seen.GetProperty("openLines").GetInt32(), seen.GetProperty("openConflicts").GetInt32()).ShouldBe((1, 1));
        var conflict = seen.GetProperty("conflicts")[0];
        conflict.GetProperty("kind").GetString().ShouldBe("duplicate-provider");

        (await Json(await Decide(first, "unification"), HttpStatusCode.Conflict)).GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("code").GetString())
            .ShouldBe(["interface-open", "conflict-open"]);
        await Json(await Arrange(first, new { line = 1, kind = "publish-new" }));
        await Json(await Arrange(second, new { line = 1, kind = "via-exchange-platform" }));
        await Json(await Decide(first, "conflict-settlement", new { conflict = conflict.GetProperty("key").GetString(), resolution = "以宏观经济数据库为唯一数据源" }));
        await Json(await Decide(first, "unification"));
        await Json(await Decide(second, "unification"));
        (await Json(await Office.GetAsync($"/api/proposals/{second}/interfaces"))).GetProperty("stage").GetString().ShouldBe("committee");

        var figures = await Json(await Office.GetAsync("/api/interfaces/figures"));
        (figures.GetProperty("declared").GetInt32(), figures.GetProperty("conflicts").GetInt32(), figures.GetProperty("afterUnification").GetInt32()).ShouldBe((2, 1, 2));
        (await Json(await Office.GetAsync("/api/interfaces/conflicts?open=true"))).GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task A_batch_of_arrangements_answers_for_each_line()
    {
        var id = await Project("市民卡工程", Line(InterfaceDirection.Consume, "参保信息", "社会保障信息系统"));
        var results = (await Json(await Arrange(id, new { line = 1, kind = "via-exchange-platform" }, new { line = 9, kind = "waive", reason = "不需要" }))).GetProperty("items");
        results[0].GetProperty("arrangement").GetProperty("kind").GetString().ShouldBe("via-exchange-platform");
        results[1].GetProperty("error").GetProperty("code").GetString().ShouldBe("interface-line-unknown");
        (await Json(await Arrange(id, new { line = 9, kind = "waive", reason = "x" }), HttpStatusCode.BadRequest)).GetProperty("code").GetString().ShouldBe("interface-line-unknown");
        await Json(await Office.PostAsJsonAsync($"/api/proposals/{id}/interface-reopening", new { line = 1, reason = "改用已有接口" }));
        (await Json(await Office.GetAsync($"/api/proposals/{id}/interfaces"))).GetProperty("openLines").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task The_catalogue_is_published_searched_reused_and_retired()
    {
        var standard = (await Json(await Office.PostAsJsonAsync("/api/interfaces/standards", new { title = "人口数据交换规范", mode = "api", version = "2024", document = "示信办〔2024〕3号" }),
            HttpStatusCode.Created)).GetProperty("id").GetString();
        var body = new { data = "人口身份核验", providerSystem = "公安核验平台", providerUnit = "市公安局", mode = "api", standard };
        var entry = (await Json(await Office.PostAsJsonAsync("/api/interfaces", body), HttpStatusCode.Created)).GetProperty("id").GetString();
        (await Json(await Office.PostAsJsonAsync("/api/interfaces", body), HttpStatusCode.Conflict)).GetProperty("code").GetString().ShouldBe("interface-exists");
        (await Json(await host.ClientFor(Person(Role.UnitOfficer)).GetAsync("/api/interfaces?q=核验&kind=interface&status=published"))).GetProperty("items").GetArrayLength().ShouldBe(1);
        (await Json(await Office.GetAsync($"/api/interfaces/{entry}"))).GetProperty("title").GetString().ShouldBe("人口身份核验");

        var id = await Project("市民卡工程", Line(InterfaceDirection.Consume, "人口身份核验", "人口库", InterfaceMode.File));
        await Json(await Arrange(id, new { line = 1, kind = "reuse", @interface = entry }));
        (await Json(await Office.PostAsJsonAsync($"/api/interfaces/{entry}/retirement", new { reason = "停用" }), HttpStatusCode.Conflict)).GetProperty("code").GetString().ShouldBe("interface-in-use");
        await Json(await Decide(id, "unification"));
        (await Json(await Office.PostAsJsonAsync($"/api/interfaces/{standard}/retirement", new { reason = "废止" }))).GetProperty("retired").GetBoolean().ShouldBeTrue();
        await Json(await Office.GetAsync("/api/interfaces/nothing"), HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_map_shows_both_states_and_the_conflicts_in_their_place()
    {
        var id = await Project("信用信息系统", Line(InterfaceDirection.Consume, "行政处罚信息", "各执法部门", InterfaceMode.File));
        var map = await Json(await Office.GetAsync("/api/interfaces/map"));
        map.GetProperty("before")[0].GetProperty("conflicts")[0].GetString().ShouldBe("no-provider");
        map.GetProperty("nodes").EnumerateArray().Select(n => n.GetProperty("name").GetString()).ShouldBe(["信用信息系统", "各执法部门"], ignoreOrder: true);
        await Json(await Arrange(id, new { line = 1, kind = "waive", reason = "改由双公示平台获取" }));
        (await Json(await Office.GetAsync("/api/interfaces/map"))).GetProperty("after").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Only_the_office_arranges_and_only_those_concerned_look()
    {
        var id = await Project("市民卡工程", Line(InterfaceDirection.Consume, "参保信息", "社会保障信息系统"));
        var officer = host.ClientFor(Person(Role.UnitOfficer, "police"));
        await Json(await officer.GetAsync($"/api/proposals/{id}/interfaces"));
        await Json(await officer.PostAsJsonAsync($"/api/proposals/{id}/arrangements", new { items = new[] { new { line = 1, kind = "via-exchange-platform" } } }), HttpStatusCode.Forbidden);
        await Json(await host.ClientFor(Person(Role.UnitOfficer, "health")).GetAsync($"/api/proposals/{id}/interfaces"), HttpStatusCode.NotFound);
        await Json(await host.ClientFor(Person(Role.UnitOfficer)).GetAsync("/api/interfaces/map"), HttpStatusCode.Forbidden);
        await Json(await host.ClientFor(Person(Role.CioOffice) with { Jurisdiction = new("elsewhere") }).GetAsync($"/api/proposals/{id}/interfaces"), HttpStatusCode.NotFound);
        await Json(await Office.PostAsJsonAsync($"/api/proposals/{id}/unification", new { }), (HttpStatusCode)428);
    }
}
