using System.Collections.Immutable;
using Approval.Directory;
using Approval.Policies;

namespace Approval.Committee;

/// <summary>
/// The District CIO convenes a meeting and chairs it. It may be convened late, to record a meeting held before.
/// What an earlier meeting deferred stands on its agenda from the beginning, as far as it can be decided and the policy's number of major items allows.
/// </summary>
/// <param name="Meeting">The new meeting's id.</param>
/// <param name="Date">The day on which it is held.</param>
/// <param name="Place">Where.</param>
/// <param name="Extraordinary">Why it is held before the regular interval is over; null for a regular meeting.</param>
public sealed record ConveneMeeting(MeetingId Meeting, DateOnly Date, string Place, string? Extraordinary)
{
    /// <summary>The committee has no members.</summary>
    public static readonly RefusalKind NoMembers = new("no-members", RefusalSort.Rule,
        "委员会没有委员，不能召开会议。", "The committee has no members.");

    /// <summary>The regular interval is not over and no reason for an extraordinary meeting is given.</summary>
    public static readonly RefusalKind MeetingTooSoon = new("meeting-too-soon", RefusalSort.Rule,
        "例会每 {0} 个月召开一次，上次会议为 {1}；提前召开临时会议须说明理由。",
        "A regular meeting is held every {0} months, the last was on {1}; an extraordinary one needs a reason.");

    /// <summary>Decides.</summary>
    /// <param name="command">The command.</param>
    /// <param name="existing">The meeting, if the command was carried out before.</param>
    /// <param name="people">Those who may be members; the directory's people.</param>
    /// <param name="deferred">The proposals that wait for a meeting since one deferred them.</param>
    /// <param name="last">The day of the last meeting before this one, if any.</param>
    /// <param name="policy">The policy in force.</param>
    /// <param name="on">Who acts and when.</param>
    public static Decision Decide(
        ConveneMeeting command, Meeting? existing, IReadOnlyCollection<Person> people, IEnumerable<Proposal> deferred, DateOnly? last, Policy policy, Occasion on)
    {
        if (Permissions.Check(nameof(ConveneMeeting), on.By) is { } no) return no;
        if (existing is not null) return Decision.Nothing;
        List<Refusal> wrong = [.. Texts.Check("place", command.Place, Texts.Name), .. Texts.Check("extraordinary", command.Extraordinary, Texts.Remark, required: false)];
        if (wrong.Count > 0) return Decision.Refuse(wrong);

        ImmutableArray<EntitledMember> entitled =
        [
            .. people.Where(p => !p.Removed && p.Roles.Contains(Role.CommitteeMember)).OrderBy(p => p.Id.Value, StringComparer.Ordinal).Select(p => new EntitledMember(p.Id, p.Unit)),
        ];
        if (entitled.IsEmpty) return NoMembers.With();

        var early = last is { } before && command.Date < before.AddMonths(policy.Content.MeetingEveryMonths);
        if (early && string.IsNullOrWhiteSpace(command.Extraordinary)) return MeetingTooSoon.At("extraordinary", policy.Content.MeetingEveryMonths, last!);
        var convened = new MeetingConvened(command.Meeting, command.Date, command.Place.Trim(), on.By.Person, entitled, early ? command.Extraordinary : null, policy.Ref);
        return deferred.Where(p => p.Stage == Stage.Committee && p.Intake.Correction is null && p.Committee.DeferredOn <= command.Date)
            .OrderBy(p => p.Committee.DeferredOn).ThenBy(p => p.Id.Value, StringComparer.Ordinal)
            .Aggregate(Decision.Of(command.Meeting.Stream, convened), Place);

        Decision Place(Decision so, Proposal proposal)
        {
            var meeting = Committee.Meeting.Kind.Fold(so.On(command.Meeting.Stream))!;
            var placed = PlaceAgendaItem.Place(meeting, proposal, people, [], policy); // who wrote it is recused when the vote is opened, at the latest
            return placed.Refused ? so : so.And(placed);
        }
    }
}
