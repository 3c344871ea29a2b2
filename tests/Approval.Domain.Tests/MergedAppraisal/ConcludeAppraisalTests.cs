using Approval.Funds;
using Approval.Intake;
using Approval.Testing;
using static Approval.MergedAppraisal.AppraisalWorld;

namespace Approval.MergedAppraisal;

public sealed class ConcludeAppraisalTests
{
    static readonly Policies.PolicyRef Policy = Sample.Policy.Ref;

    static Decided<Appraisal> Conclude(AppraisalWorld world, params Conclusion[] conclusions) => world.Given.When(a =>
        ConcludeAppraisal.Decide(new([.. conclusions]), a, world.Proposals, world.Funds, Sample.Office.Acts()));

    static ConclusionDrawn Drawn(Conclusion c) => new(c.Proposal, 1, c.Kind, c.Amount, c.Changes, c.Lead, c.Reason, Policy);

    [Fact]
    public void Recommended_goes_on_with_the_amount_and_its_reservation_holds_no_more_than_that()
    {
        var world = new AppraisalWorld(1).Disclosed();

        Conclude(world, Recommend(1, 900_000m)).Then(
            Drawn(Recommend(1, 900_000m)),
            Project(1).Stream.Has(new ProposalRecommended(Id, 1, new(900_000m), Policy)),
            new AppraisalConcluded(),
            Special.Stream.Has(new ReservationAdjusted(Reservation(1), new(900_000m), "论证通过")))
        .AgainNothing();
        world.Do(world.Conclude(Recommend(1, 900_000m)));
        world.P(1).ShouldSatisfyAllConditions(
            p => p.Stage.ShouldBe(Stage.InterfaceUnification), p => p.Appraisal.Recommended.ShouldBe(new Money(900_000m)), p => p.Held!.Amount.ShouldBe(new Money(900_000m)));
    }

    [Fact]
    public void Recommended_with_the_amount_requested_moves_no_money() =>
        Conclude(new AppraisalWorld(1).Disclosed(), Recommend(1, 1_000_000m)).Decision.On(Special.Stream).ShouldBeEmpty();

    [Fact]
    public void Recommended_with_changes_returns_the_proposal_to_its_unit_and_keeps_the_recommendation()
    {
        var world = new AppraisalWorld(1).Disclosed();

        Conclude(world, Recommend(1, 1_000_000m, "改用政务云")).Then(
            Drawn(Recommend(1, 1_000_000m, "改用政务云")),
            Project(1).Stream.Has(new ProposalRecommendedWithChanges(Id, 1, new(1_000_000m), ["改用政务云"], Policy)),
            Project(1).Stream.Has(new ProposalReturned(Stage.MergedAppraisal, 1, "论证通过", ["改用政务云"], Policy)),
            new AppraisalConcluded());
        world.Do(world.Conclude(Recommend(1, 1_000_000m, "改用政务云")));
        world.P(1).Stage.ShouldBe(Stage.MergedAppraisal);
    }

    [Fact]
    public void Not_recommended_ends_the_proposal_and_releases_its_money()
    {
        var world = new AppraisalWorld(1).Disclosed();

        Conclude(world, Refuse(1)).Then(
            Drawn(Refuse(1)),
            Project(1).Stream.Has(new ProposalNotRecommended(Id, 1, "必要性不足", Policy)),
            new AppraisalConcluded(),
            Special.Stream.Has(new MoneyReleased(Reservation(1), "必要性不足")));
        world.Do(world.Conclude(Refuse(1))).P(1).Outcome.ShouldBe(Outcome.NotRecommended);
    }

