using Approval.Testing;
using Microsoft.Playwright;

namespace Approval.Dashboard;

/// <summary>Stories that count what is in the town, and therefore run while nobody else acts there.</summary>
[CollectionDefinition(nameof(AloneInTown), DisableParallelization = true)]
public sealed class AloneInTown;

/// <summary>The committee's figures: each opens the list behind it, and they follow what happens.</summary>
[Collection(nameof(AloneInTown))]
public sealed class DashboardStory(Site site)
{
    [Fact]
    public async Task Each_figure_opens_exactly_the_list_behind_it_and_each_row_its_history()
    {
        var returned = await Town.Submitted(site, "文化馆预约系统");
        await site.Act(Town.Office, $"/api/proposals/{returned}/return", new { reason = "请补充预算说明。", items = Array.Empty<string>() });
        var accepted = await Town.Submitted(site, "图书馆借阅系统");
        await site.Act(Town.Office, $"/api/proposals/{accepted}/acceptance", new { });
        await site.Act(Town.Office, $"/api/proposals/{accepted}/classification", new { track = "general" });
        await Town.Drafted(site, "只在单位内部的草稿"); // no committee's business yet

        await using var office = await site.At(Town.Office, "/dashboard");
        await office.Page.Locator("canvas").First.WaitForAsync();
        (await office.Violations()).ShouldBeEmpty();
        await office.Picture("dashboard-figures");
        var figures = await office.Page.Locator("[data-figure]").EvaluateAllAsync<string[][]>("all => all.map(a => [a.getAttribute('href'), a.dataset.count])");
        figures.Length.ShouldBeGreaterThan(7);
        foreach (var figure in figures.DistinctBy(f => f[0]))
        {
            await office.Open(figure[0]);
            (await office.Page.Locator("main p[data-count]").GetAttributeAsync("data-count")).ShouldBe(figure[1], figure[0]);
        }

        await office.Open("/proposals?submitted=true&paused=true");
        await office.Page.GetByRole(AriaRole.Link, new() { Name = "历程 文化馆预约系统" }).ClickAsync();
        await office.Page.WaitForURLAsync($"**/proposals/{returned}#timeline");
        await office.Quiet();
    }

    [Fact]
    public async Task The_figures_follow_what_happens_without_a_reload()
    {
        await using var office = await site.At(Town.Office, "/dashboard");
        await office.Page.EvaluateAsync("() => { window.before = true; }");
        var before = int.Parse((await office.Page.Locator("[data-figure=proposals]").GetAttributeAsync("data-count"))!, null);
        await Town.Submitted(site, "体育场馆服务平台");
        await office.Page.Locator($"[data-figure=proposals][data-count='{before + 1}']").WaitForAsync();
        (await office.Page.EvaluateAsync<bool>("() => window.before === true")).ShouldBeTrue();
    }

    [Fact]
    public async Task A_charts_numbers_stand_in_a_table_with_the_same_links()
    {
        await Town.Submitted(site, "档案数字化系统");
        await using var office = await site.At(Town.Office, "/dashboard");
        var ranking = office.Page.Locator("figure", new() { Has = office.Page.Locator("[aria-label='排序与资金线']") });
        await ranking.Locator("summary").ClickAsync();
        (await ranking.Locator("tbody tr").First.InnerTextAsync()).ShouldStartWith("1");
        var numbers = office.Page.Locator("figure", new() { Has = office.Page.Locator("[aria-label='各阶段项目数']") });
        await numbers.Locator("summary").ClickAsync();
        await numbers.GetByRole(AriaRole.Link, new() { Name = "形式审查" }).ClickAsync();
        await office.Page.WaitForURLAsync("**/proposals?submitted=true&stage=form-check");
        await office.Quiet();
    }
}
