using Approval.Testing;
using Microsoft.Playwright;

namespace Approval.Intake;

/// <summary>What goes wrong while people write: nothing typed is lost.</summary>
public sealed class Mishaps(Site site)
{
    [Fact]
    public async Task What_was_typed_survives_a_session_that_ended()
    {
        var id = await Town.Drafted(site, "妇幼保健信息系统");
        await using var officer = await site.SignIn(Town.Officer, at: $"/proposals/{id}/edit", alone: true);
        await officer.Fill("建设目标", "改善妇幼保健。");
        await officer.Page.Context.ClearCookiesAsync();
        await officer.Click("保存草稿");
        await officer.Page.Locator(".act-errors a").WaitForAsync();
        await site.Act(Town.Officer, $"/api/proposals/{id}", new { content = Town.Content("妇幼保健管理平台") }, HttpMethod.Put);
        await officer.Click("登录已过期。您填写的内容已暂存，请重新登录后继续。", AriaRole.Link);
        await officer.Page.Locator($"button[name=person][value='{Town.Officer}']").ClickAsync();
        await officer.Page.WaitForURLAsync($"**/proposals/{id}/edit");
        await officer.Quiet();
        (await officer.Page.Locator("#objective").InputValueAsync()).ShouldBe("改善妇幼保健。");

        // It rests on the version that was read before: what a colleague saved meanwhile is not overwritten unseen.
        await officer.Click("保存草稿");
        (await officer.Page.Locator("dialog.compare").InnerTextAsync()).ShouldContain("妇幼保健管理平台");
    }

    [Fact]
    public async Task What_was_typed_into_a_decision_survives_a_session_that_ended()
    {
        var id = await Town.Submitted(site, Town.Content("药品追溯系统", resource: "药品流向"));
        await using var office = await site.SignIn(Town.Office, at: $"/proposals/{id}", alone: true);
        await office.Page.Locator("summary", new() { HasText = "其他处理" }).ClickAsync();
        var back = office.Page.Locator("form[data-deed=ReturnProposal]");
        await back.Locator("summary").ClickAsync();
        await back.Locator("[name=reason]").FillAsync("概算依据不足。");
        await office.Page.Context.ClearCookiesAsync();
        await back.Locator("button").ClickAsync();
        await office.Click("登录已过期。您填写的内容已暂存，请重新登录后继续。", AriaRole.Link);
        await office.Page.Locator($"button[name=person][value='{Town.Office}']").ClickAsync();
        await office.Page.WaitForURLAsync($"**/proposals/{id}");
        await office.Quiet();
        await back.Locator("[name=reason]").WaitForAsync(); // in sight, not folded away
        (await back.Locator("[name=reason]").InputValueAsync()).ShouldBe("概算依据不足。");
    }

    [Fact]
    public async Task Leaving_with_unsaved_words_is_asked_about_and_they_are_there_again()
    {
        var id = await Town.Drafted(site, "康复辅具租赁平台");
        await using var officer = await site.At(Town.Officer, $"/proposals/{id}/edit");
        var asked = new TaskCompletionSource();
        officer.Page.Dialog += (_, dialog) => { if (dialog.Type == DialogType.BeforeUnload) asked.TrySetResult(); };
        await officer.Page.Locator("#objective").ClickAsync();
        await officer.Page.Keyboard.TypeAsync("方便残疾人。");
        await officer.Page.Locator("[data-rows='content.budget'] [data-remove-row]").First.ClickAsync();
        await officer.Click("返回项目", AriaRole.Link);
        await asked.Task.WaitAsync(TimeSpan.FromMinutes(1));
        await officer.Page.WaitForURLAsync($"**/proposals/{id}");
        await officer.Open($"/proposals/{id}/edit");
        await officer.Until("[data-restored]", "已恢复您填写后尚未保存的内容");
        (await officer.Page.Locator("#objective").InputValueAsync()).ShouldContain("方便残疾人。");
        (await officer.Page.Locator("[data-rows='content.budget'] [data-row]").CountAsync()).ShouldBe(1);
        (await officer.Violations()).ShouldBeEmpty();

        await officer.ClickThrough("不要了，显示已保存的内容");
        (await officer.Page.Locator("[data-restored]").CountAsync()).ShouldBe(0);
        (await officer.Page.Locator("[data-rows='content.budget'] [data-row]").CountAsync()).ShouldBe(2);
        await officer.Fill("建设必要性", "租赁比购买省。");
        await Saved(officer, "保存草稿");
        await officer.ClickThrough("返回项目", AriaRole.Link);
        await officer.Open($"/proposals/{id}/edit");
        (await officer.Page.Locator("[data-restored]").CountAsync()).ShouldBe(0); // saved, so nothing is brought back
    }

    [Fact]
    public async Task What_somebody_typed_is_not_shown_to_who_signs_in_after_them()
    {
        var id = await Town.Drafted(site, "助残服务平台");
        await using var desk = await site.SignIn(Town.Officer, at: $"/proposals/{id}/edit", alone: true);
        await desk.Fill("建设目标", "只有我知道的话。");
        await desk.Page.WaitForFunctionAsync("() => sessionStorage.length > 0");
        (await desk.Page.EvaluateAsync<string[]>("() => Object.keys(sessionStorage)")).ShouldAllBe(key => key.StartsWith($"typed:{Town.Officer}:", StringComparison.Ordinal));
        await desk.Click("退出");
        await desk.Page.WaitForURLAsync("**/sign-in");
        await desk.Quiet();
        (await desk.Page.EvaluateAsync<int>("() => sessionStorage.length")).ShouldBe(0);
    }

