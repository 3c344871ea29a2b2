using System.Text.Json;

namespace Approval.Testing;

/// <summary>A town in the middle of its work: something stands on every page.</summary>
public sealed record Scenes
{
    static readonly string[] Experts = ["expert-1", "expert-2", "expert-3"];
    static readonly string[] Members = [Town.DistrictCio, "civil-cio", "finance-cio"];

    /// <summary>A draft that would pass the form check.</summary>
    public required string Draft { get; init; }

    /// <summary>A draft with mistakes.</summary>
    public required string Flawed { get; init; }

    /// <summary>A proposal submitted.</summary>
    public required string Submitted { get; init; }

    /// <summary>One returned for correction and revised since.</summary>
    public required string Returned { get; init; }

    /// <summary>A batch that was concluded.</summary>
    public required string Concluded { get; init; }

    /// <summary>A batch under review: signed in part, ranked, beyond what the fund can carry.</summary>
    public required string UnderReview { get; init; }

    /// <summary>A member of the batch under review.</summary>
    public required string InBatch { get; init; }

    /// <summary>An appraisal with one sheet in.</summary>
    public required string Blind { get; init; }

    /// <summary>An appraisal over two similar proposals whose sheets are disclosed.</summary>
    public required string Disclosed { get; init; }

    /// <summary>An appraisal that merged one proposal into another.</summary>
    public required string Merged { get; init; }

    /// <summary>An appraisal whose merge is going to be undone.</summary>
    public required string ToBeUndone { get; init; }

    /// <summary>The proposal that absorbed another; its interfaces are to be arranged.</summary>
    public required string Lead { get; init; }

    /// <summary>The proposal that was merged into it.</summary>
    public required string Absorbed { get; init; }

    /// <summary>A meeting with an item under vote.</summary>
    public required string Voting { get; init; }

    /// <summary>A meeting that is over.</summary>
    public required string Held { get; init; }

    /// <summary>The number of an approval, as an address takes it.</summary>
    public required string Approval { get; init; }

    /// <summary>A proposal under supervision.</summary>
    public required string Supervised { get; init; }

    /// <summary>Plays them, over the API.</summary>
    public static async Task<Scenes> Play(Site site)
    {
        await site.Act(Town.Office, "/api/interfaces", new { data = "行政区划信息", providerSystem = "地名库", providerUnit = "民政局", mode = "api", viaExchangePlatform = true });
        await site.Act(Town.Office, "/api/interfaces/standards", new { title = "政务数据交换接口规范", mode = "api", version = "1.0", document = "示信办〔2026〕1号" });
        string[] titles = ["居民健康档案共享平台", "居民健康档案管理系统", "养老服务补贴发放系统", "检验结果互认平台", "检验结果互认应用", "急救调度指挥系统", "慢性病管理系统", "献血者服务平台", "献血者管理系统"];
        string[] resources = ["居民健康档案", "居民健康档案", "养老服务对象信息", "检验结果", "检验结果", "急救车辆位置", "慢性病随访记录", "献血者信息", "献血者信息"];
        var first = await Shortlisted(site, [.. titles.Select((t, i) => (t, resources[i], i is 1 or 2 or 4 or 8 ? "civil" : "health"))]);
        var p = first.Members;

        var merged = await Appraised(site, [p[0], p[1]]);
        await Conclude(site, merged, [p[0], p[1]], 2_400_000m);
        var undone = await Appraised(site, [p[7], p[8]]);
        await Conclude(site, undone, [p[7], p[8]], 2_000_000m);
        var blind = await Opened(site, [p[2]]);
        await HandIn(site, blind, p[2], Experts[0]);
        var disclosed = await Appraised(site, [p[3], p[4]]);
        foreach (var alone in new[] { p[5], p[6] })
        {
            await Conclude(site, await Appraised(site, [alone]), [alone], 1_200_000m);
            await Unify(site, alone);
        }

        var held = await Decided(site, p[5]);
        var approval = await Issued(site, p[5]);
        var voting = await UnderVote(site, p[6]);
        var review = await UnderReviewOf(site);
        return new()
        {
            Draft = await Town.Drafted(site, "社区卫生服务管理系统"),
            Flawed = await Town.Drafted(site, new
            {
                title = "院前急救联网改造", objective = "联通各急救站。", budget = new[] { new { kind = "software", amount = 500_000m } }, total = 700_000m, protectionLevel = 3,
                start = Town.Today.AddMonths(6), finish = Town.Today.AddMonths(2), systems = Array.Empty<object>(), attachments = Array.Empty<object>(),
                resources = new[] { new { name = "急救病历", provider = "卫生健康局", sharing = "none" } },
                interfaces = new[] { new { line = 1, direction = "consume", data = "急救呼叫", counterpartSystem = "呼叫中心", mode = "api", frequency = "realtime", network = "private" } },
            }),
            Submitted = await Town.Submitted(site, Town.Content("家庭医生签约服务系统", resource: "签约信息")),
            Returned = await ReturnedAndRevised(site),
            Concluded = first.Batch,
            UnderReview = review.Batch,
            InBatch = review.Members[0],
            Blind = blind,
            Disclosed = disclosed,
            Merged = merged,
            ToBeUndone = undone,
            Lead = p[0],
            Absorbed = p[1],
            Voting = voting,
            Held = held,
            Approval = approval,
            Supervised = p[5],
        };
    }

