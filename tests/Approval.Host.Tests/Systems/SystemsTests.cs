using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Approval.Directory;
using Approval.EventStore;
using Approval.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Approval.Systems;

public sealed class SystemsTests(HostFixture host) : IClassFixture<HostFixture>
{
    static readonly Actor Office = new(new("office"), HostFixture.Demo, new("cio-office"), [Role.CioOffice]);
    static readonly Actor Officer = new(new("officer"), HostFixture.Demo, new("police"), [Role.UnitOfficer]);
    static readonly Actor Elsewhere = new(new("office-2"), new("elsewhere"), new("cio-office"), [Role.CioOffice]);
    const string Header = "系统编号,系统名称,主管单位,年运维费,启用日期,信息资源,接口\n";

    HttpClient As(Actor actor) => host.ClientFor(actor);

    async Task<string> Unit()
    {
        var unit = new UnitId("police");
        await host.Services.GetRequiredService<CommandRunner>().Run(Office, new CommandOptions(unit.Stream), async s =>
            await s.Find(Approval.Directory.Unit.Kind, unit.Stream) is null ? Decision.Of(unit.Stream, new UnitRegistered(unit, "市公安局")) : Decision.Nothing);
        return unit.Value;
    }

    static async Task<JsonElement> Json(HttpResponseMessage response, HttpStatusCode status = HttpStatusCode.OK)
    {
        var text = await response.Content.ReadAsStringAsync();
        response.StatusCode.ShouldBe(status, text);
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    Task<HttpResponseMessage> Import(byte[] file, string query = "", Actor? by = null) =>
        As(by ?? Office).PostAsync($"/api/systems/import{query}", new ByteArrayContent(file) { Headers = { { "Content-Type", "text/csv" } } });

    static byte[] Csv(string rows) => [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Header + rows)];

