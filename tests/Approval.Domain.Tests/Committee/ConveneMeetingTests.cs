using Approval.Testing;
using static Approval.Testing.Sample;

namespace Approval.Committee;

public sealed class ConveneMeetingTests
{
    static readonly ConveneMeeting Regular = new(Sitting.Id, Sitting.Day, "区政府会议室", null);

    static Decided<Meeting> When(ConveneMeeting command, Actor by, DateOnly? last = null, IReadOnlyCollection<Directory.Person>? people = null, params Proposal[] deferred) =>
        Sitting.Given().WhenNew(m => ConveneMeeting.Decide(command, m, people ?? [.. Sitting.Members.Append(Officer).Select(a => Sitting.Known(a))], deferred, last, Policy, by.Acts()));

    static DeferredByCommittee Deferred(DateOnly on) => new(new("m0"), 1, on, 1, "材料", Counted: true, default, Policy.Ref);

    [Fact]
    public void The_district_cio_convenes_and_chairs_and_the_committees_members_of_that_day_are_entitled() =>
        When(Regular, DistrictCio).Then(Sitting.Convened).AgainNothing();

    [Fact]
    public void Nobody_but_the_district_cio_convenes()
    {
        When(Regular, Office).ThenRefused("not-permitted");
        When(Regular, OtherCio).ThenRefused("not-permitted");
        When(Regular, Auditor).ThenRefused("not-permitted");
    }

    [Fact]
    public void A_person_removed_is_no_member() =>
        When(Regular, DistrictCio, people: [.. Sitting.Members.Select(a => Sitting.Known(a)), Sitting.Known(Person("gone", Police, Role.CommitteeMember)) with { Removed = true }])
            .Then(Sitting.Convened);

    [Fact]
    public void A_committee_without_members_does_not_meet() =>
        When(Regular, DistrictCio, people: [Sitting.Known(Officer)]).ThenRefused("no-members");

    [Fact]
    public void A_meeting_is_held_somewhere() =>
        When(Regular with { Place = " " }, DistrictCio).ThenRefused(("text-required", "place"));

    [Fact]
    public void What_an_earlier_meeting_deferred_stands_on_the_agenda_from_the_beginning()
    {
        var waiting = Sitting.Proposal([.. Past.Unified, Deferred(new(2026, 1, 2))]);
        When(Regular, DistrictCio, new(2026, 1, 2), deferred: waiting)
            .Then(Sitting.Convened, Sitting.WithItem[1], Sitting.WithItem[2], Sample.Id.Stream.Has(new AgendaItemPlaced(Sitting.Id, 1)));
        Sitting.Proposal([.. Past.Unified, Deferred(new(2026, 1, 2)), new AgendaItemPlaced(Sitting.Id, 1)]).Committee.DeferredOn.ShouldBeNull();
    }

    [Fact]
    public void What_cannot_be_decided_or_was_deferred_later_is_not_placed()
    {
        object[] waiting = [.. Past.Unified, Deferred(new(2026, 1, 2))];
        foreach (var proposal in new[]
        {
            Sitting.Proposal([.. Past.Unified, Deferred(Sitting.Day.AddDays(1))]),
            Sitting.Proposal([.. waiting, new Intake.ProposalReturned(Stage.Committee, 1, "预算不清", [])]),
            Sitting.Proposal([.. waiting, new InterfaceUnification.UnificationVoided(2, [Intake.ContentPart.Interfaces])]),
            Sitting.Proposal([.. waiting, new Intake.ProposalWithdrawn("另行立项")]),
        })
        {
            When(Regular, DistrictCio, new(2026, 1, 2), deferred: proposal).Then(Sitting.Convened);
        }
    }

    [Fact]
    public void Before_the_regular_interval_is_over_a_meeting_needs_a_reason()
    {
        When(Regular, DistrictCio, last: new(2026, 1, 3)).ThenRefused(("meeting-too-soon", "extraordinary"));
        When(Regular with { Extraordinary = "重大项目急需" }, DistrictCio, last: new(2026, 1, 3)).Then(Sitting.Convened with { Extraordinary = "重大项目急需" });
        When(Regular, DistrictCio, last: new(2026, 1, 2)).Then(Sitting.Convened);
    }
}
