namespace Approval.InterfaceUnification;

/// <summary>The office settles a conflict by decision, for all projects that are parties to it.</summary>
/// <param name="Conflict">The conflict's key.</param>
/// <param name="Resolution">What is decided: who is the one source, who provides what was missing, who goes first.</param>
public sealed record SettleConflict(string Conflict, string Resolution)
{
    /// <summary>There is no such conflict.</summary>
    public static readonly RefusalKind Unknown = new("conflict-unknown", RefusalSort.Rule,
        "该冲突不存在或已消除。", "There is no such conflict, or it has gone.");

    /// <summary>The conflict goes away only by another arrangement.</summary>
    public static readonly RefusalKind NeedsArrangement = new("conflict-needs-arrangement", RefusalSort.Rule,
        "“{0}”不能以决定方式解决，须另行安排接口。", "\"{0}\" cannot be settled by decision: the line must be arranged otherwise.");

    /// <summary>Decides. The decision is recorded on every project that is a party.</summary>
    public static Decision Decide(SettleConflict command, Proposal proposal, InterfaceScene scene, Occasion on)
    {
        if (UnificationRules.Check(nameof(SettleConflict), on.By, proposal) is { } no) return no;
        if (Texts.Check("resolution", command.Resolution, Texts.Remark).ToList() is { Count: > 0 } wrong) return Decision.Refuse(wrong);
        var found = InterfaceConflicts.Find(scene.With(proposal), proposal.Id).FirstOrDefault(f => f.Conflict.Key == command.Conflict);
        if (found is null) return Unknown.At("conflict");
        var conflict = found.Conflict;
        if (!conflict.MayBeSettled) return NeedsArrangement.At("conflict", conflict.Kind);
        if (!found.Open && (found.Resolution is null || found.Resolution == command.Resolution)) return Decision.Nothing;

        var settled = new InterfaceConflictSettled(conflict.Key, conflict.Kind, conflict.Subject, conflict.Parties, command.Resolution, proposal.Policy!.Value);
        return conflict.Parties.Where(p => p.Kind == PartyKind.Project)
            .Aggregate(Decision.Nothing, (decision, party) => decision.And(new ProposalId(party.Id).Stream, settled));
    }
}