    [Fact]
    public async Task A_system_is_registered_read_changed_found_withholding_and_retired()
    {
        await Unit();
        var system = new { name = "人口系统", owner = "police", yearlyOperationCost = 120000.50, resources = new[] { new { name = "人口户籍信息", sharing = "conditional" } } };
        var created = await As(Office).PostAsJsonAsync("/api/systems", new { code = "R-1", system });
        (await Json(created, HttpStatusCode.Created)).GetProperty("code").GetString().ShouldBe("R-1");
        created.Headers.Location!.ToString().ShouldBe("/api/systems/R-1");
        (await Json(await As(Officer).GetAsync("/api/systems/R-1"))).GetProperty("yearlyOperationCost").GetDecimal().ShouldBe(120000.50m);
        (await As(Office).PutAsJsonAsync("/api/systems/R-1", system with { yearlyOperationCost = 1 })).Headers.ETag!.Tag.ShouldBe("\"2\"");
        var withheld = await Json(await As(Office).PostAsJsonAsync("/api/systems/R-1/sharing", new { resource = "人口户籍信息", kept = false, finding = "未提供" }));
        withheld.GetProperty("withheld")[0].GetString().ShouldBe("人口户籍信息");
        (await Json(await As(Office).GetAsync("/api/systems?withheld=true&q=人口"))).GetProperty("items").GetArrayLength().ShouldBe(1);
        (await Json(await As(Office).PostAsJsonAsync("/api/systems/R-1/retirement", new { reason = "停用" }))).GetProperty("retired").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Only_the_office_keeps_the_register_and_no_other_jurisdiction_sees_it()
    {
        await Unit();
        await Json(await Import(Csv("J-1,甲,市公安局,1,,,\n")));
        (await Json(await Import(Csv("J-2,甲,市公安局,1,,,\n"), by: Officer), HttpStatusCode.Forbidden)).GetProperty("code").GetString().ShouldBe("not-permitted");
        await Json(await As(Elsewhere).GetAsync("/api/systems/J-1"), HttpStatusCode.NotFound);
        (await Json(await As(Elsewhere).GetAsync("/api/systems"))).GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Every_rejected_cell_is_reported_and_nothing_is_stored()
    {
        await Unit();
        var file = Csv("A-1,好系统,市公安局,1000,2020-07-01,人口(有条件共享);侦查(不予共享),提供:人口:api\n"
            + "-2,,无此单位,-5,昨天,人口(随便),给:人口:电话\nA-1,重复,police,abc,,,\n");
        var problem = await Json(await Import(file), HttpStatusCode.BadRequest);
        problem.GetProperty("code").GetString().ShouldBe("import-rejected");
        problem.GetProperty("report").GetProperty("rejected").EnumerateArray().Select(r => (r.GetProperty("row").GetInt32(), r.GetProperty("column").GetString(), r.GetProperty("code").GetString())).ShouldBe([
            (3, "启用日期", "import-date-malformed"), (3, "信息资源", "import-resource-malformed"), (3, "接口", "import-interface-malformed"), (3, "系统编号", "system-code-malformed"),
            (3, "系统名称", "text-required"), (3, "主管单位", "system-owner-unknown"), (3, "年运维费", "system-cost-negative"),
            (4, "年运维费", "import-amount-malformed"), (4, "系统编号", "system-code-repeated")]);
        var first = problem.GetProperty("report").GetProperty("rejected")[0];
        first.GetProperty("chinese").GetString()!.ShouldContain("不是日期");
        first.GetProperty("english").GetString()!.ShouldContain("no date");
        await Json(await As(Office).GetAsync("/api/systems/A-1"), HttpStatusCode.NotFound);

        var accepted = await Json(await Import(file, "?acceptGood=true"));
        (accepted.GetProperty("registered").GetInt32(), accepted.GetProperty("stored").GetBoolean(), accepted.GetProperty("rejected").GetArrayLength()).ShouldBe((1, true, 9));
        (await Json(await As(Office).GetAsync("/api/systems/A-1"))).GetProperty("inUseSince").GetString().ShouldBe("2020-07-01");
    }

    [Fact]
    public async Task A_dry_run_stores_nothing_and_the_same_file_twice_changes_nothing()
    {
        await Unit();
        var file = Csv("D-1,甲,市公安局,1,,,\nD-2,乙,市公安局,2,,,\n");
        var dry = await Json(await Import(file, "?dryRun=true"));
        (dry.GetProperty("registered").GetInt32(), dry.GetProperty("stored").GetBoolean()).ShouldBe((2, false));
        await Json(await As(Office).GetAsync("/api/systems/D-1"), HttpStatusCode.NotFound);
        (await Json(await Import(file))).GetProperty("registered").GetInt32().ShouldBe(2);
        (await Json(await Import(file))).GetProperty("unchanged").GetInt32().ShouldBe(2);
        (await Json(await Import(Csv("D-1,甲,市公安局,9,,,\nD-2,乙,市公安局,2,,,\n")))).GetProperty("updated").GetInt32().ShouldBe(1);
        (await As(Office).GetAsync("/api/systems/D-1")).Headers.ETag!.Tag.ShouldBe("\"2\"");
    }

    [Fact]
    public async Task Headers_in_English_and_text_in_GB18030_are_understood()
    {
        await Unit();
        var gb = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetBytes("code,name,owner,Yearly Operation Cost\nG-1,国标系统,police,\"1,200.50\"\n");
        await Json(await Import(gb));
        var system = await Json(await As(Office).GetAsync("/api/systems/G-1"));
        (system.GetProperty("name").GetString(), system.GetProperty("yearlyOperationCost").GetDecimal()).ShouldBe(("国标系统", 1200.50m));
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("xlsx")]
    public async Task What_is_exported_can_be_imported_and_is_no_formula(string format)
    {
        await Unit();
        await Json(await Import(Csv("E-1,\"=HYPERLINK(\"\"http://x\"\")\",市公安局,1000.25,2020-07-01,人口(有条件共享),提供:人口:api\n")));
        var export = await As(Office).GetAsync($"/api/systems/export?format={format}");
        var file = await export.Content.ReadAsByteArrayAsync();
        export.StatusCode.ShouldBe(HttpStatusCode.OK, Encoding.UTF8.GetString(file));
        if (format == "csv") Encoding.UTF8.GetString(file).ShouldContain("'=HYPERLINK");
        else Part(file, "xl/worksheets/sheet").ShouldNotContain("<x:f>");
        var again = await Json(await Import(file));
        again.GetProperty("unchanged").GetInt32().ShouldBe(again.GetProperty("rows").GetInt32());
    }

    [Fact]
    public async Task A_missing_column_a_broken_file_and_too_much_are_refused()
    {
        await Unit();
        (await Json(await Import("系统编号,系统名称\nM-1,甲\n"u8.ToArray()), HttpStatusCode.BadRequest)).GetProperty("code").GetString().ShouldBe("import-column-missing");
        (await Json(await Import([]), HttpStatusCode.BadRequest)).GetProperty("code").GetString().ShouldBe("import-column-missing");
        (await Json(await Import("PK nonsense"u8.ToArray()), HttpStatusCode.BadRequest)).GetProperty("code").GetString().ShouldBe("table-unreadable");
        (await Json(await Import([0xFF, 0xFF, 0xFF]), HttpStatusCode.BadRequest)).GetProperty("code").GetString().ShouldBe("table-unreadable");
        (await Json(await Import(Encoding.UTF8.GetBytes("系统编号,\"open")), HttpStatusCode.BadRequest)).GetProperty("code").GetString().ShouldBe("table-unreadable");
        using var large = new HttpRequestMessage(HttpMethod.Post, "/api/systems/import") { Content = new ByteArrayContent(new byte[(50 << 20) + 1]), Headers = { ExpectContinue = true } };
        (await Json(await As(Office).SendAsync(large), HttpStatusCode.RequestEntityTooLarge)).GetProperty("code").GetString().ShouldBe("too-large");
    }

    [Fact]
    public async Task A_workbook_that_unpacks_without_end_or_names_outside_entities_is_refused()
    {
        (await Json(await Import(Workbook(s => { for (var i = 0; i < 210; i++) s.Write(new byte[1 << 20]); })), HttpStatusCode.BadRequest)).GetProperty("code").GetString().ShouldBe("table-too-big");
        var entity = "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><worksheet><sheetData><row><c><v>&e;</v></c></row></sheetData></worksheet>"u8.ToArray();
        (await Json(await Import(Workbook(s => s.Write(entity))), HttpStatusCode.BadRequest)).GetProperty("code").GetString().ShouldBe("table-unreadable");
    }

    [Fact]
    public async Task The_stored_value_of_a_formula_counts()
    {
        await Unit();
        const string cells = "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>code</t></is></c><c r=\"B1\" t=\"inlineStr\"><is><t>name</t></is></c>"
            + "<c r=\"C1\" t=\"inlineStr\"><is><t>owner</t></is></c><c r=\"D1\" t=\"inlineStr\"><is><t>年运维费</t></is></c></row>"
            + "<row r=\"7\"><c r=\"A7\" t=\"str\"><f>\"F-\"&amp;1</f><v>F-1</v></c><c r=\"B7\" t=\"inlineStr\"><is><t>甲</t></is></c><c r=\"C7\" t=\"inlineStr\"><is><t>police</t></is></c>"
            + "<c r=\"D7\"><f>1+1</f><v>2</v></c></row></sheetData></worksheet>";
        await Json(await Import(Workbook(s => s.Write(Encoding.UTF8.GetBytes(cells)))));
        (await Json(await As(Office).GetAsync("/api/systems/F-1"))).GetProperty("yearlyOperationCost").GetDecimal().ShouldBe(2m);
    }

    [Fact]
    public async Task Five_thousand_rows_are_imported_in_seconds()
    {
        await Unit();
        var rows = string.Concat(Enumerable.Range(1, 5000).Select(i => $"B-{i:00000},系统{i},市公安局,{i}.50,2020-01-01,资源{i}(有条件共享),提供:资源{i}:api\n"));
        var clock = System.Diagnostics.Stopwatch.StartNew();
        (await Json(await Import(Csv(rows)))).GetProperty("registered").GetInt32().ShouldBe(5000);
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(30));
        TestContext.Current.SendDiagnosticMessage($"5000 rows in {clock.Elapsed.TotalSeconds:0.0} s");
        (await Json(await Import(Csv(rows)))).GetProperty("unchanged").GetInt32().ShouldBe(5000);
    }

    [Fact]
    public async Task Who_breaks_promises_is_known_to_the_form_check()
    {
        await Unit();
        await Json(await Import(Csv("P-1,承诺系统,市公安局,1,,承诺资源(无条件共享),\n")));
        await As(Office).PostAsJsonAsync("/api/systems/P-1/sharing", new { resource = "承诺资源", kept = false, finding = "未提供" });
        var queries = host.Services.GetRequiredService<Http.Queries>();
        (await queries.PromisesBrokenBy(HostFixture.Demo, new("police"), default)).ShouldContain(new BrokenPromise("承诺资源", "承诺系统"));
        (await queries.PromisesBrokenBy(HostFixture.Demo, new("health"), default)).ShouldBeEmpty();
    }

    static byte[] Workbook(Action<Stream> sheet)
    {
        using var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            Write("xl/workbook.xml", s => s.Write("<workbook xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"1\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"u8));
            Write("xl/_rels/workbook.xml.rels", s => s.Write("<Relationships><Relationship Id=\"rId1\" Target=\"worksheets/sheet1.xml\"/></Relationships>"u8));
            Write("xl/worksheets/sheet1.xml", sheet);

            void Write(string name, Action<Stream> content)
            {
                using var entry = archive.CreateEntry(name).Open();
                content(entry);
            }
        }

        return file.ToArray();
    }

    static string Part(byte[] file, string name)
    {
        using var archive = new ZipArchive(new MemoryStream(file));
        using var reader = new StreamReader(archive.Entries.Single(e => e.FullName.StartsWith(name, StringComparison.Ordinal)).Open());
        return reader.ReadToEnd();
    }
}
