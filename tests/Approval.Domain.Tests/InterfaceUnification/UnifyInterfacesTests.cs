using Approval.Intake;
using Approval.Testing;
using static Approval.InterfaceUnification.Field;

namespace Approval.InterfaceUnification;

public sealed class UnifyInterfacesTests
{
    static readonly object[] PopulationPast = Past("p1", "人口基础信息库", Gives("人口身份核验"));
    static readonly object[] CardPast = Past("p2", "市民卡工程", Takes("人口身份核验", "人口基础信息库"));
    static readonly Proposal Population = Proposal.Kind.Fold(PopulationPast)!;
    static readonly Proposal Rival = Project("p3", "金盾信息系统", Gives("人口身份核验"));
    static readonly Party PopulationParty = new(PartyKind.Project, "p1", "人口基础信息库");
    static readonly Party RivalParty = new(PartyKind.Project, "p3", "金盾信息系统");
    const string Key = "DuplicateProvider/人口身份核验/p1+p3";

    static Scenario<Proposal> In(object[] past, params object[] more) =>
        Scenario.Given(Proposal.Kind, ((ProposalDrafted)past[0]).Proposal.Stream, [.. past, .. more]);
    static Decision Unify(Proposal p, Actor? by = null, params Proposal[] others) => UnifyInterfaces.Decide(p, Scene([p, .. others]), (by ?? Sample.Office).Acts());
    static InterfaceArranged Platform(Proposal p) => new(p.Line(), p.Content.Interfaces[0], ArrangementKind.ViaExchangePlatform, null, p.Content.Interfaces[0].Mode, null, Sample.Policy.Ref);
    static readonly InterfaceConflictSettled Settled = new(Key, ConflictKind.DuplicateProvider, "人口身份核验", [PopulationParty, RivalParty], "以人口基础信息库为准", Sample.Policy.Ref);

    [Fact]
    public void With_no_line_open_and_no_conflict_unresolved_a_proposal_goes_to_the_committee() =>
        In(PopulationPast, Platform(Population)).When(p => Unify(p)).Then(new InterfacesUnified(1, 1, ["exchange/人口身份核验"], [], Sample.Policy.Ref))
            .WithState(p => p.Stage.ShouldBe(Stage.Committee));

    [Fact]
    public void A_proposal_without_interfaces_has_nothing_to_arrange() =>
        In(Past("p1", "远程教育系统")).When(p => Unify(p)).Then(new InterfacesUnified(1, 0, [], [], Sample.Policy.Ref));

    [Fact]
    public void Every_open_line_and_every_open_conflict_is_named() =>
        In(PopulationPast).When(p => Unify(p, others: Rival)).ThenRefused(("interface-open", "interfaces[1]"), ("conflict-open", "conflicts"));

    [Fact]
    public void What_was_settled_and_how_is_kept_with_the_unification() =>
        In(PopulationPast, Platform(Population), Settled).When(p => Unify(p, others: Rival)).Then(new InterfacesUnified(1, 1, ["exchange/人口身份核验"],
            [new(Key, ConflictKind.DuplicateProvider, "人口身份核验", [PopulationParty, RivalParty], "以人口基础信息库为准")], Sample.Policy.Ref));

    [Fact]
    public void A_conflict_resolved_by_arrangement_is_kept_without_a_decision() =>
        In(PopulationPast, Platform(Population)).When(p => Unify(p, others: Rival.Arranged(ArrangementKind.Waive))).Then(new InterfacesUnified(1, 1, ["exchange/人口身份核验"],
            [new(Key, ConflictKind.DuplicateProvider, "人口身份核验", [PopulationParty, RivalParty], null)], Sample.Policy.Ref));

    [Fact]
    public void A_conflict_among_others_does_not_hold_a_proposal_up() =>
        In(Past("p9", "远程教育系统")).When(p => Unify(p, others: [Population, Rival])).Then(new InterfacesUnified(1, 0, [], [], Sample.Policy.Ref));

    [Fact]
    public void A_proposal_under_correction_waits() =>
        In(PopulationPast, Platform(Population), new ProposalReturned(Stage.InterfaceUnification, 1, "接口说明不清", [])).When(p => Unify(p)).ThenRefused("correction-open");

    [Fact]
    public void Only_the_office_unifies_and_only_in_its_stage()
    {
        In(PopulationPast, Platform(Population)).When(p => Unify(p, Sample.DistrictCio)).ThenRefused("not-permitted");
        In(PopulationPast, Platform(Population), new InterfacesUnified(1, 1, [], [], Sample.Policy.Ref)).When(p => Unify(p)).ThenRefused("wrong-stage");
    }

