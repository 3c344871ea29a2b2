using Approval.Testing;
using Microsoft.Playwright;

namespace Approval.Journeys;

/// <summary>
/// The three groups take one project from the first word to its issued approval by clicking, each as its person. Every chapter is a test of its own and begins where
/// the one before has ended, whatever the order in which they are asked for.
/// </summary>
public sealed class OneProject(Site site)
{
    const string Title = "区域影像诊断中心";

    static readonly Lock Reading = new();
    static readonly Dictionary<string, Task<string>> Written = [];

    [Fact]
    public Task A_unit_drafts_has_it_endorsed_and_submits() => Drafted();

    [Fact]
    public Task The_office_takes_it_through_the_batch_with_the_bodies() => Shortlisted();

    [Fact]
    public Task The_experts_score_blind_until_the_last_sheet_is_in() => Scored();

    [Fact]
    public Task The_office_concludes_the_appraisal_and_arranges_the_interfaces() => Unified();

    [Fact]
    public Task The_committee_decides_in_person() => Decided();

    [Fact]
    public Task The_approval_is_signed_issued_and_read_by_its_unit() => Issued();

    Task<string> Drafted() => Once(async () =>
    {
        string address;
        await using (var officer = await site.SignIn(Town.Officer))
        {
            await officer.ClickThrough("新建申报", AriaRole.Link);
            await officer.Fill("项目名称", Title);
            await officer.ClickThrough("保存草稿");
            officer.Page.Url.ShouldEndWith("/edit");

            // The form check names what is missing at its field.
            await officer.Page.Locator("[data-check-list] li[data-code]").First.WaitForAsync();
            (await officer.Page.Locator("#objective").GetAttributeAsync("aria-invalid")).ShouldBe("true");

            await officer.Fill("建设目标", "集中诊断基层医疗机构的影像。");
            await officer.Fill("建设必要性", "基层缺少影像医师。");
            await officer.Fill("建设内容", "建设影像云诊断应用。");
            await officer.Fill("计划开始", $"{Town.Today.AddMonths(1):yyyy-MM-dd}");
            await officer.Fill("计划完成", $"{Town.Today.AddMonths(10):yyyy-MM-dd}");
            await officer.Page.GetByLabel("等级保护级别").SelectOptionAsync("1");
            await AddRow(officer, "budget", ("amount", "800000"));
            (await officer.Page.Locator("output[data-sum]").TextContentAsync()).ShouldBe("800,000.00");
            await AddRow(officer, "resources", ("name", "影像诊断报告"));
            await AddRow(officer, "interfaces", ("data", "人口信息"), ("counterpartSystem", "人口库"));
            await officer.Page.Locator("#total").FillAsync("900000");
            await Saved(officer);

            // A mistake on purpose: the lines do not sum to the total, which is said at the total, and nothing typed is lost.
            await officer.Page.Locator("[data-check-list] li[data-code=budget-does-not-sum]").WaitForAsync();
            (await officer.Page.Locator("#total").GetAttributeAsync("aria-invalid")).ShouldBe("true");
            (await officer.Page.Locator("#objective").InputValueAsync()).ShouldBe("集中诊断基层医疗机构的影像。");
            await officer.Click("填入总投资");
            await Saved(officer);
            await officer.Page.Locator("[data-check-list] .good").WaitForAsync();
            await officer.ClickThrough("保存并继续办理");
            address = new Uri(officer.Page.Url).AbsolutePath;
            await officer.ClickThrough("送部门首席信息官审签");
            (await officer.Says("[aria-labelledby=waits]")).ShouldContain("卫生健康局 部门首席信息官");
        }

        await using (var cio = await site.SignIn(Town.Cio))
        {
            var row = cio.Row(Title);
            (await row.InnerTextAsync()).ShouldContain("还有 5 个工作日");
            await cio.Through(row.GetByRole(AriaRole.Button, new() { Name = "签署同意" }));
            (await row.CountAsync()).ShouldBe(0);
        }

        await using (var officer = await site.SignIn(Town.Officer))
        {
            (await officer.TakeUp(Title, "提交申报")).ShouldContain("部门审签");
            await officer.ClickThrough("提交申报");
            (await officer.Says(".path .here")).ShouldContain("形式审查");
            (await officer.Says("[aria-labelledby=waits]")).ShouldContain("形式审查与受理 · CIO办公室");
            (await officer.Says("[aria-labelledby=signatures]")).ShouldContain("赵信息：同意 所见第");
        }

        return address;
    });

