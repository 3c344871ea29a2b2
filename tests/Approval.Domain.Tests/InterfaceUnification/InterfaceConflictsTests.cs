using Approval.Intake;
using Approval.MergedAppraisal;
using Approval.Testing;
using FsCheck;
using FsCheck.Fluent;
using static Approval.InterfaceUnification.Field;

namespace Approval.InterfaceUnification;

public sealed class InterfaceConflictsTests
{
    static readonly Proposal Population = Project("p1", "人口基础信息库", Gives("人口身份核验"));
    static readonly Proposal Card = Project("p2", "市民卡工程", Takes("人口身份核验", "人口基础信息库"));

    [Fact]
    public void A_consumer_and_its_provider_are_at_peace() => Scene(Population, Card).Conflicts().ShouldBeEmpty();

    [Fact]
    public void The_same_resource_provided_twice_is_a_conflict() =>
        Scene(Population, Project("p3", "金盾信息系统", Gives("人口身份核验"))).Conflicts().ShouldBe(["DuplicateProvider 人口身份核验 [p1 p3]"]);

    [Fact]
    public void The_same_resource_in_two_resource_catalogues_is_provided_twice() =>
        Scene(Holder("p1", "宏观经济管理信息系统", [new("宏观经济指标", "市发展和改革委员会", Sharing.Unconditional)]),
            Holder("p2", "宏观经济数据库", [new("宏观经济指标", "市统计局", Sharing.None, "统计法")])).Conflicts().ShouldBe(["DuplicateProvider 宏观经济指标 [p1 p2]"]);

    [Fact]
    public void A_resource_that_the_project_takes_from_another_is_not_provided_twice() =>
        Scene(Population, Holder("p2", "市民卡工程", [new("人口身份核验", "市公安局", Sharing.Conditional)], Takes("人口身份核验", "人口基础信息库"))).Conflicts().ShouldBeEmpty();

    [Fact]
    public void A_running_system_that_provides_the_same_resource_is_in_conflict_unless_it_is_replaced()
    {
        var system = Existing("XT-1", "旧人口库", new Systems.SystemInterface(InterfaceDirection.Provide, "人口身份核验", InterfaceMode.Api));
        Scene(InterfaceCatalogue.Empty, [system], Population).Conflicts().ShouldBe(["DuplicateProvider 人口身份核验 [p1 XT-1]"]);
        Scene(InterfaceCatalogue.Empty, [system with { Retired = true }], Population).Conflicts().ShouldBeEmpty();

        var replacing = Proposal.Kind.Fold(Past("p1", "人口基础信息库", [], [Gives("人口身份核验")], [new("旧人口库", SystemRelation.Replace)]))!;
        Scene(InterfaceCatalogue.Empty, [system], replacing).Conflicts().ShouldBeEmpty();
        var byCode = Proposal.Kind.Fold(Past("p1", "人口基础信息库", [], [Gives("人口身份核验")], [new("人口库旧版", SystemRelation.Retire, new("XT-1"))]))!;
        Scene(InterfaceCatalogue.Empty, [system], byCode).Conflicts().ShouldBeEmpty();
        var reusing = Proposal.Kind.Fold(Past("p1", "人口基础信息库", [], [Gives("人口身份核验")], [new("旧人口库", SystemRelation.Reuse)]))!;
        Scene(InterfaceCatalogue.Empty, [system], reusing).Conflicts().ShouldBe(["DuplicateProvider 人口身份核验 [p1 XT-1]"]);
    }

    [Fact]
    public void Reuse_of_an_existing_interface_resolves_a_duplicate()
    {
        var catalogue = Catalogue(Published("i1", "人口身份核验", "公安核验平台"));
        Scene(catalogue, [], Population).Open().ShouldBe(["DuplicateProvider 人口身份核验 [p1 公安核验平台]"]);
        Scene(catalogue, [], Population.Arranged(ArrangementKind.Reuse, new("i1"))).Conflicts().ShouldBe(["DuplicateProvider 人口身份核验 [p1 公安核验平台] resolved"]);
    }