    [Fact]
    public void After_a_revision_before_the_committee_the_changed_lines_are_arranged_and_unified_anew()
    {
        var content = Population.Content with { Interfaces = [Population.Content.Interfaces[0] with { Frequency = InterfaceFrequency.Hourly }] };
        object[] voided =
        [
            .. PopulationPast, Platform(Population), new InterfacesUnified(1, 1, ["exchange/人口身份核验"], [], Sample.Policy.Ref),
            new ProposalReturned(Stage.Committee, 1, "改为每小时", []), new ProposalRevised(2, content, [ContentPart.Interfaces]),
            new UnificationVoided(2, [ContentPart.Interfaces]), new CorrectionAnswered(Stage.Committee, 2, "已改"),
        ];
        In(voided).When(p => Unify(p)).ThenRefused(("interface-open", "interfaces[1]"));
        In(voided).When(p => ArrangeInterfaces.Decide(new([new(Population.Line(), ArrangementKind.ViaExchangePlatform)]), p, Scene([p]), Sample.Office.Acts()))
            .And().When(p => Unify(p)).Then(new InterfacesUnified(2, 1, ["exchange/人口身份核验"], [], Sample.Policy.Ref))
            .WithState(p => p.Stage.ShouldBe(Stage.Committee))
            .And().When(p => ReopenInterface.Decide(new(Population.Line(), "再议"), p, Sample.Office.Acts())).ThenRefused("wrong-stage");
    }

    static Decision Settle(Proposal p, string key, string resolution = "以人口基础信息库为准", Actor? by = null, params Proposal[] others) =>
        SettleConflict.Decide(new(key, resolution), p, Scene([p, .. others]), (by ?? Sample.Office).Acts());

    [Fact]
    public void A_decision_on_a_conflict_is_recorded_on_every_party() =>
        In(PopulationPast).When(p => Settle(p, Key, others: Rival)).Then(Settled, Rival.Id.Stream.Has(Settled)).AgainNothing();

    [Fact]
    public void A_decision_may_be_replaced_while_the_conflict_lasts() =>
        In(PopulationPast, Settled).When(p => Settle(p, Key, "以金盾信息系统为准", others: Rival))
            .Then(Settled with { Resolution = "以金盾信息系统为准" }, Rival.Id.Stream.Has(Settled with { Resolution = "以金盾信息系统为准" }));

    [Fact]
    public void Only_a_conflict_that_stands_is_settled()
    {
        In(PopulationPast).When(p => Settle(p, Key)).ThenRefused(("conflict-unknown", "conflict"));
        In(PopulationPast).When(p => Settle(p, Key, others: Rival.Arranged(ArrangementKind.Waive))).ThenNothing();
        In(PopulationPast).When(p => Settle(p, Key, "", others: Rival)).ThenRefused(("text-required", "resolution"));
    }

    [Fact]
    public void A_private_network_is_never_settled_by_decision()
    {
        object[] past = Past("p1", "人口基础信息库", Gives("人口身份核验") with { Network = Network.Private });
        In(past).When(p => Settle(p, InterfaceConflicts.Find(Scene(p)).Single().Conflict.Key)).ThenRefused(("conflict-needs-arrangement", "conflict"));
    }

    [Fact]
    public void Only_the_office_settles_and_only_in_its_stage()
    {
        In(PopulationPast).When(p => Settle(p, Key, by: Sample.Officer, others: Rival)).ThenRefused("not-permitted");
        In(PopulationPast).When(p => Settle(p with { Stage = Stage.MergedAppraisal }, Key, others: Rival)).ThenRefused("wrong-stage");
    }

    [Fact]
    public void Figures_count_each_conflict_and_each_interface_once()
    {
        var conflict = new ResolvedConflict(Key, ConflictKind.DuplicateProvider, "人口身份核验", [PopulationParty, RivalParty], null);
        UnificationFigures.Of([new(1, 3, ["a", "b"], [conflict], Sample.Policy.Ref), new(1, 2, ["b"], [conflict], Sample.Policy.Ref)])
            .ShouldBe(new UnificationFigures(Declared: 5, Conflicts: 1, AfterUnification: 2));
    }

    [Fact]
    public void Provider_and_consumer_of_one_interface_name_it_alike()
    {
        var (provider, consumer) = (Population.Arranged(ArrangementKind.PublishNew), Proposal.Kind.Fold(CardPast)!.Arranged(ArrangementKind.PublishNew));
        string[] Interfaces(Proposal p, Proposal other) => [.. Unify(p, others: other).On(p.Id.Stream).OfType<InterfacesUnified>().Single().Interfaces];
        Interfaces(provider, consumer).ShouldBe(["人口基础信息库/人口身份核验/Api"]);
        Interfaces(consumer, provider).ShouldBe(["人口基础信息库/人口身份核验/Api"]);
    }
}
