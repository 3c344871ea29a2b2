using Approval.Testing;
using static Approval.Testing.Sample;

namespace Approval.Committee;

public sealed class CastVoteTests
{
    static Decided<Meeting> When(object[] meeting, Actor by, Vote vote = Vote.For, int item = 1, DateOnly? today = null) =>
        Sitting.Given(meeting).When(m => CastVote.Decide(new(item, vote), m, Policy, today ?? Sitting.Day, by.Acts()));

    [Fact]
    public void A_member_present_votes_once() =>
        When(Sitting.Moved, Sitting.Finance).Then(new VoteCast(1, Sitting.Finance.Person, Vote.For)).AgainNothing();

    [Fact]
    public void A_vote_may_be_changed_while_the_vote_is_open() =>
        When([.. Sitting.Moved, new VoteCast(1, Sitting.Finance.Person, Vote.For)], Sitting.Finance, Vote.Against).Then(new VoteCast(1, Sitting.Finance.Person, Vote.Against));

    [Fact]
    public void A_member_not_recorded_present_for_the_item_does_not_vote() => When(Sitting.Moved, Sitting.Transport).ThenRefused("not-present");

    [Fact]
    public void A_member_who_left_does_not_vote() =>
        When([.. Sitting.Moved, new AttendanceRecorded(Sitting.Finance.Person, false, [1])], Sitting.Finance).ThenRefused("not-present");

    [Fact]
    public void A_recused_member_does_not_vote_though_in_the_room() => When(Sitting.Moved, DepartmentalCio).ThenRefused("recused");

    [Fact]
    public void There_is_no_proxy_and_no_substitute()
    {
        When(Sitting.Moved, Person("deputy", new("finance"), Role.CommitteeMember)).ThenRefused("not-entitled");
        When(Sitting.Moved, Office).ThenRefused("not-permitted");
        When(Sitting.Moved, Expert).ThenRefused("not-permitted");
    }

    [Fact]
    public void Quorum_is_judged_at_each_vote() =>
        When([.. Sitting.Moved, new AttendanceRecorded(OtherCio.Person, false, [1])], Sitting.Finance).ThenRefused("no-quorum");

    [Fact]
    public void Without_a_motion_nobody_votes() => When(Sitting.Attended, Sitting.Finance).ThenRefused("no-vote-open");

    [Fact]
    public void An_item_is_there_unresolved_in_a_meeting_that_runs()
    {
        When(Sitting.Moved, Sitting.Finance, item: 2).ThenRefused("no-such-item");
        When([.. Sitting.Moved, new ItemResolved(1, Resolution.Deferred, default, null, [], "延期")], Sitting.Finance).ThenRefused("item-resolved-already");
        When(Sitting.Moved, Sitting.Finance, today: Sitting.Day.AddDays(-1)).ThenRefused("meeting-not-begun");
        When([.. Sitting.Moved, new MeetingClosed(null)], Sitting.Finance).ThenRefused("meeting-over");
    }
}
