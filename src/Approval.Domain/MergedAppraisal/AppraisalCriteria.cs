using System.Collections.Immutable;

namespace Approval.MergedAppraisal;

/// <summary>What a score sheet scores.</summary>
/// <param name="Key">Stable key.</param>
/// <param name="Chinese">The name in Chinese.</param>
/// <param name="English">The name in English.</param>
/// <param name="Weight">The weight in percent; those of all criteria sum to 100.</param>
public sealed record Criterion(string Key, string Chinese, string English, int Weight);

/// <summary>The criteria of an appraisal. They are fixed in its opening event, so that a later change of this list does not touch a running one.</summary>
public static class AppraisalCriteria
{
    /// <summary>The criteria of appraisals opened now.</summary>
    public static readonly ImmutableArray<Criterion> Current =
    [
        new("necessity", "必要性", "necessity", 25),
        new("feasibility", "可行性", "feasibility", 20),
        new("budget", "预算合理性", "budget soundness", 25),
        new("sharing", "复用与共享", "reuse and sharing", 20),
        new("security", "安全", "security", 10),
    ];
}
