namespace Approval.Testing;

/// <summary>The people of the browser's tests: two units, the office, the committee, experts, and a policy in force.</summary>
internal static class Town
{
    public const string Officer = "health-officer";
    public const string Cio = "health-cio";
    public const string Office = "office";
    public const string DistrictCio = "district-cio";
    public const string Auditor = "auditor";
    public const string Administrator = "admin";
    public const string Expert = "expert-1";

    /// <summary>Founds it.</summary>
    public static async Task Found(Site site)
    {
        await site.Post("/demo/jurisdictions", new { code = "demo", name = "示范区", administrator = Administrator, unit = "cio-office", unitName = "CIO办公室" });
        foreach (var (unit, name) in new[] { ("health", "卫生健康局"), ("civil", "民政局"), ("finance", "财政局"), ("experts", "专家咨询委员会") })
            await site.Act(Administrator, "/api/units", new { unit, name });
        foreach (var (person, name, unit, roles) in new[]
        {
            (Officer, "陈经办", "health", new[] { "unit-officer" }), (Cio, "赵信息", "health", ["departmental-cio"]),
            ("civil-officer", "孙经办", "civil", ["unit-officer"]), ("civil-cio", "钱信息", "civil", ["departmental-cio", "committee-member"]),
            ("finance-cio", "吴信息", "finance", ["departmental-cio", "committee-member"]), (Office, "周主管", "cio-office", ["cio-office"]),
            (DistrictCio, "郑区长", "cio-office", ["district-cio", "committee-member"]), (Auditor, "王审计", "cio-office", ["auditor"]),
            (Expert, "专家一", "experts", ["expert"]), ("expert-2", "专家二", "experts", ["expert"]), ("expert-3", "专家三", "experts", ["expert"]),
        })
        {
            await site.Act(Administrator, "/api/people", new { person, unit, roles });
            await site.Act(Administrator, $"/api/people/{person}/contact", new { name }, HttpMethod.Put);
        }

        var policy = await site.Read(DistrictCio, "/api/policies/default");
        await site.Act(DistrictCio, "/api/policies", new { title = policy.GetProperty("title").GetString(), effectiveFrom = Today, content = policy.GetProperty("content") });
        await site.Act(Office, "/api/funds", new { fund = "special", name = "信息化专项资金", year = Today.Year, ceiling = 50_000_000m, basis = "年度预算" });
    }

    /// <summary>Today in the jurisdiction.</summary>
    public static DateOnly Today => DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).DateTime);

    /// <summary>Content that passes the form check.</summary>
    public static object Content(string title, decimal total = 1_500_000m, string resource = "居民健康档案", string objective = "让居民的健康档案在各医疗机构之间共享。") => new
    {
        title,
        category = "new",
        objective,
        justification = "各机构的档案互不相通，居民重复检查。",
        construction = "建设健康档案共享应用，部署于政务云。",
        budget = new[] { new { kind = "software", amount = total * 0.8m, note = "应用软件" }, new { kind = "cloud", amount = total * 0.2m, note = "政务云" } },
        total,
        start = Today.AddMonths(2),
        finish = Today.AddMonths(12),
        systems = Array.Empty<object>(),
        resources = new[] { new { name = resource, provider = "卫生健康局", sharing = "conditional" } },
        interfaces = new[] { new { line = 1, direction = "consume", data = "人口信息", counterpartSystem = "人口库", mode = "api", frequency = "daily", network = "government-extranet" } },
        protectionLevel = 2,
        cryptographyPlan = "采用国产密码算法。",
        attachments = Array.Empty<object>(),
    };

    /// <summary>A draft.</summary>
    public static async Task<string> Drafted(Site site, object content, string unit = "health") =>
        (await site.Act($"{unit}-officer", "/api/proposals", new { content })).GetProperty("id").GetString()!;

    /// <summary>A draft with this title.</summary>
    public static Task<string> Drafted(Site site, string title) => Drafted(site, Content(title));

    /// <summary>A draft that waits for its unit's chief information officer.</summary>
    public static async Task<string> ToBeEndorsed(Site site, string title)
    {
        var id = await Drafted(site, title);
        await site.Act(Officer, $"/api/proposals/{id}/endorsement-request", new { });
        return id;
    }

    /// <summary>A proposal submitted.</summary>
    public static async Task<string> Submitted(Site site, object content, string unit = "health")
    {
        var id = await Drafted(site, content, unit);
        await Endorse(site, id, unit);
        await site.Act($"{unit}-officer", $"/api/proposals/{id}/submission", new { });
        return id;
    }

    /// <summary>A proposal with this title, submitted.</summary>
    public static Task<string> Submitted(Site site, string title) => Submitted(site, Content(title));

    /// <summary>Has a proposal endorsed as it stands.</summary>
    public static async Task Endorse(Site site, string id, string unit = "health")
    {
        var asked = await site.Act($"{unit}-officer", $"/api/proposals/{id}/endorsement-request", new { });
        var round = asked.GetProperty("rounds").EnumerateArray().Last();
        await site.Act($"{unit}-cio", $"/api/proposals/{id}/rounds/{round.GetProperty("id").GetString()}/signature", new { revision = asked.GetProperty("revision").GetInt32() });
    }
}
