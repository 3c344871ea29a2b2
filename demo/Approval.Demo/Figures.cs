using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace Approval.Demo;

/// <summary>The committee's figures at the end of the main job.</summary>
sealed record Figures(
    int Proposals, long Events, IReadOnlyDictionary<string, int> ByStage, IReadOnlyDictionary<string, int> ByOutcome,
    decimal RequestedYuan, decimal RecommendedYuan, decimal ApprovedYuan, int Merges, decimal SavedByMergingYuan,
    FundFigures Fund, InterfaceFigures Interfaces, int Meetings, int Refusals, double Seconds)
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    static readonly Dictionary<string, string> Stages = new()
    {
        ["draft"] = "拟稿", ["endorsement"] = "部门审签", ["form-check"] = "形式审查", ["early-scheduling"] = "重点项目提前安排", ["batch-review"] = "一般项目集中安排",
        ["merged-appraisal"] = "类似项目合并论证", ["interface-unification"] = "系统接口统一安排", ["committee"] = "委员会审议", ["issuance"] = "批复", ["supervision"] = "监管", ["closed"] = "办结",
    };

    public async Task Print(TextWriter to)
    {
        await to.WriteLineAsync($"\n项目 {Proposals} 个 · 记录 {Events} 条 · 例会 {Meetings} 次 · 依规拒绝 {Refusals} 次 · 用时 {Seconds} 秒");
        await to.WriteLineAsync($"阶段　　　{string.Join("，", ByStage.Select(s => $"{Stages.GetValueOrDefault(s.Key, s.Key)} {s.Value}"))}");
        await to.WriteLineAsync($"资金　　　申请 {Wan(RequestedYuan)} → 建议 {Wan(RecommendedYuan)} → 批准 {Wan(ApprovedYuan)}");
        await to.WriteLineAsync($"合并　　　{Merges} 组，节约 {Wan(SavedByMergingYuan)}");
        await to.WriteLineAsync($"专项资金　上限 {Wan(Fund.CeilingYuan)}，预留 {Wan(Fund.ReservedYuan)}，已安排 {Wan(Fund.CommittedYuan)}，可用 {Wan(Fund.FreeYuan)}");
        await to.WriteLineAsync($"系统接口　申报 {Interfaces.Declared}，冲突 {Interfaces.Conflicts}，统一后 {Interfaces.AfterUnification}");
    }

    static string Wan(decimal yuan) => $"{yuan / 10_000m:#,0.##} 万元";
}

/// <summary>The fund.</summary>
sealed record FundFigures(decimal CeilingYuan, decimal ReservedYuan, decimal CommittedYuan, decimal FreeYuan);

/// <summary>The interfaces before and after unification.</summary>
sealed record InterfaceFigures(int Declared, int Conflicts, int AfterUnification);

sealed partial class Journey
{
    /// <summary>The figures as the committee reads them on its dashboard.</summary>
    async Task<Figures> Count()
    {
        var board = (await api.Get(Cast.Office, "/api/dashboard")).Body;
        Dictionary<string, int> Counts(string list, string key) => board[list]!.AsArray().ToDictionary(r => r![key]!.GetValue<string>(), r => r!["count"]!.GetValue<int>());
        decimal Money(JsonNode? at) => at?.GetValue<decimal>() ?? 0m;
        var fund = board["funds"]!.AsArray().Single(f => f!["id"]!.GetValue<string>() == input.Fund.Code)!;
        var interfaces = board["interfaces"]!;
        return new(
            board["proposals"]!.GetValue<int>(), board["events"]!.GetValue<long>(), Counts("byStage", "stage"), Counts("byOutcome", "outcome"),
            Money(board["money"]!["requested"]), Money(board["money"]!["recommended"]), Money(board["money"]!["approved"]),
            board["merges"]!["count"]!.GetValue<int>(), Money(board["merges"]!["saved"]),
            new(Money(fund["ceiling"]), Money(fund["reserved"]), Money(fund["committed"]), Money(fund["free"])),
            new(interfaces["declared"]!.GetValue<int>(), interfaces["conflicts"]!.GetValue<int>(), interfaces["afterUnification"]!.GetValue<int>()),
            board["meetings"]!.GetValue<int>(), api.Refusals, 0);
    }
}
