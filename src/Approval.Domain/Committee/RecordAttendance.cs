using System.Collections.Immutable;

namespace Approval.Committee;

/// <summary>The office records that a member arrived or left; the first record begins the meeting and fixes its agenda.</summary>
/// <param name="Member">The member.</param>
/// <param name="Present">Present, or no longer.</param>
/// <param name="Item">For one item only; null for every item not yet resolved.</param>
public sealed record RecordAttendance(PersonId Member, bool Present, int? Item)
{
    /// <summary>The agenda is empty.</summary>
    public static readonly RefusalKind AgendaEmpty = new("agenda-empty", RefusalSort.Rule,
        "会议没有议题。", "The meeting has no items.");

    /// <summary>Decides.</summary>
    /// <param name="command">The command.</param>
    /// <param name="meeting">The meeting.</param>
    /// <param name="today">The local date.</param>
    /// <param name="on">Who acts and when.</param>
    public static Decision Decide(RecordAttendance command, Meeting meeting, DateOnly today, Occasion on)
    {
        if (Permissions.Check(nameof(RecordAttendance), on.By) is { } no) return no;
        if (meeting.Closed) return CommitteeRefusals.MeetingOver.With();
        if (today < meeting.Date) return CommitteeRefusals.MeetingNotBegun.With(meeting.Date);
        if (meeting.Items.IsEmpty) return AgendaEmpty.With();
        if (meeting.Member(command.Member) is null) return CommitteeRefusals.NotEntitled.At("member");
        if (command.Item is { } number && !meeting.Items.ContainsKey(number)) return CommitteeRefusals.NoSuchItem.At("item", number);
        if (command.Item is { } one && meeting.Items[one].Resolved is { } resolved) return CommitteeRefusals.ItemResolvedAlready.With(resolved.Resolution);

        ImmutableArray<int> items =
        [
            .. meeting.Items.Values
                .Where(i => i.Resolved is null && (command.Item is null || i.Number == command.Item) && i.Present.Contains(command.Member) != command.Present)
                .Select(i => i.Number),
        ];
        return items.IsEmpty ? Decision.Nothing : Decision.Of(meeting.Id.Stream, new AttendanceRecorded(command.Member, command.Present, items));
    }
}
