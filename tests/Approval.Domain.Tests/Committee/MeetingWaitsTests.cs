using Approval.Testing;

namespace Approval.Committee;

public sealed class MeetingWaitsTests
{
    const string Office = "cio-office/*/*";
    const string Chair = "district-cio/*/district-cio";

    static IEnumerable<string> Of(params object[] past) => MeetingWaits.KeysOf(Sitting.Given(past).State);

    [Fact]
    public void A_meeting_waits_for_the_office_until_it_has_begun()
    {
        Of(Sitting.Convened).ShouldBe([Office]);
        Of(Sitting.WithItem).ShouldBe([Office]);
    }

    [Fact]
    public void An_item_waits_for_its_motion_then_for_each_vote_then_for_the_declaration()
    {
        Of(Sitting.Attended).ShouldBe([Chair]);
        Of(Sitting.Moved, Sitting.Votes(Vote.For, Vote.For)).ShouldBe(["committee-member/*/finance-cio", "committee-member/*/other-cio"]);
        Of(Sitting.Moved, Sitting.Votes(Vote.For, Vote.For, Vote.For, Vote.For)).ShouldBe([Chair]);
    }

    [Fact]
    public void With_all_items_resolved_it_waits_to_be_closed_and_then_for_nobody()
    {
        var resolved = new ItemResolved(1, Resolution.Deferred, default, null, [], "延期");
        Of(Sitting.Moved, resolved).ShouldBe([Office]);
        Of(Sitting.Moved, resolved, new MeetingClosed(null)).ShouldBeEmpty();
    }
}
