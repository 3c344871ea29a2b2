using System.Globalization;

namespace Approval.Policies;

/// <summary>A threshold of a policy, as people call it.</summary>
/// <param name="Name">Its name in the content.</param>
/// <param name="Chinese">In Chinese.</param>
/// <param name="English">In English.</param>
/// <param name="Value">Its value in a policy.</param>
public sealed record Threshold(string Name, string Chinese, string English, Func<PolicyContent, decimal> Value);

/// <summary>What the rules of a policy are called, in forms and in comparisons.</summary>
public static class PolicyWords
{
    /// <summary>The thresholds that are numbers, in the order of the path.</summary>
    public static readonly IReadOnlyList<Threshold> Thresholds =
    [
        new("keyShareOfCount", "重点项目数量占比上限（0–1）", "Key projects: share of number at most (0–1)", c => c.KeyShareOfCount),
        new("keyShareOfMoney", "重点项目资金占比上限（0–1）", "Key projects: share of money at most (0–1)", c => c.KeyShareOfMoney),
        new("fullCheckWithinWorkingDays", "重点项目全面审查期限（工作日）", "Full check of key projects within (working days)", c => c.FullCheckWithinWorkingDays),
        new("generalLongestWaitWorkingDays", "一般项目最长等待（工作日）", "General projects wait at most (working days)", c => c.GeneralLongestWaitWorkingDays),
        new("heldOverAtMost", "最多结转次数", "Held over at most (times)", c => c.HeldOverAtMost),
        new("panelAtLeast", "专家组最少人数（单数）", "Experts of a panel at least (odd)", c => c.PanelAtLeast),
        new("meetingEveryMonths", "例会间隔（月）", "A meeting every (months)", c => c.MeetingEveryMonths),
        new("majorItemsPerMeeting", "每次会议重大事项上限", "Major items of a meeting at most", c => c.MajorItemsPerMeeting),
        new("majorFrom", "重大事项起点金额（元）", "An item is major from (yuan)", c => c.MajorFrom.Yuan),
        new("quorum", "法定出席比例（0–1）", "Quorum (0–1)", c => c.Quorum),
        new("majority", "通过比例（0–1）", "Majority (0–1)", c => c.Majority),
        new("deferredAtMost", "最多暂缓次数", "Deferred at most (times)", c => c.DeferredAtMost),
        new("reconsiderWithinWorkingDays", "申请复议期限（工作日）", "Reconsideration within (working days)", c => c.ReconsiderWithinWorkingDays),
        new("changeAllowance", "单位可自行变更的比例（0–0.15）", "Change that the unit records itself (0–0.15)", c => c.ChangeAllowance),
        new("correctionWithinWorkingDays", "补正期限（工作日）", "Correction within (working days)", c => c.CorrectionWithinWorkingDays),
        new("evaluateFromMonths", "后评价起始（验收后月数）", "Self-evaluation from (months after acceptance)", c => c.EvaluateFromMonths),
        new("evaluateUntilMonths", "后评价截止（验收后月数）", "Self-evaluation until (months after acceptance)", c => c.EvaluateUntilMonths),
    ];

    static readonly Dictionary<string, (string Chinese, string English)> Others = new()
    {
        ["blockUnitsThatWithhold"] = ("限制未履行共享承诺的单位申报", "Units that withhold promised data may not submit"),
        ["actors"] = ("办理角色", "who acts"),
        ["signing.kind"] = ("签批方式", "how they sign"),
        ["signing.ratio"] = ("签批比例", "share that signs for"),
        ["limitWorkingDays"] = ("时限（工作日）", "time limit (working days)"),
        ["remindWorkingDays"] = ("提前提醒（工作日）", "reminder ahead (working days)"),
    };

    /// <summary>What the field of a difference is called: <c>stages.form-check.limitWorkingDays</c>, <c>quorum</c>.</summary>
    public static string Of(string field, bool chinese)
    {
        if (field.Split('.', 3) is ["stages", var code, var rule])
        {
            var stage = Enum.GetValues<Stage>().FirstOrDefault(s => CodeOf(s) == code);
            return $"{Words.Of(stage, chinese)}{(chinese ? "：" : ": ")}{Plain(rule, chinese)}";
        }

        return Plain(field, chinese);
    }

    /// <summary>The value of a difference in words: a list of roles, a signing rule, a number.</summary>
    public static string Value(string? value, bool chinese) => value is null or "" ? "—" : value switch
    {
        "true" => chinese ? "是" : "yes",
        "false" => chinese ? "否" : "no",
        _ => string.Join(chinese ? "、" : ", ", value.Split(", ").Select(v => Word(v, chinese))),
    };

    static string Plain(string field, bool chinese) =>
        Thresholds.FirstOrDefault(t => t.Name == field) is { } threshold ? chinese ? threshold.Chinese : threshold.English
        : Others.TryGetValue(field, out var words) ? chinese ? words.Chinese : words.English
        : field == "stage" ? chinese ? "阶段" : "stage"
        : field;

    static string Word(string code, bool chinese) =>
        decimal.TryParse(code, CultureInfo.InvariantCulture, out var number) ? number.ToString("#,0.####", CultureInfo.InvariantCulture)
        : Enum.GetValues<Role>().Cast<Enum>().Concat(Enum.GetValues<SigningRuleKind>().Cast<Enum>()).Concat(Enum.GetValues<Stage>().Cast<Enum>()).FirstOrDefault(e => CodeOf(e) == code) is { } known ? Words.Of(known, chinese)
        : code;

    static string CodeOf(Enum value) => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
