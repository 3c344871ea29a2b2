using Approval.Calendars;
using Approval.Funds;
using Approval.Policies;
using Approval.Signing;

namespace Approval.Intake;

/// <summary>逾期失效: the office ends a proposal whose unit did not answer a correction in time. The engine reminds; it never does this itself.</summary>
/// <param name="Reason">Why.</param>
public sealed record LapseProposal(string Reason)
{
    /// <summary>The time to answer the correction is not over.</summary>
    public static readonly RefusalKind NotOverdue = new("not-overdue", RefusalSort.Rule,
        "补正期限（{0}）尚未届满。", "The correction is not overdue; it is due on {0}.");

    /// <summary>Decides.</summary>
    /// <param name="command">The command.</param>
    /// <param name="proposal">The proposal.</param>
    /// <param name="fund">The fund that holds its money, if any does.</param>
    /// <param name="policy">The policy that judges it, which gives the unit its working days; before acceptance, the one in force.</param>
    /// <param name="calendar">The working days.</param>
    /// <param name="on">Who and when.</param>
    public static Decision Decide(LapseProposal command, Proposal proposal, Fund? fund, Policy policy, WorkingCalendar calendar, Occasion on)
    {
        if (Permissions.Check(nameof(LapseProposal), on.By, proposal.Unit) is { } no) return no;
        if (proposal.Outcome == Outcome.Lapsed) return Decision.Nothing;
        if (Permissions.CheckStage(nameof(LapseProposal), proposal) is { } misplaced) return misplaced;
        if (proposal.Issuance.Approval is not null) return IntakeRefusals.ApprovalInForce.With();
        if (proposal.Clock is not { Paused: true, Now.Pauses: [.., var pause] }) return IntakeRefusals.NoCorrectionOpen.With();
        var last = calendar.AddWorkingDays(calendar.DateOf(pause.From), policy.Content.CorrectionWithinWorkingDays);
        if (calendar.DateOf(on.At) <= last) return NotOverdue.With(last);
        if (Texts.Check("reason", command.Reason, Texts.Remark).ToList() is { Count: > 0 } wrong) return Decision.Refuse(wrong);
        return Decision.Of(proposal.Id.Stream, [.. SigningRules.Cancel(proposal), new ProposalLapsed(command.Reason, proposal.Revision, policy.Ref)])
            .And(WithdrawProposal.Release(proposal, fund, command.Reason));
    }
}