    Task<string> Shortlisted() => Once(async () =>
    {
        var address = await Drafted();
        string batch;
        await using (var office = await site.SignIn(Town.Office))
        {
            await office.ClickThrough("批次", AriaRole.Link);
            await office.Fill("批次名称", "影像专项批次");
            await office.Fill("开始受理", $"{Town.Today:yyyy-MM-dd}");
            await office.Fill("截止日期", $"{Town.Today.AddDays(20):yyyy-MM-dd}");
            foreach (var body in new[] { "民政局", "财政局" }) await office.Page.GetByLabel(body, new() { Exact = true }).CheckAsync();
            await office.ClickThrough("设立批次");

            (await office.TakeUp(Title, "形式审查与受理")).ShouldContain("卫生健康局 · 形式审查");
            (await office.Says("[aria-labelledby=waits]")).ShouldContain("轮到您");
            await office.ClickThrough("受理");
            await office.ClickThrough("列为一般项目");
            (await office.Says(".path .here")).ShouldContain("一般项目集中安排");
            (await office.Says("[aria-labelledby=decisions]")).ShouldMatch("适用审批办法第 [1-9][0-9]* 版");
            (await office.Says("[aria-labelledby=waits]")).ShouldContain("影像专项批次");

            await office.ClickThrough("影像专项批次", AriaRole.Link);
            batch = new Uri(office.Page.Url).AbsolutePath;
            await office.Fill("提前关闭的理由", "本批申报已齐");
            await office.ClickThrough("关闭窗口");
            await office.ClickThrough("发起会审");
            (await office.Row(Title).Last.InnerTextAsync()).ShouldContain("待签");
        }

        await using (var civil = await site.SignIn("civil-cio"))
        {
            await civil.Through(civil.Row(Title).GetByRole(AriaRole.Button, new() { Name = "签署支持" }));
            (await civil.Row(Title).CountAsync()).ShouldBe(0);
        }

        await using (var finance = await site.At("finance-cio", batch))
        {
            await finance.ClickThrough("对选中项目签署“支持”");
        }

        await using (var office = await site.SignIn(Town.Office))
        {
            (await office.TakeUp("影像专项批次", "会审、排序与集中安排")).ShouldContain("批次");
            (await office.Row(Title).Last.InnerTextAsync()).ShouldContain("通过");
            await office.Fill($"名次理由：{Title}", "基层急需");
            await office.ClickThrough("保存排序");
            await office.Until("[data-carries-text]", "资金可承担前 1 项");
            await office.ClickThrough("作出批次结论");
            (await office.Says("main > header")).ShouldContain("已办结");

            await office.TakeUp(Title, "发起论证");
            (await office.Says("[aria-labelledby=money]")).ShouldContain("80 万元（预留）");
            await office.ClickThrough("发起论证");
            foreach (var expert in new[] { "专家一", "专家二", "专家三" }) await office.Page.GetByLabel(expert, new() { Exact = true }).CheckAsync();
            await office.ClickThrough("组建专家组");
            (await office.Says("main > header")).ShouldContain("评分中");
        }

        return address;
    });

    Task<string> Scored() => Once(async () =>
    {
        var address = await Shortlisted();
        foreach (var (n, expert) in new[] { "expert-1", "expert-2", "expert-3" }.Index())
        {
            await using var desk = await site.SignIn(expert);
            (await desk.TakeUp(Title, "提交评分表")).ShouldContain("个工作日");
            (await desk.Says(".figures")).ShouldContain($"{n} / 3");
            (await desk.Page.Locator(".cell-for").AllInnerTextsAsync()).ShouldAllBe(cell => cell.StartsWith("已交", StringComparison.Ordinal));
            foreach (var (criterion, mark) in new[] { ("必要性", 90), ("可行性", 80), ("预算合理性", 70), ("复用与共享", 85), ("安全", 75) })
                await desk.Page.Locator(".fields div", new() { HasText = criterion }).Locator("input").First.FillAsync($"{mark - n}");
            await desk.Page.Locator("[name=suggested]").FillAsync("75");
            await desk.Fill("意见", "基层急需，投资可略减。");
            await desk.ClickThrough("提交评分表");
            if (n < 2) (await desk.Says("main")).ShouldContain("此前各人只能看到自己的评分");
            else (await desk.Says("main > header")).ShouldContain("已公开");
        }

        return address;
    });

    Task<string> Unified() => Once(async () =>
    {
        var address = await Scored();
        await using var office = await site.SignIn(Town.Office);
        await office.TakeUp(Title, "形成论证结论");
        await office.Until("[data-preview]", "75"); // what the experts suggest, before anything is recorded
        await office.Fill("理由", "同意专家意见，核减 5 万元。");
        await office.ClickThrough("形成论证结论");
        (await office.Says("main > header")).ShouldContain("已有结论");

        await office.TakeUp(Title, "统一安排接口");
        await office.ClickThrough("安排接口", AriaRole.Link);
        (await office.Says("main")).ShouldContain("还有 1 个接口未安排");
        await office.Page.Locator("[data-kind]").SelectOptionAsync("via-exchange-platform");
        await office.ClickThrough("安排接口");
        if (await office.Page.Locator("[name=resolution]").CountAsync() > 0)
        {
            await office.Page.Locator("[name=resolution]").FillAsync("由人口库经共享交换平台提供。");
            await office.ClickThrough("裁定");
        }

        await office.ClickThrough("完成接口统一安排，提交委员会");
        await office.Open(address);
        (await office.Says(".path .here")).ShouldContain("委员会审议");
        return address;
    });

