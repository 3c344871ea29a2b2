using Approval.Calendars;
using Approval.Intake;
using Approval.Policies;
using Approval.Testing;

namespace Approval.Deadlines;

public sealed class DeadlineTests
{
    static readonly WorkingCalendar Calendar = WorkingCalendar.Kind.Fold([new CalendarAdopted(1, StateCouncil.Year2026)])!;
    static readonly Actor Engine = Actor.Engine(Sample.Jurisdiction);
    static readonly DeadlineKey FormCheck = new(DeadlineKind.Stage, new(2026, 3, 2));

    static DateTimeOffset On(int month, int day) => new(2026, month, day, 2, 0, 0, TimeSpan.Zero);

    static Proposal Folded(params IEnumerable<(object Event, DateTimeOffset At)> events) =>
        events.Aggregate<(object Event, DateTimeOffset At), Proposal?>(null, (p, e) => Proposal.Kind.Evolve(p, e.Event, e.At))!;

    static readonly (object, DateTimeOffset)[] Submitted = [.. Past.Submitted.Select(e => (e, On(3, 2)))];

    static IEnumerable<Deadline> Deadlines(Proposal proposal) => Deadline.Of(proposal, Sample.Policy, Calendar);

    static Decision Remind(Proposal proposal, DateTimeOffset at, DeadlineKey? key = null, Actor? by = null) =>
        RemindDeadline.Decide(new(key ?? FormCheck), proposal, Sample.Policy, Calendar, (by ?? Engine).Acts(at));

    static Decision Escalate(Proposal proposal, DateTimeOffset at, DeadlineKey? key = null, Actor? by = null) =>
        EscalateDeadline.Decide(new(key ?? FormCheck), proposal, Sample.Policy, Calendar, (by ?? Engine).Acts(at));

    [Fact]
    public void A_stage_has_the_limit_and_the_reminder_of_its_policy()
    {
        var deadline = Deadlines(Folded(Submitted)).ShouldHaveSingleItem();
        (deadline.Key, deadline.Remind, deadline.Due).ShouldBe((FormCheck, new(2026, 3, 5), new(2026, 3, 9)));
        deadline.Actors.ShouldBe([Role.CioOffice]);
        deadline.OverdueOn(new(2026, 3, 9)).ShouldBeFalse();
        deadline.OverdueOn(new(2026, 3, 10)).ShouldBeTrue();
    }

    [Fact]
    public void While_the_unit_corrects_its_answer_is_due_and_the_stage_waits()
    {
        var deadline = Deadlines(Folded([.. Submitted, (new ProposalReturned(Stage.FormCheck, 1, "不全", ["预算"]), On(3, 4))])).ShouldHaveSingleItem();
        (deadline.Key, deadline.Due).ShouldBe((new(DeadlineKind.Correction, new(2026, 3, 4)), new(2026, 3, 25)));
        deadline.Actors.ShouldBe([Role.UnitOfficer]);
    }

    [Fact]
    public void The_self_evaluation_is_reminded_of_from_its_first_day_and_escalated_after_its_last()
    {
        (object, DateTimeOffset)[] accepted = [.. new object[][] { Supervision.Supervised.ConditionsMet, [Supervision.Supervised.Accepted] }.SelectMany(e => e).Select(e => (e, On(3, 2)))];
        var project = Folded(accepted);
        var key = new DeadlineKey(DeadlineKind.SelfEvaluation, new(2027, 6, 1));
        var deadline = Deadlines(project).ShouldHaveSingleItem();
        (deadline.Key, deadline.Remind, deadline.Due).ShouldBe((key, new(2028, 6, 1), new(2029, 6, 1)));
        deadline.Actors.ShouldBe([Role.UnitOfficer]);

        Remind(project, new(2028, 5, 31, 2, 0, 0, TimeSpan.Zero), key).Facts.ShouldBeEmpty();
        Remind(project, new(2028, 6, 1, 2, 0, 0, TimeSpan.Zero), key).Facts.ShouldHaveSingleItem();
        Escalate(project, new(2029, 6, 1, 2, 0, 0, TimeSpan.Zero), key).Facts.ShouldBeEmpty();
        Escalate(project, new(2029, 6, 2, 2, 0, 0, TimeSpan.Zero), key).Facts.ShouldHaveSingleItem();
        Deadlines(Folded([.. accepted, (new Supervision.SelfEvaluationSubmitted(new(2028, 7, 1), 88, "效果良好", Late: false), On(3, 2))])).ShouldBeEmpty();
    }

    [Fact]
    public void A_closed_proposal_has_no_deadline() =>
        Deadlines(Folded([.. Submitted, (new ProposalWithdrawn("不再需要"), On(3, 3))])).ShouldBeEmpty();

    [Fact]
    public void A_stage_without_a_limit_has_no_deadline() => Deadlines(Folded((Past.Drafted[0], On(3, 2)))).ShouldBeEmpty();

    [Fact]
    public void A_deadline_is_reminded_of_once_from_its_day_on()
    {
        var proposal = Folded(Submitted);
        Remind(proposal, On(3, 4)).Facts.ShouldBeEmpty();
        Remind(proposal, On(3, 5)).Facts.ShouldHaveSingleItem().Event.ShouldBe(new DeadlineReminded(FormCheck, Stage.FormCheck, new(2026, 3, 9)));
        var reminded = Folded([.. Submitted, (new DeadlineReminded(FormCheck, Stage.FormCheck, new(2026, 3, 9)), On(3, 5))]);
        Remind(reminded, On(3, 6)).Facts.ShouldBeEmpty();
    }

    [Fact]
    public void A_deadline_is_escalated_once_after_its_last_day()
    {
        var proposal = Folded(Submitted);
        Escalate(proposal, On(3, 9)).Facts.ShouldBeEmpty();
        Escalate(proposal, On(3, 10)).Facts.ShouldHaveSingleItem().Event.ShouldBe(new DeadlineEscalated(FormCheck, Stage.FormCheck, new(2026, 3, 9)));
        var escalated = Folded([.. Submitted, (new DeadlineEscalated(FormCheck, Stage.FormCheck, new(2026, 3, 9)), On(3, 10))]);
        Escalate(escalated, On(3, 11)).Facts.ShouldBeEmpty();
    }

    [Fact]
    public void A_deadline_that_is_over_is_neither_reminded_of_nor_escalated()
    {
        var moved = Folded([.. Submitted, (Past.Accepted[^1], On(3, 3)), (Past.General[^1], On(3, 3))]);
        Remind(moved, On(3, 20)).ShouldSatisfyAllConditions(d => d.Refused.ShouldBeFalse(), d => d.Facts.ShouldBeEmpty());
        Escalate(moved, On(3, 20)).ShouldSatisfyAllConditions(d => d.Refused.ShouldBeFalse(), d => d.Facts.ShouldBeEmpty());
    }

    [Fact]
    public void Only_the_engine_reminds_and_escalates()
    {
        foreach (var person in new[] { Sample.Office, Sample.Administrator, Sample.DistrictCio, Sample.Auditor })
        {
            Remind(Folded(Submitted), On(3, 5), by: person).Refusals.ShouldHaveSingleItem().Code.ShouldBe("not-permitted");
            Escalate(Folded(Submitted), On(3, 20), by: person).Refusals.ShouldHaveSingleItem().Code.ShouldBe("not-permitted");
        }
    }
}
