using System.Collections.Immutable;
using Approval.Intake;
using Approval.Testing;

namespace Approval.Systems;

public sealed class ImportSystemsTests
{
    static readonly HashSet<UnitId> Units = [Sample.Police];
    static readonly SystemContent Content = new() { Name = "市人口信息系统", Owner = Sample.Police, YearlyOperationCost = new(350_000m), Resources = [new("人口户籍信息", Sharing.Conditional)] };
    static readonly ExistingSystem Registered = new() { Id = new("XT-1"), Content = Content };

    static Decision Import(ImmutableDictionary<SystemId, ExistingSystem> register, Actor? by, params RegisterSystem[] entries) =>
        ImportSystems.Decide(new(entries), register, Units, (by ?? Sample.Office).Acts());
    static readonly ImmutableDictionary<SystemId, ExistingSystem> Empty = ImmutableDictionary<SystemId, ExistingSystem>.Empty;

    [Fact]
    public void A_table_registers_what_is_new_updates_what_changed_and_leaves_the_rest()
    {
        var changed = Content with { YearlyOperationCost = new(1m) };
        var decision = Import(Empty.Add(new("XT-1"), Registered).Add(new("XT-2"), Registered with { Id = new("XT-2") }), null,
            new(new("XT-1"), Content), new(new("XT-2"), changed), new(new("XT-3"), Content));
        decision.Refusals.ShouldBeEmpty();
        decision.Facts.ShouldBe([new Fact(new("system-XT-2"), new SystemUpdated(changed)), new Fact(new("system-XT-3"), new SystemRegistered(new("XT-3"), Content))]);
    }

    [Fact]
    public void The_same_table_twice_changes_nothing() => Import(Empty.Add(new("XT-1"), Registered), null, new RegisterSystem(new("XT-1"), Content)).Facts.ShouldBeEmpty();

    [Fact]
    public void A_system_out_of_use_that_stands_in_the_table_is_in_use_again() =>
        Import(Empty.Add(new("XT-1"), Registered with { Retired = true }), null, new RegisterSystem(new("XT-1"), Content)).Facts.Single().Event.ShouldBe(new SystemUpdated(Content));

    [Fact]
    public void One_wrong_entry_stores_none()
    {
        var decision = Import(Empty, null, new(new("XT-1"), Content), new(new("XT-1"), Content with { Name = "" }));
        decision.Facts.ShouldBeEmpty();
        decision.Refusals.Select(r => (r.Code, r.Field)).ShouldBe([("text-required", "entries[1].name"), ("system-code-repeated", "entries[1].code")]);
    }

    [Fact]
    public void Only_the_office_imports() => Import(Empty, Sample.Officer, new RegisterSystem(new("XT-1"), Content)).Refusals.Single().Code.ShouldBe("not-permitted");
}
