using Approval.Testing;
using Microsoft.Playwright;
using Npgsql;

namespace Approval.Operations;

/// <summary>Administrator, office and District CIO keep the engine running by clicking: each form once, with a refusal where it arises.</summary>
public sealed class OfficeStory(Site site)
{
    [Fact]
    public async Task An_administrator_appoints_moves_and_removes_a_person_and_learns_which_roles_exclude_each_other()
    {
        await using var admin = await site.At(Town.Administrator, "/operations/people");
        await admin.Page.Locator("#person").FillAsync("new-person");
        await admin.Page.Locator("#unit").SelectOptionAsync("civil");
        await Tick(admin, "administrator", "expert");
        await admin.Click("任命");
        await admin.Refused("administrator-decides");
        (await admin.Page.Locator("#person").InputValueAsync()).ShouldBe("new-person"); // nothing typed is lost

        await Tick(admin, "administrator");
        await admin.Through(() => admin.Click("任命"));
        admin.Page.Url.ShouldEndWith("/operations/people/new-person");
        await admin.Page.Locator("main #unit").SelectOptionAsync("health");
        await admin.Through(() => admin.Click("调动"));
        (await admin.Page.Locator("dl.facts").First.InnerTextAsync()).ShouldContain("卫生健康局");
        await admin.Page.Locator("input[name=units][value=finance]").CheckAsync();
        await admin.Through(() => admin.Click("保存利益关系"));
        (await admin.Page.Locator("dl.facts").First.InnerTextAsync()).ShouldContain("财政局");
        await admin.Click("移出");
        await admin.Refused("text-required");
        await admin.Page.Locator("#reason").FillAsync("借调期满。");
        await admin.Through(() => admin.Click("移出"));
        (await admin.Page.Locator("main > header").InnerTextAsync()).ShouldContain("已移出名录");
    }

    [Fact]
    public async Task A_unit_is_registered_renamed_and_retired()
    {
        await using var admin = await site.At(Town.Administrator, "/operations/units");
        await admin.Fill("代码（小写字母、数字、连字符）", "Sports");
        await admin.Page.Locator("#name").FillAsync("体育局");
        await admin.Click("登记");
        await admin.Refused("unit-code-invalid");
        await admin.Fill("代码（小写字母、数字、连字符）", "sports");
        await admin.Through(() => admin.Click("登记"));
        var row = admin.Page.Locator("tr", new() { HasText = "体育局" });
        await row.Locator("summary").ClickAsync();
        await row.GetByLabel("新名称").FillAsync("文化体育局");
        await admin.Through(() => row.GetByRole(AriaRole.Button, new() { Name = "更名" }).ClickAsync());
        row = admin.Page.Locator("tr", new() { HasText = "文化体育局" });
        await row.Locator("summary").ClickAsync();
        await row.GetByLabel("撤销理由").FillAsync("机构改革。");
        await admin.Through(() => row.GetByRole(AriaRole.Button, new() { Name = "撤销" }).ClickAsync());
        (await admin.Page.Locator("tr", new() { HasText = "文化体育局" }).InnerTextAsync()).ShouldContain("已撤销");
    }

    [Fact]
    public async Task A_years_holidays_are_adopted_and_seen_in_the_year()
    {
        await using var admin = await site.At(Town.Administrator, "/operations/calendar?year=2031");
        await admin.Page.Locator("#source").FillAsync("关于2031年部分节假日安排的通知");
        await admin.Page.Locator("[data-add-row]").ClickAsync();
        await admin.Page.Locator("[name='daysOff[0].date']").FillAsync("2031-10-01");
        await admin.Page.Locator("[name='daysOff[0].name']").FillAsync("国庆节");
        await admin.Page.Locator("#makeUpDays").FillAsync("2031-09-29");
        await admin.Click("颁布");
        await admin.Refused("calendar-make-up-on-weekday");
        await admin.Page.Locator("#makeUpDays").FillAsync("2031-09-28");
        await admin.Through(() => admin.Click("颁布"));
        (await admin.Page.Locator("[aria-labelledby=m-9] .day-make-up").InnerTextAsync()).ShouldContain("28");
        (await admin.Page.Locator("[aria-labelledby=m-10] .day-off").First.InnerTextAsync()).ShouldContain("1");
    }

