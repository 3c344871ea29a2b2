using System.Text.Json.Nodes;

namespace Approval.Demo;

/// <summary>Appraisals: the panel, the blind sheets, the conclusion with its merges.</summary>
sealed partial class Journey
{
    static readonly string[] Criteria = ["necessity", "feasibility", "budget", "sharing", "security"];

    int appraisals;

    /// <summary>One appraisal; with several proposals the first is the lead into which the others are merged.</summary>
    async Task Appraise(string[] references, decimal recommended, string[]? changes = null)
    {
        var (id, panel) = await OpenAppraisal(references);
        foreach (var expert in panel) await HandInSheets(expert, id, references, recommended);
        await Conclude(id, references, recommended, changes);
        if (changes is null) return;

        // The lead's unit adopts the changes; the office finds them adopted.
        var lead = references[0];
        await api.Post(Officer(lead), $"{Of(lead)}/correction", new { answer = "已按论证意见修改完善。" });
        await api.Decide(Cast.Office, Of(lead), "changes-adoption");
    }

    async Task<(string Id, string[] Panel)> OpenAppraisal(string[] references)
    {
        var opened = await api.Post(Cast.Office, "/api/appraisals", new { proposals = references.Select(r => ids[r]).ToArray() });
        var panel = Enumerable.Range(0, 3).Select(i => Cast.Experts[(appraisals + i) % Cast.Experts.Length]).ToArray();
        await api.Post(Cast.Office, $"/api/appraisals/{opened.Id}/panel", new { experts = panel });
        if (appraisals++ == 1)
        {
            // One expert has advised the unit before, recuses, and is replaced.
            var substitute = Cast.Experts[^1];
            await api.Post(panel[0], $"/api/appraisals/{opened.Id}/recusals", new { reason = "曾为该单位提供咨询，申请回避。" });
            await api.Post(Cast.Office, $"/api/appraisals/{opened.Id}/replacements", new { leaving = panel[0], joining = substitute, reason = "原专家回避" });
            panel[0] = substitute;
        }

        return (opened.Id, panel);
    }

    async Task HandInSheets(string expert, string appraisal, string[] references, decimal recommended)
    {
        var requested = references.Sum(r => projects[r].RequestedYuan);
        foreach (var reference in references)
        {
            var seed = reference.Sum(c => c) + expert[^1];
            await api.Post(expert, $"/api/appraisals/{appraisal}/sheets", new
            {
                proposal = ids[reference],
                scores = Criteria.Select((c, i) => (c, Score: 68 + (((seed * (i + 3)) + expert[^1]) % 27))).ToDictionary(s => s.c, s => s.Score),
                opinion = references.Length > 1 ? "与同批申报项目建设内容相近，建议合并建设、统一接口。" : "建设必要，方案可行，建议核减部分硬件投资。",
                suggested = Math.Round(projects[reference].RequestedYuan * recommended / requested, 2),
            });
        }
    }

    async Task Conclude(string appraisal, string[] references, decimal recommended, string[]? changes)
    {
        var conclusions = references.Select((r, i) => i > 0
            ? new JsonObject { ["proposal"] = ids[r], ["kind"] = "merged-into", ["lead"] = ids[references[0]], ["reason"] = $"与“{projects[references[0]].Title}”建设内容相近，合并建设。" }
            : new JsonObject
            {
                ["proposal"] = ids[r], ["kind"] = changes is null ? "recommended" : "recommended-with-changes", ["amount"] = recommended,
                ["reason"] = references.Length > 1 ? "建议作为牵头项目统一建设。" : "建议立项，核减部分投资。",
                ["changes"] = changes is null ? null : new JsonArray([.. changes.Select(c => (JsonNode)c)]),
            });
        await api.Decide(Cast.Office, $"/api/appraisals/{appraisal}", "conclusion", new { conclusions = new JsonArray([.. conclusions]) });
    }

    async Task FirstAppraisals()
    {
        await OnDay(66);
        await Appraise(["NB-14", "SH-01", "FY-01"], 25_000_000m);
        await Appraise(["SH-02", "NB-16"], 23_000_000m);
        await Appraise(["NB-13", "FY-03"], 10_500_000m, ["统一参保信息口径", "与市民卡共用身份核验接口"]);
        await OnDay(72);
        await Appraise(["NB-02", "NB-19"], 5_800_000m);
        await Appraise(["NB-05", "PD-05"], 8_400_000m);
        await Appraise(["NB-18"], 7_800_000m);
    }
}
