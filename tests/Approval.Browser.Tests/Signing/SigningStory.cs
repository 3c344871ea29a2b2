using Approval.Testing;
using Microsoft.Playwright;

namespace Approval.Signing;

/// <summary>Every move of a signing round by clicking, on the page of the proposal.</summary>
public sealed class SigningStory(Site site) : IAsyncLifetime
{
    private const string Second = "health-cio-2";

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        var known = await site.Read(Town.Administrator, $"/api/people/{Second}");
        if (known.TryGetProperty("id", out _)) return;
        await site.Act(Town.Administrator, "/api/people", new { person = Second, unit = "health", roles = new[] { "departmental-cio" } });
        await site.Act(Town.Administrator, $"/api/people/{Second}/contact", new { name = "冯信息" }, HttpMethod.Put);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_signer_asks_for_an_opinion_hands_over_and_another_signs()
    {
        var id = await AskedForEndorsement("医保结算监管平台", only: Town.Cio);
        await using (var cio = await site.At(Town.Cio, $"/proposals/{id}"))
        {
            await Do(cio, "征求意见", ("向谁征求", "周主管 · CIO办公室"), ("问题", "与市级平台是否重复？"));
            await Do(cio, "抄送", ("抄送给", "吴信息 · 财政局"));
            await cio.Picture("signing-opinion-asked");
            await Do(cio, "转办", ("转给", "冯信息 · 卫生健康局"), ("理由", "出差。"));
            (await cio.Page.Locator("[data-deed=Sign]").CountAsync()).ShouldBe(0);
        }

        await using (var office = await site.At(Town.Office, $"/proposals/{id}"))
        {
            await Do(office, "反馈意见：与市级平台是否重复？", ("意见", "不重复，数据由市级平台提供。"));
            (await office.Page.Locator(".opinion").InnerTextAsync()).ShouldContain("不重复");
        }

        await using (var second = await site.At(Second, $"/proposals/{id}"))
        {
            (await second.Page.Locator(".opinion").InnerTextAsync()).ShouldContain("不重复");
            await Do(second, "审签：同意（第 1 稿）", ("意见（可不填）", "同意申报。"));
        }

        (await site.Read(Town.Officer, $"/api/proposals/{id}")).GetProperty("rounds")[0].GetProperty("outcome").GetString().ShouldBe("carried");
    }

    [Fact]
    public async Task Who_asked_adds_removes_and_urges_signers()
    {
        var id = await AskedForEndorsement("急救调度平台");
        await using var officer = await site.At(Town.Officer, $"/proposals/{id}");
        await Do(officer, "加签", ("签署人", "吴信息 · 财政局"), ("理由", "涉及财政资金。"));
        (await officer.Page.Locator(".seats").InnerTextAsync()).ShouldContain("吴信息");
        await Do(officer, "催办", ("说明（可不填）", "请尽快。"));
        (await officer.Page.Locator(".round").InnerTextAsync()).ShouldContain("最近催办");
        await officer.Page.Locator("[data-deed=UrgeSigners]").WaitForAsync(new() { State = WaitForSelectorState.Detached }); // once a day
        await Do(officer, "减签：吴信息", ("理由", "无须财政部门会签。"));
        (await officer.Page.Locator(".seats").InnerTextAsync()).ShouldNotContain("吴信息");
    }

    [Fact]
    public async Task A_signature_is_taken_back_and_given_against_with_its_reason_asked_for()
    {
        var id = await AskedForEndorsement("血液管理系统");
        await using var cio = await site.At(Town.Cio, $"/proposals/{id}");
        await Do(cio, "审签：不同意", ("理由", "看错了预算。")); // the other departmental CIO may still carry it
        await Do(cio, "拿回我的签署", ("理由", "请先核对预算。"));

        // Against without a reason: said at the field, nothing is recorded.
        await Choose(cio, "审签：不同意");
        await Confirm(cio, "审签：不同意");
        await cio.Refused("text-required");
        await Part(cio, "审签：不同意").GetByLabel("理由").FillAsync("预算偏高。");
        await cio.Through(() => Confirm(cio, "审签：不同意"));
        (await cio.Page.Locator(".seats").First.InnerTextAsync()).ShouldContain("不同意");
    }

    [Fact]
    public async Task A_signer_returns_the_round_to_who_asked()
    {
        var id = await AskedForEndorsement("中医药服务平台");
        await using var cio = await site.At(Town.Cio, $"/proposals/{id}");
        await Do(cio, "退回", ("理由", "目标写得不清楚。"));
        (await site.Read(Town.Officer, $"/api/proposals/{id}")).GetProperty("rounds")[0].GetProperty("outcome").GetString().ShouldBe("returned-to-asker");
    }

    [Fact]
    public async Task Who_has_no_part_in_a_round_is_offered_no_move()
    {
        var id = await AskedForEndorsement("传染病直报系统");
        await using var auditor = await site.At(Town.Auditor, $"/proposals/{id}");
        (await auditor.Page.Locator(".round").CountAsync()).ShouldBe(1);
        (await auditor.Page.Locator("form[data-act]").CountAsync()).ShouldBe(0);
    }

    /// <summary>A proposal whose endorsement was asked for; with <paramref name="only"/> of one of the unit's departmental CIOs.</summary>
    private async Task<string> AskedForEndorsement(string title, string? only = null)
    {
        var id = await Town.Drafted(site, title);
        var asked = await site.Act(Town.Officer, $"/api/proposals/{id}/endorsement-request", new { });
        var round = asked.GetProperty("rounds")[0];
        foreach (var seat in round.GetProperty("seats").EnumerateArray().Select(s => s.GetProperty("key").GetString()).Where(key => only is not null && key != only))
            await site.Act(Town.Officer, $"/api/proposals/{id}/rounds/{round.GetProperty("id").GetString()}/signers/{seat}/removal", new { reason = "只需一人审签。" });
        return id;
    }

    /// <summary>The form of a move.</summary>
    private static ILocator Part(Desk desk, string move) => desk.Page.Locator("form.deed", new() { Has = desk.Page.Locator($"summary:text-is(\"{move}\"), button:text-is(\"{move}\")") });

    private static async Task Choose(Desk desk, string move)
    {
        var part = Part(desk, move);
        if (await part.Locator("details").GetAttributeAsync("open") is null) await part.Locator("summary").ClickAsync();
    }

    private static Task Confirm(Desk desk, string move) => Part(desk, move).GetByRole(AriaRole.Button, new() { Name = "确定", Exact = true }).ClickAsync();

    /// <summary>Fills a move in and confirms it; the page is loaded anew afterwards.</summary>
    private static async Task Do(Desk desk, string move, params (string Label, string Value)[] fields)
    {
        await Choose(desk, move);
        foreach (var (label, value) in fields)
        {
            var field = Part(desk, move).GetByLabel(label, new() { Exact = true });
            if (await field.EvaluateAsync<string>("f => f.tagName") == "SELECT") await field.SelectOptionAsync(new SelectOptionValue { Label = value });
            else await field.FillAsync(value);
        }

        await desk.Through(() => Confirm(desk, move));
    }

}
