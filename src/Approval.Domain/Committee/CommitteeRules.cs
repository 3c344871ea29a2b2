using Approval.Policies;

namespace Approval.Committee;

/// <summary>What the committee may do with a proposal.</summary>
public static class CommitteeRules
{
    /// <summary>The most that may be approved: what the experts recommended; for a change of an approved project, the total asked for.</summary>
    public static Money AtMost(Proposal proposal) =>
        proposal.Supervision.Pending?.To ?? proposal.Appraisal.Recommended ?? proposal.Content.Total;

    /// <summary>Whether the policy lets the item be deferred once more.</summary>
    public static bool MayDefer(Proposal proposal, Policy policy) => proposal.Committee.Deferred < policy.Content.DeferredAtMost;
}
