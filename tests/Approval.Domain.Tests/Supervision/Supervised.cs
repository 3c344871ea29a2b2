using Approval.Funds;
using Approval.Issuance;
using Approval.Testing;
using static Approval.Testing.Sample;

namespace Approval.Supervision;

/// <summary>The sample project under supervision: approved with two conditions and the promise to share one resource.</summary>
static class Supervised
{
    public static readonly DateOnly Issued = new(2026, 3, 9);
    public static readonly DateOnly Today = new(2027, 6, 1);

    public static object[] Issue =>
    [
        .. Past.Unified, new Committee.AgendaItemPlaced(Past.Meeting, 1),
        new Committee.ApprovedByCommittee(Past.Meeting, 1, new(2026, 3, 2), 1, new(4_000_000m), ["接入统一身份认证", "通过等保三级测评"], new(6, 4, 1, 4, 0, 0), Policy.Ref),
        new ApprovalIssued("示信批〔2026〕1号", 2026, 1, Issued, 1, new(4_000_000m), ["接入统一身份认证", "通过等保三级测评"], ["电子健康档案"], "hash", Policy.Ref),
    ];

    public static object[] ConditionsMet => [.. Issue, new ConditionMet(1, "联调记录"), new ConditionMet(2, "测评报告")];

    public static ProjectAccepted Accepted => new(Today, "合格", new(2028, 6, 1), new(2029, 6, 1), Policy.Ref);

    public static object[] Evaluated => [.. ConditionsMet, Accepted, new SelfEvaluationSubmitted(new(2028, 7, 1), 88, "效果良好", Late: false)];

    public static Fund Fund => Funds.Fund.Kind.Fold([.. Past.FundHolding, new MoneyCommitted(Past.Reservation, new(4_000_000m))])!;
}
