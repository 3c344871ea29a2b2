using Approval.Funds;
using Approval.InterfaceUnification;
using Approval.Policies;

namespace Approval.Committee;

/// <summary>
/// The District CIO takes a rejected proposal up again, as its unit asked: its money is reserved anew and it waits for a meeting.
/// While it was rejected others were unified without it, so its interfaces are unified anew before the committee votes.
/// </summary>
/// <param name="Reason">Why.</param>
public sealed record OpenReconsideration(string Reason)
{
    /// <summary>The unit has not asked.</summary>
    public static readonly RefusalKind ReconsiderationNotAsked = new("reconsideration-not-asked", RefusalSort.Rule,
        "项目单位没有待处理的复议申请。", "The unit has no open request for reconsideration.");

    /// <summary>Decides.</summary>
    /// <param name="command">The command.</param>
    /// <param name="proposal">The rejected proposal.</param>
    /// <param name="fund">The fund that held its money.</param>
    /// <param name="reservation">The id of the new reservation.</param>
    /// <param name="policy">The policy that judges the proposal.</param>
    /// <param name="on">Who acts and when.</param>
    public static Decision Decide(OpenReconsideration command, Proposal proposal, Fund fund, ReservationId reservation, Policy policy, Occasion on)
    {
        if (Permissions.Check(nameof(OpenReconsideration), on.By, proposal) is { } no) return no;
        if (Texts.Check("reason", command.Reason, Texts.Remark).ToList() is { Count: > 0 } wrong) return Decision.Refuse(wrong);
        if (!proposal.Committee.ReconsiderationOpen) return ReconsiderationNotAsked.With();
        var amount = CommitteeRules.AtMost(proposal);
        return Decision
            .Of(proposal.Id.Stream, [
                new ReconsiderationOpened(command.Reason, fund.Id, reservation, amount, policy.Ref, proposal.Revision),
                .. UnificationRules.Void(proposal),
            ])
            .And(FundRules.Reserve(fund, reservation, proposal.Id, proposal.Track ?? Track.General, amount));
    }
}
