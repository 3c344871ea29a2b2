namespace Approval.Committee;

/// <summary>Whose turn it is in a meeting: the members' and the chair's part of the inbox (待办).</summary>
public static class MeetingWaits
{
    /// <summary>
    /// The keys of <see cref="Wait"/> for a meeting that is not over: the office until it has begun, then item by item the members who have not voted
    /// or the chair, at last the office to close it.
    /// </summary>
    public static IEnumerable<string> KeysOf(Meeting meeting)
    {
        if (meeting.Closed) return [];
        var open = meeting.Items.Values.Where(i => i.Resolved is null).ToList();
        return !meeting.Begun || open.Count == 0 ? [Key(Role.CioOffice)] : open.SelectMany(i => KeysOf(meeting, i)).Distinct();
    }

    static IEnumerable<string> KeysOf(Meeting meeting, AgendaItem item)
    {
        var outstanding = item.Motion is { } motion ? item.Voters.Where(v => !motion.Ballots.ContainsKey(v.Value)).ToList() : [];
        return outstanding.Count == 0 ? [Key(Role.DistrictCio, meeting.Chair)] : outstanding.Select(v => Key(Role.CommitteeMember, v));
    }

    static string Key(Role role, PersonId? person = null) => new Wait("", role, null, person, default).Key;
}
