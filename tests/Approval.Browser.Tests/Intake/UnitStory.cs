using Approval.Testing;
using Microsoft.Playwright;

namespace Approval.Intake;

/// <summary>A project unit takes a proposal from the first word to submission by clicking.</summary>
public sealed class UnitStory(Site site)
{
    [Fact]
    public async Task A_unit_drafts_has_it_endorsed_and_submits_by_clicking()
    {
        string address;
        await using (var officer = await site.SignIn(Town.Officer))
        {
            await officer.ClickThrough("新建申报", AriaRole.Link);
            await officer.Fill("项目名称", "区域影像诊断中心");
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
            await officer.Page.Locator("[data-rows='content.budget'] [data-add-row]").ClickAsync();
            await officer.Page.Locator("[name='content.budget[0].amount']").FillAsync("800000");
            (await officer.Page.Locator("output[data-sum]").TextContentAsync()).ShouldBe("800,000.00");
            await officer.Page.Locator("#total").FillAsync("900000");
            await Saved(officer, "保存草稿");

            // A mistake on purpose: the lines do not sum to the total, which is said at the total, and nothing typed is lost.
            await officer.Page.Locator("[data-check-list] li[data-code=budget-does-not-sum]").WaitForAsync();
            (await officer.Page.Locator("#total").GetAttributeAsync("aria-invalid")).ShouldBe("true");
            (await officer.Page.Locator("#objective").InputValueAsync()).ShouldBe("集中诊断基层医疗机构的影像。");
            await officer.Click("填入总投资");
            await Saved(officer, "保存草稿");
            await officer.Page.Locator("[data-check-list] .good").WaitForAsync();
            await officer.Picture("story-form-passes");
            await officer.ClickThrough("保存并继续办理");
            address = new Uri(officer.Page.Url).AbsolutePath;
            await officer.ClickThrough("送部门首席信息官审签");
        }

        await using (var cio = await site.SignIn(Town.Cio))
        {
            var row = cio.Page.Locator("tr", new() { HasText = "区域影像诊断中心" });
            cio.Page.Dialog += (_, dialog) => _ = dialog.AcceptAsync();
            await row.GetByRole(AriaRole.Button, new() { Name = "签署同意" }).ClickAsync();
            await row.WaitForAsync(new() { State = WaitForSelectorState.Detached });
        }

        await using (var officer = await site.SignIn(Town.Officer))
        {
            await officer.Open(address);
            await officer.ClickThrough("提交申报");
            (await officer.Page.Locator(".path .here").InnerTextAsync()).ShouldContain("形式审查");
            await officer.Picture("story-submitted");
        }
    }

    [Fact]
    public async Task What_was_typed_survives_a_session_that_ended()
    {
        var id = await Town.Drafted(site, "妇幼保健信息系统");
        await using var officer = await site.SignIn(Town.Officer);
        await officer.Open($"/proposals/{id}/edit");
        await officer.Fill("建设目标", "改善妇幼保健。");
        await officer.Page.Context.ClearCookiesAsync();
        await officer.Click("保存草稿");
        await officer.Click("登录已过期。您填写的内容已暂存，请重新登录后继续。", AriaRole.Link);
        await officer.Page.Locator($"button[name=person][value='{Town.Officer}']").ClickAsync();
        await officer.Page.WaitForURLAsync($"**/proposals/{id}/edit");
        await officer.Quiet();
        (await officer.Page.Locator("#objective").InputValueAsync()).ShouldBe("改善妇幼保健。");
    }

    [Fact]
    public async Task Who_was_slower_sees_both_versions_and_loses_nothing()
    {
        var id = await Town.Drafted(site, "疫苗接种预约系统");
        await using var officer = await site.SignIn(Town.Officer);
        await officer.Open($"/proposals/{id}/edit");
        await officer.Fill("项目名称", "疫苗接种预约服务");
        await site.Act(Town.Officer, $"/api/proposals/{id}", new { content = Town.Content("疫苗接种管理系统") }, HttpMethod.Put);
        await officer.Click("保存草稿");
        var compare = officer.Page.Locator("dialog.compare");
        (await compare.InnerTextAsync()).ShouldContain("疫苗接种管理系统");
        await Saved(officer, "仍用我的内容提交");
        (await site.Read(Town.Officer, $"/api/proposals/{id}")).GetProperty("content").GetProperty("title").GetString().ShouldBe("疫苗接种预约服务");
    }

    [Fact]
    public async Task A_page_asked_for_without_signing_in_comes_after_signing_in()
    {
        await using var nobody = await site.SignIn("");
        await nobody.Open("/proposals?stage=draft");
        nobody.Page.Url.ShouldContain("/sign-in?returnUrl=");
        await nobody.Page.Locator($"button[name=person][value='{Town.Auditor}']").ClickAsync();
        await nobody.Page.WaitForURLAsync("**/proposals?stage=draft");
        await nobody.Quiet();
    }

    static async Task Saved(Desk desk, string button)
    {
        var answer = desk.Page.WaitForResponseAsync(r => r.Request.Method == "PUT" && r.Ok);
        await desk.Click(button);
        await answer;
    }
}
