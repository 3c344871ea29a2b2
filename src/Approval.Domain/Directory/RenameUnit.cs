namespace Approval.Directory;

/// <summary>The administrator gives a unit another name.</summary>
/// <param name="Name">The name.</param>
public sealed record RenameUnit(string Name)
{
    /// <summary>Decides.</summary>
    public static Decision Decide(RenameUnit command, Unit unit, Occasion on)
    {
        if (Permissions.Check(nameof(RenameUnit), on.By) is { } no) return no;

        Refusal[] wrong = [.. Texts.CheckName("name", command.Name)];
        if (wrong.Length > 0) return Decision.Refuse(wrong);
        if (unit.Retired) return DirectoryRules.UnitRetired.With(unit.Name);
        return unit.Name == command.Name ? Decision.Nothing : Decision.Of(unit.Id.Stream, new UnitRenamed(command.Name));
    }
}