    static async Task<(string Batch, List<string> Members)> Joined(Site site, string title, IEnumerable<(object Content, string Unit)> proposals)
    {
        var batch = Id(await site.Act(Town.Office, "/api/batches", new { title, opens = Town.Today, closes = Town.Today.AddDays(20), fund = "special", bodies = new[] { "civil", "finance" } }));
        var members = new List<string>();
        foreach (var (content, unit) in proposals)
        {
            var id = await Town.Submitted(site, content, unit);
            await site.Act(Town.Office, $"/api/proposals/{id}/acceptance", new { });
            await site.Act(Town.Office, $"/api/proposals/{id}/classification", new { track = "general", reason = "一般项目，集中安排" });
            members.Add(id);
        }

        await site.Act(Town.Office, $"/api/batches/{batch}/closure", new { reason = "本批申报已齐" });
        await site.Act(Town.Office, $"/api/batches/{batch}/pre-review-request", new { });
        return (batch, members);
    }

    static async Task<(string Batch, List<string> Members)> Shortlisted(Site site, IReadOnlyList<(string Title, string Resource, string Unit)> proposals)
    {
        var (batch, members) = await Joined(site, $"{Town.Today.Year}年第一批", proposals.Select(p => (Town.Content(p.Title, resource: p.Resource, objective: $"建设{p.Title}，方便群众。"), p.Unit)));
        foreach (var body in new[] { "civil", "finance" })
        {
            var items = members.Where((_, i) => proposals[i].Unit != body).Select(m => new { proposal = m, revision = 1, support = true });
            await site.Act($"{body}-cio", $"/api/batches/{batch}/pre-review", new { items });
        }

        await site.Act(Town.Office, $"/api/batches/{batch}/ranking", new { ranking = members.Select(m => new { proposal = m, reason = "按轻重缓急" }) }, HttpMethod.Put);
        await site.Act(Town.Office, $"/api/batches/{batch}/conclusion", new { members = members.Select(m => new { proposal = m, outcome = "shortlist" }) });
        return (batch, members);
    }

    static async Task<(string Batch, List<string> Members)> UnderReviewOf(Site site)
    {
        var (batch, members) = await Joined(site, $"{Town.Today.Year}年第二批",
        [
            (Town.Content("智慧药房管理系统", 4_000_000m, "药品库存"), "health"), (Town.Content("婚姻登记预约系统", 2_000_000m, "婚姻登记预约"), "civil"),
            (Town.Content("全民健康信息平台二期", 38_000_000m, "诊疗记录"), "health"),
        ]);
        await site.Act("finance-cio", $"/api/proposals/{members[0]}/pre-review", new { revision = 1, support = true });
        await site.Act("finance-cio", $"/api/proposals/{members[2]}/pre-review", new { revision = 1, support = false, reason = "投资规模过大，建议分期。" });
        await site.Act(Town.Office, $"/api/batches/{batch}/ranking", new { ranking = members.Select(m => new { proposal = m, reason = "按轻重缓急" }) }, HttpMethod.Put);
        return (batch, members);
    }

    static async Task<string> ReturnedAndRevised(Site site)
    {
        var id = await Town.Submitted(site, Town.Content("儿童保健管理系统", resource: "儿童保健记录"));
        await site.Act(Town.Office, $"/api/proposals/{id}/return", new { reason = "投资概算说明不足。", items = new[] { "补充概算依据", "说明与现有系统的关系" } });
        await site.Act(Town.Officer, $"/api/proposals/{id}", new { content = Town.Content("儿童保健管理系统", 1_400_000m, "儿童保健记录", "覆盖全区儿童的保健服务。") }, HttpMethod.Put);
        return id;
    }

