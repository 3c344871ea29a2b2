using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Approval.Testing;

namespace Approval.Intake;

/// <summary>Intake over HTTP, as the persons who may.</summary>
public sealed class IntakeTests : IClassFixture<HostFixture>, IAsyncLifetime
{
    private readonly HostFixture host;
    private readonly Persons persons;
    private readonly HttpClient officer, cio, office, district, otherOfficer, auditor, administrator;

    public IntakeTests(HostFixture host)
    {
        this.host = host;
        persons = new(host);
        (officer, cio, office, district) = (host.ClientFor(persons.Officer), host.ClientFor(persons.DepartmentalCio), host.ClientFor(persons.Office), host.ClientFor(persons.DistrictCio));
        (otherOfficer, auditor, administrator) = (host.ClientFor(persons.OtherOfficer), host.ClientFor(persons.Auditor), host.ClientFor(persons.Administrator));
    }

    public ValueTask InitializeAsync() => new(persons.Settle());

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static Dictionary<string, object?> Content(string title = "区域卫生信息平台") => new()
    {
        ["title"] = title,
        ["category"] = "new",
        ["objective"] = "实现全市医疗机构信息互联互通",
        ["justification"] = "各医院系统互不相通",
        ["construction"] = "建设数据中心与共享平台",
        ["budget"] = new[] { new { kind = "software", amount = 3_000_000.00m }, new { kind = "hardware", amount = 2_000_000m } },
        ["total"] = 5_000_000m,
        ["start"] = "2026-06-01",
        ["finish"] = "2027-05-31",
        ["resources"] = new[] { new { name = "电子健康档案", provider = "市卫生局", sharing = "conditional" } },
        ["interfaces"] = new[] { new { line = 1, direction = "consume", data = "人口总量与结构", counterpartSystem = "人口基础信息库", mode = "api", frequency = "daily", network = "government-extranet" } },
        ["protectionLevel"] = 3,
        ["cryptographyPlan"] = "采用国密算法",
    };

    private async Task<string> Draft(string title = "区域卫生信息平台") =>
        (await officer.Post("/api/proposals", new { content = Content(title) }).Ok(HttpStatusCode.Created)).Text("id")!;

    private async Task<JsonElement> Endorse(string id)
    {
        var asked = await officer.Post($"/api/proposals/{id}/endorsement-request").Ok();
        var round = asked.GetProperty("rounds").EnumerateArray().Last().Text("id");
        return await cio.Post($"/api/proposals/{id}/rounds/{round}/signature", new { revision = asked.GetProperty("revision").GetInt32(), opinion = "同意申报" }).Ok();
    }

    private async Task<JsonElement> Submit(string title = "区域卫生信息平台")
    {
        var id = await Draft(title);
        await Endorse(id);
        return await officer.Post($"/api/proposals/{id}/submission").Ok();
    }

    [Fact]
    public async Task A_proposal_goes_from_draft_to_acceptance()
    {
        var id = await Draft();
        (await Endorse(id)).GetProperty("intake").GetProperty("endorsedRevision").GetInt32().ShouldBe(1);
        var submitted = await officer.Post($"/api/proposals/{id}/submission").Ok();
        submitted.Text("stage").ShouldBe("form-check");
        submitted.GetProperty("appraisal").GetProperty("lookedAt").GetInt32().ShouldBe(1, "submission looks for similar ones");
        var accepted = await office.Post($"/api/proposals/{id}/acceptance", version: submitted.GetProperty("version").GetInt64()).Ok();
        accepted.GetProperty("policy").GetProperty("version").GetInt32().ShouldBe(1);
        accepted.GetProperty("waits")[0].Text("deed").ShouldBe("ClassifyProposal");
    }

    [Fact]
    public async Task Acceptance_rests_on_the_version_seen()
    {
        var submitted = await Submit();
        var path = $"/api/proposals/{submitted.Text("id")}/acceptance";
        await office.Post(path).Refused((HttpStatusCode)428, "if-match-required");
        await office.Post(path, version: 1).Refused(HttpStatusCode.PreconditionFailed, "version-moved");
    }

