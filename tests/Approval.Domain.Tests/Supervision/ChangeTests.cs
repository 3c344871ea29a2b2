using Approval.Funds;
using Approval.Testing;
using static Approval.Testing.Sample;

namespace Approval.Supervision;

/// <summary>Recording a change within the allowance, and sending one beyond it to approval.</summary>
public sealed class ChangeTests
{
    static Decided<Proposal> Record(decimal total, bool goal = false, object[]? past = null, Actor? by = null, Fund? fund = null, string what = "增加接入点") =>
        Scenario.Given(past ?? Supervised.Issue).When(p => RecordChange.Decide(new(new(total), goal, what), p, fund ?? Supervised.Fund, Policy, (by ?? Officer).Acts()));

    static Decided<Proposal> Send(decimal total, bool goal = false, object[]? past = null, Actor? by = null, string what = "扩大范围") =>
        Scenario.Given(past ?? Supervised.Issue).When(p => SendChangeToApproval.Decide(new(new(total), goal, what), p, Policy, (by ?? Officer).Acts()));

    static ChangeRecorded Changed(decimal from, decimal to) => new(new(from), new(to), "增加接入点", Policy.Ref);

    [Fact]
    public void Up_to_fifteen_percent_with_the_goal_unchanged_the_unit_records_the_change_and_the_money_follows() =>
        Record(4_600_000m).Then(Changed(4_000_000m, 4_600_000m), Past.Fund.Stream.Has(new MoneyCommitted(Past.Reservation, new(4_600_000m))))
            .WithState(p => p.Held!.Amount.ShouldBe(new Money(4_600_000m)));

    [Fact]
    public void A_cent_beyond_fifteen_percent_needs_approval_up_or_down()
    {
        Record(4_600_000.01m).ThenRefused("change-needs-approval");
        Record(3_399_999.99m).ThenRefused("change-needs-approval");
    }

    [Fact]
    public void Changes_add_up_more_and_less_alike()
    {
        object[] tenth = [.. Supervised.Issue, Changed(4_000_000m, 4_400_000m)];
        Record(4_600_000m, past: tenth, fund: Funds.Fund.Kind.Fold([.. Past.FundHolding, new MoneyCommitted(Past.Reservation, new(4_400_000m))]))
            .Decision.Refused.ShouldBeFalse("ten and five percent");
        Record(4_000_000m, past: tenth).ThenRefused("change-needs-approval");
    }

    [Fact]
    public void A_change_of_content_alone_moves_no_money() => Record(4_000_000m).Then(Changed(4_000_000m, 4_000_000m)).AgainNothing();

    [Fact]
    public void The_same_change_again_is_no_second_change()
    {
        object[] changed = [.. Supervised.Issue, Changed(4_000_000m, 4_200_000m)];
        Record(4_200_000m, past: changed).ThenNothing();
        Record(4_200_000m, past: changed, what: "更换设备型号").Decision.On(Sample.Id.Stream).ShouldHaveSingleItem();
    }

    [Fact]
    public void A_change_of_the_goal_needs_approval_whatever_the_amount()
    {
        Record(4_000_000m, goal: true).ThenRefused("change-needs-approval");
        Send(4_000_000m, goal: true).Then(new ChangeSentToApproval(new(4_000_000m), new(4_000_000m), true, "扩大范围", Policy.Ref));
    }

    [Fact]
    public void The_funds_ceiling_holds_for_changes_too()
    {
        object[] tight = [new FundOpened(Past.Fund, "专项资金", 2026, new(4_500_000m)), new MoneyReserved(Past.Reservation, Sample.Id, Track.General, new(4_000_000m)),
            new MoneyCommitted(Past.Reservation, new(4_000_000m))];
        Record(4_600_000m, fund: Funds.Fund.Kind.Fold(tight)).ThenRefused("fund-exhausted");
    }

    [Fact]
    public void A_larger_change_goes_back_to_the_committee() =>
        Send(6_000_000m).Then(new ChangeSentToApproval(new(4_000_000m), new(6_000_000m), false, "扩大范围", Policy.Ref))
            .WithState(p => (p.Stage, p.Committee.Meeting, Committee.CommitteeRules.AtMost(p)).ShouldBe((Stage.Committee, null, new Money(6_000_000m))));

    [Fact]
    public void What_the_unit_records_itself_is_not_sent_to_the_committee() => Send(4_100_000m).ThenRefused("change-within-allowance");

    [Fact]
    public void Only_the_own_unit_changes_its_project()
    {
        Record(4_100_000m, by: OtherOfficer).ThenRefused("not-permitted");
        Record(4_100_000m, by: Office).ThenRefused("not-permitted");
        Send(6_000_000m, by: OtherOfficer).ThenRefused("not-permitted");
    }

    [Fact]
    public void Before_the_approval_there_is_nothing_to_change()
    {
        Record(4_100_000m, past: Past.Unified).ThenRefused("wrong-stage");
        Send(6_000_000m, past: Past.Approved).ThenRefused("wrong-stage");
    }

    [Fact]
    public void An_accepted_project_is_not_changed_any_more()
    {
        object[] accepted = [.. Supervised.ConditionsMet, Supervised.Accepted];
        Record(4_100_000m, past: accepted).ThenRefused("project-accepted-already");
        Send(6_000_000m, past: accepted).ThenRefused("project-accepted-already");
    }

    [Fact]
    public void A_change_leaves_some_money_and_says_what_it_is()
    {
        Record(0m).ThenRefused(("nothing-left", "total"));
        Send(0m).ThenRefused(("nothing-left", "total"));
        Record(4_100_000m, what: "").ThenRefused(("text-required", "what"));
        Send(6_000_000m, what: "").ThenRefused(("text-required", "what"));
    }
}
