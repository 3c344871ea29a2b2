using System.Collections.Immutable;

namespace Approval.Directory;

/// <summary>The administrator changes the roles of somebody else.</summary>
/// <param name="Roles">The roles from now on.</param>
public sealed record ChangeRoles(ImmutableSortedSet<Role> Roles)
{
    /// <summary>Decides.</summary>
    public static Decision Decide(ChangeRoles command, Person person, Occasion on)
    {
        if (Permissions.Check(nameof(ChangeRoles), on.By) is { } no) return no;
        if (person.Id == on.By.Person) return DirectoryRules.OwnRoles.With();
        if (person.Removed) return DirectoryRules.PersonRemoved.With();

        Refusal[] wrong = [.. DirectoryRules.CheckRoles(command.Roles)];
        if (wrong.Length > 0) return Decision.Refuse(wrong);
        return person.Roles.SetEquals(command.Roles) ? Decision.Nothing : Decision.Of(person.Id.Stream, new RolesChanged(command.Roles));
    }
}
