using Approval.Policies;

namespace Approval.Scheduling;

/// <summary>The office completes the full check that a key project, taken in early, still owes. A check that fails ends in a return for correction instead.</summary>
/// <param name="Findings">What the check found.</param>
public sealed record CompleteFullCheck(string Findings)
{
    /// <summary>Nothing is due.</summary>
    public static readonly RefusalKind NotDue = new("no-full-check-due", RefusalSort.Rule,
        "该项目没有待完成的全面审查。", "No full check is due for this proposal.");

    /// <summary>The committee does not decide before the check is done.</summary>
    public static readonly RefusalKind Open = new("full-check-open", RefusalSort.Rule,
        "提前安排的项目须先完成全面审查（期限 {0}），方可由委员会审定。", "A project taken in early is decided only after its full check, due on {0}.");

    /// <summary>Why the committee may not decide yet; null if nothing stands in the way. The committee's commands call it.</summary>
    public static Refusal? BeforeDecision(Proposal proposal) =>
        proposal.Scheduling.FullCheckDue is { } due ? Open.With(due) : null;

    /// <summary>Decides.</summary>
    public static Decision Decide(CompleteFullCheck command, Proposal proposal, Policy policy, Occasion on)
    {
        if (Permissions.Check(nameof(CompleteFullCheck), on.By, proposal) is { } no) return no;
        if (Texts.Check("findings", command.Findings, Texts.Remark).ToList() is { Count: > 0 } text) return Decision.Refuse(text);
        if (proposal.Scheduling.FullCheckDue is null) return proposal.Scheduling.FullCheckFindings == command.Findings ? Decision.Nothing : NotDue.With();
        return Decision.Of(proposal.Id.Stream, new FullCheckCompleted(proposal.Revision, command.Findings, policy.Ref));
    }
}
