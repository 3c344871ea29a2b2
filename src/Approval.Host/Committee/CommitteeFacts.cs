using Approval.Directory;
using Approval.EventStore;
using Approval.Http;

namespace Approval.Committee;

/// <summary>What decisions about approval need to know beside the streams they write: read through the session, so that it is still so when they are recorded.</summary>
static class CommitteeFacts
{
    /// <summary>People as the directory knows them.</summary>
    public static async Task<IReadOnlyList<Person>> People(this Session s, IEnumerable<PersonId> ids)
    {
        List<Person> people = [];
        foreach (var id in ids)
        {
            if (await s.Find(Person.Kind, id.Stream) is { } person) people.Add(person);
        }

        return people;
    }

    /// <summary>A meeting recorded after its day: what is recorded holds from the end of that day.</summary>
    public static async Task<DateOnly> HeldOn(this Session s, Meeting meeting)
    {
        var calendar = await s.Calendar();
        var today = calendar.DateOf(s.At);
        if (today > meeting.Date) s.Effective = new DateTimeOffset(meeting.Date.AddDays(1).ToDateTime(TimeOnly.MinValue), calendar.Offset).AddSeconds(-1);
        return today;
    }
}
