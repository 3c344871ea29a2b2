using static Approval.Funds.ReservationStatus;

namespace Approval.Funds;

/// <summary>What may happen to money. Stages call these as part of their own act, so that decision and money are one transaction.
/// An act that moves money more than once passes <see cref="Fund.After"/> from one call to the next.</summary>
public static class FundRules
{
    /// <summary>The fund's free money does not cover the amount.</summary>
    public static readonly RefusalKind Exhausted = new("fund-exhausted", RefusalSort.Rule,
        "资金余额不足：需要 {0} 元，可用 {1} 元。", "The fund's free money does not suffice: {0} yuan needed, {1} yuan free.");

    /// <summary>An amount of nothing, or less.</summary>
    public static readonly RefusalKind NotPositive = new("amount-not-positive", RefusalSort.Rule,
        "金额必须大于零。", "The amount must be above zero.");

    /// <summary>The proposal holds money in this fund already, or the reservation's id is taken.</summary>
    public static readonly RefusalKind HeldAlready = new("money-held-already", RefusalSort.Rule,
        "该项目在本资金中已有预留。", "The proposal already holds money in this fund.");

    /// <summary>The reservation has ended or never was.</summary>
    public static readonly RefusalKind ReservationOver = new("reservation-over", RefusalSort.Rule,
        "该笔预留已结束或不存在。", "The reservation has ended or never was.");

    /// <summary>The reservation is committed: what is asked for is possible only before.</summary>
    public static readonly RefusalKind ReservationCommitted = new("reservation-committed", RefusalSort.Rule,
        "该笔资金已安排，不能再调整或合并。", "The money is committed and can no longer be adjusted or carried over.");

    /// <summary>The one reservation was not carried over into the other.</summary>
    public static readonly RefusalKind NotCarriedOver = new("not-carried-over", RefusalSort.Rule,
        "该笔预留未并入所指的预留。", "The reservation was not carried over into the other.");

    /// <summary>Reserves money for a proposal, which holds money in a fund at most once at a time.</summary>
    public static Decision Reserve(Fund fund, ReservationId reservation, ProposalId proposal, Track track, Money amount) =>
        amount <= Money.Zero ? NotPositive.With()
        : fund.Reservations.ContainsKey(reservation) || fund.Reservations.Values.Any(r => r.Live && r.Proposal == proposal) ? HeldAlready.With()
        : Covered(fund, amount)
        ?? Decision.Of(fund.Id.Stream, new MoneyReserved(reservation, proposal, track, amount));

    /// <summary>Commits a reservation with the amount approved; more than it holds only if the free money covers it. Committed already, it is committed anew with an approved change's amount.</summary>
    public static Decision Commit(Fund fund, ReservationId reservation, Money amount) =>
        amount <= Money.Zero ? NotPositive.With()
        : fund.Reservations.GetValueOrDefault(reservation) is not { Live: true } r ? ReservationOver.With()
        : r.Status == Committed && r.Amount == amount ? Decision.Nothing
        : Covered(fund, amount - r.Amount)
        ?? Decision.Of(fund.Id.Stream, new MoneyCommitted(reservation, amount));

    /// <summary>Changes what an uncommitted reservation holds; more only if the free money covers it.</summary>
    public static Decision Adjust(Fund fund, ReservationId reservation, Money amount, string reason) =>
        amount <= Money.Zero ? NotPositive.With()
        : fund.Reservations.GetValueOrDefault(reservation) is not { Live: true } r ? ReservationOver.With()
        : r.Status == Committed ? ReservationCommitted.With()
        : r.Amount == amount ? Decision.Nothing
        : Covered(fund, amount - r.Amount)
        ?? Decision.Of(fund.Id.Stream, new ReservationAdjusted(reservation, amount, reason));

    /// <summary>Releases a reservation whole, committed or not; released already is nothing to do. What was carried over is no longer there to release.</summary>
    public static Decision Release(Fund fund, ReservationId reservation, string reason) =>
        fund.Reservations.GetValueOrDefault(reservation) switch
        {
            { Live: true } => Decision.Of(fund.Id.Stream, new MoneyReleased(reservation, reason)),
            { Status: Released } => Decision.Nothing,
            _ => ReservationOver.With(),
        };

    /// <summary>Carries an uncommitted reservation over into another uncommitted one of the same fund: the one ends, the other holds both; the fund holds what it held.</summary>
    public static Decision CarryOver(Fund fund, ReservationId from, ReservationId into) =>
        (fund.Reservations.GetValueOrDefault(from), fund.Reservations.GetValueOrDefault(into)) switch
        {
            ({ Status: CarriedOver } r, _) when r.Into == into => Decision.Nothing,
            ({ Status: Committed }, _) or (_, { Status: Committed }) => ReservationCommitted.With(),
            ({ Live: true } r, { Live: true }) when from != into => Decision.Of(fund.Id.Stream, new ReservationCarriedOver(from, into, r.Amount)),
            _ => ReservationOver.With(),
        };

    /// <summary>Undoes a carry-over while the lead's money is uncommitted: the one stands again with what it held, the other with its own and what else it took in.
    /// Whatever the lead's reservation was adjusted to since is undone with it, so that it takes free money if it had been lowered.</summary>
    public static Decision UndoCarryOver(Fund fund, ReservationId from, ReservationId into)
    {
        if (fund.Reservations.GetValueOrDefault(from) is not { } carried || fund.Reservations.GetValueOrDefault(into) is not { } lead) return ReservationOver.With();
        if (carried.Status != CarriedOver || carried.Into != into) return NotCarriedOver.With();
        if (lead.Status == Committed) return ReservationCommitted.With();
        if (!lead.Live) return ReservationOver.With();
        var remaining = lead.Own + Money.Sum(fund.TakenIn(into).Where(r => r.Id != from).Select(r => r.Amount));
        return Covered(fund, carried.Amount + remaining - lead.Amount)
            ?? Decision.Of(fund.Id.Stream, new CarryOverUndone(from, into, carried.Amount, remaining));
    }

    static Decision? Covered(Fund fund, Money more) => more > fund.Free ? (Decision)Exhausted.With(more, fund.Free) : null;
}