    [Fact]
    public async Task Who_was_slower_sees_both_versions_and_chooses_part_by_part()
    {
        var id = await Town.Drafted(site, "疫苗接种预约系统");
        await using var officer = await site.At(Town.Officer, $"/proposals/{id}/edit");
        await officer.Fill("项目名称", "疫苗接种预约服务");
        await officer.Page.Locator("[data-rows='content.budget'] [data-add-row]").ClickAsync();
        await officer.Page.Locator("[name='content.budget[2].amount']").FillAsync("50000");
        await site.Act(Town.Officer, $"/api/proposals/{id}", new { content = Town.Content("疫苗接种管理系统", 2_000_000m) }, HttpMethod.Put);
        await officer.Click("保存草稿");

        // Both versions beside each other, the rows of tables included. What only the other changed is chosen as the other's.
        var compare = officer.Page.Locator("dialog.compare");
        var both = await compare.InnerTextAsync();
        both.ShouldContain("疫苗接种预约服务");
        both.ShouldContain("疫苗接种管理系统");
        both.ShouldContain("三、投资概算 1 金额（元）");
        both.ShouldContain("三、投资概算 3 金额（元）");
        (await compare.Locator("[name='content.title']:checked").GetAttributeAsync("value")).ShouldBe("mine");
        (await compare.Locator("[name='content.total']:checked").GetAttributeAsync("value")).ShouldBe("theirs");
        (await officer.Violations()).ShouldBeEmpty();
        await officer.Picture("mishap-comparison");
        await compare.Locator("[name='content.budget'][value=theirs]").CheckAsync();
        await Saved(officer, "按所选内容保存");
        var stored = (await site.Read(Town.Officer, $"/api/proposals/{id}")).GetProperty("content");
        stored.GetProperty("title").GetString().ShouldBe("疫苗接种预约服务");
        stored.GetProperty("total").GetDecimal().ShouldBe(2_000_000m);
        stored.GetProperty("budget").EnumerateArray().Select(l => l.GetProperty("amount").GetDecimal()).ShouldBe([1_600_000m, 400_000m]);
    }

    [Fact]
    public async Task Who_was_slower_may_take_what_the_other_wrote()
    {
        var id = await Town.Drafted(site, "院感监测系统");
        await using var officer = await site.At(Town.Officer, $"/proposals/{id}/edit");
        await officer.Fill("项目名称", "院内感染监测系统");
        await site.Act(Town.Officer, $"/api/proposals/{id}", new { content = Town.Content("医院感染监测平台") }, HttpMethod.Put);
        await officer.Click("保存草稿");
        await officer.ClickThrough("采用最新内容");
        (await officer.Page.Locator("#title").InputValueAsync()).ShouldBe("医院感染监测平台");
    }

    [Fact]
    public async Task Whose_decision_was_overtaken_sees_what_happened_meanwhile()
    {
        var id = await Town.Drafted(site, "医师注册管理系统");
        await using var officer = await site.At(Town.Officer, $"/proposals/{id}");
        await site.Act(Town.Officer, $"/api/proposals/{id}", new { content = Town.Content("医师注册与考核系统") }, HttpMethod.Put);
        await officer.Click("送部门首席信息官审签");
        var meanwhile = await officer.Page.Locator("dialog.compare").InnerTextAsync();
        meanwhile.ShouldContain("其间发生的事");
        meanwhile.ShouldContain("陈经办");
        await officer.ClickThrough("采用最新内容");
        (await officer.Says("h1")).ShouldBe("医师注册与考核系统");
        await officer.ClickThrough("送部门首席信息官审签");
        (await officer.Says("[aria-labelledby=waits]")).ShouldContain("签署");
    }

    [Fact]
    public async Task What_a_rule_refuses_is_said_in_plain_words_where_it_arose()
    {
        await using var expert = await site.At("expert-3", $"/appraisals/{site.Scenes.Blind}");
        await expert.Page.Locator("[name='scores.necessity']").FillAsync("120");
        await expert.Fill("意见", "可行。");
        await expert.Click("提交评分表");
        await expert.Page.Locator(".act-errors li").First.WaitForAsync();
        (await expert.Page.Locator(".is-invalid").CountAsync()).ShouldBeGreaterThan(0);
        (await expert.Page.GetByLabel("意见", new() { Exact = true }).InputValueAsync()).ShouldBe("可行。");
        (await expert.Violations()).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_address_that_names_nothing_answers_with_a_page_in_plain_words()
    {
        await using var office = await site.SignIn(Town.Office);
        foreach (var path in new[] { "/proposals/nothing", "/approvals/a%20b", "/meetings/%E3%80%94", "/nothing" })
        {
            await office.Open(path, 404);
            (await office.Says("main")).ShouldContain("未找到，或您无权查看。");
        }
    }

    [Fact]
    public async Task A_page_asked_for_without_signing_in_comes_after_signing_in()
    {
        await using var nobody = await site.At("", "/proposals?stage=draft");
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
