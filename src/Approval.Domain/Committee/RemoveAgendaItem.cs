using Approval.InterfaceUnification;

namespace Approval.Committee;

/// <summary>The office takes an item off the agenda: before the meeting begins, or later if the proposal cannot be decided because its unit withdrew it, is correcting it, or changed interfaces that are to be unified anew.</summary>
/// <param name="Item">The item.</param>
/// <param name="Reason">Why.</param>
public sealed record RemoveAgendaItem(int Item, string Reason)
{
    /// <summary>Decides.</summary>
    public static Decision Decide(RemoveAgendaItem command, Meeting meeting, Proposal proposal, Occasion on)
    {
        if (Permissions.Check(nameof(RemoveAgendaItem), on.By) is { } no) return no;
        if (Texts.Check("reason", command.Reason, Texts.Remark).ToList() is { Count: > 0 } wrong) return Decision.Refuse(wrong);
        if (command.Item > 0 && command.Item <= meeting.LastItem && !meeting.Items.ContainsKey(command.Item)) return Decision.Nothing;
        if (meeting.Closed) return CommitteeRefusals.MeetingOver.With();
        if (!meeting.Items.TryGetValue(command.Item, out var item)) return CommitteeRefusals.NoSuchItem.At("item", command.Item);
        if (item.Resolved is { } resolved) return CommitteeRefusals.ItemResolvedAlready.With(resolved.Resolution);

        var decidable = proposal.Stage == Stage.Committee && proposal.Intake.Correction is null && UnificationRules.BeforeDecision(proposal) is null;
        if (meeting.Begun && decidable) return CommitteeRefusals.AgendaFixed.With();
        return Decision
            .Of(meeting.Id.Stream, new MeetingItemRemoved(command.Item, command.Reason))
            .And(proposal.Id.Stream, new AgendaItemRemoved(meeting.Id, command.Item, command.Reason));
    }
}
