using Approval.Policies;

namespace Approval.Intake;

/// <summary>形式审查: what a proposal must satisfy when it is submitted. Every failure is reported at once, each with its code and field.</summary>
public static class FormCheck
{
    /// <summary>The longest that a project may be planned to take, in years.</summary>
    public const int LongestYears = 10;

    /// <summary>A required part is missing.</summary>
    public static readonly RefusalKind PartMissing = new("part-missing", RefusalSort.Form, "申报书缺少必填内容。", "A required part of the proposal is missing.");

    /// <summary>The budget lines do not sum to the total.</summary>
    public static readonly RefusalKind BudgetDoesNotSum = new("budget-does-not-sum", RefusalSort.Form,
        "预算明细合计 {0} 元，与总额 {1} 元不符。", "The budget lines sum to {0} yuan, not to the total of {1} yuan.");

    /// <summary>An interface runs over a network of the unit's own.</summary>
    public static readonly RefusalKind PrivateNetwork = new("private-network", RefusalSort.Form,
        "不得自建专网，只能使用政务外网、政务内网或互联网。", "A network of its own is not allowed: only the shared government networks and the internet.");

    /// <summary>A resource is not shared and no law is named that forbids it.</summary>
    public static readonly RefusalKind SharingWithoutLegalBasis = new("sharing-without-legal-basis", RefusalSort.Form,
        "不予共享的信息资源须注明法律依据。", "A resource that is not shared needs a legal basis.");

    /// <summary>Protection level 2 or above without a cryptography plan.</summary>
    public static readonly RefusalKind CryptographyPlanMissing = new("cryptography-plan-missing", RefusalSort.Form,
        "等级保护二级及以上须提交密码应用方案。", "From protection level 2 on a cryptography plan is needed.");

    /// <summary>The planned finish is before the start.</summary>
    public static readonly RefusalKind FinishBeforeStart = new("finish-before-start", RefusalSort.Form,
        "计划完成日期早于开始日期。", "The planned finish is before the start.");

    /// <summary>The planned finish is already past, or lies more than ten years after the start.</summary>
    public static readonly RefusalKind ScheduleImplausible = new("schedule-implausible", RefusalSort.Form,
        "计划工期不合理：完成日期已过，或工期超过十年。", "The schedule is implausible: it is already over, or takes more than ten years.");

    /// <summary>The unit has an approved system that withholds data it promised to share, and the policy blocks such units.</summary>
    public static readonly RefusalKind UnitWithholdsData = new("unit-withholds-data", RefusalSort.Form,
        "本单位已批复系统未按承诺共享数据（{0}），暂不受理新项目。", "An approved system of the unit withholds data it promised to share ({0}).");

    /// <summary>Everything that keeps the content from passing; empty if it passes.</summary>
    /// <param name="content">The content submitted.</param>
    /// <param name="policy">The policy in force.</param>
    /// <param name="withheld">The resources that approved systems of the unit promised to share and withhold.</param>
    /// <param name="today">The day of submission.</param>
    public static IReadOnlyList<Refusal> Check(ProposalContent content, Policy policy, IReadOnlyCollection<string> withheld, DateOnly today) =>
    [
        .. Missing(content).Select(field => PartMissing.At(field)),
        .. Sum(content),
        .. content.Interfaces.SelectMany((i, n) => i.Network == Network.Private
            ? new[] { PrivateNetwork.At($"content.interfaces[{n}].network") } : []),
        .. content.Resources.SelectMany((r, n) => r.Sharing == Sharing.None && string.IsNullOrWhiteSpace(r.LegalBasis)
            ? new[] { SharingWithoutLegalBasis.At($"content.resources[{n}].legalBasis") } : []),
        .. content.ProtectionLevel >= 2 && string.IsNullOrWhiteSpace(content.CryptographyPlan)
            ? new[] { CryptographyPlanMissing.At("content.cryptographyPlan") } : [],
        .. Schedule(content, today),
        .. policy.Content.BlockUnitsThatWithhold && withheld.Count > 0
            ? new[] { UnitWithholdsData.At("unit", string.Join("、", withheld)) } : [],
    ];

    static IEnumerable<string> Missing(ProposalContent content)
    {
        if (string.IsNullOrWhiteSpace(content.Objective)) yield return "content.objective";
        if (string.IsNullOrWhiteSpace(content.Justification)) yield return "content.justification";
        if (string.IsNullOrWhiteSpace(content.Construction)) yield return "content.construction";
        if (content.Budget.IsEmpty) yield return "content.budget";
        if (content.Total == Money.Zero) yield return "content.total";
        if (content.Start is null) yield return "content.start";
        if (content.Finish is null) yield return "content.finish";
        if (content.ProtectionLevel == 0) yield return "content.protectionLevel";
    }

    static IEnumerable<Refusal> Sum(ProposalContent content)
    {
        var sum = content.Budget.Sum(l => l.Amount.Yuan);
        if (!content.Budget.IsEmpty && sum != content.Total.Yuan) yield return BudgetDoesNotSum.At("content.total", $"{sum:0.00}", content.Total);
    }

    static IEnumerable<Refusal> Schedule(ProposalContent content, DateOnly today)
    {
        if (content.Finish is not { } finish) yield break;
        if (finish < content.Start) yield return FinishBeforeStart.At("content.finish");
        else if (finish < today || finish > content.Start?.AddYears(LongestYears)) yield return ScheduleImplausible.At("content.finish");
    }
}