    [Fact]
    public async Task The_form_check_reports_everything_at_once_and_stores_nothing()
    {
        var content = Content();
        (content["total"], content["cryptographyPlan"], content["justification"]) = (1m, null, "");
        var id = (await officer.Post("/api/proposals", new { content }).Ok(HttpStatusCode.Created)).Text("id")!;
        var before = (await Endorse(id)).GetProperty("version").GetInt64();
        await officer.Post($"/api/proposals/{id}/submission").Refused(HttpStatusCode.BadRequest, "part-missing", "budget-does-not-sum", "cryptography-plan-missing");
        (await officer.GetFromJsonAsync<JsonElement>($"/api/proposals/{id}")).GetProperty("version").GetInt64().ShouldBe(before);
        var check = await officer.GetFromJsonAsync<JsonElement>($"/api/proposals/{id}/form-check");
        check.GetProperty("failures").EnumerateArray().Select(f => f.Text("field")).ShouldBe(["content.justification", "content.total", "content.cryptographyPlan"]);
    }

    [Fact]
    public async Task A_returned_proposal_comes_back_to_the_stage_that_asked()
    {
        var id = (await Submit()).Text("id");
        var returned = await office.Post($"/api/proposals/{id}/return", new { reason = "预算不清", items = new[] { "细化预算" } }).Ok();
        returned.GetProperty("clock").GetProperty("paused").GetBoolean().ShouldBeTrue();
        await office.Post($"/api/proposals/{id}/acceptance", version: returned.GetProperty("version").GetInt64()).Refused(HttpStatusCode.Conflict, "correction-open");
        (await officer.Post($"/api/proposals/{id}/correction", new { answer = "已细化" }).Ok()).Text("stage").ShouldBe("form-check");
    }

    [Fact]
    public async Task A_correction_lapses_only_when_overdue_and_only_by_the_office()
    {
        var id = (await Submit()).Text("id");
        var version = (await office.Post($"/api/proposals/{id}/return", new { reason = "预算不清" }).Ok()).GetProperty("version").GetInt64();
        await office.Post($"/api/proposals/{id}/lapse", new { reason = "逾期" }, version).Refused(HttpStatusCode.Conflict, "not-overdue");
        host.Clock.Advance(TimeSpan.FromDays(60));
        (await office.Post($"/api/proposals/{id}/lapse", new { reason = "逾期" }, version).Ok()).Text("outcome").ShouldBe("lapsed");
    }

    [Fact]
    public async Task Declining_and_withdrawing_end_a_proposal()
    {
        var submitted = await Submit();
        (await office.Post($"/api/proposals/{submitted.Text("id")}/declination", new { reason = "不属于信息化" }, submitted.GetProperty("version").GetInt64()).Ok())
            .Text("outcome").ShouldBe("not-accepted");
        var id = (await Submit()).Text("id");
        (await officer.Post($"/api/proposals/{id}/withdrawal", new { reason = "另行安排" }).Ok()).Text("outcome").ShouldBe("withdrawn");
    }

    [Fact]
    public async Task Nobody_but_the_own_unit_and_the_auditor_sees_a_draft()
    {
        var id = await Draft("传染病直报系统");
        await officer.Send(HttpMethod.Get, $"/api/proposals/{id}").Ok();
        await cio.Send(HttpMethod.Get, $"/api/proposals/{id}").Ok();
        await auditor.Send(HttpMethod.Get, $"/api/proposals/{id}").Ok();
        await otherOfficer.Post($"/api/proposals/{id}/withdrawal", new { reason = "x" }).Refused(HttpStatusCode.NotFound, "unknown");
        await administrator.Send(HttpMethod.Get, $"/api/proposals/{id}").Refused(HttpStatusCode.Forbidden, "not-permitted");
        foreach (var other in new[] { office, district, otherOfficer, host.ClientFor(persons.OtherCio), host.ClientFor(persons.Expert) })
        {
            await other.Send(HttpMethod.Get, $"/api/proposals/{id}").Refused(HttpStatusCode.NotFound, "unknown");
            await other.Send(HttpMethod.Get, $"/api/proposals/{id}/revisions").Refused(HttpStatusCode.NotFound, "unknown");
            (await other.GetFromJsonAsync<JsonElement>("/api/proposals?q=传染病直报")).GetProperty("items").GetArrayLength().ShouldBe(0);
        }

        var foreign = host.ClientFor(persons.Auditor with { Jurisdiction = new("elsewhere") });
        await foreign.Send(HttpMethod.Get, $"/api/proposals/{id}").Refused(HttpStatusCode.NotFound, "unknown");
    }

