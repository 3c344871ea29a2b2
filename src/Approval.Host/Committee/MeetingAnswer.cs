using Approval.Policies;

namespace Approval.Committee;

/// <summary>A member of a meeting.</summary>
/// <param name="Person">The member.</param>
/// <param name="Unit">The member's unit.</param>
/// <param name="Attended">Whether recorded present for at least one item.</param>
public sealed record MemberAnswer(PersonId Person, UnitId Unit, bool Attended);

/// <summary>A member's recusal from an item.</summary>
/// <param name="Member">The member.</param>
/// <param name="Ground">On what ground.</param>
/// <param name="Reason">The reason given, if any.</param>
public sealed record RecusalAnswer(PersonId Member, RecusalGround Ground, string? Reason);

/// <summary>A member's vote; how it was cast is told once the item is resolved.</summary>
/// <param name="Member">The member.</param>
/// <param name="Vote">The vote.</param>
public sealed record BallotAnswer(PersonId Member, Vote? Vote);

/// <summary>The motion under vote, or last voted on.</summary>
/// <param name="Kind">What is moved.</param>
/// <param name="Amount">The amount moved.</param>
/// <param name="Conditions">The conditions moved.</param>
/// <param name="Revision">The revision voted on.</param>
/// <param name="Ballots">Who has voted, and once resolved how.</param>
public sealed record MotionAnswer(MotionKind Kind, Money? Amount, IReadOnlyList<string> Conditions, int Revision, IReadOnlyList<BallotAnswer> Ballots);

/// <summary>An item of the agenda.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Proposal">The proposal.</param>
/// <param name="Title">Its title.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="AtMost">The most that may be approved.</param>
/// <param name="Major">Whether it is a major item.</param>
/// <param name="Present">The members recorded present for it.</param>
/// <param name="Recused">Those who take no part.</param>
/// <param name="Motion">The motion.</param>
/// <param name="Tally">The votes as they count now, or counted when resolved.</param>
/// <param name="Resolution">How it was resolved.</param>
/// <param name="Reason">Why.</param>
public sealed record ItemAnswer(
    int Number, ProposalId Proposal, string Title, UnitId Unit, Money AtMost, bool Major, IReadOnlyList<PersonId> Present, IReadOnlyList<RecusalAnswer> Recused,
    MotionAnswer? Motion, Tally Tally, Resolution? Resolution, string? Reason);

/// <summary>A meeting.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Version">Its version, the same as in the ETag.</param>
/// <param name="Date">The day on which it is held.</param>
/// <param name="Place">Where.</param>
/// <param name="Chair">Who chairs.</param>
/// <param name="Extraordinary">Why it is held out of turn.</param>
/// <param name="Begun">Whether attendance has been recorded, so that the agenda is fixed.</param>
/// <param name="Closed">Whether it is over.</param>
/// <param name="Members">Those entitled to vote.</param>
/// <param name="Items">The agenda.</param>
/// <param name="Policy">The policy under which it was convened.</param>
public sealed record MeetingAnswer(
    MeetingId Id, long Version, DateOnly Date, string Place, PersonId Chair, string? Extraordinary, bool Begun, bool Closed,
    IReadOnlyList<MemberAnswer> Members, IReadOnlyList<ItemAnswer> Items, PolicyRef Policy)
{
    /// <summary>The answer about a meeting.</summary>
    public static MeetingAnswer Of(Meeting m, long version) => new(
        m.Id, version, m.Date, m.Place, m.Chair, m.Extraordinary, m.Begun, m.Closed,
        [.. m.Entitled.Select(e => new MemberAnswer(e.Person, e.Unit, m.AttendedBy(e.Person)))],
        [.. m.Items.Values.Select(i => Of(m, i))], m.Policy);

    static ItemAnswer Of(Meeting m, AgendaItem i) => new(
        i.Number, i.Proposal, i.Title, i.Unit, i.AtMost, i.Major, i.Present, [.. i.Recused.Select(r => new RecusalAnswer(r.Member, r.Ground, r.Reason))],
        i.Motion is { } motion
            ? new(motion.Motion, motion.Amount, motion.Conditions, motion.Revision,
                [.. motion.Ballots.Select(b => new BallotAnswer(new(b.Key), i.Resolved is null ? null : b.Value))])
            : null,
        i.Resolved?.Tally ?? VoteRules.Count(m, i), i.Resolved?.Resolution, i.Resolved?.Reason);
}
