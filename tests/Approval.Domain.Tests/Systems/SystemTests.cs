using Approval.Intake;
using Approval.Supervision;
using Approval.Testing;
using static Approval.Testing.Scenario;

namespace Approval.Systems;

public sealed class SystemTests
{
    static readonly SystemId Code = new("XT-001");
    static readonly HashSet<UnitId> Units = [Sample.Health, Sample.Police];
    static readonly SystemContent Content = new()
    {
        Name = "市人口信息系统",
        Owner = Sample.Police,
        YearlyOperationCost = new(350_000m),
        InUseSince = new(2015, 7, 1),
        Resources = [new("人口户籍信息", Sharing.Conditional), new("侦查信息", Sharing.None)],
        Interfaces = [new(InterfaceDirection.Provide, "人口户籍信息", InterfaceMode.File)],
    };

    static readonly object[] Registered = [new SystemRegistered(Code, Content)];
    static Scenario<ExistingSystem> In(params object[] past) => Given(ExistingSystem.Kind, Code.Stream, past);
    static Decision Register(ExistingSystem? system, SystemContent content, Actor? by = null) => RegisterSystem.Decide(new(Code, content), system, Units, (by ?? Sample.Office).Acts());

    [Fact]
    public void A_system_is_registered_once() =>
        In().WhenNew(s => Register(s, Content)).Then(new SystemRegistered(Code, Content)).AgainNothing();

    [Fact]
    public void A_code_stands_for_one_system() =>
        In(Registered).WhenNew(s => Register(s, Content with { Name = "另一系统" })).ThenRefused(("system-exists", "code"));

    [Fact]
    public void Everything_wrong_with_an_entry_is_said_at_once() =>
        In().WhenNew(s => RegisterSystem.Decide(new(new("-1"), new()
        {
            Name = " ",
            Owner = new("nobody"),
            YearlyOperationCost = new(-1m),
            Resources = [new("甲", Sharing.None), new("甲", Sharing.Conditional)],
            Interfaces = [new(InterfaceDirection.Provide, "", InterfaceMode.Api)],
        }), s, Units, Sample.Office.Acts())).ThenRefused(
            ("system-code-malformed", "code"), ("text-required", "name"), ("system-owner-unknown", "owner"), ("system-cost-negative", "yearlyOperationCost"),
            ("system-line-repeated", "resources[1]"), ("text-required", "interfaces[0]"));

    [Fact]
    public void A_system_has_at_most_200_resources() =>
        In().WhenNew(s => Register(s, Content with { Resources = [.. Enumerable.Range(0, 201).Select(i => new SystemResource($"资源{i}", Sharing.None))] }))
            .ThenRefused(("system-lines-too-many", "resources"));

    [Fact]
    public void The_register_follows_a_change_and_takes_a_system_back_into_use()
    {
        var changed = Content with { YearlyOperationCost = new(400_000m) };
        In(Registered).When(s => UpdateSystem.Decide(new(changed), s, Units, Sample.Office.Acts())).Then(new SystemUpdated(changed)).AgainNothing();
        In(Registered, new SystemRetired("已被替代")).When(s => UpdateSystem.Decide(new(Content), s, Units, Sample.Office.Acts()))
            .Then(new SystemUpdated(Content)).WithState(s => s.Retired.ShouldBeFalse());
        In(Registered).When(s => UpdateSystem.Decide(new(Content with { Name = "" }), s, Units, Sample.Office.Acts())).ThenRefused(("text-required", "name"));
    }

    [Fact]
    public void A_system_is_taken_out_of_use_with_a_reason()
    {
        In(Registered).When(s => RetireSystem.Decide(new("已被替代"), s, Sample.Office.Acts())).Then(new SystemRetired("已被替代")).AgainNothing();
        In(Registered).When(s => RetireSystem.Decide(new(""), s, Sample.Office.Acts())).ThenRefused(("text-required", "reason"));
    }

    [Fact]
    public void A_promise_to_share_is_found_broken_and_later_kept()
    {
        In(Registered).When(s => RecordSharing.Decide(new("人口户籍信息", false, "三次申请未提供"), s, Sample.Office.Acts()))
            .Then(new SystemSharingBroken("人口户籍信息", "三次申请未提供")).AgainNothing()
            .WithState(s => s.Withheld.ShouldBe(["人口户籍信息"]))
            .And().When(s => RecordSharing.Decide(new("人口户籍信息", true, "已接入平台"), s, Sample.Office.Acts()))
            .Then(new SystemSharingKept("人口户籍信息", "已接入平台")).WithState(s => s.Withheld.ShouldBeEmpty());
    }

    [Fact]
    public void Only_what_was_promised_can_be_withheld()
    {
        In(Registered).When(s => RecordSharing.Decide(new("侦查信息", false, "未提供"), s, Sample.Office.Acts())).ThenRefused(("sharing-not-promised", "resource"));
        In(Registered).When(s => RecordSharing.Decide(new("人口户籍信息", false, ""), s, Sample.Office.Acts())).ThenRefused(("text-required", "finding"));
        In(Registered, new SystemRetired("停用")).When(s => RecordSharing.Decide(new("人口户籍信息", false, "未提供"), s, Sample.Office.Acts())).ThenRefused("system-out-of-use");
    }

    [Fact]
    public void Only_the_office_keeps_the_register()
    {
        In().WhenNew(s => Register(s, Content, Sample.Officer)).ThenRefused("not-permitted");
        In(Registered).When(s => UpdateSystem.Decide(new(Content), s, Units, Sample.Administrator.Acts())).ThenRefused("not-permitted");
        In(Registered).When(s => RetireSystem.Decide(new("x"), s, Sample.OtherOfficer.Acts())).ThenRefused("not-permitted");
        In(Registered).When(s => RecordSharing.Decide(new("人口户籍信息", false, "x"), s, Sample.Auditor.Acts())).ThenRefused("not-permitted");
    }

    [Fact]
    public void A_unit_withholds_what_its_system_or_its_approved_project_promised()
    {
        var system = In(Registered, new SystemSharingBroken("人口户籍信息", "未提供")).State;
        var project = Given(Past.Approved, new Issuance.ApprovalIssued("示信批〔2026〕1号", 2026, 1, new(2026, 3, 2), 1, new(4_500_000m), [], ["电子健康档案"], new string('0', 64), Sample.Policy.Ref),
            new SharingPromiseBroken("电子健康档案", "未提供")).State;

        SharingPromises.Broken(Sample.Police, [system], [project]).ShouldBe([new("人口户籍信息", "市人口信息系统")]);
        SharingPromises.Broken(Sample.Health, [system], [project]).ShouldBe([new("电子健康档案", "区域卫生信息平台")]);
        SharingPromises.Broken(Sample.OfficeUnit, [system], [project]).ShouldBeEmpty();
    }

    [Fact]
    public void A_system_out_of_use_withholds_nothing() =>
        SharingPromises.Broken(Sample.Police, [In(Registered, new SystemSharingBroken("人口户籍信息", "未提供"), new SystemRetired("停用")).State], []).ShouldBeEmpty();
}
