using Approval.Committee;
using Approval.Funds;
using Approval.Intake;
using Approval.InterfaceUnification;
using Approval.Testing;
using static Approval.MergedAppraisal.AppraisalWorld;

namespace Approval.MergedAppraisal;

public sealed class UndoMergeTests
{
    static AppraisalWorld Merged(int proposals = 2, Func<int, FundId>? fundOf = null)
    {
        var world = new AppraisalWorld(proposals, fundOf).Disclosed();
        return world.Do(world.Conclude([Recommend(1, 2_500_000m), .. Enumerable.Range(2, proposals - 1).Select(n => Into(n, 1))]));
    }

    static Decided<Appraisal> Undo(AppraisalWorld world, int lead = 1, Actor? by = null, string reason = "分期建设") => world.Given.When(a => UndoMerge.Decide(
        new(Project(lead), reason), a, world.Proposals, world.Funds, world.Proposals.ToDictionary(p => p.Id, p => new ReservationId($"new-{p.Id.Value}")), (by ?? Sample.Office).Acts()));

    [Fact]
    public void Everything_taken_in_is_given_back_in_one_act() =>
        Undo(Merged()).Then(
            new MergeTakenBack(Project(1), "分期建设", Sample.Policy.Ref),
            Project(1).Stream.Has(new AbsorptionUndone(Id, Project(2), "分期建设")),
            Project(2).Stream.Has(new MergeUndone(Id, Project(1), "分期建设", new(Special, Reservation(2), Requested(2), Committed: false), Sample.Policy.Ref, 1)),
            Project(1).Stream.Has(new RecommendationWithdrawn(Id, "分期建设", new(Special, Reservation(1), Requested(1), Committed: false), null, Sample.Policy.Ref, 1)),
            Special.Stream.Has(new CarryOverUndone(Reservation(2), Reservation(1), Requested(2), Requested(1))))
        .AgainNothing();

    [Fact]
    public void Each_proposal_stands_where_it_stood_and_the_panel_concludes_anew()
    {
        var world = Merged(3);
        world.Do(world.Undo(1));

        foreach (var p in world.Proposals)
        {
            p.Stage.ShouldBe(Stage.MergedAppraisal);
            p.Held!.Amount.ShouldBe(p.Content.Total);
            p.Appraisal.ShouldSatisfyAllConditions(a => a.Recommended.ShouldBeNull(), a => a.MergedInto.ShouldBeNull(), a => a.Absorbed.ShouldBeEmpty());
        }

        world.Do(world.Conclude(Recommend(1, 1m), Recommend(2, 1m), Recommend(3, 1m))).Appraisal.Concluded.ShouldBeTrue();
    }

    [Fact]
    public void A_merge_undone_may_be_made_and_undone_again()
    {
        var world = Merged();
        world.Do(world.Undo(1));
        world.Do(world.Conclude(Into(1, 2), Recommend(2, 2_000_000m)));
        world.Do(world.Undo(2));

        world.Appraisal.Merges.ShouldBeEmpty();
        world.Fund(Special).Held.ShouldBe(new Money(3_000_000m));
    }

    [Fact]
    public void Money_of_another_fund_is_reserved_anew()
    {
        var world = Merged(2, n => n == 2 ? Other : Special);
        world.Do(world.Undo(1));

        world.Fund(Other).Held.ShouldBe(Requested(2));
        world.Fund(Special).Held.ShouldBe(Requested(1));
        world.Fund(Other).Reservations[world.P(2).Held!.Reservation].Amount.ShouldBe(Requested(2));
        world.P(2).Held!.Reservation.ShouldNotBe(Reservation(2), "a reservation ends once");
    }

    [Fact]
    public void Where_the_money_is_spent_elsewhere_the_merge_stands()
    {
        var world = Merged();
        world.Do(FundRules.Reserve(world.Fund(Special), new("big"), new("other"), Track.General, world.Fund(Special).Free));

        Undo(world).ThenRefused("fund-exhausted");
    }

    [Fact]
    public void A_correction_that_was_open_is_open_again_on_its_own_proposal_alone()
    {
        var world = new AppraisalWorld(2).Disclosed();
        world.Add(Project(2).Stream, new ProposalReturned(Stage.MergedAppraisal, 1, "材料不全", ["补充测算依据"]));
        world.Do(world.Conclude(Recommend(1, 2_500_000m), Into(2, 1)));
        world.Do(world.Undo(1));

        world.P(2).Intake.Correction!.Items.ShouldBe(["补充测算依据"]);
        world.P(1).Intake.Correction.ShouldBeNull();
    }