    [Fact]
    public void A_merge_is_one_act_over_all_its_streams()
    {
        var world = new AppraisalWorld(2).Disclosed();
        var line = world.P(2).Content.Interfaces;

        Conclude(world, Recommend(1, 2_500_000m), Into(2, 1)).Then(
            Drawn(Recommend(1, 2_500_000m)), Drawn(Into(2, 1)),
            new ProposalsMerged(Project(1), [Project(2)], new(3_000_000m), new(2_500_000m), Policy),
            Project(2).Stream.Has(new ProposalMergedInto(Id, Project(1), "项目1", 1, "内容重复", Policy)),
            Project(1).Stream.Has(new ProposalAbsorbed(Id, Project(2), "项目2", Unit(2), Requested(2), line, [], null, Policy)),
            Project(1).Stream.Has(new ProposalRecommended(Id, 1, new(2_500_000m), Policy)),
            new AppraisalConcluded(),
            Special.Stream.Has(new ReservationCarriedOver(Reservation(2), Reservation(1), Requested(2))),
            Special.Stream.Has(new ReservationAdjusted(Reservation(1), new(2_500_000m), "论证通过")));
    }

    [Fact]
    public void The_lineage_is_known_on_both_sides_and_the_absorbed_end_as_merged()
    {
        var world = new AppraisalWorld(3).Disclosed();
        world.Do(world.Conclude(Recommend(3, 5_000_000m), Into(1, 3), Into(2, 3)));

        world.P(1).ShouldSatisfyAllConditions(p => p.Outcome.ShouldBe(Outcome.Merged), p => p.Appraisal.MergedInto.ShouldBe(Project(3)), p => p.Held.ShouldBeNull());
        world.P(3).Appraisal.Absorbed.Select(a => a.Absorbed).ShouldBe([Project(1), Project(2)]);
        world.Fund(Special).Held.ShouldBe(new Money(5_000_000m));
    }

    [Fact]
    public void What_merging_saved_is_what_all_had_asked_for_less_what_is_recommended_for_the_merged_project()
    {
        var world = new AppraisalWorld(3).Disclosed();
        world.Do(world.Conclude(Recommend(3, 4_200_000m), Into(1, 3), Into(2, 3)));

        world.Appraisal.Merges.Single().Saved.ShouldBe(new Money(1_800_000m));
    }

    [Fact]
    public void Money_of_another_fund_is_released_and_the_merged_project_is_paid_from_the_leads_fund()
    {
        var world = new AppraisalWorld(2, n => n == 2 ? Other : Special).Disclosed();
        world.Do(world.Conclude(Recommend(1, 2_500_000m), Into(2, 1)));

        world.Fund(Other).Held.ShouldBe(Money.Zero);
        world.Fund(Special).Held.ShouldBe(new Money(2_500_000m));
    }

    [Fact]
    public void A_merged_project_that_its_fund_cannot_carry_is_refused_whole() =>
        Conclude(new AppraisalWorld(2, n => n == 2 ? Other : Special, ceiling: 2_200_000m).Disclosed(), Recommend(1, 2_500_000m), Into(2, 1)).ThenRefused("fund-exhausted");

    [Fact]
    public void Money_that_one_conclusion_releases_another_may_use()
    {
        var world = new AppraisalWorld(3, n => n == 2 ? Other : Special, ceiling: 4_000_000m).Disclosed();
        world.Do(world.Conclude(Recommend(1, 3_000_000m), Into(2, 1), Refuse(3)));

        world.Fund(Special).Held.ShouldBe(new Money(3_000_000m));
    }

    [Fact]
    public void A_correction_open_on_an_absorbed_proposal_is_carried_over_to_the_lead_once()
    {
        var world = new AppraisalWorld(2).Disclosed();
        world.Add(Project(2).Stream, new ProposalReturned(Stage.MergedAppraisal, 1, "材料不全", ["补充测算依据"]));
        world.Do(world.Conclude(Recommend(1, 2_500_000m, "改用政务云"), Into(2, 1)));

        world.P(1).Intake.Correction!.Items.ShouldBe(["改用政务云", "补充测算依据"]);
        world.P(1).Appraisal.Absorbed.Single().Corrections.ShouldBe(["补充测算依据"]);
        world.P(2).Intake.Correction.ShouldBeNull();
    }

