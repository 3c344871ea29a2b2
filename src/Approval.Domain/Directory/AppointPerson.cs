using System.Collections.Immutable;

namespace Approval.Directory;

/// <summary>The administrator appoints a person to a unit, in roles. A person removed earlier may be appointed again.</summary>
/// <param name="Person">The identity provider's subject.</param>
/// <param name="Unit">The unit's code.</param>
/// <param name="Roles">The roles.</param>
public sealed record AppointPerson(PersonId Person, UnitId Unit, ImmutableSortedSet<Role> Roles)
{
    /// <summary>The person is in the directory already.</summary>
    public static readonly RefusalKind AlreadyThere = new("person-exists", RefusalSort.Rule,
        "该人员已在名录中，请变更其角色或单位。", "The person is in the directory already: change the roles or the unit.");

    /// <summary>Decides.</summary>
    public static Decision Decide(AppointPerson command, Person? person, Unit? unit, Occasion on)
    {
        if (Permissions.Check(nameof(AppointPerson), on.By) is { } no) return no;

        Refusal[] wrong =
        [
            .. DirectoryRules.IsSubject(command.Person.Value) ? [] : new[] { DirectoryRules.InvalidSubject.At("person") },
            .. DirectoryRules.CheckRoles(command.Roles),
        ];
        if (wrong.Length > 0) return Decision.Refuse(wrong);
        if (person is { Removed: false })
            return person.Unit == command.Unit && person.Roles.SetEquals(command.Roles) ? Decision.Nothing : AlreadyThere.At("person");

        wrong = [.. DirectoryRules.CheckUnit(command.Unit, unit)];
        return wrong.Length > 0
            ? Decision.Refuse(wrong)
            : Decision.Of(command.Person.Stream, new PersonAppointed(command.Person, command.Unit, command.Roles));
    }
}