    [Fact]
    public void A_waived_line_provides_nothing() =>
        Scene(Population, Project("p3", "金盾信息系统", Gives("人口身份核验")).Arranged(ArrangementKind.Waive)).Conflicts()
            .ShouldBe(["DuplicateProvider 人口身份核验 [p1 p3] resolved"]);

    [Fact]
    public void Of_three_providers_one_stepping_back_leaves_the_conflict_open() =>
        Scene(Population, Project("p3", "金盾信息系统", Gives("人口身份核验")), Project("p4", "社保系统", Gives("人口身份核验")).Arranged(ArrangementKind.Waive)).Conflicts()
            .ShouldBe(["DuplicateProvider 人口身份核验 [p1 p3 p4]"]);

    [Fact]
    public void A_consumer_with_no_provider_is_a_conflict_whose_counterpart_is_named_where_known()
    {
        Scene(Card).Conflicts().ShouldBe(["NoProvider 人口身份核验 [p2]"]);
        Scene(InterfaceCatalogue.Empty, [Existing("XT-1", "人口基础信息库")], Card).Conflicts().ShouldBe(["NoProvider 人口身份核验 [p2 XT-1]"]);
    }

    [Fact]
    public void Many_units_together_provide_nothing_until_somebody_does() =>
        Scene(Project("p1", "信用信息系统", Takes("行政处罚信息", "各执法部门"))).Conflicts().ShouldBe(["NoProvider 行政处罚信息 [p1]"]);

    [Fact]
    public void A_running_system_or_the_catalogue_provides_too()
    {
        Scene(InterfaceCatalogue.Empty, [Existing("XT-1", "旧人口库", new Systems.SystemInterface(InterfaceDirection.Provide, "人口身份核验", InterfaceMode.Api))], Card).Conflicts().ShouldBeEmpty();
        Scene(Catalogue(Published("i1", "人口身份核验", "公安核验平台")), [], Card).Conflicts().ShouldBeEmpty();
        Scene(Catalogue(Published("i1", "人口身份核验", "公安核验平台"), new InterfaceRetired(new("i1"), "停用")), [], Card).Conflicts().ShouldBe(["NoProvider 人口身份核验 [p2]"]);
    }

    [Fact]
    public void A_resource_that_is_not_shared_provides_nothing_to_others() =>
        Scene(Card, Holder("p3", "金盾信息系统", [new("人口身份核验", "市公安局", Sharing.None, "居民身份证法")])).Conflicts().ShouldBe(["NoProvider 人口身份核验 [p2]"]);

    [Fact]
    public void When_the_provider_is_waived_the_consumer_loses_it() =>
        Scene(Population.Arranged(ArrangementKind.Waive), Card).Open().ShouldBe(["NoProvider 人口身份核验 [p2 p1]"]);

    [Fact]
    public void A_missing_provider_is_resolved_by_reuse_or_by_waiving_the_line()
    {
        var catalogue = Catalogue(Published("i1", "公民身份核验", "公安核验平台"));
        Scene(catalogue, [], Card.Arranged(ArrangementKind.Reuse, new("i1"))).Conflicts().ShouldBe(["NoProvider 人口身份核验 [p2] resolved"]);
        Scene(Card.Arranged(ArrangementKind.Waive)).Conflicts().ShouldBe(["NoProvider 人口身份核验 [p2] resolved"]);
        Scene(Card.Arranged(ArrangementKind.ViaExchangePlatform)).Open().ShouldBe(["NoProvider 人口身份核验 [p2]"], "the platform carries data, it does not make them");
    }

    [Fact]
    public void Incompatible_modes_for_one_resource_are_a_conflict() =>
        Scene(Population, Project("p2", "市民卡工程", Takes("人口身份核验", "人口基础信息库", InterfaceMode.File))).Conflicts().ShouldBe(["IncompatibleModes 人口身份核验 [p2 p1]"]);

