using Approval.Intake;
using Approval.Testing;
using static Approval.Testing.Sample;

namespace Approval.Committee;

public sealed class RemoveAgendaItemTests
{
    static Decided<Meeting> When(object[] meeting, object[]? proposal = null, Actor? by = null, int item = 1, string reason = "材料未齐") =>
        Sitting.Given(meeting).When(m => RemoveAgendaItem.Decide(new(item, reason), m, Scenario.Given(proposal ?? Sitting.OnAgenda).State, (by ?? Office).Acts()));

    [Fact]
    public void Before_the_meeting_begins_the_office_takes_an_item_off() =>
        When(Sitting.WithItem).Then(new MeetingItemRemoved(1, "材料未齐"), Sample.Id.Stream.Has(new AgendaItemRemoved(Sitting.Id, 1, "材料未齐"))).AgainNothing();

    [Fact]
    public void Once_the_meeting_has_begun_an_item_that_can_be_decided_stays() => When(Sitting.Attended).ThenRefused("agenda-fixed");

    [Fact]
    public void A_withdrawn_proposal_is_taken_off_a_meeting_that_has_begun() =>
        When(Sitting.Attended, [.. Sitting.OnAgenda, new ProposalWithdrawn("另行立项")])
            .Then(new MeetingItemRemoved(1, "材料未齐"), Sample.Id.Stream.Has(new AgendaItemRemoved(Sitting.Id, 1, "材料未齐")));

    [Fact]
    public void A_proposal_under_correction_is_taken_off_a_meeting_that_has_begun() =>
        When(Sitting.Attended, [.. Sitting.OnAgenda, new ProposalReturned(Stage.Committee, 1, "预算不清", [])])
            .Then(new MeetingItemRemoved(1, "材料未齐"), Sample.Id.Stream.Has(new AgendaItemRemoved(Sitting.Id, 1, "材料未齐")));

    [Fact]
    public void A_resolved_item_stays() =>
        When([.. Sitting.Moved, new ItemResolved(1, Resolution.Deferred, default, null, [], "延期")]).ThenRefused("item-resolved-already");

    [Fact]
    public void Nobody_but_the_office_removes() => When(Sitting.WithItem, by: DistrictCio).ThenRefused("not-permitted");

    [Fact]
    public void A_reason_is_needed() => When(Sitting.WithItem, reason: "").ThenRefused(("text-required", "reason"));

    [Fact]
    public void An_item_that_never_was_is_refused() => When(Sitting.WithItem, item: 7).ThenRefused("no-such-item");

    [Fact]
    public void A_meeting_that_is_over_is_not_changed() => When([.. Sitting.WithItem, new MeetingClosed(null)]).ThenRefused("meeting-over");
}
