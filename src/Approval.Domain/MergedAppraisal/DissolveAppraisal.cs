namespace Approval.MergedAppraisal;

/// <summary>The office dissolves an appraisal that was opened over the wrong proposals; they are free for another. Sheets already in stay sealed.</summary>
/// <param name="Reason">Why.</param>
public sealed record DissolveAppraisal(string Reason)
{
    /// <summary>The panel has concluded on a proposal, and that is not undone by dissolving.</summary>
    public static readonly RefusalKind ConclusionStands = new("conclusion-stands", RefusalSort.Rule,
        "已有项目形成论证结论，不能撤销本次论证。", "The panel has concluded on a proposal; the appraisal is not dissolved any more.");

    /// <summary>Decides.</summary>
    public static Decision Decide(DissolveAppraisal command, Appraisal appraisal, IReadOnlyCollection<Proposal> proposals, Occasion on)
    {
        if (Permissions.Check(nameof(DissolveAppraisal), on.By) is { } no) return no;
        if (appraisal.Dissolved) return Decision.Nothing;
        if (appraisal.Concluded || !appraisal.Conclusions.IsEmpty) return ConclusionStands.With();
        if (Texts.Check("reason", command.Reason, Texts.Remark).ToList() is { Count: > 0 } wrong) return Decision.Refuse(wrong);
        return appraisal.UnderAppraisal(proposals).Aggregate(
            Decision.Of(appraisal.Id.Stream, new AppraisalDissolved(command.Reason, appraisal.Policy)),
            (act, p) => act.And(p.Id.Stream, new AppraisalReleased(appraisal.Id, command.Reason, p.Policy!.Value)));
    }
}
