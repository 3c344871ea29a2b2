using Approval.Intake;
using Approval.Policies;

namespace Approval.Testing;

/// <summary>The persons, the proposal and the policy that tests speak of.</summary>
public static class Sample
{
    public static readonly JurisdictionId Jurisdiction = new("demo");
    public static readonly UnitId Health = new("health");
    public static readonly UnitId Police = new("police");
    public static readonly UnitId OfficeUnit = new("cio-office");

    public static readonly Actor Officer = Person("officer", Health, Role.UnitOfficer);
    public static readonly Actor OtherOfficer = Person("other-officer", Police, Role.UnitOfficer);
    public static readonly Actor DepartmentalCio = Person("departmental-cio", Health, Role.DepartmentalCio, Role.CommitteeMember);
    public static readonly Actor OtherCio = Person("other-cio", Police, Role.DepartmentalCio, Role.CommitteeMember);
    public static readonly Actor Office = Person("office", OfficeUnit, Role.CioOffice);
    public static readonly Actor DistrictCio = Person("district-cio", new("district"), Role.DistrictCio, Role.CommitteeMember);
    public static readonly Actor Expert = Person("expert", new("university"), Role.Expert);
    public static readonly Actor Auditor = Person("auditor", new("audit"), Role.Auditor);
    public static readonly Actor Administrator = Person("administrator", OfficeUnit, Role.Administrator);

    /// <summary>2026-03-02, a Monday, 10:00 in China.</summary>
    public static readonly DateTimeOffset Monday = new(2026, 3, 2, 2, 0, 0, TimeSpan.Zero);

    public static readonly ProposalId Id = new("0198a000000070008000000000000001");

    /// <summary>A proposal that lacks nothing.</summary>
    public static readonly ProposalContent Content = new()
    {
        Title = "区域卫生信息平台",
        Category = Category.New,
        Objective = "实现全市医疗机构信息互联互通。",
        Justification = "各医院系统互不相通,居民重复检查。",
        Construction = "建设数据中心与共享平台,接入十二家医院。",
        Budget = [new(BudgetKind.Software, new(3_000_000m)), new(BudgetKind.Hardware, new(2_000_000m))],
        Total = new(5_000_000m),
        Start = new(2026, 6, 1),
        Finish = new(2027, 5, 31),
        Resources = [new("电子健康档案", "市卫生局", Sharing.Conditional)],
        Interfaces = [new(1, InterfaceDirection.Consume, "人口总量与结构", "人口基础信息库", "市公安局", InterfaceMode.Api, InterfaceFrequency.Daily, Network.GovernmentExtranet)],
        ProtectionLevel = 3,
        CryptographyPlan = "采用国密算法,通过密码应用评估。",
    };

    /// <summary>A policy as an office would adopt it.</summary>
    public static readonly Policy Policy = new(new(1, new string('a', 64)), "信息化项目审批办法", new(2026, 1, 1), new()
    {
        Stages =
        [
            new(Stage.Endorsement, [Role.DepartmentalCio], new(SigningRuleKind.Any), 5, 2),
            new(Stage.FormCheck, [Role.CioOffice], null, 5, 2),
            new(Stage.EarlyScheduling, [Role.CioOffice, Role.DistrictCio], new(SigningRuleKind.All), 10, 3),
            new(Stage.BatchReview, [Role.CioOffice], new(SigningRuleKind.Ratio, 0.75m), 30, 5),
            new(Stage.MergedAppraisal, [Role.CioOffice, Role.Expert], null, 20, 5),
            new(Stage.InterfaceUnification, [Role.CioOffice], null, 15, 3),
            new(Stage.Committee, [Role.CommitteeMember, Role.DistrictCio], null, 60, 10),
            new(Stage.Issuance, [Role.DistrictCio], new(SigningRuleKind.All), 10, 3),
        ],
        KeyShareOfCount = 0.2m,
        KeyShareOfMoney = 0.4m,
        GeneralLongestWaitWorkingDays = 60,
        FullCheckWithinWorkingDays = 60,
        HeldOverAtMost = 2,
        PanelAtLeast = 3,
        BlockUnitsThatWithhold = true,
        MeetingEveryMonths = 2,
        MajorItemsPerMeeting = 2,
        MajorFrom = new(10_000_000m),
        Quorum = 0.6666m,
        Majority = 0.5m,
        DeferredAtMost = 2,
        ReconsiderWithinWorkingDays = 20,
        ChangeAllowance = 0.15m,
        EvaluateFromMonths = 12,
        EvaluateUntilMonths = 24,
        CorrectionWithinWorkingDays = 15,
    });

    /// <summary>No attachment's bytes are stored.</summary>
    public static readonly IReadOnlySet<string> NoFiles = new HashSet<string>();

    /// <summary>The day of <see cref="Monday"/>.</summary>
    public static readonly DateOnly Today = new(2026, 3, 2);

    public static Actor Person(string id, UnitId unit, params Role[] roles) => new(new(id), Jurisdiction, unit, [.. roles]);

    /// <summary>The person acts on <see cref="Monday"/>.</summary>
    public static Occasion Acts(this Actor by) => new(by, Monday);

    /// <summary>The person acts at this moment.</summary>
    public static Occasion Acts(this Actor by, DateTimeOffset at) => new(by, at);
}
