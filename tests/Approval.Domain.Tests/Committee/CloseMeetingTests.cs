using Approval.Testing;
using static Approval.Testing.Sample;

namespace Approval.Committee;

public sealed class CloseMeetingTests
{
    static readonly object[] Decided =
        [.. Sitting.Moved, new ItemResolved(1, Resolution.Approved, new(6, 4, 1, 3, 1, 0), new(4_000_000m), ["接入统一身份认证"], null)];

    static Decided<Meeting> When(object[] meeting, Actor? by = null, string? remarks = "会议顺利", DateOnly? today = null) =>
        Sitting.Given(meeting).When(m => CloseMeeting.Decide(new(remarks), m, today ?? Sitting.Day, (by ?? Office).Acts()));

    [Fact]
    public void The_office_closes_a_meeting_when_every_item_is_resolved() => When(Decided).Then(new MeetingClosed("会议顺利")).AgainNothing();

    [Fact]
    public void No_item_is_left_undecided() => When(Sitting.Moved).ThenRefused("items-undecided");

    [Fact]
    public void Nobody_but_the_office_closes() => When(Decided, DistrictCio).ThenRefused("not-permitted");

    [Fact]
    public void A_meeting_is_not_over_before_its_day() => When([Sitting.Convened], today: Sitting.Day.AddDays(-1)).ThenRefused("meeting-not-begun");

    [Fact]
    public void Remarks_hold_no_control_characters() => When(Decided, remarks: "a\u0001").ThenRefused(("control-characters", "remarks"));

    [Fact]
    public void The_minutes_say_what_was_recorded()
    {
        var meeting = Sitting.Given(Decided, new MeetingClosed("会议顺利")).State;
        Minutes.Of(meeting, p => p.Value, u => u.Value).ShouldBe("""
            会议日期：2026-03-02
            地点：区政府会议室
            主持人：district-cio
            应到委员：6 人
            实到委员：5 人 departmental-cio（health）、district-cio（district）、education-cio（education）、finance-cio（finance）、other-cio（police）
            缺席委员：transport-cio（transport）

            议题 1：区域卫生信息平台（health）
              回避：departmental-cio，本单位项目
              表决：在场且不回避 4 人，赞成 3，反对 1，弃权 0
              决议：通过，4000000.00 元
              条件 1：接入统一身份认证

            备注：会议顺利

            """);
    }
}
