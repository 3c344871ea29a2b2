using System.Collections.Immutable;
using static Approval.Role;

namespace Approval.Policies;

/// <summary>The approval policy that a new jurisdiction starts from, until its District CIO adopts another.</summary>
public static class DefaultPolicy
{
    /// <summary>Its title.</summary>
    public const string Title = "信息化项目审批办法（试行）";

    /// <summary>The rules.</summary>
    public static readonly PolicyContent Content = new()
    {
        Stages =
        [
            new(Stage.Draft, [UnitOfficer], null, null, 0),
            new(Stage.Endorsement, [DepartmentalCio], new(SigningRuleKind.Any), 5, 2),
            new(Stage.FormCheck, [CioOffice], null, 5, 2),
            new(Stage.EarlyScheduling, [CioOffice, DistrictCio], new(SigningRuleKind.All), 10, 3),
            new(Stage.BatchReview, [CioOffice], new(SigningRuleKind.Ratio, 0.75m), 60, 10),
            new(Stage.MergedAppraisal, [CioOffice, Expert], null, 20, 5),
            new(Stage.InterfaceUnification, [CioOffice], null, 15, 3),
            new(Stage.Committee, [CioOffice, CommitteeMember], null, 45, 10),
            new(Stage.Issuance, [DistrictCio], new(SigningRuleKind.All), 5, 2),
            new(Stage.Supervision, [UnitOfficer, CioOffice], null, null, 0),
        ],
        KeyShareOfCount = 0.3m,
        KeyShareOfMoney = 0.5m,
        GeneralLongestWaitWorkingDays = 90,
        FullCheckWithinWorkingDays = 40,
        HeldOverAtMost = 2,
        PanelAtLeast = 3,
        BlockUnitsThatWithhold = true,
        MeetingEveryMonths = 2,
        MajorItemsPerMeeting = 2,
        MajorFrom = new Money(20_000_000m),
        Quorum = 0.6666m,
        Majority = 0.5m,
        DeferredAtMost = 2,
        ReconsiderWithinWorkingDays = 15,
        ChangeAllowance = 0.15m,
        EvaluateFromMonths = 12,
        EvaluateUntilMonths = 24,
        CorrectionWithinWorkingDays = 20,
    };
}
