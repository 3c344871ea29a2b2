namespace Approval.Directory;

/// <summary>The administrator removes somebody else from the directory: that person may do nothing more. What they did stays on the record.</summary>
/// <param name="Reason">Why.</param>
public sealed record RemovePerson(string Reason)
{
    /// <summary>Decides.</summary>
    public static Decision Decide(RemovePerson command, Person person, Occasion on)
    {
        if (Permissions.Check(nameof(RemovePerson), on.By) is { } no) return no;
        if (person.Id == on.By.Person) return DirectoryRules.OwnRoles.With();

        Refusal[] wrong = [.. Texts.Check("reason", command.Reason, Texts.Remark)];
        if (wrong.Length > 0) return Decision.Refuse(wrong);
        return person.Removed ? Decision.Nothing : Decision.Of(person.Id.Stream, new PersonRemoved(command.Reason));
    }
}
