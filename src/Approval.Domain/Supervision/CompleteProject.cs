using Approval.Policies;

namespace Approval.Supervision;

/// <summary>The office ends supervision: accepted, evaluated, all conditions met and all promises to share kept. All that is missing is said at once.</summary>
public sealed record CompleteProject
{
    /// <summary>The self-evaluation is not in.</summary>
    public static readonly RefusalKind EvaluationMissing = new("evaluation-missing", RefusalSort.Rule,
        "项目单位尚未提交自评价。", "The self-evaluation is not in.");

    /// <summary>Promises to share are broken or not yet confirmed.</summary>
    public static readonly RefusalKind PromisesOpen = new("promises-open", RefusalSort.Rule,
        "共享承诺尚未兑现：{0}。", "Promises to share are not kept: {0}.");

    /// <summary>Decides.</summary>
    public static Decision Decide(CompleteProject command, Proposal proposal, Policy policy, Occasion on)
    {
        if (Permissions.Check(nameof(CompleteProject), on.By) is { } no) return no;
        if (proposal.Outcome == Outcome.Completed) return Decision.Nothing;
        if (Permissions.Check(nameof(CompleteProject), on.By, proposal) is { } misplaced) return misplaced;

        var s = proposal.Supervision;
        var conditions = RecordAcceptance.Open(proposal);
        var promises = proposal.Issuance.Approval!.Promises.Where(r => !s.Promises.GetValueOrDefault(r)).ToList();
        List<Refusal> missing = [];
        if (s.Accepted is null) missing.Add(SubmitSelfEvaluation.ProjectNotAccepted.With());
        if (s.Evaluated is null) missing.Add(EvaluationMissing.With());
        if (conditions.Count > 0) missing.Add(RecordAcceptance.ConditionsOpen.With(string.Join(", ", conditions)));
        if (promises.Count > 0) missing.Add(PromisesOpen.With(string.Join("、", promises)));
        return missing.Count > 0 ? Decision.Refuse(missing) : Decision.Of(proposal.Id.Stream, new ProjectCompleted(policy.Ref, proposal.Revision));
    }
}
