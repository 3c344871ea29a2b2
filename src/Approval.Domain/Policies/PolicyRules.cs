namespace Approval.Policies;

/// <summary>What a policy's content must satisfy before it can be adopted.</summary>
public static class PolicyRules
{
    const int LongestLimit = 750;

    /// <summary>The threshold lies outside its range.</summary>
    public static readonly RefusalKind OutOfRange = new("policy-threshold-out-of-range", RefusalSort.Form,
        "取值应在 {0} 至 {1} 之间。", "The value must lie between {0} and {1}.");

    /// <summary>A panel could come to a tie.</summary>
    public static readonly RefusalKind PanelEven = new("policy-panel-even", RefusalSort.Form,
        "专家组人数应为单数。", "The panel's size must be odd.");

    /// <summary>A stage that decides is missing.</summary>
    public static readonly RefusalKind StageMissing = new("policy-stage-missing", RefusalSort.Form,
        "缺少“{0}”阶段的规定。", "The stage \"{0}\" is missing.");

    /// <summary>A stage is there twice.</summary>
    public static readonly RefusalKind StageTwice = new("policy-stage-twice", RefusalSort.Form,
        "“{0}”阶段重复规定。", "The stage \"{0}\" is there twice.");

    /// <summary>A closed proposal has no rules.</summary>
    public static readonly RefusalKind StageClosed = new("policy-stage-closed", RefusalSort.Form,
        "办结的项目不设规定。", "A closed proposal has no rules.");

    /// <summary>A stage without anybody who acts in it.</summary>
    public static readonly RefusalKind ActorsMissing = new("policy-actors-missing", RefusalSort.Form,
        "应规定由谁办理。", "It must say who acts.");

    /// <summary>Auditors and administrators act in no stage.</summary>
    public static readonly RefusalKind ActorExcluded = new("policy-actor-excluded", RefusalSort.Form,
        "{0}不得参与审批。", "The {0} takes no part in approval.");

    /// <summary>A stage in which people sign has no signing rule.</summary>
    public static readonly RefusalKind SigningMissing = new("policy-signing-missing", RefusalSort.Form,
        "应规定签批方式。", "It must say how people sign.");

    /// <summary>Approvals could be issued without the District CIO's signature.</summary>
    public static readonly RefusalKind DistrictCioMissing = new("policy-district-cio-missing", RefusalSort.Form,
        "批复须由区级首席信息官签发：须列其为签发人；多人签发时须全部签署。", "The District CIO signs approvals: the role must be named, and where others sign too, all must.");

    /// <summary>All that is wrong with a content; empty if it can be adopted.</summary>
    public static IEnumerable<Refusal> Check(PolicyContent content) =>
    [
        .. CheckStages(content),
        .. Range("keyShareOfCount", content.KeyShareOfCount, 0, 1),
        .. Range("keyShareOfMoney", content.KeyShareOfMoney, 0, 1),
        .. Range("generalLongestWaitWorkingDays", content.GeneralLongestWaitWorkingDays, 1, LongestLimit),
        .. Range("fullCheckWithinWorkingDays", content.FullCheckWithinWorkingDays, 1, LongestLimit),
        .. Range("heldOverAtMost", content.HeldOverAtMost, 0, 10),
        .. Range("panelAtLeast", content.PanelAtLeast, 3, 15),
        .. content.PanelAtLeast % 2 == 0 ? [PanelEven.At("content.panelAtLeast")] : Enumerable.Empty<Refusal>(),
        .. Range("meetingEveryMonths", content.MeetingEveryMonths, 1, 12),
        .. Range("majorItemsPerMeeting", content.MajorItemsPerMeeting, 1, 20),
        .. Range("majorFrom", content.MajorFrom.Yuan, 0.01m, Money.Limit),
        .. Range("quorum", content.Quorum, 0.01m, 1),
        .. Range("majority", content.Majority, 0.5m, 1),
        .. Range("deferredAtMost", content.DeferredAtMost, 0, 10),
        .. Range("reconsiderWithinWorkingDays", content.ReconsiderWithinWorkingDays, 1, LongestLimit),
        .. Range("changeAllowance", content.ChangeAllowance, 0, 0.15m),
        .. Range("evaluateFromMonths", content.EvaluateFromMonths, 1, 60),
        .. Range("evaluateUntilMonths", content.EvaluateUntilMonths, content.EvaluateFromMonths, 60),
        .. Range("correctionWithinWorkingDays", content.CorrectionWithinWorkingDays, 1, LongestLimit),
    ];

    static IEnumerable<Refusal> CheckStages(PolicyContent content)
    {
        for (var stage = Stage.Endorsement; stage <= Stage.Issuance; stage++)
        {
            if (content.RuleOf(stage) is null) yield return StageMissing.At("content.stages", stage);
        }

        for (var i = 0; i < content.Stages.Length; i++)
        {
            var (rule, path) = (content.Stages[i], $"stages[{i}]");
            if (rule.Stage == Stage.Closed) yield return StageClosed.At($"content.{path}.stage");
            if (content.Stages.Take(i).Any(r => r.Stage == rule.Stage)) yield return StageTwice.At($"content.{path}.stage", rule.Stage);
            if (rule.Actors.IsEmpty) yield return ActorsMissing.At($"content.{path}.actors");
            foreach (var role in rule.Actors.Where(r => r is Role.Auditor or Role.Administrator)) yield return ActorExcluded.At($"content.{path}.actors", role);
            if (rule is { Signing: null, Stage: Stage.Endorsement or Stage.EarlyScheduling or Stage.BatchReview or Stage.Issuance })
                yield return SigningMissing.At($"content.{path}.signing");
            if (rule.Stage == Stage.Issuance && !rule.Actors.IsEmpty && !SignedByTheDistrictCio(rule)) yield return DistrictCioMissing.At($"content.{path}.actors");
            foreach (var refusal in Range($"{path}.signing.ratio", rule.Signing?.Ratio ?? 1, 0.01m, 1)) yield return refusal;
            foreach (var refusal in Range($"{path}.limitWorkingDays", rule.LimitWorkingDays ?? 1, 1, LongestLimit)) yield return refusal;
            foreach (var refusal in Range($"{path}.remindWorkingDays", rule.RemindWorkingDays, 0, rule.LimitWorkingDays ?? 0)) yield return refusal;
        }
    }

    static bool SignedByTheDistrictCio(StageRule rule) =>
        rule.Actors.Contains(Role.DistrictCio) && (rule.Actors.Length == 1 || rule.Signing?.Kind is not (SigningRuleKind.Any or SigningRuleKind.Ratio));

    static IEnumerable<Refusal> Range(string field, decimal value, decimal from, decimal to) =>
        value < from || value > to ? [OutOfRange.At($"content.{field}", from, to)] : [];
}
