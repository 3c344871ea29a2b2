using System.Collections.Immutable;
using Approval.Calendars;
using Approval.Testing;
using static Approval.Testing.Scenario;

namespace Approval.Directory;

/// <summary>Units and people: who may change them, and which roles go together.</summary>
public sealed class DirectoryTests
{
    static readonly UnitId Health = Sample.Health;
    static readonly PersonId Li = new("li");
    static readonly UnitRegistered Registered = new(Health, "市卫生局");
    static readonly PersonAppointed Appointed = new(Li, Health, [Role.UnitOfficer]);
    static readonly Unit HealthUnit = Unit.Kind.Fold([Registered])!;
    static readonly Unit RetiredUnit = Unit.Kind.Fold([Registered, new UnitRetired("撤并")])!;
    static readonly PersonRemoved Removed = new("离职");

    static readonly Occasion Administrator = Sample.Administrator.Acts();

    public static TheoryData<string> Others => [nameof(Sample.Office), nameof(Sample.DistrictCio), nameof(Sample.Auditor), nameof(Sample.Officer), nameof(Sample.DepartmentalCio), nameof(Sample.Expert)];

    static Occasion Person(string name) => ((Actor)typeof(Sample).GetField(name)!.GetValue(null)!).Acts();

    static Decided<Unit> OnUnit(Func<Unit?, Decision> decide, params object[] past) => Given(Unit.Kind, Health.Stream, past).WhenNew(decide);

    static Decided<Person> OnPerson(Func<Person?, Decision> decide, params object[] past) => Given(Directory.Person.Kind, Li.Stream, past).WhenNew(decide);

    static Decided<Person> Appoint(AppointPerson command, Unit? unit, params object[] past) =>
        OnPerson(p => AppointPerson.Decide(command, p, unit, Administrator), past);

    static AppointPerson AsLi(params Role[] roles) => new(Li, Health, [.. roles]);

    // Units

    [Fact]
    public void The_administrator_registers_a_unit() =>
        OnUnit(u => RegisterUnit.Decide(new(Health, "市卫生局"), u, Administrator)).Then(Registered).AgainNothing();

    [Fact]
    public void A_code_is_used_once() =>
        OnUnit(u => RegisterUnit.Decide(new(Health, "市公安局"), u, Administrator), Registered).ThenRefused(("unit-exists", "unit"));

    [Fact]
    public void A_retired_units_code_is_not_used_again() =>
        OnUnit(u => RegisterUnit.Decide(new(Health, "市卫生局"), u, Administrator), Registered, new UnitRetired("撤并")).ThenRefused(("unit-exists", "unit"));