    [Fact]
    public void The_exchange_platform_resolves_incompatible_modes_from_either_end()
    {
        var byFile = Project("p2", "市民卡工程", Takes("人口身份核验", "人口基础信息库", InterfaceMode.File));
        Scene(Population, byFile.Arranged(ArrangementKind.ViaExchangePlatform)).Conflicts().ShouldBe(["IncompatibleModes 人口身份核验 [p2 p1] resolved"]);
        Scene(Population.Arranged(ArrangementKind.ViaExchangePlatform), byFile).Conflicts().ShouldBe(["IncompatibleModes 人口身份核验 [p2 p1] resolved"]);
        Scene(Population.Arranged(ArrangementKind.PublishNew, mode: InterfaceMode.File), byFile).Conflicts().ShouldBe(["IncompatibleModes 人口身份核验 [p2 p1] resolved"]);
        Scene(Catalogue(Standard), [], Population, byFile.Arranged(ArrangementKind.AdoptStandard, new("s1"), mode: InterfaceMode.Api)).Conflicts()
            .ShouldBe(["IncompatibleModes 人口身份核验 [p2 p1] resolved"]);
    }

    [Fact]
    public void A_private_network_is_a_conflict_until_the_line_leaves_it()
    {
        var own = Project("p1", "人口基础信息库", Gives("人口身份核验") with { Network = Network.Private });
        Scene(own).Conflicts().ShouldBe(["PrivateNetwork 人口身份核验 [p1]"]);
        Scene(own.Arranged(ArrangementKind.ViaExchangePlatform)).Conflicts().ShouldBe(["PrivateNetwork 人口身份核验 [p1] resolved"]);
        Scene(own.Arranged(ArrangementKind.Waive)).Conflicts().ShouldBe(["PrivateNetwork 人口身份核验 [p1] resolved"]);
    }

    [Fact]
    public void A_cycle_of_waiting_is_a_conflict()
    {
        var a = Project("p1", "甲系统", Gives("甲数据"), Takes("丙数据", "丙系统", line: 2));
        var b = Project("p2", "乙系统", Gives("乙数据"), Takes("甲数据", "甲系统", line: 2));
        var c = Project("p3", "丙系统", Gives("丙数据"), Takes("乙数据", "乙系统", line: 2));
        Scene(a, b, c).Conflicts().ShouldBe(["WaitingCycle  [p1 p2 p3]"]);
        Scene(a.Built(), b, c).Conflicts().ShouldBeEmpty("nobody waits for what runs");
        Scene(a, b, c.Arranged(ArrangementKind.Waive, line: 2)).Conflicts().ShouldBe(["WaitingCycle  [p1 p2 p3] resolved"]);
    }

    [Fact]
    public void Two_cycles_are_two_conflicts()
    {
        Proposal Pair(string id, string title, string other) => Project(id, title, Gives($"{title}数据"), Takes($"{other}数据", other, line: 2));
        Scene(Pair("p1", "甲", "乙"), Pair("p2", "乙", "甲"), Pair("p3", "丙", "丁"), Pair("p4", "丁", "丙")).Conflicts()
            .ShouldBe(["WaitingCycle  [p1 p2]", "WaitingCycle  [p3 p4]"]);
    }

    [Fact]
    public void One_waits_for_the_counterpart_it_names_even_where_that_declares_nothing()
    {
        var a = Project("p1", "甲系统", Takes("乙数据", "乙系统"));
        var b = Project("p2", "乙系统", Takes("甲数据", "甲系统"));
        Scene(a, b).Conflicts().ShouldContain("WaitingCycle  [p1 p2]");
    }

    [Fact]
    public void A_settled_conflict_stays_settled_until_another_party_joins()
    {
        var other = Project("p3", "金盾信息系统", Gives("人口身份核验"));
        var key = InterfaceConflicts.Find(Scene(Population, other)).Single().Conflict.Key;
        var decision = SettleConflict.Decide(new(key, "以人口基础信息库为唯一数据源"), Population, Scene(Population, other), Sample.Office.Acts());
        var (p, o) = (Population.After(decision), other.After(decision));
        Scene(p, o).Conflicts().ShouldBe(["DuplicateProvider 人口身份核验 [p1 p3] resolved"]);
        Scene(p, o, Project("p4", "社保系统", Gives("人口身份核验"))).Open().ShouldBe(["DuplicateProvider 人口身份核验 [p1 p3 p4]"]);
    }