    [Fact]
    public async Task A_view_is_rebuilt_and_one_that_stopped_shows_its_event_and_goes_on()
    {
        await using var admin = await site.At(Town.Administrator, "/operations/views");
        await admin.Through(() => admin.Page.GetByRole(AriaRole.Button, new() { Name = "重建 历史检索" }).ClickAsync());
        var row = admin.Page.Locator("tr", new() { HasText = "历史检索" });
        await row.Locator(".tag.ok").WaitForAsync(); // the table looks again by itself

        await Run("update approval.async_views set error = '演练', error_position = 7, error_event = 'demo proposal-1 3 proposal-drafted.v1', error_at = now() where name = 'rabbitmq' or name = 'strangers_followed'");
        await admin.Open("/operations/views");
        (await admin.Page.Locator("main").InnerTextAsync()).ShouldContain("demo proposal-1 3 proposal-drafted.v1");
        await admin.Picture("view-stopped");
        await admin.Through(() => admin.Page.GetByRole(AriaRole.Button, new() { Name = "继续 其他程序写入的事件" }).ClickAsync());
        await admin.Page.Locator("tr", new() { HasText = "其他程序写入的事件" }).Locator(".tag.ok").WaitForAsync();

        await using var office = await site.At(Town.Office, "/operations/views");
        (await office.Page.Locator("main form").CountAsync()).ShouldBe(0); // only the administrator rebuilds
    }

    [Fact]
    public async Task A_webhook_is_added_its_key_shown_once_and_what_it_did_not_take_is_sent_again()
    {
        await using var admin = await site.At(Town.Administrator, "/operations/webhooks");
        await admin.Page.Locator("#url").FillAsync("http://10.1.2.3/hook");
        await admin.Click("新增");
        await admin.Refused("webhook-address-not-allowed");
        await admin.Page.Locator("#url").FillAsync("https://receiver.example/hook");
        await admin.Click("新增");
        await admin.Page.Locator("[data-answer=secret]:not(:empty)").WaitForAsync();
        (await admin.Page.Locator("[data-answer=secret]").InnerTextAsync()).ShouldStartWith("whsec_");
        await admin.Through(() => admin.Page.GetByText("已保存密钥，返回列表").ClickAsync());
        (await admin.Page.Locator("main").InnerTextAsync()).ShouldNotContain("whsec_");

        await Run("""
            insert into approval.webhook_dead_letters (jurisdiction, webhook, position, event_id, type, attempts, error, given_up)
            select jurisdiction, id, 1, gen_random_uuid(), 'proposal-submitted.v1', 9, '503', now() from approval.webhooks where url = 'https://receiver.example/hook'
            """);
        await admin.Open("/operations/webhooks");
        await admin.ClickThrough("1", AriaRole.Link);
        await admin.Through(() => admin.Click("重发"));
        await admin.Page.GetByText("等待重发").Or(admin.Page.GetByRole(AriaRole.Cell, new() { Name = "10", Exact = true })).First.WaitForAsync(); // the tenth attempt may have been made already
        await admin.Through(() => admin.Page.GetByRole(AriaRole.Button, new() { Name = "删除 https://receiver.example/hook" }).ClickAsync());
        (await admin.Page.Locator("main").InnerTextAsync()).ShouldNotContain("receiver.example");
    }

    [Fact]
    public async Task A_table_of_systems_is_checked_first_and_only_its_good_rows_are_stored_if_asked()
    {
        await using var office = await site.At(Town.Office, "/systems/import");
        var table = "系统编号,系统名称,主管单位,年运维费,信息资源\nA-1,殡葬服务系统,民政局,120000,殡葬信息(有条件共享)\nA-2,养老服务系统,不存在的单位,abc,\n";
        await office.Page.Locator("#file").SetInputFilesAsync(new FilePayload { Name = "systems.csv", MimeType = "text/csv", Buffer = System.Text.Encoding.UTF8.GetBytes(table) });
        await office.Click("检查（不写入）");
        await office.Page.Locator("[data-rejected] tbody tr").First.WaitForAsync();
        var report = await office.Page.Locator("[data-report]").InnerTextAsync();
        report.ShouldContain("共 2 行：新登记 1");
        report.ShouldContain("年运维费");
        await office.Picture("system-import-report");
        (await office.Violations()).ShouldBeEmpty();
        (await site.Read(Town.Office, "/api/systems?q=A-1")).GetProperty("items").GetArrayLength().ShouldBe(0); // nothing is stored yet

        await office.Click("只导入无误的 1 行");
        await office.Page.GetByText("查看已建系统").ClickAsync();
        await office.Page.WaitForURLAsync("**/systems");
        await office.Quiet();
        (await office.Page.Locator("#rows").InnerTextAsync()).ShouldContain("殡葬服务系统");
    }

