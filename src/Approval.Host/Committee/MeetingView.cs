using Approval.Directory;
using Approval.EventStore;

namespace Approval.Committee;

/// <summary>A meeting in the list of meetings.</summary>
/// <param name="Id">The meeting.</param>
/// <param name="Date">The day on which it is held.</param>
/// <param name="Place">Where.</param>
/// <param name="Chair">Who chairs.</param>
/// <param name="Extraordinary">Why it is held out of turn; absent for a regular meeting.</param>
/// <param name="Entitled">How many members are entitled to vote.</param>
/// <param name="Items">How many items it has.</param>
/// <param name="Approved">How many of them were approved.</param>
/// <param name="Deferred">How many were deferred.</param>
/// <param name="Rejected">How many were rejected.</param>
/// <param name="Closed">Whether it is over.</param>
/// <param name="WaitsFor">Whose turn it is, as keys of <see cref="Wait"/>.</param>
/// <param name="Waits">What it waits for, and since when.</param>
public sealed record MeetingRow(
    MeetingId Id, [property: Indexed] DateOnly Date, string Place, PersonId Chair, string? Extraordinary, int Entitled, int Items, int Approved, int Deferred, int Rejected, bool Closed,
    [property: Indexed] IReadOnlyList<string> WaitsFor, IReadOnlyList<Wait> Waits);

/// <summary>A member in a meeting, for scorecards and the member's inbox.</summary>
/// <param name="Member">The member.</param>
/// <param name="Unit">The member's unit when the meeting was convened.</param>
/// <param name="Meeting">The meeting.</param>
/// <param name="Date">Its day.</param>
/// <param name="Attended">Whether the member was recorded present for at least one item.</param>
/// <param name="Closed">Whether the meeting is over.</param>
public sealed record MeetingMemberRow([property: Key] PersonId Member, [property: Indexed] UnitId Unit, MeetingId Meeting, DateOnly Date, bool Attended, bool Closed);

/// <summary>A person who is a member of the committee now.</summary>
public sealed record CommitteeMemberRow(PersonId Person, UnitId Unit);

/// <summary>The current views of meetings.</summary>
public static class MeetingViews
{
    /// <summary>The meetings.</summary>
    public static readonly View<Meeting, MeetingRow> Meetings = new("meetings", Meeting.Kind, (m, _) =>
        [new(m.Id, m.Date, m.Place, m.Chair, m.Extraordinary, m.Entitled.Length, m.Items.Count, Count(m, Resolution.Approved), Count(m, Resolution.Deferred), Count(m, Resolution.Rejected), m.Closed,
            [.. m.Waits.Select(w => w.Key).Distinct()], m.Waits)]);

    /// <summary>Each meeting's members; nobody's where the meeting was called off and closed without an item.</summary>
    public static readonly View<Meeting, MeetingMemberRow> Attendance = new("meeting_members", Meeting.Kind, (m, _) =>
        m is { Closed: true, Items.IsEmpty: true } ? [] : m.Entitled.Select(e => new MeetingMemberRow(e.Person, e.Unit, m.Id, m.Date, m.AttendedBy(e.Person), m.Closed)), revision: 2);

    /// <summary>The committee's members.</summary>
    public static readonly View<Person, CommitteeMemberRow> Members = new("committee_members", Person.Kind, (p, _) =>
        p.Roles.Contains(Role.CommitteeMember) ? [new(p.Id, p.Unit)] : []);

    static int Count(Meeting m, Resolution resolution) => m.Items.Values.Count(i => i.Resolved?.Resolution == resolution);
}
