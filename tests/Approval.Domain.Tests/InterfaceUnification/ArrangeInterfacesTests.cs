using System.Collections.Immutable;
using Approval.Intake;
using Approval.MergedAppraisal;
using Approval.Testing;
using static Approval.InterfaceUnification.Field;

namespace Approval.InterfaceUnification;

public sealed class ArrangeInterfacesTests
{
    static readonly object[] PopulationPast = Past("p1", "人口基础信息库", Gives("人口身份核验"), Gives("人口总量与结构", line: 2));
    static readonly object[] CardPast = Past("p2", "市民卡工程", Takes("人口身份核验", "人口基础信息库"));
    static readonly InterfaceCatalogue Catalog = Catalogue(Published("i1", "公民身份核验", "公安核验平台", InterfaceMode.File), Standard,
        Published("i2", "旧接口", "旧系统"), new InterfaceRetired(new("i2"), "停用"));
    static readonly Proposal Population = Proposal.Kind.Fold(PopulationPast)!;
    static readonly Proposal Card = Proposal.Kind.Fold(CardPast)!;

    static Scenario<Proposal> In(object[] past, params object[] more) =>
        Scenario.Given(Proposal.Kind, ((ProposalDrafted)past[0]).Proposal.Stream, [.. past, .. more]);
    static Decision Arrange(Proposal proposal, params Arrangement[] items) => ArrangeBy(Sample.Office, proposal, items);
    static Decision ArrangeBy(Actor by, Proposal proposal, params Arrangement[] items) =>
        ArrangeInterfaces.Decide(new([.. items]), proposal, Scene(Catalog, [], Population, Card), by.Acts());
    static InterfaceArranged Event(Proposal of, int line, ArrangementKind kind, InterfaceMode mode, string? entry = null, string? reason = null) =>
        new(of.Line(line), of.Content.Interfaces[line - 1], kind, entry is null ? null : new(entry), mode, reason, Sample.Policy.Ref);

    [Fact]
    public void A_line_reuses_a_published_interface_and_takes_its_mode() =>
        In(CardPast).When(p => Arrange(p, new Arrangement(p.Line(), ArrangementKind.Reuse, new("i1")))).Then(Event(Card, 1, ArrangementKind.Reuse, InterfaceMode.File, "i1")).AgainNothing();

    [Fact]
    public void A_line_adopts_a_published_standard() =>
        In(CardPast).When(p => Arrange(p, new Arrangement(p.Line(), ArrangementKind.AdoptStandard, new("s1")))).Then(Event(Card, 1, ArrangementKind.AdoptStandard, InterfaceMode.Api, "s1"));

    [Fact]
    public void A_new_interface_is_published_in_the_mode_that_the_office_sets() =>
        In(PopulationPast).When(p => Arrange(p, new Arrangement(p.Line(), ArrangementKind.PublishNew), new(p.Line(2), ArrangementKind.PublishNew, Mode: InterfaceMode.Message)))
            .Then(Event(Population, 1, ArrangementKind.PublishNew, InterfaceMode.Api), Event(Population, 2, ArrangementKind.PublishNew, InterfaceMode.Message));

    [Fact]
    public void A_line_goes_through_the_exchange_platform_or_is_waived_with_a_reason() =>
        In(PopulationPast).When(p => Arrange(p, new Arrangement(p.Line(), ArrangementKind.ViaExchangePlatform), new(p.Line(2), ArrangementKind.Waive, Reason: "已有统计年报")))
            .Then(Event(Population, 1, ArrangementKind.ViaExchangePlatform, InterfaceMode.Api), Event(Population, 2, ArrangementKind.Waive, InterfaceMode.Api, reason: "已有统计年报"));

    [Fact]
    public void A_line_refused_does_not_hold_up_the_others()
    {
        Arrangement[] items = [new(Population.Line(), ArrangementKind.Waive), new(Population.Line(2), ArrangementKind.PublishNew), new(Population.Line(7), ArrangementKind.PublishNew)];
        In(PopulationPast).When(p => Arrange(p, items)).Then(Event(Population, 2, ArrangementKind.PublishNew, InterfaceMode.Api));
        ArrangeInterfaces.Judge(new([.. items]), Population, Scene(Catalog, [], Population)).Select(j => $"{j.Refusal?.Code} {j.Refusal?.Field}")
            .ShouldBe(["text-required items[0].reason", " ", "interface-line-unknown items[2].line"]);
    }

    [Fact]
    public void A_line_may_be_arranged_anew() =>
        In(CardPast, Event(Card, 1, ArrangementKind.ViaExchangePlatform, InterfaceMode.Api)).When(p => Arrange(p, new Arrangement(p.Line(), ArrangementKind.Reuse, new("i1"))))
            .Then(Event(Card, 1, ArrangementKind.Reuse, InterfaceMode.File, "i1"));

    [Theory]
    [InlineData(ArrangementKind.Reuse, null, "arrangement-entry-mismatch", "items[0].interface")]
    [InlineData(ArrangementKind.Waive, "i1", "arrangement-entry-mismatch", "items[0].interface")]
    [InlineData(ArrangementKind.Reuse, "i9", "interface-unknown", "items[0].interface")]
    [InlineData(ArrangementKind.Reuse, "i2", "interface-retired", "items[0].interface")]
    [InlineData(ArrangementKind.Reuse, "s1", "not-an-interface", "items[0].interface")]
    [InlineData(ArrangementKind.AdoptStandard, "i1", "not-a-standard", "items[0].interface")]
    [InlineData(ArrangementKind.Waive, null, "text-required", "items[0].reason")]
    public void An_arrangement_names_what_it_rests_on(ArrangementKind kind, string? entry, string code, string field) =>
        In(CardPast).When(p => Arrange(p, new Arrangement(p.Line(), kind, entry is null ? null : new(entry)))).ThenRefused((code, field));

