using Approval.Committee;
using Approval.Policies;

namespace Approval.Supervision;

/// <summary>The unit sends a change of the goal, or beyond the allowance, back to the committee. The approval in force stays until the committee has decided.</summary>
/// <param name="Total">The total asked for.</param>
/// <param name="GoalChanged">Whether the goal changes.</param>
/// <param name="What">What changes and why.</param>
public sealed record SendChangeToApproval(Money Total, bool GoalChanged, string What)
{
    /// <summary>The unit records such a change itself.</summary>
    public static readonly RefusalKind ChangeWithinAllowance = new("change-within-allowance", RefusalSort.Rule,
        "变更未超出允许范围，由项目单位自行记录。", "The change is within the allowance: the unit records it itself.");

    /// <summary>Decides.</summary>
    public static Decision Decide(SendChangeToApproval command, Proposal proposal, Policy policy, Occasion on)
    {
        if (Permissions.Check(nameof(SendChangeToApproval), on.By, proposal) is { } no) return no;
        if (Texts.Check("what", command.What, Texts.Remark).ToList() is { Count: > 0 } wrong) return Decision.Refuse(wrong);
        if (proposal.Supervision.Accepted is { } accepted) return SupervisionRules.ProjectAcceptedAlready.With(accepted.On);
        if (proposal.Held is not { } held) return CommitteeRefusals.NoMoneyHeld.With();
        if (command.Total <= Money.Zero) return RecordChange.NothingLeft.At("total");
        if (SupervisionRules.WithinAllowance(proposal, command.Total, command.GoalChanged, policy)) return ChangeWithinAllowance.With();
        return Decision.Of(proposal.Id.Stream, new ChangeSentToApproval(held.Amount, command.Total, command.GoalChanged, command.What, policy.Ref));
    }
}
