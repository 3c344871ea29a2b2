namespace Approval.Supervision;

/// <summary>The office ticks off a condition of the approval.</summary>
/// <param name="Condition">The condition's place in the approval's list, from 1.</param>
/// <param name="Evidence">What shows that it is met.</param>
public sealed record TickCondition(int Condition, string Evidence)
{
    /// <summary>The approval has no such condition.</summary>
    public static readonly RefusalKind NoSuchCondition = new("no-such-condition", RefusalSort.Rule,
        "批复没有第 {0} 项条件。", "The approval has no condition {0}.");

    /// <summary>Decides.</summary>
    public static Decision Decide(TickCondition command, Proposal proposal, Occasion on)
    {
        if (Permissions.Check(nameof(TickCondition), on.By, proposal) is { } no) return no;
        if (Texts.Check("evidence", command.Evidence, Texts.Remark).ToList() is { Count: > 0 } wrong) return Decision.Refuse(wrong);
        if (command.Condition < 1 || command.Condition > proposal.Committee.Conditions.Length) return NoSuchCondition.At("condition", command.Condition);
        return proposal.Supervision.ConditionsMet.Contains(command.Condition)
            ? Decision.Nothing
            : Decision.Of(proposal.Id.Stream, new ConditionMet(command.Condition, command.Evidence));
    }
}
