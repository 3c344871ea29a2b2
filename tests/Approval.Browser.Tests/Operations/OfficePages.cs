using System.Text.RegularExpressions;
using Approval.Testing;

namespace Approval.Operations;

/// <summary>A page of the office.</summary>
/// <param name="Name">Its name, for pictures.</param>
/// <param name="Person">Who opens it.</param>
/// <param name="Path">Its address; <c>{programme}</c> stands for a programme.</param>
public sealed record OfficePage(string Name, string Person, string Path);

/// <summary>The pages by which the engine is kept running, and the registers: accessible, without console errors, whole in both languages, nothing wider than a phone.</summary>
public sealed partial class OfficePages(Site site) : IAsyncLifetime
{
    /// <summary>The pages.</summary>
    public static readonly OfficePage[] All =
    [
        new("operations-administrator", Town.Administrator, "/operations"),
        new("views", Town.Administrator, "/operations/views"),
        new("deadlines", Town.Office, "/operations/deadlines"),
        new("webhooks", Town.Administrator, "/operations/webhooks"),
        new("policies", Town.Office, "/operations/policies"),
        new("policy-adopt", Town.DistrictCio, "/operations/policies/adopt"),
        new("policy-moves", Town.Office, "/operations/policies/1/moves"),
        new("people", Town.Administrator, "/operations/people"),
        new("person", Town.Administrator, $"/operations/people/{Town.Cio}"),
        new("units", Town.Administrator, "/operations/units"),
        new("calendar", Town.Administrator, "/operations/calendar?year=2026"),
        new("funds", Town.Office, "/funds"),
        new("fund", Town.DistrictCio, "/funds/special"),
        new("programmes", Town.Office, "/programmes"),
        new("programme", Town.Office, "/programmes/{programme}"),
        new("systems", Town.Office, "/systems"),
        new("system-import", Town.Office, "/systems/import"),
        new("system-new", Town.Office, "/systems/new"),
        new("system", Town.Office, "/systems/HIS-01"),
        new("scorecards", Town.Office, "/scorecards"),
    ];

    private static string? programme;

    /// <summary>The names, for theories.</summary>
    public static TheoryData<string> Names => [.. All.Select(p => p.Name)];

    /// <inheritdoc/>
    public async ValueTask InitializeAsync() => programme ??= await Furnish();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory, MemberData(nameof(Names))]
    public async Task An_office_page_is_accessible_in_both_languages_on_a_desk_and_on_a_phone(string name)
    {
        var page = All.Single(p => p.Name == name);
        foreach (var (language, width) in new[] { ("zh-CN", 1366), ("en", 390) })
        {
            await using var desk = await site.SignIn(page.Person, language, page.Path.Replace("{programme}", programme, StringComparison.Ordinal), width, width < 500 ? 844 : 768);
            (await desk.Transferred()).ShouldBeInRange(EveryPage.AtLeast, EveryPage.AtMost);
            (await desk.Violations()).ShouldBeEmpty();
            await desk.Picture($"{name}-{language}-{width}");
            await desk.Fits(width);
            await desk.ReadsRowByRow();
            if (language == "en") Chinese().Matches(await Frame(desk)).Select(m => m.Value).ShouldBeEmpty();
        }
    }

    private async Task<string> Furnish()
    {
        var proposal = await Town.Submitted(site, "家庭医生签约服务平台");
        await site.Act(Town.Office, $"/api/proposals/{proposal}/acceptance", new { });
        await site.Act(Town.Office, "/api/systems", new
        {
            code = "HIS-01",
            system = new
            {
                name = "预算管理一体化系统",
                owner = "finance", // who withholds what was promised may submit nothing; this unit never does
                yearlyOperationCost = 860_000m,
                inUseSince = "2019-07-01",
                resources = new[] { new { name = "预算执行信息", sharing = "conditional" } },
                interfaces = new[] { new { direction = "provide", data = "预算执行查询", mode = "api" } },
            },
        });
        await site.Act(Town.Office, "/api/systems/HIS-01/sharing", new { resource = "预算执行信息", kept = false, finding = "共享平台上查不到。" });
        var made = await site.Act(Town.Office, "/api/programmes", new
        {
            title = "“十五五”数字政府规划", from = "2026-01-01", until = "2030-12-31", goals = new[] { new { name = "一体化平台", planned = 1 }, new { name = "主题数据库", planned = 4 } },
        });
        var id = made.GetProperty("id").GetString()!;
        await site.Act(Town.Office, $"/api/programmes/{id}/projects", new { proposal, goal = "一体化平台" });
        return id;
    }

    /// <summary>What the page itself says: its headings, labels, heads and buttons, without names and what people wrote.</summary>
    private static Task<string> Frame(Desk desk) => desk.Page.EvaluateAsync<string>(
        "() => [...document.querySelectorAll('h1, h2, h3, label, thead th, dt, legend, caption, summary, .tag, main button, nav a')].filter(e => !e.closest('[translate=no]')).map(e => { const c = e.cloneNode(true); c.querySelectorAll('[translate=no]').forEach(n => n.remove()); return c.textContent; }).join(' ')");

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Chinese();
}