    static async Task<string> Opened(Site site, string[] proposals)
    {
        var id = Id(await site.Act(Town.Office, "/api/appraisals", new { proposals }));
        await site.Act(Town.Office, $"/api/appraisals/{id}/panel", new { experts = Experts });
        return id;
    }

    static async Task<string> Appraised(Site site, string[] proposals)
    {
        var id = await Opened(site, proposals);
        foreach (var expert in Experts)
        {
            foreach (var p in proposals) await HandIn(site, id, p, expert);
        }

        return id;
    }

    static Task<JsonElement> HandIn(Site site, string appraisal, string proposal, string expert)
    {
        var mark = 70 + (7 * (expert[^1] - '0'));
        return site.Act(expert, $"/api/appraisals/{appraisal}/sheets", new
        {
            proposal, scores = new { necessity = mark, feasibility = mark - 5, budget = mark - 9, sharing = mark, security = 80 }, opinion = "建设必要，建议核减部分投资。", suggested = 1_200_000m,
        });
    }

    static Task<JsonElement> Conclude(Site site, string appraisal, string[] proposals, decimal amount) => site.Act(Town.Office, $"/api/appraisals/{appraisal}/conclusion", new
    {
        conclusions = proposals.Select((p, i) => i == 0
            ? (object)new { proposal = p, kind = "recommended", amount, reason = "建议立项。" }
            : new { proposal = p, kind = "merged-into", lead = proposals[0], reason = "建设内容相近，合并建设。" }),
    });

    static async Task Unify(Site site, string proposal)
    {
        var lines = (await site.Read(Town.Office, $"/api/proposals/{proposal}/interfaces")).GetProperty("lines").EnumerateArray();
        await site.Act(Town.Office, $"/api/proposals/{proposal}/arrangements",
            new { items = lines.Select(l => new { line = l.GetProperty("declared").GetProperty("line").GetInt32(), kind = "via-exchange-platform", declaredBy = l.GetProperty("declaredBy").GetString() }) });
        foreach (var conflict in (await site.Read(Town.Office, $"/api/proposals/{proposal}/interfaces")).GetProperty("conflicts").EnumerateArray().Where(c => c.GetProperty("open").GetBoolean()))
            await site.Act(Town.Office, $"/api/proposals/{proposal}/conflict-settlement", new { conflict = conflict.GetProperty("key").GetString(), resolution = "经共享交换平台统一提供。" });
        await site.Act(Town.Office, $"/api/proposals/{proposal}/unification", new { });
    }

    static async Task<string> Convened(Site site, string proposal, string? extraordinary)
    {
        var meeting = Id(await site.Act(Town.DistrictCio, "/api/meetings", new { date = Town.Today, place = "第一会议室", extraordinary }));
        await site.Act(Town.Office, $"/api/meetings/{meeting}/agenda", new { proposal });
        foreach (var member in Members) await site.Act(Town.Office, $"/api/meetings/{meeting}/attendance", new { member, present = true });
        await site.Act(Town.DistrictCio, $"/api/meetings/{meeting}/agenda/1/vote", new { motion = "approve", amount = 1_200_000m, conditions = new[] { "接入共享交换平台" } });
        return meeting;
    }

    static async Task<string> Decided(Site site, string proposal)
    {
        var meeting = await Convened(site, proposal, null);
        foreach (var member in Members) await site.Act(member, $"/api/meetings/{meeting}/agenda/1/ballot", new { vote = "for" });
        await site.Act(Town.DistrictCio, $"/api/meetings/{meeting}/agenda/1/resolution", new { resolution = "approved" });
        await site.Act(Town.Office, $"/api/meetings/{meeting}/closure", new { remarks = "会议议定事项由CIO办公室督办。" });
        return meeting;
    }

    static async Task<string> UnderVote(Site site, string proposal)
    {
        var meeting = await Convened(site, proposal, "事项紧急");
        await site.Act("civil-cio", $"/api/meetings/{meeting}/agenda/1/ballot", new { vote = "for" });
        return meeting;
    }

    static async Task<string> Issued(Site site, string proposal)
    {
        await site.Act(Town.DistrictCio, $"/api/proposals/{proposal}/approval", new { revision = 1 });
        var approval = (await site.Read(Town.Office, "/api/approvals")).GetProperty("items")[0];
        return $"{approval.GetProperty("year").GetInt32()}-{approval.GetProperty("serial").GetInt32()}";
    }

    static string Id(JsonElement answer) => answer.GetProperty("id").GetString()!;
}