    [Fact]
    public void The_full_check_of_an_absorbed_key_project_is_its_own_again()
    {
        var world = new AppraisalWorld(2).Disclosed();
        world.Add(Project(2).Stream, new Scheduling.KeyProjectScheduled(new(2026, 4, 1), Special, Reservation(2), Requested(2), new(2026, 6, 30), Sample.Policy.Ref));
        world.Do(world.Conclude(Recommend(1, 2_500_000m), Into(2, 1)));
        world.Do(world.Undo(1));

        world.P(1).Scheduling.FullCheckDue.ShouldBeNull();
        world.P(2).Scheduling.FullCheckDue.ShouldBe(new DateOnly(2026, 6, 30));
    }

    [Fact]
    public void What_was_arranged_for_the_lines_taken_in_is_open_again_and_the_leads_own_arrangements_stay()
    {
        var world = Merged();
        foreach (var p in new[] { world.P(1), world.P(2) })
            world.Add(Project(1).Stream, new InterfaceArranged(new(p.Id, 1), p.Content.Interfaces[0], ArrangementKind.ViaExchangePlatform, null, InterfaceMode.Api, null, Sample.Policy.Ref));

        world.Do(world.Undo(1));

        world.P(1).Interfaces.Arranged.Keys.ShouldBe([new LineId(Project(1), 1)]);
    }

    [Fact]
    public void Only_the_office_undoes() => Undo(Merged(), by: Sample.Officer).ThenRefused("not-permitted");

    [Fact]
    public void A_reason_is_given() => Undo(Merged(), reason: "").ThenRefused(("text-required", "reason"));

    [Fact]
    public void What_never_merged_is_not_undone()
    {
        Undo(Merged(), lead: 2).ThenRefused(("nothing-merged", "lead"));
        Undo(new AppraisalWorld(2).Disclosed()).ThenRefused(("nothing-merged", "lead"));
    }

    [Fact]
    public void On_an_agenda_the_lead_is_taken_off_first()
    {
        var world = Merged();
        world.Add(Project(1).Stream, new AgendaItemPlaced(Past.Meeting, 1));

        Undo(world).ThenRefused("lead-on-agenda");
    }

    [Fact]
    public void Once_the_committee_has_approved_the_merge_stands()
    {
        var world = Merged();
        world.Add(Project(1).Stream, Past.Approved[^1]);

        Undo(world).ThenRefused("merge-final");
    }

    [Fact]
    public void An_approval_that_comes_back_to_the_committee_does_not_open_the_merge_again()
    {
        var world = Merged();
        world.Add(Project(1).Stream, Past.Approved[^1], new Issuance.IssuanceRefused("文本有误", Sample.Policy.Ref));
        world.P(1).Stage.ShouldBe(Stage.Committee);

        Undo(world).ThenRefused("merge-final");
    }

    [Fact]
    public void A_lead_that_ends_before_the_committee_decides_does_not_take_the_others_with_it()
    {
        var world = Merged(3);
        world.Do(WithdrawProposal.Decide(new("不再需要"), world.P(1), world.Fund(Special), Sample.Person("officer-1", Unit(1), Role.UnitOfficer).Acts()));
        world.Fund(Special).Held.ShouldBe(Money.Zero);

        world.Do(world.Undo(1));
        world.P(1).Outcome.ShouldBe(Outcome.Withdrawn);
        world.P(1).Appraisal.Absorbed.ShouldBeEmpty();
        foreach (var n in new[] { 2, 3 })
        {
            (world.P(n).Stage, world.P(n).Outcome, world.P(n).Held!.Amount).ShouldBe((Stage.MergedAppraisal, null, Requested(n)));
            world.Fund(Special).Reservations[world.P(n).Held!.Reservation].Amount.ShouldBe(Requested(n));
        }

        Undo(world).ThenNothing();
        world.Do(world.Conclude(Recommend(2, 1m), Recommend(3, 1m))).Appraisal.Concluded.ShouldBeTrue();
    }

    [Fact]
    public void After_a_rejection_the_merge_stands()
    {
        var world = Merged();
        world.Add(Project(1).Stream, new RejectedByCommittee(Past.Meeting, 1, new(2026, 3, 2), 1, "必要性不足", null, default, Sample.Policy.Ref));

        Undo(world).ThenRefused("merge-final");
    }
}
