using Approval.Testing;
using static Approval.Testing.Sample;

namespace Approval.Committee;

public sealed class RecuseMemberTests
{
    static Decided<Meeting> When(object[] meeting, Actor by, Actor? member = null, int item = 1, string reason = "亲属在承建单位任职") =>
        Sitting.Given(meeting).When(m => RecuseMember.Decide(new(item, (member ?? Sitting.Finance).Person, reason), m, by.Acts()));

    static MemberRecused Recused => new(1, Sitting.Finance.Person, RecusalGround.Other, "亲属在承建单位任职");

    [Fact]
    public void A_member_recuses_from_an_item() => When(Sitting.Attended, Sitting.Finance).Then(Recused).AgainNothing();

    [Fact]
    public void The_office_records_a_recusal() => When(Sitting.Attended, Office).Then(Recused);

    [Fact]
    public void Who_is_recused_already_need_not_be_again() => When(Sitting.WithItem, Office, DepartmentalCio).ThenNothing();

    [Fact]
    public void A_member_does_not_recuse_another()
    {
        When(Sitting.Attended, OtherCio).ThenRefused("not-permitted");
        When(Sitting.Attended, Officer).ThenRefused("not-permitted");
    }

    [Fact]
    public void A_reason_is_needed() => When(Sitting.Attended, Office, reason: " ").ThenRefused(("text-required", "reason"));

    [Fact]
    public void Who_is_not_entitled_cannot_be_recused() => When(Sitting.Attended, Office, Officer).ThenRefused("not-entitled");

    [Fact]
    public void An_item_that_is_not_there_is_refused() => When(Sitting.Attended, Office, item: 5).ThenRefused("no-such-item");

    [Fact]
    public void A_resolved_item_is_not_rewritten() =>
        When([.. Sitting.Attended, new ItemResolved(1, Resolution.Deferred, default, null, [], "延期")], Office).ThenRefused("item-resolved-already");

    [Fact]
    public void A_meeting_that_is_over_is_not_changed() => When([.. Sitting.Attended, new MeetingClosed(null)], Office).ThenRefused("meeting-over");
}