    [Fact]
    public async Task Once_submitted_the_office_sees_it_and_another_unit_does_not()
    {
        var id = (await Submit()).Text("id");
        await office.Send(HttpMethod.Get, $"/api/proposals/{id}").Ok();
        await district.Send(HttpMethod.Get, $"/api/proposals/{id}").Ok();
        await otherOfficer.Send(HttpMethod.Get, $"/api/proposals/{id}").Refused(HttpStatusCode.NotFound, "unknown");
        await administrator.Send(HttpMethod.Get, $"/api/proposals/{id}").Refused(HttpStatusCode.Forbidden, "not-permitted");
    }

    [Theory]
    [InlineData("血库", true)]
    [InlineData("库联网", true)]
    [InlineData("血", true)]
    [InlineData("采供血库", true)]
    [InlineData("联血", false)]
    [InlineData("!!", true)]
    public async Task Two_characters_of_a_Chinese_word_find_it(string q, bool found)
    {
        var id = await Draft("采供血库联网系统");
        var items = (await officer.GetFromJsonAsync<JsonElement>($"/api/proposals?limit=200&q={Uri.EscapeDataString(q)}")).GetProperty("items").EnumerateArray();
        items.Any(i => i.Text("id") == id).ShouldBe(found);
    }

    [Fact]
    public async Task The_list_filters_and_pages_without_loss()
    {
        List<string> drafted = [];
        for (var i = 0; i < 5; i++) drafted.Add(await Draft($"妇幼保健系统{i}"));
        List<string> seen = [];
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await officer.GetFromJsonAsync<JsonElement>($"/api/proposals?q=妇幼保健&stage=draft&unit=health&year=2026&limit=2{(cursor.Length > 0 ? "&cursor=" + cursor : "")}");
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(i => i.Text("id")!));
            cursor = page.Text("next");
        }

        seen.Order().ShouldBe(drafted.Order());
        (await officer.GetFromJsonAsync<JsonElement>("/api/proposals?q=妇幼保健&stage=committee")).GetProperty("items").GetArrayLength().ShouldBe(0);
        await officer.Send(HttpMethod.Get, "/api/proposals?stage=nowhere").Refused(HttpStatusCode.BadRequest, "invalid-parameter");
    }

    [Fact]
    public async Task Each_revision_can_be_read_and_the_past_is_read_as_it_was()
    {
        var id = await Draft();
        var before = host.Clock.GetUtcNow();
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await officer.Send(HttpMethod.Put, $"/api/proposals/{id}", new { content = Content("卫生信息共享平台") }).Ok();
        var revisions = await officer.GetFromJsonAsync<JsonElement>($"/api/proposals/{id}/revisions");
        revisions.EnumerateArray().Last().GetProperty("changed").EnumerateArray().Select(p => p.GetString()).ShouldBe(["title"]);
        (await officer.GetFromJsonAsync<JsonElement>($"/api/proposals/{id}/revisions/1")).GetProperty("content").Text("title").ShouldBe("区域卫生信息平台");
        await officer.Send(HttpMethod.Get, $"/api/proposals/{id}/revisions/3").Refused(HttpStatusCode.NotFound, "unknown");
        var then = await officer.GetFromJsonAsync<JsonElement>($"/api/proposals/{id}?asOf={before:yyyy-MM-ddTHH:mm:ssZ}");
        then.GetProperty("content").Text("title").ShouldBe("区域卫生信息平台");
    }

    [Fact]
    public async Task An_attachment_is_uploaded_named_by_a_revision_and_downloaded_as_a_file()
    {
        var id = await Draft();
        var bytes = (byte[])[.. "%PDF-1.7"u8, .. RandomNumberGenerator.GetBytes(700_000)];
        using var file = new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("application/pdf") } };
        var stored = await officer.PostAsync($"/api/proposals/{id}/attachments?name={Uri.EscapeDataString("可研报告.pdf")}", file).Ok(HttpStatusCode.Created);
        stored.Text("sha256").ShouldBe(Convert.ToHexStringLower(SHA256.HashData(bytes)));
        await officer.Send(HttpMethod.Get, $"/api/proposals/{id}/attachments/{stored.Text("sha256")}").Refused(HttpStatusCode.NotFound, "unknown");

        var content = Content();
        content["attachments"] = new[] { stored };
        await officer.Send(HttpMethod.Put, $"/api/proposals/{id}", new { content }).Ok();
        using var download = await cio.GetAsync($"/api/proposals/{id}/attachments/{stored.Text("sha256")}");
        (await download.Content.ReadAsByteArrayAsync()).ShouldBe(bytes);
        download.Headers.GetValues("Content-Security-Policy").ShouldBe(["sandbox; default-src 'none'"]);
        download.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        download.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        await otherOfficer.Send(HttpMethod.Get, $"/api/proposals/{id}/attachments/{stored.Text("sha256")}").Refused(HttpStatusCode.NotFound, "unknown");
    }

    [Fact]
    public async Task A_bad_attachment_is_refused()
    {
        var id = await Draft();
        Task<HttpResponseMessage> Upload(HttpClient client, byte[] bytes, string name, string type = "application/pdf") =>
            client.PostAsync($"/api/proposals/{id}/attachments?name={Uri.EscapeDataString(name)}", new ByteArrayContent(bytes) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } });
        await Upload(officer, [], "a.pdf").Refused(HttpStatusCode.BadRequest, "attachment-empty");
        await Upload(officer, [1], "../a.pdf").Refused(HttpStatusCode.BadRequest, "attachment-malformed");
        await Upload(officer, [1], "").Refused(HttpStatusCode.BadRequest, "attachment-malformed");
        await Upload(otherOfficer, [1], "a.pdf").Refused(HttpStatusCode.NotFound, "unknown");
        await Upload(cio, [1], "a.pdf").Refused(HttpStatusCode.Forbidden, "not-permitted");
        using var large = host.ClientFor(persons.Officer);
        large.DefaultRequestHeaders.ExpectContinue = true;
        await Upload(large, new byte[(50 << 20) + 1], "a.pdf").Refused(HttpStatusCode.RequestEntityTooLarge, "too-large");
        using var unannounced = new HttpRequestMessage(HttpMethod.Post, $"/api/proposals/{id}/attachments?name=a.pdf")
        {
            Content = new ByteArrayContent([.. "%PDF-1.7"u8, .. new byte[50 << 20]]) { Headers = { ContentType = new("application/pdf") } },
            Headers = { TransferEncodingChunked = true },
        };
        await large.SendAsync(unannounced).Refused(HttpStatusCode.RequestEntityTooLarge, "too-large");
        await Upload(officer, "MZ"u8.ToArray(), "a.pdf").Refused(HttpStatusCode.BadRequest, "attachment-content-mismatch");
        await Upload(officer, [.. "a,b"u8, 0], "a.csv", "text/csv").Refused(HttpStatusCode.BadRequest, "attachment-content-mismatch");
        await Upload(officer, "<script>"u8.ToArray(), "a.html", "text/html").Refused(HttpStatusCode.BadRequest, "attachment-type-not-taken");

        var content = Content();
        content["attachments"] = new[] { new { name = "a.pdf", mediaType = "application/pdf", length = 1, sha256 = new string('0', 64) } };
        await officer.Send(HttpMethod.Put, $"/api/proposals/{id}", new { content }).Refused(HttpStatusCode.BadRequest, "attachment-not-stored");
    }

    public static TheoryData<string, object?, string> BadContent => new()
    {
        { "title", null, "required-field" },
        { "title", "", "text-required" },
        { "title", new string('长', 201), "text-too-long" },
        { "title", "a\u0007b", "control-character" },
        { "title", "раураl平台", "look-alike-characters" },
        { "title", "卫生\u200b平台", "invisible-characters" },
        { "total", -1m, "invalid-amount" },
        { "total", 0.001m, "invalid-amount" },
        { "total", "12", "invalid-amount" },
        { "total", 1e20, "invalid-amount" },
        { "start", "2026-02-30", "wrong-type" },
        { "finish", "1066-10-14", "date-implausible" },
        { "category", "demolish", "wrong-type" },
        { "category", 0, "wrong-type" },
        { "protectionLevel", 5, "protection-level-unknown" },
        { "protectionLevel", 1e10, "out-of-range" },
        { "budget", new object?[] { null }, "required-field" },
        { "budget", new[] { new { kind = "software", amount = -3m } }, "invalid-amount" },
        { "surprise", 1, "unknown-field" },
    };

    [Theory]
    [MemberData(nameof(BadContent))]
    public async Task Bad_content_is_refused_with_its_code_and_nothing_is_stored(string member, object? value, string code)
    {
        var content = Content();
        content[member] = value;
        var body = JsonContent.Create(new { content });
        await officer.PostAsync("/api/proposals", body).Refused(HttpStatusCode.BadRequest, code);
    }

    [Fact]
    public async Task Commands_of_the_wrong_person_or_stage_are_refused()
    {
        var id = await Draft();
        await officer.Post($"/api/proposals/{id}/submission").Refused(HttpStatusCode.Conflict, "not-endorsed");
        await cio.Post($"/api/proposals/{id}/submission").Refused(HttpStatusCode.Forbidden, "not-permitted");
        await auditor.Post($"/api/proposals/{id}/withdrawal", new { reason = "x" }).Refused(HttpStatusCode.Forbidden, "not-permitted");
        await officer.Post($"/api/proposals/{id}/acceptance", version: 1).Refused(HttpStatusCode.Forbidden, "not-permitted");
        await officer.Post("/api/proposals/unknown/submission").Refused(HttpStatusCode.NotFound, "unknown");
        await host.Anonymous().Post($"/api/proposals/{id}/submission").Refused(HttpStatusCode.Unauthorized, "unauthenticated");
        var submitted = await Submit();
        await officer.Send(HttpMethod.Put, $"/api/proposals/{submitted.Text("id")}", new { content = Content("另一标题") }).Refused(HttpStatusCode.Conflict, "pen-not-with-unit");
    }

    [Fact]
    public async Task The_same_command_again_changes_nothing()
    {
        var submitted = await Submit();
        var again = await officer.Post($"/api/proposals/{submitted.Text("id")}/submission").Ok();
        again.GetProperty("version").GetInt64().ShouldBe(submitted.GetProperty("version").GetInt64());
    }

    [Fact]
    public async Task The_dry_run_of_a_policy_move_answers_and_records_nothing()
    {
        var submitted = await Submit();
        var id = submitted.Text("id");
        await office.Send(HttpMethod.Get, $"/api/proposals/{id}/policy-move?version=1").Refused(HttpStatusCode.Conflict, "not-accepted-yet");
        var version = (await office.Post($"/api/proposals/{id}/acceptance", version: submitted.GetProperty("version").GetInt64()).Ok()).GetProperty("version").GetInt64();
        (await office.GetFromJsonAsync<JsonElement>($"/api/proposals/{id}/policy-move?version=1")).GetProperty("changes").GetArrayLength().ShouldBe(0);
        await office.Send(HttpMethod.Get, $"/api/proposals/{id}/policy-move?version=9").Refused(HttpStatusCode.BadRequest, "policy-version-unknown");
        await office.Post($"/api/proposals/{id}/policy-move", new { version = 9, reason = "新办法" }, version).Refused(HttpStatusCode.BadRequest, "policy-version-unknown");
    }
}