    Task<string> Decided() => Once(async () =>
    {
        var address = await Unified();
        await using var chair = await site.SignIn(Town.DistrictCio);
        await chair.ClickThrough("会议", AriaRole.Link);
        await chair.Fill("日期", $"{Town.Today:yyyy-MM-dd}");
        await chair.Fill("地点", "第二会议室");
        await chair.Click("召集会议");
        await chair.Until(".act-errors", "例会"); // too soon after the last one: said where it arose, and nothing typed is lost
        await chair.Fill("临时会议事由（例会间隔未满时填写）", "影像中心须年内建成");
        await chair.ClickThrough("召集会议");
        var room = new Uri(chair.Page.Url).AbsolutePath;

        await using var office = await site.SignIn(Town.Office);
        (await office.TakeUp(Title, "列入会议议程")).ShouldContain("委员会审议");
        await office.Open(room);
        await office.Page.GetByLabel("待上会的项目").SelectOptionAsync(address.Split('/')[^1]);
        await office.ClickThrough("列入议程");
        await office.Until(".quorum", "未达法定人数");
        foreach (var member in new[] { "郑区长", "钱信息", "吴信息" }) await office.ClickThrough($"{member}：登记到场");
        await office.Until(".quorum", "应到 3 人，须到 2 人，在场且不回避 3 人：已达法定人数");

        // The chair's page follows what the office records, without being loaded anew.
        await chair.Until(".quorum", "已达法定人数");
        await chair.Fill("条件（每行一条，可不填）", "接入共享交换平台\n按目录共享诊断报告");
        await chair.ClickThrough("提请表决");
        await chair.ClickThrough("赞成");
        foreach (var (member, vote) in new[] { ("civil-cio", "赞成"), ("finance-cio", "弃权") })
        {
            await using var desk = await site.SignIn(member);
            await desk.TakeUp("第二会议室", "出席并表决");
            await desk.ClickThrough(vote);
            (await desk.Says(".item")).ShouldContain($"您已投：{vote}");
        }

        await chair.Until(".item", "赞成 2，反对 0，弃权 1");
        await chair.ClickThrough("宣布决议：通过");
        (await chair.Says(".item h3")).ShouldContain("通过");
        await office.Open(room);
        await office.ClickThrough("结束会议，形成纪要");
        (await office.Says(".document")).ShouldContain("表决：在场且不回避 3 人，赞成 2 票，反对 0 票，弃权 1 票。");
        return address;
    });

    Task<string> Issued() => Once(async () =>
    {
        var address = await Decided();
        await using (var chair = await site.SignIn(Town.DistrictCio))
        {
            (await chair.TakeUp(Title, "签署")).ShouldContain("批复");
            (await chair.Says("[aria-labelledby=money]")).ShouldContain("75 万元（已落实）");
            await chair.Page.Locator("[data-deed=Sign] button.btn-primary").First.ClickAsync();
            await chair.Until(".path .here", "监管");
        }

        await using var officer = await site.SignIn(Town.Officer);
        await officer.TakeUp(Title, "报告进展");
        (await officer.Says("[aria-labelledby=decisions]")).ShouldContain("按目录共享诊断报告");
        await officer.Through(officer.Page.Locator("main > header a.tag.ok"));
        var document = await officer.Says(".document");
        document.ShouldContain($"关于“{Title}”项目的批复");
        document.ShouldContain("750,000.00 元");
        return address;
    });

    static async Task AddRow(Desk desk, string part, params (string Field, string Value)[] cells)
    {
        await desk.Page.Locator($"[data-rows='content.{part}'] [data-add-row]").ClickAsync();
        foreach (var (field, value) in cells) await desk.Page.Locator($"[name='content.{part}[0].{field}']").FillAsync(value);
    }

    static async Task Saved(Desk desk)
    {
        var answer = desk.Page.WaitForResponseAsync(r => r.Request.Method == "PUT" && r.Ok);
        await desk.Click("保存草稿");
        await answer;
    }

    static Task<string> Once(Func<Task<string>> chapter, [System.Runtime.CompilerServices.CallerMemberName] string name = "")
    {
        lock (Reading) return Written.TryGetValue(name, out var begun) ? begun : Written[name] = Task.Run(chapter);
    }
}
