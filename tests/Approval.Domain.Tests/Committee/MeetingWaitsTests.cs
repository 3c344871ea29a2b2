using Approval.Testing;

namespace Approval.Committee;

public sealed class MeetingWaitsTests
{
    const string Office = "cio-office/*/*";
    const string Chair = "district-cio/*/district-cio";

    static IEnumerable<string> Of(params object[] past) => Sitting.Given(past).State.Waits.Select(w => w.Key);

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

    [Fact]
    public void A_meeting_waits_for_each_since_its_turn_came()
    {
        var (item, moved) = (Sample.Monday, Sample.Monday.AddHours(2));
        var begun = Sitting.Given(Sitting.Attended).State;
        begun.Waits.Single().ShouldBe(new("ResolveItem", Role.DistrictCio, null, Sample.DistrictCio.Person, item));
        var voting = Meeting.Kind.Evolve(begun, Sitting.ApproveMoved, moved);
        voting = Meeting.Kind.Evolve(voting, Sitting.Votes(Vote.For)[0], moved.AddHours(1));
        voting.Waits.Select(w => (w.Person!.Value.Value, w.Since)).ShouldBe([("education-cio", moved), ("finance-cio", moved), ("other-cio", moved)], ignoreOrder: true);
    }
}
