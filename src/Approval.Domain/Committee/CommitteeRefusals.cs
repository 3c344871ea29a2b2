namespace Approval.Committee;

/// <summary>Why a meeting's act is refused, where several commands share the reason.</summary>
public static class CommitteeRefusals
{
    /// <summary>The meeting is over.</summary>
    public static readonly RefusalKind MeetingOver = new("meeting-over", RefusalSort.Rule,
        "会议已结束，不能再作更改。", "The meeting is over and cannot be changed.");

    /// <summary>The meeting's day has not come.</summary>
    public static readonly RefusalKind MeetingNotBegun = new("meeting-not-begun", RefusalSort.Rule,
        "会议定于 {0} 召开，尚未开始。", "The meeting is held on {0} and has not begun.");

    /// <summary>Attendance has been recorded, so the agenda is fixed.</summary>
    public static readonly RefusalKind AgendaFixed = new("agenda-fixed", RefusalSort.Rule,
        "会议已开始，议程不能再调整。", "The meeting has begun and its agenda is fixed.");

    /// <summary>The agenda has no such item.</summary>
    public static readonly RefusalKind NoSuchItem = new("no-such-item", RefusalSort.Rule,
        "议程中没有第 {0} 项。", "The agenda has no item {0}.");

    /// <summary>The item has been resolved.</summary>
    public static readonly RefusalKind ItemResolvedAlready = new("item-resolved-already", RefusalSort.Rule,
        "该议题已作出“{0}”的决议。", "The item has been resolved already: {0}.");

    /// <summary>The person is not among those entitled to vote in the meeting.</summary>
    public static readonly RefusalKind NotEntitled = new("not-entitled", RefusalSort.Authority,
        "此人不是本次会议的有表决权委员；委员不得委托他人出席或表决。", "The person is not entitled to vote in this meeting; a member has no proxy.");

    /// <summary>The person does not chair the meeting.</summary>
    public static readonly RefusalKind NotTheChair = new("not-the-chair", RefusalSort.Authority,
        "只有本次会议的主持人可以宣布。", "Only the meeting's chair may do this.");

    /// <summary>Too few entitled members take part at this moment.</summary>
    public static readonly RefusalKind NoQuorum = new("no-quorum", RefusalSort.Rule,
        "未达到法定人数：有表决权委员 {0} 人，在场且不回避 {1} 人。", "No quorum: of {0} entitled members, {1} are present and not recused.");

    /// <summary>No motion is under vote.</summary>
    public static readonly RefusalKind NoVoteOpen = new("no-vote-open", RefusalSort.Rule,
        "该议题尚未提交表决。", "No vote is open on the item.");

    /// <summary>The unit revised the proposal after the vote was opened.</summary>
    public static readonly RefusalKind RevisionMoved = new("vote-on-older-revision", RefusalSort.Rule,
        "表决针对第 {0} 版，项目现为第 {1} 版，须重新表决。", "The vote was on revision {0}, the proposal is at revision {1}: vote again.");

    /// <summary>No money is held for the proposal, so none can be committed.</summary>
    public static readonly RefusalKind NoMoneyHeld = new("no-money-held", RefusalSort.Rule,
        "该项目没有预留资金。", "No money is held for the proposal.");

    /// <summary>Why an item cannot be acted on in a running meeting; null if it can.</summary>
    internal static Refusal? Running(Meeting meeting, int item, DateOnly today) =>
        meeting.Closed ? MeetingOver.With()
        : today < meeting.Date ? MeetingNotBegun.With(meeting.Date)
        : !meeting.Items.ContainsKey(item) ? NoSuchItem.At("item", item)
        : null;
}
