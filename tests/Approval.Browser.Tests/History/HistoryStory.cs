using Approval.Testing;
using Microsoft.Playwright;

namespace Approval.History;

/// <summary>The office searches everything that happened.</summary>
public sealed class HistoryStory(Site site)
{
    [Fact]
    public async Task The_office_finds_words_of_two_characters_narrows_them_down_exports_them_and_opens_the_proposal_as_it_was()
    {
        var id = await Town.Submitted(site, "鹦鹉保护监测系统");
        await site.Act(Town.Office, $"/api/proposals/{id}/return", new { reason = "与鹦鹉无关的设备请删除。", items = Array.Empty<string>() });
        await Eventually.Holds(
            async () => (await site.Read(Town.Office, $"/api/history?proposal={id}&type=proposal-returned.v1")).GetProperty("items").GetArrayLength() == 1,
            "the history has told of the return", TimeSpan.FromMinutes(1));

        await using var office = await site.At(Town.Office, "/history");
        await office.Page.Locator("#q").FillAsync("鹦鹉");
        await office.ClickThrough("查询");
        var all = await office.Page.Locator("#rows tr").CountAsync();
        all.ShouldBeGreaterThan(3);

        await office.Page.Locator("#actor").SelectOptionAsync(Town.Office);
        await office.Page.WaitForURLAsync($"**actor={Town.Office}**");
        await office.Quiet();
        (await office.Page.Locator("#rows tr").CountAsync()).ShouldBe(1);
        (await office.Page.Locator("#rows").InnerTextAsync()).ShouldContain("与鹦鹉无关");
        await office.Picture("history-found");

        foreach (var format in new[] { "CSV", "XLSX" })
        {
            var download = await office.Page.RunAndWaitForDownloadAsync(() => office.Page.GetByText($"导出 {format}").ClickAsync());
            var file = await File.ReadAllBytesAsync((await download.PathAsync())!);
            if (format == "CSV") System.Text.Encoding.UTF8.GetString(file).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(2); // the head and what is shown
            else file.AsSpan(0, 2).SequenceEqual("PK"u8).ShouldBeTrue();
        }

        await office.Open($"/history?q={Uri.EscapeDataString("鹦鹉")}&type=proposal-submitted.v1&unit=health&from={Town.Today:yyyy-MM-dd}&to={Town.Today:yyyy-MM-dd}&asOf={Town.Today:yyyy-MM-dd}");
        (await office.Page.Locator("#rows tr").CountAsync()).ShouldBe(1);
        await office.ClickThrough("当时的项目: 鹦鹉保护监测系统", AriaRole.Link);
        (await office.Page.Locator("main").InnerTextAsync()).ShouldContain("时的情况");
        (await office.Page.Locator("main > header").InnerTextAsync()).ShouldNotContain("退回补正中"); // it was returned only later

        await office.Open($"/history?q={Uri.EscapeDataString("鹦鹉")}&to={Town.Today.AddDays(-1):yyyy-MM-dd}");
        (await office.Page.Locator(".empty").CountAsync()).ShouldBe(1);
    }
}
