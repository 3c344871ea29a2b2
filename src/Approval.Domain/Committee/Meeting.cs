using System.Collections.Immutable;
using Approval.Policies;

namespace Approval.Committee;

/// <summary>The motion put to the vote on an item, and the votes cast so far.</summary>
/// <param name="Motion">What is moved.</param>
/// <param name="Amount">The amount moved; null when deferral is moved.</param>
/// <param name="Conditions">The conditions moved.</param>
/// <param name="Revision">The revision voted on.</param>
/// <param name="Ballots">The newest vote of each member.</param>
public sealed record OpenMotion(
    MotionKind Motion, Money? Amount, ImmutableArray<string> Conditions, int Revision, ImmutableSortedDictionary<string, Vote> Ballots);

/// <summary>An item of a meeting's agenda.</summary>
public sealed record AgendaItem
{
    /// <summary>Its number.</summary>
    public required int Number { get; init; }

    /// <summary>The proposal.</summary>
    public required ProposalId Proposal { get; init; }

    /// <summary>Its title.</summary>
    public required string Title { get; init; }

    /// <summary>Its unit.</summary>
    public required UnitId Unit { get; init; }

    /// <summary>The most that may be approved.</summary>
    public required Money AtMost { get; init; }

    /// <summary>Whether it is a major item.</summary>
    public required bool Major { get; init; }

    /// <summary>The policy that judges it.</summary>
    public required PolicyRef Policy { get; init; }

    /// <summary>The members recorded present for it, in the order of arrival.</summary>
    public ImmutableList<PersonId> Present { get; init; } = [];

    /// <summary>The members who were recorded present for it at some time.</summary>
    public ImmutableList<PersonId> Attended { get; init; } = [];

    /// <summary>Those who take no part in it.</summary>
    public ImmutableList<MemberRecused> Recused { get; init; } = [];

    /// <summary>The motion under vote or last voted on.</summary>
    public OpenMotion? Motion { get; init; }

    /// <summary>How it was resolved.</summary>
    public ItemResolved? Resolved { get; init; }

    /// <summary>Whether the member takes no part in it.</summary>
    public bool IsRecused(PersonId member) => Recused.Any(r => r.Member == member);

    /// <summary>Those whose votes count at this moment: present for it and not recused.</summary>
    public IEnumerable<PersonId> Voters => Present.Where(m => !IsRecused(m));
}

/// <summary>A meeting of the CIO committee.</summary>
public sealed record Meeting
{
    /// <summary>The kind of stream.</summary>
    public static readonly StreamKind<Meeting> Kind = new("meeting", (meeting, e, at) => Evolve(meeting, e).Timed(at));

    /// <summary>Its id.</summary>
    public required MeetingId Id { get; init; }

    /// <summary>The day on which it is held.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>Where.</summary>
    public required string Place { get; init; }

    /// <summary>The District CIO who chairs.</summary>
    public required PersonId Chair { get; init; }

    /// <summary>Those entitled to vote.</summary>
    public required ImmutableArray<EntitledMember> Entitled { get; init; }

    /// <summary>Why it is held out of turn; null for a regular meeting.</summary>
    public string? Extraordinary { get; init; }

    /// <summary>The policy in force when it was convened.</summary>
    public required PolicyRef Policy { get; init; }

    /// <summary>The agenda, by number.</summary>
    public ImmutableSortedDictionary<int, AgendaItem> Items { get; init; } = ImmutableSortedDictionary<int, AgendaItem>.Empty;

    /// <summary>The number given to the last item placed.</summary>
    public int LastItem { get; init; }

    /// <summary>Whether attendance has been recorded, from which moment the agenda is fixed.</summary>
    public bool Begun { get; init; }

    /// <summary>Whether it is over.</summary>
    public bool Closed { get; init; }

    /// <summary>What the minutes say beside what was recorded.</summary>
    public string? Remarks { get; init; }

    /// <summary>What it waits for, and since when.</summary>
    public ImmutableArray<Wait> Waits { get; init; } = [];

    /// <summary>Whether the member was recorded present for at least one item.</summary>
    public bool AttendedBy(PersonId member) => Items.Values.Any(i => i.Attended.Contains(member));

    /// <summary>The entitled member, or null if the person is none.</summary>
    public EntitledMember? Member(PersonId person) => Entitled.FirstOrDefault(m => m.Person == person);

    /// <summary>The state after an event.</summary>
    public static Meeting Evolve(Meeting? meeting, object @event) => (meeting, @event) switch
    {
        (null, MeetingConvened e) => new()
        {
            Id = e.Meeting, Date = e.Date, Place = e.Place, Chair = e.Chair, Entitled = e.Entitled, Extraordinary = e.Extraordinary, Policy = e.Policy,
        },
        ({ } m, MeetingItemPlaced e) => m with
        {
            LastItem = e.Item,
            Items = m.Items.Add(e.Item, new() { Number = e.Item, Proposal = e.Proposal, Title = e.Title, Unit = e.Unit, AtMost = e.AtMost, Major = e.Major, Policy = e.Policy }),
        },
        ({ } m, MeetingItemRemoved e) => m with { Items = m.Items.Remove(e.Item) },
        ({ } m, AttendanceRecorded e) => e.Items.Aggregate(m with { Begun = true }, (now, item) => now.Change(item, i => i with
        {
            Present = e.Present ? i.Present.Remove(e.Member).Add(e.Member) : i.Present.Remove(e.Member),
            Attended = e.Present ? i.Attended.Remove(e.Member).Add(e.Member) : i.Attended,
        })),
        ({ } m, MemberRecused e) => m.Change(e.Item, i => i with { Recused = i.Recused.Add(e) }),
        ({ } m, VoteOpened e) => m.Change(e.Item, i => i with
        {
            Motion = new(e.Motion, e.Amount, e.Conditions, e.Revision, ImmutableSortedDictionary<string, Vote>.Empty),
        }),
        ({ } m, VoteCast e) => m.Change(e.Item, i => i with { Motion = i.Motion! with { Ballots = i.Motion.Ballots.SetItem(e.Member.Value, e.Vote) } }),
        ({ } m, ItemResolved e) => m.Change(e.Item, i => i with { Resolved = e }),
        ({ } m, MeetingClosed e) => m with { Closed = true, Remarks = e.Remarks },
        _ => throw new UnknownEventException(Kind.Name, @event),
    };

    Meeting Timed(DateTimeOffset at) => this with { Waits = MeetingWaits.On(this, at).Lasting(Waits) };

    Meeting Change(int item, Func<AgendaItem, AgendaItem> change) => this with { Items = Items.SetItem(item, change(Items[item])) };
}
