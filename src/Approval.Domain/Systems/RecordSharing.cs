namespace Approval.Systems;

/// <summary>The office records whether a running system shares a resource as promised.</summary>
/// <param name="Resource">The resource.</param>
/// <param name="Kept">Whether the promise was found kept.</param>
/// <param name="Finding">What shows it.</param>
public sealed record RecordSharing(string Resource, bool Kept, string Finding)
{
    /// <summary>The system promised no such resource.</summary>
    public static readonly RefusalKind NotPromised = new("sharing-not-promised", RefusalSort.Rule,
        "该系统未承诺共享“{0}”。", "The system did not promise to share \"{0}\".");

    /// <summary>Decides.</summary>
    public static Decision Decide(RecordSharing command, ExistingSystem system, Occasion on)
    {
        if (Permissions.Check(nameof(RecordSharing), on.By) is { } no) return no;
        if (system.Retired) return SystemRules.OutOfUse.With();
        if (Texts.Check("finding", command.Finding, Texts.Remark).ToList() is { Count: > 0 } wrong) return Decision.Refuse(wrong);
        if (!system.Promises(command.Resource)) return NotPromised.At("resource", command.Resource);
        if (system.Sharing.TryGetValue(command.Resource, out var kept) && kept == command.Kept) return Decision.Nothing;
        return Decision.Of(system.Id.Stream, command.Kept
            ? new SystemSharingKept(command.Resource, command.Finding)
            : new SystemSharingBroken(command.Resource, command.Finding));
    }
}
