namespace Approval.Directory;

/// <summary>The administrator registers a unit.</summary>
/// <param name="Unit">Its code.</param>
/// <param name="Name">Its name.</param>
public sealed record RegisterUnit(UnitId Unit, string Name)
{
    /// <summary>The code is taken.</summary>
    public static readonly RefusalKind Taken = new("unit-exists", RefusalSort.Rule, "单位代码已被“{0}”使用。", "The code is that of \"{0}\".");

    /// <summary>Decides.</summary>
    public static Decision Decide(RegisterUnit command, Unit? unit, Occasion on)
    {
        if (Permissions.Check(nameof(RegisterUnit), on.By) is { } no) return no;

        Refusal[] wrong =
        [
            .. DirectoryRules.IsCode(command.Unit.Value) ? [] : new[] { DirectoryRules.InvalidCode.At("unit") },
            .. Texts.CheckName("name", command.Name),
        ];
        if (wrong.Length > 0) return Decision.Refuse(wrong);
        return unit switch
        {
            null => Decision.Of(command.Unit.Stream, new UnitRegistered(command.Unit, command.Name)),
            { Retired: false } when unit.Name == command.Name => Decision.Nothing,
            _ => Taken.At("unit", unit.Name),
        };
    }
}
