using Approval.Committee;
using Approval.Funds;
using Approval.Policies;

namespace Approval.Supervision;

/// <summary>The unit records a change that leaves the goal as it is and stays within the policy's allowance; the money committed follows.</summary>
/// <param name="Total">The project's total with the change; as before if only the content changes.</param>
/// <param name="GoalChanged">Whether the goal changes.</param>
/// <param name="What">What changes and why.</param>
public sealed record RecordChange(Money Total, bool GoalChanged, string What)
{
    /// <summary>The change needs the committee.</summary>
    public static readonly RefusalKind ChangeNeedsApproval = new("change-needs-approval", RefusalSort.Rule,
        "变更目标或累计变更超过批复总额的 {0}%，须报请重新审批。", "A change of the goal, or of more than {0} % of the approved total in all, needs approval.");

    /// <summary>Nothing would be left of the project's money.</summary>
    public static readonly RefusalKind NothingLeft = new("nothing-left", RefusalSort.Rule,
        "变更后的总额必须大于零。", "The total after the change must be above zero.");

    /// <summary>Decides.</summary>
    /// <param name="command">The command.</param>
    /// <param name="proposal">The proposal.</param>
    /// <param name="fund">The fund that holds its money; null if none does.</param>
    /// <param name="policy">The policy that judges it.</param>
    /// <param name="on">Who acts and when.</param>
    public static Decision Decide(RecordChange command, Proposal proposal, Fund? fund, Policy policy, Occasion on)
    {
        if (Permissions.Check(nameof(RecordChange), on.By, proposal) is { } no) return no;
        if (Texts.Check("what", command.What, Texts.Remark).ToList() is { Count: > 0 } wrong) return Decision.Refuse(wrong);
        if (proposal.Supervision.Accepted is { } accepted) return SupervisionRules.ProjectAcceptedAlready.With(accepted.On);
        if (fund is null || proposal.Held is not { } held) return CommitteeRefusals.NoMoneyHeld.With();
        if (!command.GoalChanged && proposal.Supervision.Changed is { } last && (last.To, last.What) == (command.Total, command.What)) return Decision.Nothing;
        if (command.Total <= Money.Zero) return NothingLeft.At("total");
        if (!SupervisionRules.WithinAllowance(proposal, command.Total, command.GoalChanged, policy))
            return ChangeNeedsApproval.With((int)(policy.Content.ChangeAllowance * 100));
        return Decision
            .Of(proposal.Id.Stream, new ChangeRecorded(held.Amount, command.Total, command.What, policy.Ref))
            .And(FundRules.Commit(fund, held.Reservation, command.Total));
    }
}