    [Fact]
    public void Only_a_newly_published_interface_gets_another_mode() =>
        In(CardPast).When(p => Arrange(p, new Arrangement(p.Line(), ArrangementKind.Reuse, new("i1"), InterfaceMode.Api))).ThenRefused(("arrangement-mode-mismatch", "items[0].mode"));

    [Fact]
    public void What_nobody_provides_cannot_be_newly_published() =>
        In(CardPast).When(p => ArrangeInterfaces.Decide(new([new(p.Line(), ArrangementKind.PublishNew)]), p, Scene(Card), Sample.Office.Acts()))
            .ThenRefused(("nobody-publishes", "items[0].kind"));

    [Fact]
    public void A_private_network_is_not_arranged_as_it_is()
    {
        object[] past = Past("p1", "人口基础信息库", Gives("人口身份核验") with { Network = Network.Private });
        Decision Decide(Proposal p, ArrangementKind kind, string? entry) =>
            ArrangeInterfaces.Decide(new([new(p.Line(), kind, entry is null ? null : new(entry))]), p, Scene(Catalog, [], p), Sample.Office.Acts());
        In(past).When(p => Decide(p, ArrangementKind.PublishNew, null)).ThenRefused(("private-network-stays", "items[0].kind"));
        In(past).When(p => Decide(p, ArrangementKind.AdoptStandard, "s1")).ThenRefused(("private-network-stays", "items[0].kind"));
        Decide(Proposal.Kind.Fold(past)!, ArrangementKind.ViaExchangePlatform, null).Refused.ShouldBeFalse();
    }

    [Fact]
    public void A_list_is_neither_empty_nor_names_a_line_twice()
    {
        In(CardPast).When(p => Arrange(p)).ThenRefused(("arrangements-malformed", "items"));
        In(CardPast).When(p => Arrange(p, new Arrangement(p.Line(), ArrangementKind.ViaExchangePlatform), new(p.Line(), ArrangementKind.Reuse, new("i1")))).ThenRefused(("arrangements-malformed", "items"));
    }

    [Fact]
    public void A_lead_arranges_the_lines_it_took_in()
    {
        var absorbed = Project("p3", "市民卡项目", Gives("持卡人信息")).After(new ProposalMergedInto(Testing.Past.Appraisal, new("p2"), "市民卡工程", 1, "同类项目", Sample.Policy.Ref));
        In(CardPast).When(p => ArrangeInterfaces.Decide(new([new(absorbed.Line(), ArrangementKind.PublishNew)]), p, Scene(p, absorbed), Sample.Office.Acts()))
            .Then(new InterfaceArranged(absorbed.Line(), absorbed.Content.Interfaces[0], ArrangementKind.PublishNew, null, InterfaceMode.Api, null, Sample.Policy.Ref));
    }

    [Fact]
    public void An_arrangement_is_void_once_the_unit_changes_the_line()
    {
        var arranged = Card.Arranged(ArrangementKind.ViaExchangePlatform);
        Scene(arranged).Of(arranged.Id)!.Lines.Single().Arrangement.ShouldNotBeNull();
        var revised = arranged with { Content = arranged.Content with { Interfaces = [Takes("人口身份核验", "人口基础信息库", InterfaceMode.Message)] } };
        Scene(revised).Of(revised.Id)!.Lines.Single().Arrangement.ShouldBeNull();
    }

    [Fact]
    public void Only_the_office_arranges_and_only_in_its_stage()
    {
        foreach (var by in (Actor[])[Sample.Officer, Sample.DepartmentalCio, Sample.Expert, Sample.DistrictCio, Sample.Auditor, Sample.Administrator])
        {
            In(CardPast).When(p => ArrangeBy(by, p, new Arrangement(p.Line(), ArrangementKind.ViaExchangePlatform))).ThenRefused("not-permitted");
        }

        In(CardPast, new InterfacesUnified(1, 1, [], [], Sample.Policy.Ref)).When(p => Arrange(p, new Arrangement(p.Line(), ArrangementKind.ViaExchangePlatform))).ThenRefused("wrong-stage");
    }

    [Fact]
    public void An_arrangement_is_taken_back_with_a_reason()
    {
        var arranged = Event(Card, 1, ArrangementKind.ViaExchangePlatform, InterfaceMode.Api);
        In(CardPast, arranged).When(p => ReopenInterface.Decide(new(p.Line(), "改用已有接口"), p, Sample.Office.Acts())).Then(new InterfaceReopened(Card.Line(), "改用已有接口")).AgainNothing();
        In(CardPast, arranged).When(p => ReopenInterface.Decide(new(p.Line(), ""), p, Sample.Office.Acts())).ThenRefused(("text-required", "reason"));
        In(CardPast, arranged).When(p => ReopenInterface.Decide(new(p.Line(), "x"), p, Sample.Officer.Acts())).ThenRefused("not-permitted");
        In(CardPast, arranged).When(p => ReopenInterface.Decide(new(p.Line(), "x"), p with { Stage = Stage.Issuance }, Sample.Office.Acts())).ThenRefused("wrong-stage");
    }
}
