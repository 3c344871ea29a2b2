using Approval.Policies;

namespace Approval.Committee;

/// <summary>The District CIO does not take the rejected proposal up again; the rejection is final.</summary>
/// <param name="Reason">Why.</param>
public sealed record RefuseReconsideration(string Reason)
{
    /// <summary>Decides.</summary>
    public static Decision Decide(RefuseReconsideration command, Proposal proposal, Policy policy, Occasion on)
    {
        if (Permissions.Check(nameof(RefuseReconsideration), on.By, proposal) is { } no) return no;
        if (Texts.Check("reason", command.Reason, Texts.Remark).ToList() is { Count: > 0 } wrong) return Decision.Refuse(wrong);
        return proposal.Committee.ReconsiderationOpen
            ? Decision.Of(proposal.Id.Stream, new ReconsiderationRefused(command.Reason, policy.Ref, proposal.Revision))
            : OpenReconsideration.ReconsiderationNotAsked.With();
    }
}
