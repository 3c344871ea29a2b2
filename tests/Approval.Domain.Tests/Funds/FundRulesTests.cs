using Approval.Testing;
using static Approval.Testing.Scenario;

namespace Approval.Funds;

public sealed class FundRulesTests
{
    static readonly ReservationId A = new("a"), B = new("b"), C = new("c");
    static readonly object[] Opened = [new FundOpened(Past.Fund, "信息化专项资金", 2026, new(100m))];

    static MoneyReserved Reserved(ReservationId id, decimal amount, Track track = Track.General) => new MoneyReserved(id, Of(id), track, new(amount));
    static ProposalId Of(ReservationId id) => new($"of-{id.Value}");
    static Scenario<Fund> Fund(params object[] events) => Given(Approval.Funds.Fund.Kind, Past.Fund.Stream, Opened, events);

    [Fact]
    public void Money_is_reserved_up_to_the_last_cent() =>
        Fund(Reserved(A, 60m)).When(f => FundRules.Reserve(f, B, Of(B), Track.Key, new(40m))).Then(Reserved(B, 40m, Track.Key))
            .WithState(f => f.Free.ShouldBe(Money.Zero));

    [Fact]
    public void What_is_not_free_is_not_reserved() =>
        Fund(Reserved(A, 60m)).When(f => FundRules.Reserve(f, B, Of(B), Track.Key, new(40.01m))).ThenRefused("fund-exhausted");

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void No_amount_is_zero_or_less(int amount)
    {
        Fund().When(f => FundRules.Reserve(f, A, Of(A), Track.General, new(amount))).ThenRefused("amount-not-positive");
        Fund(Reserved(A, 5m)).When(f => FundRules.Commit(f, A, new(amount))).ThenRefused("amount-not-positive");
        Fund(Reserved(A, 5m)).When(f => FundRules.Adjust(f, A, new(amount), "核减")).ThenRefused("amount-not-positive");
    }

    [Fact]
    public void A_proposal_holds_money_in_a_fund_once_at_a_time()
    {
        Fund(Reserved(A, 5m)).When(f => FundRules.Reserve(f, A, Of(A), Track.General, new(5m))).ThenRefused("money-held-already");
        Fund(Reserved(A, 5m)).When(f => FundRules.Reserve(f, B, Of(A), Track.General, new(5m))).ThenRefused("money-held-already");
        Fund(Reserved(A, 5m), new MoneyReleased(A, "撤回")).When(f => FundRules.Reserve(f, B, Of(A), Track.General, new(5m)))
            .Then(new MoneyReserved(B, Of(A), Track.General, new(5m)));
    }

    [Fact]
    public void An_ended_reservation_is_not_reserved_again() =>
        Fund(Reserved(A, 5m), new MoneyReleased(A, "撤回")).When(f => FundRules.Reserve(f, A, Of(A), Track.General, new(5m))).ThenRefused("money-held-already");

    [Fact]
    public void Committing_less_frees_the_rest() =>
        Fund(Reserved(A, 60m)).When(f => FundRules.Commit(f, A, new(45m))).Then(new MoneyCommitted(A, new(45m))).AgainNothing()
            .WithState(f => (f.Reserved, f.Committed, f.Free).ShouldBe((Money.Zero, new(45m), new(55m))));

    [Fact]
    public void Committing_more_takes_what_is_free_and_no_more()
    {
        Fund(Reserved(A, 60m)).When(f => FundRules.Commit(f, A, new(100m))).Then(new MoneyCommitted(A, new(100m)));
        Fund(Reserved(A, 60m)).When(f => FundRules.Commit(f, A, new(100.01m))).ThenRefused("fund-exhausted");
    }

    [Fact]
    public void An_approved_change_commits_anew_within_what_is_free()
    {
        object[] committed = [Reserved(A, 60m), new MoneyCommitted(A, new(60m))];
        Fund(committed).When(f => FundRules.Commit(f, A, new(70m))).Then(new MoneyCommitted(A, new(70m)));
        Fund(committed).When(f => FundRules.Commit(f, A, new(101m))).ThenRefused("fund-exhausted");
    }

    [Fact]
    public void What_has_ended_or_never_was_is_neither_committed_nor_adjusted()
    {
        Fund().When(f => FundRules.Commit(f, A, new(1m))).ThenRefused("reservation-over");
        Fund().When(f => FundRules.Adjust(f, A, new(1m), "核减")).ThenRefused("reservation-over");
        Fund(Reserved(A, 5m), new MoneyReleased(A, "撤回")).When(f => FundRules.Commit(f, A, new(1m))).ThenRefused("reservation-over");
        Fund(Reserved(A, 5m), new MoneyReleased(A, "撤回")).When(f => FundRules.Adjust(f, A, new(1m), "核减")).ThenRefused("reservation-over");
    }

    [Fact]
    public void A_reservation_is_adjusted_until_it_is_committed()
    {
        Fund(Reserved(A, 60m)).When(f => FundRules.Adjust(f, A, new(50m), "核减")).Then(new ReservationAdjusted(A, new(50m), "核减")).AgainNothing();
        Fund(Reserved(A, 60m)).When(f => FundRules.Adjust(f, A, new(100.01m), "核增")).ThenRefused("fund-exhausted");
        Fund(Reserved(A, 60m), new MoneyCommitted(A, new(60m))).When(f => FundRules.Adjust(f, A, new(50m), "核减")).ThenRefused("reservation-committed");
    }

