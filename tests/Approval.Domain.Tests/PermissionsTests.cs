using System.Reflection;
using Approval.Directory;
using Approval.Testing;

namespace Approval;

public sealed class PermissionsTests
{
    /// <summary>Deeds that leave no event: personal data is kept outside the record, so that it can be erased, and a look for similar proposals that are not yet submitted changes nothing.</summary>
    static readonly string[] OutsideTheRecord = ["KeepContact", "EraseContact", "SeekSimilar", "ManageViews", "ManageWebhooks"];

    /// <summary>Every type with a Decide: a command.</summary>
    static readonly string[] Commands =
    [
        .. typeof(Permissions).Assembly.GetTypes()
            .Where(t => t.GetMethods(BindingFlags.Public | BindingFlags.Static).Any(m => m.Name == "Decide"))
            .Select(t => t.Name),
    ];

    static IEnumerable<Permission> Deeds => Permissions.Table.Where(p => !p.Deed.StartsWith("Read", StringComparison.Ordinal));

    [Fact]
    public void Every_command_has_its_row() => Commands.Except(Permissions.Table.Select(p => p.Deed)).ShouldBeEmpty();

    [Fact]
    public void Every_row_is_a_command_or_a_read() => Deeds.Select(p => p.Deed).Except(Commands).Except(OutsideTheRecord).ShouldBeEmpty();

    [Fact]
    public void No_deed_has_two_rows() => Permissions.Table.Select(p => p.Deed).ShouldBeUnique();

    [Fact]
    public void An_auditor_commands_nothing() => Deeds.Where(p => p.Roles.Contains(Role.Auditor)).ShouldBeEmpty();

    [Fact]
    public void An_administrator_keeps_the_house_and_decides_nothing() =>
        Deeds.Where(p => p.Roles.Contains(Role.Administrator)).Select(p => p.Deed).Order().ShouldBe(
        [
            "AdoptCalendar", "AppointPerson", "ChangeRoles", "DeclareTies", "EraseContact", "KeepContact", "ManageViews", "ManageWebhooks", "MovePerson", "RegisterUnit", "RemovePerson", "RenameUnit", "RetireUnit",
        ]);

    [Fact]
    public void Everybody_who_decides_in_a_stage_holds_a_deciding_role() =>
        Deeds.Where(p => !p.Stages.IsEmpty).SelectMany(p => p.Roles).Except([.. DirectoryRules.Deciding, Role.UnitOfficer]).ShouldBeEmpty();

    [Fact]
    public void Only_the_engine_has_no_role_and_no_person_passes_for_it()
    {
        Permissions.Table.Where(p => p.Roles.IsEmpty != (p.Reach == Reach.Engine)).ShouldBeEmpty();
        foreach (var row in Permissions.Table.Where(p => p.Reach == Reach.Engine))
        {
            Permissions.Check(row.Deed, Sample.Person("li", Sample.Health, Enum.GetValues<Role>())).ShouldNotBeNull();
            Permissions.Check(row.Deed, Actor.Engine(Sample.Jurisdiction)).ShouldBeNull();
        }
    }

    [Fact]
    public void A_deed_on_the_own_units_things_reaches_no_other_unit()
    {
        foreach (var row in Permissions.Table.Where(p => p.Reach == Reach.OwnUnit))
        {
            var person = Sample.Person("li", Sample.Health, [.. row.Roles]);
            Permissions.Check(row.Deed, person, Sample.Health).ShouldBeNull();
            Permissions.Check(row.Deed, person, Sample.Police).ShouldNotBeNull().Code.ShouldBe("not-permitted");
        }
    }

    [Fact]
    public void Each_role_may_do_exactly_the_deeds_of_its_rows()
    {
        foreach (var row in Permissions.Table.Where(p => p.Reach != Reach.Engine))
            foreach (var role in Enum.GetValues<Role>())
                (Permissions.Check(row.Deed, Sample.Person("li", Sample.Health, role), Sample.Health) is null).ShouldBe(row.Roles.Contains(role), $"{role} {row.Deed}");
    }
}
