using Approval.Intake;
using Approval.Testing;
using static Approval.InterfaceUnification.Field;
using static Approval.Testing.Scenario;

namespace Approval.InterfaceUnification;

public sealed class CatalogueTests
{
    static readonly InterfacePublished One = Published("i1", "人口身份核验", "公安核验平台");
    static Scenario<InterfaceCatalogue> In(params object[] past) => Given(InterfaceCatalogue.Kind, JurisdictionStreams.InterfaceCatalogue, past);
    static Decision Publish(InterfaceCatalogue? c, InterfaceContent content, Actor? by = null, string id = "i1") =>
        PublishInterface.Decide(new(new(id), content), c ?? InterfaceCatalogue.Empty, (by ?? Sample.Office).Acts());

    [Fact]
    public void The_office_publishes_an_interface_of_a_running_system() => In().WhenNew(c => Publish(c, One.Content)).Then(One).AgainNothing();

    [Fact]
    public void A_system_offers_data_once_in_one_mode_and_version()
    {
        In(One).When(c => Publish(c, One.Content with { ProviderSystem = "公安“核验”平台" }, id: "i2")).ThenRefused(("interface-exists", "data"));
        In(One, new InterfaceRetired(new("i1"), "停用")).When(c => Publish(c, One.Content, id: "i2")).Then(One with { Interface = new("i2") });
        In(One).When(c => Publish(c, One.Content with { Version = "2.0" }, id: "i2")).Then(One with { Interface = new("i2"), Content = One.Content with { Version = "2.0" } });
    }

    [Fact]
    public void An_interface_names_data_provider_unit_and_version() =>
        In().WhenNew(c => Publish(c, new("", " ", "", InterfaceMode.Api, "")))
            .ThenRefused(("text-required", "data"), ("text-required", "providerSystem"), ("text-required", "providerUnit"), ("text-required", "version"));

    [Fact]
    public void An_interface_follows_only_a_published_standard()
    {
        In().WhenNew(c => Publish(c, One.Content with { Standard = new("s1") })).ThenRefused(("interface-unknown", "standard"));
        In(Standard, new InterfaceRetired(new("s1"), "废止")).When(c => Publish(c, One.Content with { Standard = new("s1") })).ThenRefused(("interface-retired", "standard"));
        In(Published("s1", "甲", "乙")).When(c => Publish(c, One.Content with { Standard = new("s1") })).ThenRefused(("not-a-standard", "standard"));
    }

    [Fact]
    public void A_standard_is_published_once_in_a_version()
    {
        Decision Decide(InterfaceCatalogue? c, string id, Actor? by = null, string title = "人口数据交换规范") =>
            PublishStandard.Decide(new(new(id), title, Standard.Mode, Standard.Version, Standard.Document), c ?? InterfaceCatalogue.Empty, (by ?? Sample.Office).Acts());
        In().WhenNew(c => Decide(c, "s1")).Then(Standard).AgainNothing();
        In(Standard).When(c => Decide(c, "s2")).ThenRefused(("standard-exists", "version"));
        In().WhenNew(c => Decide(c, "s1", title: "")).ThenRefused(("text-required", "title"));
        In().WhenNew(c => Decide(c, "s1", Sample.Officer)).ThenRefused("not-permitted");
    }

    [Fact]
    public void An_interface_is_retired_only_when_no_running_project_rests_on_it()
    {
        Decision Retire(InterfaceCatalogue c, Proposal[] projects, string id = "i1", string reason = "停用", Actor? by = null) =>
            RetireInterface.Decide(new(new(id), reason), c, [.. projects.Select(Declarant.Of)], (by ?? Sample.Office).Acts());
        var rests = Project("p1", "市民卡工程", Takes("人口身份核验", "公安核验平台")).Arranged(ArrangementKind.Reuse, new("i1"));

        In(One).When(c => Retire(c, [])).Then(new InterfaceRetired(new("i1"), "停用")).AgainNothing();
        In(One).When(c => Retire(c, [rests])).ThenRefused("interface-in-use");
        In(One).When(c => Retire(c, [rests.After(new ProposalWithdrawn("不再需要"))])).Then(new InterfaceRetired(new("i1"), "停用"));
        In(One).When(c => Retire(c, [], "i9")).ThenRefused("interface-unknown");
        In(One).When(c => Retire(c, [], reason: "")).ThenRefused(("text-required", "reason"));
        In(One).When(c => Retire(c, [], by: Sample.DistrictCio)).ThenRefused("not-permitted");
    }

    [Fact]
    public void Only_the_office_publishes() => In().WhenNew(c => Publish(c, One.Content, Sample.DepartmentalCio)).ThenRefused("not-permitted");

    [Fact]
    public void Approval_publishes_the_interfaces_that_the_project_provides()
    {
        var project = Project("p1", "人口基础信息库", Gives("人口身份核验"), Gives("人口总量与结构", line: 2), Gives("人口户籍信息", line: 3), Gives("流动人口信息", line: 4), Takes("案事件信息", "金盾信息系统", line: 5))
            .Arranged(ArrangementKind.PublishNew)
            .Arranged(ArrangementKind.ViaExchangePlatform, line: 2)
            .Arranged(ArrangementKind.Reuse, new("i1"), line: 3)
            .Arranged(ArrangementKind.AdoptStandard, new("s1"), line: 4)
            .Arranged(ArrangementKind.PublishNew, line: 5);
        Decision Issue(InterfaceCatalogue? c) => CatalogueRules.PublishProvided(c ?? InterfaceCatalogue.Empty, project, "市公安局");
        In(One).When(c => Issue(c)).Then(
            new InterfacePublished(new("p1-1"), new("人口身份核验", "人口基础信息库", "市公安局", InterfaceMode.Api, "1.0"), project.Id),
            new InterfacePublished(new("p1-2"), new("人口总量与结构", "人口基础信息库", "市公安局", InterfaceMode.Api, "1.0", null, true), project.Id),
            new InterfacePublished(new("p1-4"), new("流动人口信息", "人口基础信息库", "市公安局", InterfaceMode.Api, "1.0", new("s1")), project.Id)).AgainNothing();
    }

    [Fact]
    public void A_lead_and_what_it_took_in_publish_the_same_data_once()
    {
        var project = Project("p1", "市民卡工程", Gives("持卡人信息")).Arranged(ArrangementKind.PublishNew)
            .After(new InterfaceArranged(new(new("p2"), 1), Gives("持卡人信息"), ArrangementKind.PublishNew, null, InterfaceMode.Api, null, Sample.Policy.Ref));
        In().WhenNew(c => CatalogueRules.PublishProvided(c ?? InterfaceCatalogue.Empty, project, "市民卡中心"))
            .Then(new InterfacePublished(new("p1-1"), new("持卡人信息", "市民卡工程", "市民卡中心", InterfaceMode.Api, "1.0"), project.Id));
    }
}
