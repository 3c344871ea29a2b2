namespace Approval.Supervision;

/// <summary>The office records whether the unit shares a resource as the approved project promised; after the project's completion too.</summary>
/// <param name="Resource">The resource, as named in the approval.</param>
/// <param name="Kept">Kept, or broken.</param>
/// <param name="Finding">What shows it.</param>
public sealed record RecordSharingPromise(string Resource, bool Kept, string Finding)
{
    /// <summary>The approval holds no such promise.</summary>
    public static readonly RefusalKind NoSuchPromise = new("no-such-promise", RefusalSort.Rule,
        "批复中没有共享“{0}”的承诺。", "The approval holds no promise to share \"{0}\".");

    /// <summary>Decides.</summary>
    public static Decision Decide(RecordSharingPromise command, Proposal proposal, Occasion on)
    {
        if (Permissions.Check(nameof(RecordSharingPromise), on.By, proposal) is { } no) return no;
        if (Texts.Check("finding", command.Finding, Texts.Remark).ToList() is { Count: > 0 } wrong) return Decision.Refuse(wrong);
        if (proposal.Issuance.Approval is not { } approval || !approval.Promises.Contains(command.Resource)) return NoSuchPromise.At("resource", command.Resource);
        if (proposal.Supervision.Promises.TryGetValue(command.Resource, out var kept) && kept == command.Kept) return Decision.Nothing;
        return Decision.Of(proposal.Id.Stream, command.Kept
            ? new SharingPromiseKept(command.Resource, command.Finding)
            : new SharingPromiseBroken(command.Resource, command.Finding));
    }
}
