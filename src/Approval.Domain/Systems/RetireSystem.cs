namespace Approval.Systems;

/// <summary>The office takes a system out of use.</summary>
/// <param name="Reason">Why.</param>
public sealed record RetireSystem(string Reason)
{
    /// <summary>Decides.</summary>
    public static Decision Decide(RetireSystem command, ExistingSystem system, Occasion on)
    {
        if (Permissions.Check(nameof(RetireSystem), on.By) is { } no) return no;
        if (system.Retired) return Decision.Nothing;
        return Texts.Check("reason", command.Reason, Texts.Remark).ToList() is { Count: > 0 } wrong
            ? Decision.Refuse(wrong)
            : Decision.Of(system.Id.Stream, new SystemRetired(command.Reason));
    }
}
