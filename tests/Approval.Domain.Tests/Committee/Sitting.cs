using System.Collections.Immutable;
using Approval.Calendars;
using Approval.Directory;
using Approval.Funds;
using Approval.Testing;
using static Approval.Testing.Sample;

namespace Approval.Committee;

/// <summary>A meeting of six members that has the sample proposal of the health unit as item 1: the health member is recused, the transport member stays away.</summary>
static class Sitting
{
    public static readonly MeetingId Id = Past.Meeting;
    public static readonly DateOnly Day = new(2026, 3, 2);
    public static readonly WorkingCalendar Calendar = WorkingCalendar.WeekendsOnly;
    public static readonly RoundId Round = new("issuance-1");

    public static readonly Actor Education = Person("education-cio", new("education"), Role.DepartmentalCio, Role.CommitteeMember);
    public static readonly Actor Finance = Person("finance-cio", new("finance"), Role.DepartmentalCio, Role.CommitteeMember);
    public static readonly Actor Transport = Person("transport-cio", new("transport"), Role.DepartmentalCio, Role.CommitteeMember);

    /// <summary>In the order of the directory's ids.</summary>
    public static readonly Actor[] Members = [DepartmentalCio, DistrictCio, Education, Finance, OtherCio, Transport];

    /// <summary>Those who may vote on the item: neither recused nor away.</summary>
    public static readonly Actor[] Voters = [DistrictCio, Education, Finance, OtherCio];

    public static Person Known(Actor a, params string[] ties) => new() { Id = a.Person, Unit = a.Unit, Roles = a.Roles, Ties = new([.. ties], []) };

    public static MeetingConvened Convened => new(Id, Day, "区政府会议室", DistrictCio.Person, [.. Members.Select(m => new EntitledMember(m.Person, m.Unit))], null, Policy.Ref);

    public static object[] WithItem =>
    [
        Convened, new MeetingItemPlaced(1, Sample.Id, Content.Title, Health, new(4_500_000m), false, Policy.Ref),
        new MemberRecused(1, DepartmentalCio.Person, RecusalGround.OwnUnit, null),
    ];

    public static object[] Attended => [.. WithItem, .. Members.Except([Transport]).Select(m => new AttendanceRecorded(m.Person, true, [1]))];

    public static VoteOpened ApproveMoved => new(1, MotionKind.Approve, new(4_000_000m), ["接入统一身份认证"], 1);

    public static object[] Moved => [.. Attended, ApproveMoved];

    public static object[] DeferMoved => [.. Attended, new VoteOpened(1, MotionKind.Defer, null, [], 1)];

    /// <summary>The voters' votes in the order of <see cref="Voters"/>.</summary>
    public static object[] Votes(params Vote[] votes) => [.. votes.Select((v, i) => new VoteCast(1, Voters[i].Person, v))];

    /// <summary>The proposal as the item of the meeting.</summary>
    public static object[] OnAgenda => [.. Past.Unified, new AgendaItemPlaced(Id, 1)];

    public static Scenario<Meeting> Given(params object[] past) => Scenario.Given(Meeting.Kind, Id.Stream, past);

    public static Proposal Proposal(params object[] past) => Scenario.Given(past).State;

    public static Fund Fund(params object[] past) => Funds.Fund.Kind.Fold([.. Past.FundHolding, .. past])!;
}
