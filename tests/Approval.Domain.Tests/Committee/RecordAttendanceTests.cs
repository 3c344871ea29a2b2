using Approval.Testing;
using static Approval.Testing.Sample;

namespace Approval.Committee;

public sealed class RecordAttendanceTests
{
    static readonly object[] TwoItems = [.. Sitting.WithItem, new MeetingItemPlaced(2, new("p2"), "交通信号系统", Police, new(1_000_000m), false, Policy.Ref)];

    static Decided<Meeting> When(object[] meeting, RecordAttendance command, Actor? by = null, DateOnly? today = null) =>
        Sitting.Given(meeting).When(m => RecordAttendance.Decide(command, m, today ?? Sitting.Day, (by ?? Office).Acts()));

    static RecordAttendance Arrives(int? item = null) => new(Sitting.Finance.Person, true, item);
    static RecordAttendance Leaves(int? item = null) => new(Sitting.Finance.Person, false, item);

    [Fact]
    public void A_member_arrives_for_every_item_not_yet_resolved_and_the_meeting_has_begun() =>
        When(TwoItems, Arrives()).Then(new AttendanceRecorded(Sitting.Finance.Person, true, [1, 2])).AgainNothing().WithState(m => m.Begun.ShouldBeTrue());

    [Fact]
    public void A_member_may_be_present_for_one_item_only() =>
        When(TwoItems, Arrives(2)).Then(new AttendanceRecorded(Sitting.Finance.Person, true, [2])).AgainNothing();

    [Fact]
    public void A_member_who_leaves_is_absent_from_the_items_left() =>
        When([.. TwoItems, new AttendanceRecorded(Sitting.Finance.Person, true, [1, 2]), new ItemResolved(1, Resolution.Deferred, default, null, [], "延期")], Leaves())
            .Then(new AttendanceRecorded(Sitting.Finance.Person, false, [2])).AgainNothing();

    [Fact]
    public void Attendance_for_a_resolved_item_is_not_rewritten() =>
        When([.. TwoItems, new ItemResolved(1, Resolution.Deferred, default, null, [], "延期")], Arrives(1)).ThenRefused("item-resolved-already");

    [Fact]
    public void Nobody_but_the_office_records_attendance()
    {
        When(TwoItems, Arrives(), by: Sitting.Finance).ThenRefused("not-permitted");
        When(TwoItems, Arrives(), by: DistrictCio).ThenRefused("not-permitted");
    }

    [Fact]
    public void No_substitute_attends() =>
        When(TwoItems, new(new("deputy"), true, null)).ThenRefused(("not-entitled", "member"));

    [Fact]
    public void Attendance_is_not_recorded_before_the_day_but_may_be_the_day_after()
    {
        When(TwoItems, Arrives(), today: Sitting.Day.AddDays(-1)).ThenRefused("meeting-not-begun");
        When(TwoItems, Arrives(), today: Sitting.Day.AddDays(1)).Then(new AttendanceRecorded(Sitting.Finance.Person, true, [1, 2]));
    }

    [Fact]
    public void A_meeting_without_items_does_not_begin() => When([Sitting.Convened], Arrives()).ThenRefused("agenda-empty");

    [Fact]
    public void An_item_that_is_not_there_is_refused() => When(TwoItems, Arrives(3)).ThenRefused("no-such-item");

    [Fact]
    public void A_meeting_that_is_over_is_not_changed() => When([.. TwoItems, new MeetingClosed(null)], Arrives()).ThenRefused("meeting-over");
}
