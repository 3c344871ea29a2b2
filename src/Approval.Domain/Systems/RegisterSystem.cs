namespace Approval.Systems;

/// <summary>The office enters a system in the register.</summary>
/// <param name="System">The code it gets, unique in the jurisdiction.</param>
/// <param name="Content">What the register says of it.</param>
public sealed record RegisterSystem(SystemId System, SystemContent Content)
{
    /// <summary>The code stands for another entry.</summary>
    public static readonly RefusalKind Exists = new("system-exists", RefusalSort.Rule,
        "系统编号已被“{0}”使用。", "The code already stands for \"{0}\".");

    /// <summary>Decides.</summary>
    public static Decision Decide(RegisterSystem command, ExistingSystem? system, IReadOnlySet<UnitId> units, Occasion on)
    {
        if (Permissions.Check(nameof(RegisterSystem), on.By) is { } no) return no;
        if (SystemRules.Check(command.System, command.Content, units) is { IsEmpty: false } wrong) return Decision.Refuse(wrong);
        if (system is not null && system.Content != command.Content) return Exists.At("code", system.Content.Name);
        return system is null ? SystemRules.Enter(command.System, command.Content, null) : Decision.Nothing;
    }
}
