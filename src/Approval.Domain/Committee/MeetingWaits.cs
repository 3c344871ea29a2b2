namespace Approval.Committee;

/// <summary>Whose turn it is in a meeting: the members' and the chair's part of the inbox (待办).</summary>
public static class MeetingWaits
{
    /// <summary>
    /// What a meeting that is not over waits for: the office until it has begun, then item by item the members who have not voted
    /// or the chair, at last the office to close it.
    /// </summary>
    /// <param name="meeting">The meeting.</param>
    /// <param name="since">Since when, for what was not waited for before.</param>
    public static IEnumerable<Wait> On(Meeting meeting, DateTimeOffset since)
    {
        if (meeting.Closed) return [];
        var open = meeting.Items.Values.Where(i => i.Resolved is null).ToList();
        return !meeting.Begun ? [new("RecordAttendance", Role.CioOffice, null, null, since)]
            : open.Count == 0 ? [new("CloseMeeting", Role.CioOffice, null, null, since)]
            : open.SelectMany(i => On(meeting, i, since)).DistinctBy(w => w.Key);
    }

    static IEnumerable<Wait> On(Meeting meeting, AgendaItem item, DateTimeOffset since)
    {
        var outstanding = item.Motion is { } motion ? item.Voters.Where(v => !motion.Ballots.ContainsKey(v.Value)).ToList() : [];
        return outstanding.Count == 0
            ? [new("ResolveItem", Role.DistrictCio, null, meeting.Chair, since)]
            : outstanding.Select(v => new Wait("CastVote", Role.CommitteeMember, null, v, since));
    }
}
