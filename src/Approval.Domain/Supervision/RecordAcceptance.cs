using Approval.Policies;

namespace Approval.Supervision;

/// <summary>The office records that the finished project was accepted (验收).</summary>
/// <param name="On">The day.</param>
/// <param name="Findings">What was found.</param>
public sealed record RecordAcceptance(DateOnly On, string Findings)
{
    /// <summary>Conditions of the approval are not met.</summary>
    public static readonly RefusalKind ConditionsOpen = new("conditions-open", RefusalSort.Rule,
        "批复条件尚未全部落实：第 {0} 项。", "Conditions of the approval are not met: {0}.");

    /// <summary>Decides.</summary>
    public static Decision Decide(RecordAcceptance command, Proposal proposal, Policy policy, DateOnly today, Occasion on)
    {
        if (Permissions.Check(nameof(RecordAcceptance), on.By, proposal) is { } no) return no;
        List<Refusal> wrong = [.. Texts.Check("findings", command.Findings, Texts.Remark), .. SupervisionRules.CheckDay("on", command.On, proposal, today)];
        if (wrong.Count > 0) return Decision.Refuse(wrong);
        if (proposal.Supervision.Accepted is { } accepted)
            return accepted.On == command.On ? Decision.Nothing : SupervisionRules.ProjectAcceptedAlready.With(accepted.On);
        if (Open(proposal) is { Count: > 0 } open) return ConditionsOpen.With(string.Join(", ", open));
        return Decision.Of(proposal.Id.Stream, new ProjectAccepted(
            command.On, command.Findings,
            command.On.AddMonths(policy.Content.EvaluateFromMonths), command.On.AddMonths(policy.Content.EvaluateUntilMonths), policy.Ref));
    }

    /// <summary>The places of the conditions not yet met.</summary>
    internal static IReadOnlyList<int> Open(Proposal proposal) =>
        [.. Enumerable.Range(1, proposal.Committee.Conditions.Length).Except(proposal.Supervision.ConditionsMet)];
}