    [Theory, InlineData(""), InlineData("Health"), InlineData("1a"), InlineData("a b"), InlineData("卫生"), InlineData("a/b"), InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void A_code_is_plain(string code) =>
        OnUnit(u => RegisterUnit.Decide(new(new(code), "市卫生局"), u, Administrator)).ThenRefused(("unit-code-invalid", "unit"));

    [Fact]
    public void A_unit_has_a_name()
    {
        OnUnit(u => RegisterUnit.Decide(new(Health, ""), u, Administrator)).ThenRefused(("text-required", "name"));
        OnUnit(u => RenameUnit.Decide(new(""), u!, Administrator), Registered).ThenRefused(("text-required", "name"));
    }

    [Fact]
    public void The_administrator_renames_a_unit() =>
        OnUnit(u => RenameUnit.Decide(new("市卫生健康委员会"), u!, Administrator), Registered).Then(new UnitRenamed("市卫生健康委员会")).AgainNothing();

    [Fact]
    public void A_retired_unit_is_not_renamed() =>
        OnUnit(u => RenameUnit.Decide(new("新名"), u!, Administrator), Registered, new UnitRetired("撤并")).ThenRefused("unit-retired");

    [Fact]
    public void The_administrator_retires_a_unit_without_people() =>
        OnUnit(u => RetireUnit.Decide(new("撤并"), u!, 0, Administrator), Registered).Then(new UnitRetired("撤并")).AgainNothing();

    [Fact]
    public void A_unit_with_people_is_not_retired() =>
        OnUnit(u => RetireUnit.Decide(new("撤并"), u!, 3, Administrator), Registered).ThenRefused("unit-has-people");

    [Fact]
    public void Retiring_has_a_reason() =>
        OnUnit(u => RetireUnit.Decide(new(" "), u!, 0, Administrator), Registered).ThenRefused(("text-required", "reason"));

    [Theory, MemberData(nameof(Others))]
    public void Nobody_else_changes_units(string other)
    {
        OnUnit(u => RegisterUnit.Decide(new(Health, "市卫生局"), u, Person(other))).ThenRefused("not-permitted");
        OnUnit(u => RenameUnit.Decide(new("新名"), u!, Person(other)), Registered).ThenRefused("not-permitted");
        OnUnit(u => RetireUnit.Decide(new("撤并"), u!, 0, Person(other)), Registered).ThenRefused("not-permitted");
    }

    // People

    [Fact]
    public void The_administrator_appoints_a_person() => Appoint(AsLi(Role.UnitOfficer), HealthUnit).Then(Appointed).AgainNothing();

    [Fact]
    public void A_person_removed_may_be_appointed_again() =>
        Appoint(AsLi(Role.Expert), HealthUnit, Appointed, Removed).Then(Appointed with { Roles = [Role.Expert] })
            .WithState(p => p.Removed.ShouldBeFalse());

    [Fact]
    public void A_person_is_appointed_once() =>
        Appoint(AsLi(Role.Expert), HealthUnit, Appointed).ThenRefused(("person-exists", "person"));

    [Theory, InlineData(""), InlineData("engine"), InlineData("li si"), InlineData("李四"), InlineData("a/b")]
    public void A_persons_id_is_plain_and_not_the_engines(string id) =>
        Appoint(new(new(id), Health, [Role.Expert]), HealthUnit).ThenRefused(("person-id-invalid", "person"));

    [Fact]
    public void Nobody_is_appointed_to_an_unknown_or_retired_unit()
    {
        Appoint(AsLi(Role.Expert), null).ThenRefused(("unit-unknown", "unit"));
        Appoint(AsLi(Role.Expert), RetiredUnit).ThenRefused(("unit-retired", "unit"));
    }

    [Fact]
    public void A_person_has_a_role()
    {
        Appoint(AsLi(), HealthUnit).ThenRefused(("roles-missing", "roles"));
        OnPerson(p => ChangeRoles.Decide(new([]), p!, Administrator), Appointed).ThenRefused(("roles-missing", "roles"));
    }

    [Theory, InlineData(Role.DepartmentalCio), InlineData(Role.CioOffice), InlineData(Role.Expert), InlineData(Role.CommitteeMember), InlineData(Role.DistrictCio)]
    public void An_administrator_never_decides(Role role)
    {
        Appoint(AsLi(Role.Administrator, role), HealthUnit).ThenRefused(("administrator-decides", "roles"));
        OnPerson(p => ChangeRoles.Decide(new([Role.Administrator, role]), p!, Administrator), Appointed).ThenRefused(("administrator-decides", "roles"));
    }

    [Fact]
    public void Every_role_that_can_be_held_with_the_administrators_decides_nothing() =>
        Enum.GetValues<Role>().Except(DirectoryRules.Deciding).ShouldBe([Role.UnitOfficer, Role.Auditor, Role.Administrator]);

    [Theory, InlineData(Role.UnitOfficer), InlineData(Role.Administrator), InlineData(Role.Expert)]
    public void An_auditor_is_nothing_else(Role role)
    {
        Appoint(AsLi(Role.Auditor, role), HealthUnit).ThenRefused(("auditor-exclusive", "roles"));
        OnPerson(p => ChangeRoles.Decide(new([Role.Auditor, role]), p!, Administrator), Appointed).ThenRefused(("auditor-exclusive", "roles"));
    }

    [Fact]
    public void One_person_may_hold_several_roles() =>
        OnPerson(p => ChangeRoles.Decide(new([Role.DepartmentalCio, Role.CommitteeMember]), p!, Administrator), Appointed)
            .Then(new RolesChanged([Role.DepartmentalCio, Role.CommitteeMember])).AgainNothing();

    [Fact]
    public void A_person_moves_to_another_unit_and_keeps_the_roles() =>
        OnPerson(p => MovePerson.Decide(new(Sample.Police), p!, new() { Id = Sample.Police, Name = "市公安局" }, Administrator), Appointed)
            .Then(new PersonMoved(Sample.Police)).AgainNothing().WithState(p => p.Roles.ShouldBe([Role.UnitOfficer]));

    [Fact]
    public void Nobody_moves_to_an_unknown_or_retired_unit()
    {
        OnPerson(p => MovePerson.Decide(new(Sample.Police), p!, null, Administrator), Appointed).ThenRefused(("unit-unknown", "unit"));
        OnPerson(p => MovePerson.Decide(new(Sample.Police), p!, RetiredUnit, Administrator), Appointed).ThenRefused(("unit-retired", "unit"));
    }

    [Fact]
    public void The_administrator_removes_a_person_who_then_holds_no_role() =>
        OnPerson(p => RemovePerson.Decide(new("离职"), p!, Administrator), Appointed).Then(Removed).AgainNothing().WithState(p => p.Roles.ShouldBeEmpty());

    [Fact]
    public void Removing_has_a_reason() =>
        OnPerson(p => RemovePerson.Decide(new(""), p!, Administrator), Appointed).ThenRefused(("text-required", "reason"));

    [Fact]
    public void A_person_removed_is_neither_moved_nor_given_roles_nor_ties()
    {
        OnPerson(p => MovePerson.Decide(new(Sample.Police), p!, HealthUnit, Administrator), Appointed, Removed).ThenRefused("person-removed");
        OnPerson(p => ChangeRoles.Decide(new([Role.Expert]), p!, Administrator), Appointed, Removed).ThenRefused("person-removed");
        OnPerson(p => DeclareTies.Decide(new(["police"], []), p!, Administrator), Appointed, Removed).ThenRefused("person-removed");
    }

    [Fact]
    public void Nobody_changes_their_own_place_in_the_directory()
    {
        var self = Sample.Person("li", Health, Role.Administrator).Acts();
        object[] past = [Appointed with { Roles = [Role.Administrator] }];
        OnPerson(p => ChangeRoles.Decide(new([Role.UnitOfficer]), p!, self), past).ThenRefused("own-roles");
        OnPerson(p => MovePerson.Decide(new(Sample.Police), p!, HealthUnit, self), past).ThenRefused("own-roles");
        OnPerson(p => RemovePerson.Decide(new("离职"), p!, self), past).ThenRefused("own-roles");
    }

    [Theory, MemberData(nameof(Others))]
    public void Nobody_else_changes_people(string other)
    {
        OnPerson(p => AppointPerson.Decide(AsLi(Role.Expert), p, HealthUnit, Person(other))).ThenRefused("not-permitted");
        OnPerson(p => MovePerson.Decide(new(Sample.Police), p!, HealthUnit, Person(other)), Appointed).ThenRefused("not-permitted");
        OnPerson(p => ChangeRoles.Decide(new([Role.Expert]), p!, Person(other)), Appointed).ThenRefused("not-permitted");
        OnPerson(p => RemovePerson.Decide(new("离职"), p!, Person(other)), Appointed).ThenRefused("not-permitted");
        OnPerson(p => DeclareTies.Decide(new(["police"], []), p!, Person(other)), Appointed).ThenRefused("not-permitted");
    }

    // Ties

    static readonly Occasion Self = Sample.Person("li", Health, Role.Expert).Acts();
    static readonly object[] Expert = [Appointed with { Roles = [Role.Expert] }];

    [Fact]
    public void A_person_declares_own_ties_and_is_then_tied() =>
        OnPerson(p => DeclareTies.Decide(new(["police"], ["wang"]), p!, Self), Expert)
            .Then(new TiesDeclared(new(["police"], ["wang"]))).AgainNothing()
            .WithState(p =>
            {
                p.TiedTo(Sample.Police).ShouldBeTrue();
                p.TiedTo(new PersonId("wang")).ShouldBeTrue();
                p.TiedTo(Health).ShouldBeTrue();
                p.TiedTo(new UnitId("transport")).ShouldBeFalse();
            });

    [Fact]
    public void Nobody_takes_back_a_tie_but_the_administrator_may()
    {
        object[] past = [.. Expert, new TiesDeclared(new(["police"], []))];
        OnPerson(p => DeclareTies.Decide(new([], []), p!, Self), past).ThenRefused("tie-taken-back");
        OnPerson(p => DeclareTies.Decide(new([], []), p!, Administrator), past).Then(new TiesDeclared(Ties.None));
    }

    [Fact]
    public void A_tie_names_a_unit_or_a_person()
    {
        OnPerson(p => DeclareTies.Decide(new(["市公安局"], []), p!, Self), Expert).ThenRefused(("tie-invalid", "units"));
        OnPerson(p => DeclareTies.Decide(new([], ["engine"]), p!, Self), Expert).ThenRefused(("tie-invalid", "people"));
    }

    [Fact]
    public void Ties_are_not_without_number() =>
        OnPerson(p => DeclareTies.Decide(new([.. Enumerable.Range(0, 201).Select(n => $"u{n}")], []), p!, Self), Expert).ThenRefused("ties-too-many");

    // Founding

    static readonly FoundJurisdiction Found = new(new("cio-office"), "信息办", new("admin"));

    static Decision FoundBy(Actor by, Person? administrator = null, WorkingCalendar? calendar = null, FoundJurisdiction? command = null) =>
        FoundJurisdiction.Decide(command ?? Found, administrator, calendar, by.Acts());

    [Fact]
    public void A_jurisdiction_begins_with_a_unit_an_administrator_and_a_calendar() =>
        FoundBy(Actor.Engine(Sample.Jurisdiction)).Facts.Select(f => (f.Stream.Value, f.Event.GetType())).ShouldBe(
        [
            ("unit-cio-office", typeof(UnitRegistered)), ("person-admin", typeof(PersonAppointed)),
            ("calendar", typeof(CalendarAdopted)), ("calendar", typeof(CalendarAdopted)),
        ]);

    [Fact]
    public void Founding_again_is_nothing_to_do_and_another_administrator_is_not_smuggled_in()
    {
        var admin = Directory.Person.Kind.Fold([new PersonAppointed(new("admin"), new("cio-office"), [Role.Administrator])]);
        FoundBy(Actor.Engine(Sample.Jurisdiction), admin, WorkingCalendar.WeekendsOnly).ShouldSatisfyAllConditions(d => d.Refused.ShouldBeFalse(), d => d.Facts.ShouldBeEmpty());
        FoundBy(Actor.Engine(Sample.Jurisdiction), null, WorkingCalendar.WeekendsOnly).Refusals.ShouldHaveSingleItem().Code.ShouldBe("jurisdiction-founded");
    }

    [Fact]
    public void Founding_says_all_that_is_wrong() =>
        FoundBy(Actor.Engine(Sample.Jurisdiction), command: new(new("A"), "", new("engine"))).Refusals.Select(r => (r.Code, r.Field)).ShouldBe(
            [("unit-code-invalid", "unit"), ("text-required", "unitName"), ("person-id-invalid", "administrator")]);

    [Fact]
    public void No_person_founds_a_jurisdiction() =>
        FoundBy(Sample.Administrator).Refusals.ShouldHaveSingleItem().Code.ShouldBe("not-permitted");
}