    [Fact]
    public void The_earlier_full_check_holds_for_the_merged_project()
    {
        var world = new AppraisalWorld(3).Disclosed();
        world.Add(Project(2).Stream, new Scheduling.KeyProjectScheduled(new(2026, 4, 1), Special, Reservation(2), Requested(2), new(2026, 6, 30), Policy));
        world.Add(Project(3).Stream, new Scheduling.KeyProjectScheduled(new(2026, 4, 1), Special, Reservation(3), Requested(3), new(2026, 5, 31), Policy));
        world.Do(world.Conclude(Recommend(1, 2_500_000m), Into(2, 1), Into(3, 1)));

        world.P(1).Scheduling.FullCheckDue.ShouldBe(new DateOnly(2026, 5, 31));
    }

    [Fact]
    public void A_general_lead_owes_the_full_check_of_the_key_project_that_it_took_in()
    {
        var world = new AppraisalWorld(2).Disclosed();
        world.Add(Project(2).Stream, new Scheduling.KeyProjectScheduled(new(2026, 4, 1), Special, Reservation(2), Requested(2), new(2026, 6, 30), Policy));
        world.Do(world.Conclude(Recommend(1, 2_500_000m), Into(2, 1)));
        var lead = world.P(1);

        lead.Track.ShouldBe(Track.General);
        lead.Scheduling.Slot.ShouldBeNull();
        Waiting.On(lead).Select(w => w.Deed).ShouldContain("CompleteFullCheck");
        Deadlines.Deadline.Of(lead, Sample.Policy, Calendars.WorkingCalendar.WeekendsOnly).Single(d => d.Key.Kind == Deadlines.DeadlineKind.FullCheck).Due.ShouldBe(new(2026, 6, 30));
        Scheduling.CompleteFullCheck.BeforeDecision(lead)!.Code.ShouldBe("full-check-open");
    }

    [Fact]
    public void Only_the_office_records_the_conclusion()
    {
        var world = new AppraisalWorld(1).Disclosed();

        world.Given.When(a => ConcludeAppraisal.Decide(new([Recommend(1, 1m)]), a, world.Proposals, world.Funds, As(Experts[0]).Acts())).ThenRefused("not-permitted");
    }

    [Fact]
    public void Nothing_is_concluded_before_the_sheets_are_disclosed() =>
        Conclude(new AppraisalWorld(1).Empanelled(), Recommend(1, 1_000_000m)).ThenRefused("sheets-outstanding");

    [Fact]
    public void Nothing_is_concluded_while_the_panel_is_incomplete()
    {
        Conclude(new AppraisalWorld(1).Opened(), Recommend(1, 1_000_000m)).ThenRefused("panel-incomplete");
        var world = new AppraisalWorld(1).Empanelled();
        world.Do(RecuseExpert.Decide(new(Experts[0].Id, "利益关系"), world.Appraisal, Sample.Office.Acts()));

        Conclude(world, Recommend(1, 1_000_000m)).ThenRefused("panel-incomplete");
    }

    [Fact]
    public void Every_proposal_is_settled() => Conclude(new AppraisalWorld(2).Disclosed(), Recommend(1, 1_000_000m)).ThenRefused(("proposals-unsettled", "conclusions"));

    [Fact]
    public void A_withdrawn_proposal_needs_no_conclusion_and_gets_none()
    {
        var world = new AppraisalWorld(2).Disclosed();
        world.Add(Project(2).Stream, new ProposalWithdrawn("不再需要"));

        Conclude(world, Recommend(1, 1_000_000m), Refuse(2)).ThenRefused(("not-under-appraisal", "conclusions[1].proposal"));
        Conclude(world, Recommend(1, 1_000_000m)).Decision.Refused.ShouldBeFalse();
    }

    [Fact]
    public void No_proposal_is_settled_twice() =>
        Conclude(new AppraisalWorld(1).Disclosed(), Recommend(1, 1_000_000m), Refuse(1)).ThenRefused(("entry-twice", "conclusions[1].proposal"));

    [Fact]
    public void No_more_is_recommended_than_was_requested()
    {
        Conclude(new AppraisalWorld(1).Disclosed(), Recommend(1, 1_000_000.01m)).ThenRefused(("amount-above-requested", "conclusions[0].amount"));
        Conclude(new AppraisalWorld(2).Disclosed(), Recommend(1, 3_000_000.01m), Into(2, 1)).ThenRefused(("amount-above-requested", "conclusions[0].amount"));
    }