    [Fact]
    public async Task A_policy_is_adopted_compared_and_running_proposals_are_moved_after_a_dry_run()
    {
        var proposal = await Town.Submitted(site, "地名信息管理系统");
        await site.Act(Town.Office, $"/api/proposals/{proposal}/acceptance", new { });
        await using (var chief = await site.At(Town.DistrictCio, "/operations/policies/adopt"))
        {
            await chief.Page.Locator("#effectiveFrom").FillAsync($"{Town.Today:yyyy-MM-dd}");
            await chief.Page.Locator("#t-quorum").FillAsync("3");
            await chief.Page.Locator("[name='content.stages[2].limitWorkingDays']").FillAsync("8");
            await chief.Click("颁布");
            await chief.Refused("policy-threshold-out-of-range");
            (await chief.Page.Locator("#t-quorum").GetAttributeAsync("aria-invalid")).ShouldBe("true");
            await chief.Page.Locator("#t-quorum").FillAsync("0.6");
            await chief.Through(() => chief.Click("颁布"));
            var changes = await chief.Page.Locator("table", new() { HasText = "原规定" }).InnerTextAsync();
            changes.ShouldContain("形式审查：时限（工作日）");
            changes.ShouldContain("法定出席比例");
        }

        await using var office = await site.At(Town.Office, "/operations/policies");
        await office.ClickThrough("在办项目改按此版", AriaRole.Link);
        var part = office.Page.Locator("section", new() { HasText = "地名信息管理系统" });
        (await part.InnerTextAsync()).ShouldContain("法定出席比例");
        await office.Picture("policy-moves-dry-run");
        await part.GetByLabel("理由").FillAsync("按新办法办理。");
        await office.Through(() => part.GetByRole(AriaRole.Button, new() { Name = "改按此版" }).ClickAsync());
        (await office.Page.Locator("section", new() { HasText = "地名信息管理系统" }).CountAsync()).ShouldBe(0);
        (await site.Read(Town.Office, $"/api/proposals/{proposal}")).GetProperty("policy").GetProperty("version").GetInt32().ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task A_funds_ceiling_is_changed_and_its_movements_are_told()
    {
        await site.Act(Town.Office, "/api/funds", new { fund = "smart", name = "智慧民政资金", year = Town.Today.Year, ceiling = 1_000_000m, basis = "财文〔1〕号" });
        await using var chief = await site.At(Town.DistrictCio, "/funds/smart");
        await chief.Page.Locator("#ceiling").FillAsync("0");
        await chief.Page.Locator("#reason").FillAsync("追加预算。");
        await chief.Click("调整");
        await chief.Refused("amount-not-positive");
        await chief.Page.Locator("#ceiling").FillAsync("2500000");
        await chief.Through(() => chief.Click("调整"));
        (await chief.Page.Locator(".figures").InnerTextAsync()).ShouldContain("250");
        (await chief.Page.Locator("[aria-labelledby=movements] tbody tr").CountAsync()).ShouldBe(2);
        (await chief.Page.Locator("[aria-labelledby=movements]").InnerTextAsync()).ShouldContain("追加预算");

        await using var office = await site.At(Town.Office, "/funds/smart");
        (await office.Page.Locator("#ceiling").CountAsync()).ShouldBe(0); // the District CIO sets the ceiling
    }

    [Fact]
    public async Task A_programme_is_opened_and_a_project_put_under_its_goal()
    {
        await Town.Submitted(site, "社会救助一件事平台");
        await using var office = await site.At(Town.Office, "/programmes");
        await office.Page.Locator("#title").FillAsync("民生数字化专项");
        await office.Page.Locator("#from").FillAsync("2027-01-01");
        await office.Page.Locator("#until").FillAsync("2026-01-01");
        await office.Page.Locator("[name='goals[0].name']").FillAsync("服务平台");
        await office.Page.Locator("[name='goals[0].planned']").FillAsync("2");
        await office.Click("设立");
        await office.Refused("programme-period-reversed");
        await office.Page.Locator("#until").FillAsync("2028-12-31");
        await office.Through(() => office.Click("设立"));
        await office.Page.Locator("#proposal").SelectOptionAsync(new SelectOptionValue { Label = "社会救助一件事平台 · 卫生健康局" });
        await office.Through(() => office.Click("列入"));
        (await office.Page.Locator("[aria-labelledby=goals] tbody").InnerTextAsync()).ShouldContain("服务平台");
        (await office.Page.GetByRole(AriaRole.Link, new() { Name = "社会救助一件事平台" }).CountAsync()).ShouldBe(1);
    }

    private static async Task Tick(Desk desk, params string[] roles)
    {
        foreach (var role in roles) await desk.Page.Locator($"input[name=roles][value={role}]").ClickAsync();
    }

    private async Task Run(string sql)
    {
        await using var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(site.Database) { Pooling = false });
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