    [Fact]
    public void Release_frees_reserved_and_committed_money_once()
    {
        Fund(Reserved(A, 60m)).When(f => FundRules.Release(f, A, "撤回")).Then(new MoneyReleased(A, "撤回")).AgainNothing()
            .WithState(f => f.Free.ShouldBe(new(100m)));
        Fund(Reserved(A, 60m), new MoneyCommitted(A, new(50m))).When(f => FundRules.Release(f, A, "终止")).Then(new MoneyReleased(A, "终止"))
            .WithState(f => f.Free.ShouldBe(new(100m)));
        Fund().When(f => FundRules.Release(f, A, "撤回")).ThenRefused("reservation-over");
    }

    [Fact]
    public void A_carry_over_ends_the_one_and_adds_to_the_other() =>
        Fund(Reserved(A, 60m), Reserved(B, 30m)).When(f => FundRules.CarryOver(f, B, A)).Then(new ReservationCarriedOver(B, A, new(30m))).AgainNothing()
            .WithState(f => (f.Reservations[A].Amount, f.Reservations[B].Status, f.Held).ShouldBe((new(90m), ReservationStatus.CarriedOver, new(90m))));

    [Fact]
    public void What_was_carried_over_is_neither_released_nor_carried_over_again()
    {
        object[] past = [Reserved(A, 50m), Reserved(B, 30m), Reserved(C, 10m), new ReservationCarriedOver(B, A, new(30m))];
        Fund(past).When(f => FundRules.Release(f, B, "撤回")).ThenRefused("reservation-over");
        Fund(past).When(f => FundRules.CarryOver(f, B, C)).ThenRefused("reservation-over");
        Fund(past).When(f => FundRules.CarryOver(f, C, B)).ThenRefused("reservation-over");
    }

    [Fact]
    public void Only_uncommitted_money_is_carried_over_and_never_into_itself()
    {
        object[] past = [Reserved(A, 50m), Reserved(B, 30m), new MoneyCommitted(A, new(50m))];
        Fund(past).When(f => FundRules.CarryOver(f, A, B)).ThenRefused("reservation-committed");
        Fund(past).When(f => FundRules.CarryOver(f, B, A)).ThenRefused("reservation-committed");
        Fund(past).When(f => FundRules.CarryOver(f, B, B)).ThenRefused("reservation-over");
        Fund(past).When(f => FundRules.CarryOver(f, C, B)).ThenRefused("reservation-over");
    }

    [Fact]
    public void An_undone_carry_over_leaves_both_as_before_and_is_undone_once()
    {
        var undone = Fund(Reserved(A, 60m), Reserved(B, 30m), new ReservationCarriedOver(B, A, new(30m))).When(f => FundRules.UndoCarryOver(f, B, A));
        undone.Then(new CarryOverUndone(B, A, new(30m), new(60m)))
            .WithState(f => (f.Reservations[A].Amount, f.Reservations[B].Amount, f.Reservations[B].Status).ShouldBe((new(60m), new(30m), ReservationStatus.Reserved)));
        undone.And().When(f => FundRules.UndoCarryOver(f, B, A)).ThenRefused("not-carried-over");
    }

    [Fact]
    public void Undoing_one_of_two_carry_overs_leaves_the_other() =>
        Fund(Reserved(A, 50m), Reserved(B, 30m), Reserved(C, 10m), new ReservationCarriedOver(B, A, new(30m)), new ReservationCarriedOver(C, A, new(10m)))
            .When(f => FundRules.UndoCarryOver(f, B, A)).Then(new CarryOverUndone(B, A, new(30m), new(60m)))
            .And().When(f => FundRules.UndoCarryOver(f, C, A)).Then(new CarryOverUndone(C, A, new(10m), new(50m)));

    [Fact]
    public void Undoing_gives_back_what_was_cut_after_the_merge_if_the_fund_can_bear_it()
    {
        object[] cut = [Reserved(A, 50m), Reserved(B, 30m), new ReservationCarriedOver(B, A, new(30m)), new ReservationAdjusted(A, new(60m), "合并核减")];
        Fund(cut).When(f => FundRules.UndoCarryOver(f, B, A)).Then(new CarryOverUndone(B, A, new(30m), new(50m)));
        Fund([.. cut, Reserved(C, 21m)]).When(f => FundRules.UndoCarryOver(f, B, A)).ThenRefused("fund-exhausted");
    }

    [Fact]
    public void A_carry_over_is_not_undone_once_the_lead_is_committed_released_or_carried_on()
    {
        object[] past = [Reserved(A, 50m), Reserved(B, 30m), Reserved(C, 10m), new ReservationCarriedOver(B, A, new(30m))];
        Fund([.. past, new MoneyCommitted(A, new(80m))]).When(f => FundRules.UndoCarryOver(f, B, A)).ThenRefused("reservation-committed");
        Fund([.. past, new MoneyReleased(A, "撤回")]).When(f => FundRules.UndoCarryOver(f, B, A)).ThenRefused("reservation-over");
        Fund([.. past, new ReservationCarriedOver(A, C, new(80m))]).When(f => FundRules.UndoCarryOver(f, B, A)).ThenRefused("reservation-over");
        Fund(past).When(f => FundRules.UndoCarryOver(f, C, A)).ThenRefused("not-carried-over");
        Fund(past).When(f => FundRules.UndoCarryOver(f, new("none"), A)).ThenRefused("reservation-over");
    }

    [Fact]
    public void What_key_projects_hold_is_counted_by_the_track_at_reservation() =>
        Fund(Reserved(A, 50m, Track.Key), Reserved(B, 30m), Reserved(C, 10m, Track.Key), new MoneyReleased(C, "撤回")).State.HeldByKey.ShouldBe(new(50m));
}