    [Theory]
    [InlineData(0), InlineData(-1)]
    public void A_recommended_amount_is_above_zero(int yuan) =>
        Conclude(new AppraisalWorld(1).Disclosed(), Recommend(1, yuan)).ThenRefused(("amount-not-positive", "conclusions[0].amount"));

    [Fact]
    public void Amount_changes_and_lead_fit_the_kind_of_conclusion()
    {
        var one = new AppraisalWorld(1).Disclosed();

        Conclude(one, Recommend(1, 1m) with { Amount = null }).ThenRefused(("conclusion-unfitting", "conclusions[0].amount"));
        Conclude(one, Refuse(1) with { Amount = new(1m) }).ThenRefused(("conclusion-unfitting", "conclusions[0].amount"));
        Conclude(one, Recommend(1, 1m) with { Changes = ["改"] }).ThenRefused(("conclusion-unfitting", "conclusions[0].changes"));
        Conclude(one, Recommend(1, 1m, "改") with { Changes = [] }).ThenRefused(("conclusion-unfitting", "conclusions[0].changes"));
        Conclude(one, Recommend(1, 1m) with { Lead = Project(2) }).ThenRefused(("conclusion-unfitting", "conclusions[0].lead"));
        Conclude(one, Into(1, 2) with { Lead = null }).ThenRefused(("conclusion-unfitting", "conclusions[0].lead"));
    }

    [Fact]
    public void At_most_fifty_changes_are_asked_for() =>
        Conclude(new AppraisalWorld(1).Disclosed(), Recommend(1, 1m, [.. Enumerable.Repeat("改", 51)])).ThenRefused(("too-many-entries", "conclusions[0].changes"));

    [Fact]
    public void A_conclusion_says_why() =>
        Conclude(new AppraisalWorld(1).Disclosed(), Refuse(1) with { Reason = " " }).ThenRefused(("text-required", "conclusions[0].reason"));

    [Fact]
    public void A_lead_is_another_proposal_recommended_in_the_same_act()
    {
        var world = new AppraisalWorld(3).Disclosed();

        Conclude(world, Into(1, 1), Refuse(2), Refuse(3)).ThenRefused(("lead-not-recommended", "conclusions[0].lead"));
        Conclude(world, Into(1, 2), Refuse(2), Refuse(3)).ThenRefused(("lead-not-recommended", "conclusions[0].lead"));
        Conclude(world, Into(1, 9), Refuse(2), Refuse(3)).ThenRefused(("lead-not-recommended", "conclusions[0].lead"));
    }

    [Fact]
    public void Merges_form_neither_chains_nor_cycles()
    {
        var world = new AppraisalWorld(3).Disclosed();

        Conclude(world, Into(1, 2), Into(2, 3), Recommend(3, 1m)).ThenRefused(("lead-not-recommended", "conclusions[0].lead"));
        Conclude(world, Into(1, 2), Into(2, 1), Recommend(3, 1m)).ThenRefused(("lead-not-recommended", "conclusions[0].lead"), ("lead-not-recommended", "conclusions[1].lead"));
    }

    [Fact]
    public void A_proposal_under_correction_is_merged_but_not_judged()
    {
        var world = new AppraisalWorld(1).Disclosed();
        world.Add(Project(1).Stream, new ProposalReturned(Stage.MergedAppraisal, 1, "材料不全", ["补充测算依据"]));

        Conclude(world, Recommend(1, 1m)).ThenRefused(("correction-open", "conclusions[0].proposal"));
        Conclude(world, Refuse(1)).ThenRefused(("correction-open", "conclusions[0].proposal"));
    }

    [Fact]
    public void A_concluded_appraisal_is_not_concluded_otherwise()
    {
        var world = new AppraisalWorld(1).Disclosed();
        world.Do(world.Conclude(Recommend(1, 900_000m)));

        Conclude(world, Recommend(1, 800_000m)).ThenRefused("appraisal-concluded");
        Conclude(world, Recommend(1, 900_000m)).ThenNothing();
    }
}
