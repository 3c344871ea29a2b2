using Approval.Testing;
using Microsoft.Playwright;

namespace Approval.Journeys;

/// <summary>What people have at hand while they work: several signatures at once, the board, the past of a proposal, attachments, and all of it without a mouse.</summary>
public sealed class AtHand(Site site)
{
    [Fact]
    public async Task Several_signatures_are_given_at_once_and_what_cannot_be_signed_says_why_in_its_row()
    {
        var (first, second) = ("口腔健康档案系统", "视力筛查管理系统");
        await Town.ToBeEndorsed(site, first);
        var withdrawn = await Town.ToBeEndorsed(site, second);
        await using var cio = await site.At(Town.Cio, "/");
        foreach (var title in new[] { first, second }) await cio.Row(title).GetByRole(AriaRole.Checkbox).CheckAsync();
        await site.Act(Town.Officer, $"/api/proposals/{withdrawn}/withdrawal", new { reason = "改为全区统一建设。" });
        await cio.Page.Locator("[data-go]").ClickAsync();
        await cio.Row(first).WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await cio.Row(second).Locator(".act-errors").WaitForAsync();
        (await cio.Page.Locator("[data-go]").InnerTextAsync()).ShouldBe("一并办理（1）");
    }

    [Fact]
    public async Task Several_proposals_are_accepted_at_once_and_what_was_changed_meanwhile_says_so_in_its_row()
    {
        var titles = new[] { "职业病监测系统", "食源性疾病监测系统", "饮用水卫生监测系统" };
        var ids = new List<string>();
        foreach (var title in titles) ids.Add(await Town.Submitted(site, Town.Content(title, resource: title)));
        await using var office = await site.At(Town.Office, "/");
        foreach (var title in titles) await office.Row(title).GetByRole(AriaRole.Checkbox).CheckAsync();
        await site.Act(Town.Officer, $"/api/proposals/{ids[1]}/withdrawal", new { reason = "改为全区统一建设。" });
        var asked = new TaskCompletionSource<string>();
        office.Page.Dialog += (_, dialog) => asked.TrySetResult(dialog.Message);
        await office.Page.Locator("[data-go]").ClickAsync();
        foreach (var accepted in new[] { titles[0], titles[2] }) await office.Row(accepted).WaitForAsync(new() { State = WaitForSelectorState.Detached });
        (await asked.Task).ShouldContain("受理 3");
        (await office.Row(titles[1]).Locator(".act-errors").InnerTextAsync()).ShouldContain("已被他人更改");
        (await office.Page.Locator("dialog").CountAsync()).ShouldBe(0);
        (await site.Read(Town.Office, $"/api/proposals/{ids[2]}")).GetProperty("policy").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Object);
    }

    [Fact]
    public async Task A_merge_is_undone_and_both_proposals_stand_for_themselves_again()
    {
        await using var office = await site.At(Town.Office, $"/appraisals/{site.Scenes.ToBeUndone}");
        await office.Page.Locator("summary", new() { HasText = "撤销合并" }).ClickAsync();
        var undo = office.Page.Locator("form[data-act$='/merge-undoing']");
        await undo.Locator("button").ClickAsync();
        await office.Refused("text-required");
        await undo.GetByLabel("理由").FillAsync("两个项目的服务对象不同。");
        await office.Through(() => undo.Locator("button").ClickAsync());
        (await office.Says("main > header")).ShouldContain("评分已公开");
        await office.Until("[data-preview]", "献血者管理系统"); // it is concluded upon anew
        var absorbed = office.Page.Locator(".side-by-side thead").GetByRole(AriaRole.Link, new() { Name = "献血者管理系统" });
        await office.Through(absorbed);
        (await office.Says(".path .here")).ShouldContain("类似项目合并论证");
        (await office.Page.Locator("[aria-labelledby=lineage]").CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Moving_a_project_on_the_board_shows_what_the_fund_then_carries()
    {
        await using var office = await site.At(Town.Office, $"/batches/{site.Scenes.UnderReview}");
        var before = await office.Says("[data-carries-text]");
        await office.Page.GetByLabel("上移：全民健康信息平台二期").ClickAsync();
        await office.Page.GetByLabel("上移：全民健康信息平台二期").ClickAsync();
        (await office.Says("[data-carries-text]")).ShouldNotBe(before);
        (await office.Says("tr[data-row] >> nth=0")).ShouldContain("全民健康信息平台二期");
        await office.Until("[data-unsaved]", "尚未保存");
    }

    [Fact]
    public async Task A_proposal_is_shown_as_of_any_moment_and_its_timeline_by_kind_and_person()
    {
        await using var office = await site.At(Town.Office, $"/proposals/{site.Scenes.Supervised}");
        var slider = office.Page.Locator("#moment");
        await office.Page.EvaluateAsync("() => { window.before = true; }");
        await slider.FillAsync("0");
        await office.Page.WaitForFunctionAsync("() => window.before === undefined && document.readyState === 'complete'");
        (await office.Says("main [role=status]")).ShouldContain("时的情况");
        (await office.Says(".path .here")).ShouldContain("形式审查"); // drafts are not shown to the office, then as now
        (await office.Page.Locator("[data-deed]").CountAsync()).ShouldBe(0); // nothing is done in the past

        await office.ClickThrough("回到现在", AriaRole.Link);
        var all = await office.Page.Locator(".timeline li").CountAsync();
        await office.Page.EvaluateAsync("() => { window.before = true; }");
        await office.Page.GetByLabel("人员").SelectOptionAsync(new SelectOptionValue { Label = "赵信息" });
        await office.Page.WaitForFunctionAsync("() => window.before === undefined && document.readyState === 'complete'");
        var his = await office.Page.Locator(".timeline li").AllInnerTextsAsync();
        his.Count.ShouldBeInRange(1, all - 1);
        his.ShouldAllBe(entry => entry.Contains("赵信息", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_attachment_is_uploaded_and_kept_with_the_draft_and_a_wrong_one_says_why()
    {
        var id = await Town.Drafted(site, "血液管理信息系统");
        await using var officer = await site.At(Town.Officer, $"/proposals/{id}/edit");
        await officer.Page.Locator("#upload").SetInputFilesAsync(new FilePayload { Name = "可行性说明.pdf", MimeType = "application/pdf", Buffer = "%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF"u8.ToArray() });
        await officer.Until("#files", "可行性说明.pdf");
        // While a file is on its way its progress is shown, here over a slow line.
        var line = await officer.Page.Context.NewCDPSessionAsync(officer.Page);
        Task Uploads(int bytesPerSecond) => line.SendAsync("Network.emulateNetworkConditions", new() { ["offline"] = false, ["latency"] = 0, ["downloadThroughput"] = -1, ["uploadThroughput"] = bytesPerSecond });
        await line.SendAsync("Network.enable");
        await Uploads(200_000);
        byte[] large = [.. "%PDF-1.4\n%"u8, .. Enumerable.Repeat((byte)'a', 300_000), .. "\n%%EOF"u8];
        await officer.Page.Locator("#upload").SetInputFilesAsync(new FilePayload { Name = "附图.pdf", MimeType = "application/pdf", Buffer = large });
        await officer.Page.WaitForFunctionAsync("() => { const bar = document.querySelector('progress[aria-label=\"上传中 附图.pdf\"]'); return bar && bar.value > 0 && bar.value < bar.max; }", null, new() { PollingInterval = 20 });
        await officer.Until("#files", "附图.pdf");
        (await officer.Page.Locator("progress").CountAsync()).ShouldBe(0);
        await Uploads(-1);
        await officer.Page.Locator("#upload").SetInputFilesAsync(new FilePayload { Name = "程序.pdf", MimeType = "application/pdf", Buffer = "MZ\u0090\0"u8.ToArray() });
        await officer.Until(".act-errors", "程序.pdf");
        var saved = officer.Page.WaitForResponseAsync(r => r.Request.Method == "PUT" && r.Ok);
        await officer.Click("保存草稿");
        await saved;
        await officer.Open($"/proposals/{id}");
        (await officer.Says("[aria-labelledby=content]")).ShouldContain("可行性说明.pdf");
    }

    [Fact]
    public async Task What_is_similar_is_shown_while_a_proposal_is_written()
    {
        await using var officer = await site.At(Town.Officer, "/proposals/new");
        await officer.Fill("项目名称", "居民健康档案共享平台");
        await officer.Until("[data-similar]", "标题相近");
    }

    [Fact]
    public async Task The_map_shows_conflicts_and_both_sides_of_unification_and_the_catalogue_is_searched()
    {
        await using var office = await site.At(Town.Office, "/interfaces");
        (await office.Says("main")).ShouldContain("同一资源重复提供");
        await office.Through(office.Page.GetByRole(AriaRole.Link, new() { Name = "统一前" }));
        (await office.Page.Locator("[data-chart]").GetAttributeAsync("aria-label")).ShouldBe("接口关系图：统一前（按申报）");
        await office.Page.GetByLabel("数据、系统或单位").FillAsync("区划");
        await office.ClickThrough("查找");
        (await office.Says("#catalogue tbody")).ShouldContain("行政区划信息");
        await office.Page.GetByLabel("数据、系统或单位").FillAsync("无此数据");
        await office.ClickThrough("查找");
        (await office.Says("#catalogue")).ShouldContain("没有符合的条目");
    }

    [Fact]
    public async Task The_approval_and_the_minutes_print_on_A4_without_the_frame_around_them()
    {
        await using var office = await site.SignIn(Town.Office);
        foreach (var path in new[] { $"/approvals/{site.Scenes.Approval}", $"/meetings/{site.Scenes.Held}/minutes" })
        {
            await office.Open(path);
            await office.Page.EmulateMediaAsync(new() { Media = Media.Print });
            foreach (var around in new[] { ".top", ".side", "[data-print]" }) (await office.Page.Locator(around).IsVisibleAsync()).ShouldBeFalse(around);
            (await office.Page.Locator(".document").IsVisibleAsync()).ShouldBeTrue();
            var printed = System.Text.Encoding.Latin1.GetString(await office.Page.PdfAsync(new() { PreferCSSPageSize = true }));
            printed.ShouldMatch(@"/MediaBox \[0 0 59[45]\S* 84[12]\S*\]"); // 210 × 297 mm in points
            await office.Page.EmulateMediaAsync(new() { Media = Media.Screen });
        }
    }

    [Fact]
    public async Task A_proposal_is_written_signed_and_voted_on_by_the_keyboard_alone()
    {
        await using (var officer = await site.At(Town.Officer, "/proposals/new"))
        {
            await officer.TabTo("#title");
            await officer.Page.Keyboard.TypeAsync("殡葬服务预约系统");
            await officer.TabTo("form.proposal button:not([type=button])");
            await officer.Page.Keyboard.PressAsync("Enter");
            await officer.Page.WaitForURLAsync("**/edit");
            await officer.Quiet();
            await officer.TabTo("[data-rows='content.budget'] [data-add-row]");
            await officer.Page.Keyboard.PressAsync("Enter");
            await officer.TabTo("[name='content.budget[0].amount']");
            await officer.Page.Keyboard.TypeAsync("250000");
            await officer.TabTo("[data-take-sum]");
            await officer.Page.Keyboard.PressAsync("Enter");
            (await officer.Page.Locator("#total").InputValueAsync()).ShouldBe("250000.00");
            await officer.TabTo("form.proposal button[data-done^='goto:']");
            await officer.Through(() => officer.Page.Keyboard.PressAsync("Enter"));
            await officer.TabTo("[data-deed=AskEndorsement] button");
            await officer.Through(() => officer.Page.Keyboard.PressAsync("Enter"));
            (await officer.Says("[aria-labelledby=waits]")).ShouldContain("签署");
        }

        var title = "医废监管系统";
        await Town.ToBeEndorsed(site, title);
        await using (var cio = await site.SignIn(""))
        {
            await cio.TabTo($"button[name=person][value='{Town.Cio}']");
            await cio.Page.Keyboard.PressAsync("Enter");
            await cio.Page.WaitForURLAsync($"{site.Address}/");
            await cio.Quiet();
            await cio.Row(title).GetByRole(AriaRole.Button).EvaluateAsync("b => { b.id = 'mine'; }");
            await cio.TabTo("#mine");
            await cio.Page.Keyboard.PressAsync("Enter");
            await cio.Row(title).WaitForAsync(new() { State = WaitForSelectorState.Detached });
        }

        await using var member = await site.At("civil-cio", $"/meetings/{site.Scenes.Voting}");
        await member.TabTo(".ballot [value=abstain]");
        await member.Page.Keyboard.PressAsync("Space");
        await member.Until(".item", "您已投：弃权");
    }
}
