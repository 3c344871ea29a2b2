namespace Approval.Committee;

/// <summary>The office closes the meeting; its minutes are what was recorded, and these remarks.</summary>
/// <param name="Remarks">What the minutes say beside what was recorded.</param>
public sealed record CloseMeeting(string? Remarks)
{
    /// <summary>Items are left without a resolution.</summary>
    public static readonly RefusalKind ItemsUndecided = new("items-undecided", RefusalSort.Rule,
        "尚有议题未作决议：{0}。", "Items are left undecided: {0}.");

    /// <summary>Decides.</summary>
    public static Decision Decide(CloseMeeting command, Meeting meeting, DateOnly today, Occasion on)
    {
        if (Permissions.Check(nameof(CloseMeeting), on.By) is { } no) return no;
        if (meeting.Closed) return Decision.Nothing;
        if (Texts.Check("remarks", command.Remarks, 20_000, required: false).ToList() is { Count: > 0 } wrong) return Decision.Refuse(wrong);
        if (today < meeting.Date) return CommitteeRefusals.MeetingNotBegun.With(meeting.Date);
        var undecided = meeting.Items.Values.Where(i => i.Resolved is null).Select(i => i.Number).ToList();
        return undecided.Count > 0
            ? ItemsUndecided.With(string.Join(", ", undecided))
            : Decision.Of(meeting.Id.Stream, new MeetingClosed(string.IsNullOrWhiteSpace(command.Remarks) ? null : command.Remarks));
    }
}