    [Fact]
    public void Merged_proposals_speak_through_their_lead()
    {
        var absorbed = Project("p3", "市民卡项目", Gives("持卡人信息"), Takes("参保信息", "市社保中心信息系统", line: 2))
            .After(new ProposalMergedInto(Testing.Past.Appraisal, new("p1"), "市民卡工程", 1, "同类项目", Sample.Policy.Ref));
        var lead = Project("p1", "市民卡工程", Gives("持卡人信息"));
        var scene = Scene(lead, absorbed);
        scene.Projects.Single().Lines.Select(l => l.Id).ShouldBe([new LineId(new("p1"), 1), new LineId(new("p3"), 1), new LineId(new("p3"), 2)]);
        scene.Conflicts().ShouldBe(["NoProvider 参保信息 [p1]"]);
    }

    [Fact]
    public void A_lead_that_took_in_its_supplier_has_a_provider()
    {
        var absorbed = Project("p3", "市社保中心信息系统", Gives("参保信息")).After(new ProposalMergedInto(Testing.Past.Appraisal, new("p1"), "市民卡工程", 1, "同类项目", Sample.Policy.Ref));
        Scene(Project("p1", "市民卡工程", Takes("参保信息", "市社保中心信息系统")), absorbed).Conflicts().ShouldBeEmpty();
    }

    [Fact]
    public void Proposals_before_appraisal_or_at_their_end_do_not_count()
    {
        Scene(Card, Population with { Stage = Stage.BatchReview }).Conflicts().ShouldBe(["NoProvider 人口身份核验 [p2]"]);
        Scene(Card, Population.After(new ProposalWithdrawn("不再需要"))).Conflicts().ShouldBe(["NoProvider 人口身份核验 [p2]"]);
        Scene(Card, Population with { Stage = Stage.MergedAppraisal }).Conflicts().ShouldBeEmpty();
    }

    [Fact]
    public void A_published_interface_and_the_project_behind_it_are_one_provider()
    {
        var published = new InterfacePublished(new("p1-1"), new("人口身份核验", "人口基础信息库", "市公安局", InterfaceMode.Api, "1.0"), Population.Id);
        Scene(Catalogue(published), [], Population with { Stage = Stage.Supervision }, Card).Conflicts().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("“信用宁波”信息系统", "信用宁波信息系统")]
    [InlineData("ＡＰＩ 网关", "api网关")]
    [InlineData("人口 基础-信息库", "人口基础信息库")]
    public void Names_are_compared_without_width_case_spaces_and_punctuation(string a, string b) => Naming.Same(a, b).ShouldBeTrue();

    [Theory]
    [InlineData("各部门业务系统", true)]
    [InlineData("各执法部门", true)]
    [InlineData("全市政务部门", true)]
    [InlineData("相关单位", true)]
    [InlineData("—", true)]
    [InlineData("人口基础信息库", false)]
    public void Some_counterparts_mean_anybody(string name, bool anybody) => Naming.Anybody(name).ShouldBe(anybody);

    [Fact]
    public void Different_names_are_different_however_alike() => Naming.Same("市社保中心信息系统", "社会保障信息系统").ShouldBeFalse();

    [Fact]
    public void Whatever_the_scene_the_conflicts_do_not_depend_on_the_order_of_looking_and_every_cycle_is_one()
    {
        string[] data = ["甲", "乙", "丙", "丁"];
        Prop.ForAll(ArbMap.Default.ArbFor<(int Take, int Give, bool Platform)[]>(), plan =>
        {
            var projects = plan.Take(8).Select((p, i) =>
            {
                var project = Project($"p{i}", $"系统{i}", Gives(data[Math.Abs(p.Give % 4)]), Takes(data[Math.Abs(p.Take % 4)], $"系统{Math.Abs(p.Take % 9)}", p.Platform ? InterfaceMode.File : InterfaceMode.Api, 2));
                return p.Platform ? project.Arranged(ArrangementKind.ViaExchangePlatform, line: 2) : project;
            }).ToArray();
            var once = Scene(projects).Conflicts();
            once.ShouldBe(Scene([.. projects.Reverse()]).Conflicts());
            once.ShouldBeUnique();
            InterfaceConflicts.Find(Scene(projects)).Select(c => c.Conflict.Key).ShouldBeUnique();
        }).QuickCheckThrowOnFailure();
    }
}
