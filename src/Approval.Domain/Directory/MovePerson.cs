namespace Approval.Directory;

/// <summary>The administrator moves a person to another unit; the roles stay.</summary>
/// <param name="Unit">The unit's code.</param>
public sealed record MovePerson(UnitId Unit)
{
    /// <summary>Decides.</summary>
    public static Decision Decide(MovePerson command, Person person, Unit? unit, Occasion on)
    {
        if (Permissions.Check(nameof(MovePerson), on.By) is { } no) return no;
        if (person.Id == on.By.Person) return DirectoryRules.OwnRoles.With();
        if (person.Removed) return DirectoryRules.PersonRemoved.With();
        if (person.Unit == command.Unit) return Decision.Nothing;

        Refusal[] wrong = [.. DirectoryRules.CheckUnit(command.Unit, unit)];
        return wrong.Length > 0 ? Decision.Refuse(wrong) : Decision.Of(person.Id.Stream, new PersonMoved(command.Unit));
    }
}
