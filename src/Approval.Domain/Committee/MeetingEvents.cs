using System.Collections.Immutable;
using Approval.Policies;

namespace Approval.Committee;

/// <summary>Facts of one meeting of the CIO committee.</summary>
public abstract record MeetingEvent
{
    private protected MeetingEvent() { }
}

/// <summary>A member entitled to vote in a meeting, as the directory knew the person when the meeting was convened.</summary>
/// <param name="Person">The member.</param>
/// <param name="Unit">The member's unit.</param>
public sealed record EntitledMember(PersonId Person, UnitId Unit);

/// <summary>What the chair puts to the vote.</summary>
public enum MotionKind
{
    /// <summary>To approve an amount with conditions.</summary>
    [Words("同意立项", "approve")]
    Approve,

    /// <summary>To defer the item to the next meeting.</summary>
    [Words("延期审议", "defer")]
    Defer,
}

/// <summary>A member's vote.</summary>
public enum Vote
{
    /// <summary>For the motion.</summary>
    [Words("赞成", "for")]
    For,

    /// <summary>Against the motion.</summary>
    [Words("反对", "against")]
    Against,

    /// <summary>Neither; the member counts as present.</summary>
    [Words("弃权", "abstain")]
    Abstain,
}

/// <summary>What became of an item.</summary>
public enum Resolution
{
    /// <summary>通过.</summary>
    [Words("通过", "approved")]
    Approved,

    /// <summary>延期.</summary>
    [Words("延期", "deferred")]
    Deferred,

    /// <summary>否决.</summary>
    [Words("否决", "rejected")]
    Rejected,
}

/// <summary>Why a member takes no part in an item (回避).</summary>
public enum RecusalGround
{
    /// <summary>The proposal, or one merged into it, is of the member's own unit.</summary>
    [Words("本单位项目", "own unit's project")]
    OwnUnit,

    /// <summary>The member declared a tie to a proposing unit.</summary>
    [Words("已申报利害关系", "declared tie")]
    DeclaredTie,

    /// <summary>The member endorsed the proposal for its unit, and has left that unit since.</summary>
    [Words("曾代表申报单位审签", "endorsed it for its unit")]
    Endorsed,

    /// <summary>The member wrote the proposal for its unit, and has left that unit since.</summary>
    [Words("曾为申报单位经办", "wrote it for its unit")]
    Wrote,

    /// <summary>The member, or the office for the member, gave another reason.</summary>
    [Words("其他事由", "other reason")]
    Other,
}

/// <summary>The District CIO convened a meeting and chairs it.</summary>
/// <param name="Meeting">The meeting.</param>
/// <param name="Date">The day on which it is held.</param>
/// <param name="Place">Where.</param>
/// <param name="Chair">The District CIO who convened it.</param>
/// <param name="Entitled">Those entitled to vote: the committee's members on the day of convening.</param>
/// <param name="Extraordinary">Why it is held before the regular interval is over; null for a regular meeting.</param>
/// <param name="Policy">The policy in force.</param>
[WireName("meeting-convened.v1")]
public sealed record MeetingConvened(
    MeetingId Meeting, DateOnly Date, string Place, PersonId Chair, ImmutableArray<EntitledMember> Entitled, string? Extraordinary, PolicyRef Policy) : MeetingEvent;

/// <summary>An item was placed on the agenda.</summary>
/// <param name="Item">Its number, from 1, never used again.</param>
/// <param name="Proposal">The proposal.</param>
/// <param name="Title">Its title.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="AtMost">The most that may be approved: what the experts recommended.</param>
/// <param name="Major">Whether the amount makes it a major item.</param>
/// <param name="Policy">The policy that judges the proposal, and so its vote.</param>
[WireName("meeting-item-placed.v1")]
public sealed record MeetingItemPlaced(int Item, ProposalId Proposal, string Title, UnitId Unit, Money AtMost, bool Major, PolicyRef Policy) : MeetingEvent;

/// <summary>An item was taken off the agenda.</summary>
[WireName("meeting-item-removed.v1")]
public sealed record MeetingItemRemoved(int Item, string Reason) : MeetingEvent;

/// <summary>The office recorded that a member is present, or no longer, for these items.</summary>
[WireName("attendance-recorded.v1")]
public sealed record AttendanceRecorded(PersonId Member, bool Present, ImmutableArray<int> Items) : MeetingEvent;

/// <summary>A member takes no part in an item.</summary>
[WireName("member-recused.v1")]
public sealed record MemberRecused(int Item, PersonId Member, RecusalGround Ground, string? Reason) : MeetingEvent;

/// <summary>The chair put a motion on an item to the vote; votes on an earlier motion or revision are void.</summary>
/// <param name="Item">The item.</param>
/// <param name="Motion">What is moved.</param>
/// <param name="Amount">The amount moved; null when deferral is moved.</param>
/// <param name="Conditions">The conditions moved.</param>
/// <param name="Revision">The revision that the members vote on.</param>
[WireName("vote-opened.v1")]
public sealed record VoteOpened(int Item, MotionKind Motion, Money? Amount, ImmutableArray<string> Conditions, int Revision) : MeetingEvent;

/// <summary>A member present voted, or changed the vote.</summary>
[WireName("vote-cast.v1")]
public sealed record VoteCast(int Item, PersonId Member, Vote Vote) : MeetingEvent;

/// <summary>The chair declared what the votes carried.</summary>
[WireName("item-resolved.v1")]
public sealed record ItemResolved(int Item, Resolution Resolution, Tally Tally, Money? Amount, ImmutableArray<string> Conditions, string? Reason) : MeetingEvent;

/// <summary>The meeting is over; every item was resolved.</summary>
/// <param name="Remarks">What the minutes say beside what was recorded.</param>
[WireName("meeting-closed.v1")]
public sealed record MeetingClosed(string? Remarks) : MeetingEvent;
