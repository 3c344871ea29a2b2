namespace Approval.Systems;

/// <summary>The office changes what the register says of a system; one out of use is in use again.</summary>
/// <param name="Content">What it says from now on.</param>
public sealed record UpdateSystem(SystemContent Content)
{
    /// <summary>Decides.</summary>
    public static Decision Decide(UpdateSystem command, ExistingSystem system, IReadOnlySet<UnitId> units, Occasion on)
    {
        if (Permissions.Check(nameof(UpdateSystem), on.By) is { } no) return no;
        return SystemRules.Check(system.Id, command.Content, units) is { IsEmpty: false } wrong
            ? Decision.Refuse(wrong)
            : SystemRules.Enter(system.Id, command.Content, system);
    }
}
