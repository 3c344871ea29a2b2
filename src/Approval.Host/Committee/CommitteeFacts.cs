using Approval.Calendars;
using Approval.Directory;
using Approval.EventStore;
using Approval.Policies;

namespace Approval.Committee;

/// <summary>What decisions about approval need to know beside the streams they write: read through the session, so that it is still so when they are recorded.</summary>
static class CommitteeFacts
{
    /// <summary>The working days.</summary>
    public static async Task<WorkingCalendar> Calendar(this Session s) =>
        await s.Find(WorkingCalendar.Kind, JurisdictionStreams.Calendar) ?? WorkingCalendar.WeekendsOnly;

    /// <summary>The local date.</summary>
    public static async Task<DateOnly> Today(this Session s) => (await s.Calendar()).DateOf(s.At);

    /// <summary>The policy that judges a proposal.</summary>
    public static async Task<Policy> PolicyOf(this Session s, Proposal proposal) => (await s.Policies()).Judging(proposal, await s.Today())!;

    /// <summary>All versions of the policy.</summary>
    public static async Task<PolicyBook> Policies(this Session s) => await s.Find(PolicyBook.Kind, JurisdictionStreams.Policies) ?? PolicyBook.Empty;

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

    /// <summary>The fund that holds a proposal's money; null if none does.</summary>
    public static async Task<Funds.Fund?> FundOf(this Session s, HeldMoney? held) => held is null ? null : await s.Load(Funds.Fund.Kind, held.Fund.Stream);

    /// <summary>A meeting recorded after its day: what is recorded holds from the end of that day.</summary>
    public static async Task<DateOnly> HeldOn(this Session s, Meeting meeting)
    {
        var calendar = await s.Calendar();
        var today = calendar.DateOf(s.At);
        if (today > meeting.Date) s.Effective = new DateTimeOffset(meeting.Date.AddDays(1).ToDateTime(TimeOnly.MinValue), calendar.Offset).AddSeconds(-1);
        return today;
    }
}
