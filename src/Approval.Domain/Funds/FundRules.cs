namespace Approval.Funds;

/// <summary>What may happen to money. Stages call these as part of their own act, so that decision and money are one transaction.</summary>
public static class FundRules
{
    /// <summary>The fund's free money does not cover the amount.</summary>
    public static readonly RefusalKind Exhausted = new("fund-exhausted", RefusalSort.Rule,
        "资金余额不足：需要 {0} 元，可用 {1} 元。", "The fund's free money does not suffice: {0} yuan needed, {1} yuan free.");

    /// <summary>The ceiling would fall below what is held.</summary>
    public static readonly RefusalKind CeilingBelowHeld = new("ceiling-below-held", RefusalSort.Rule,
        "资金上限不得低于已占用的 {0} 元。", "The ceiling may not fall below the {0} yuan held.");

    /// <summary>The reservation has ended or never was.</summary>
    public static readonly RefusalKind ReservationOver = new("reservation-over", RefusalSort.Rule,
        "该笔预留已结束或不存在。", "The reservation has ended or never was.");

    /// <summary>Reserves money for a proposal.</summary>
    public static Decision Reserve(Fund fund, ReservationId reservation, ProposalId proposal, Track track, Money amount) =>
        fund.Reservations.ContainsKey(reservation) ? Decision.Nothing
        : amount > fund.Free ? Exhausted.With(amount, fund.Free)
        : Decision.Of(fund.Id.Stream, new MoneyReserved(reservation, proposal, track, amount));

    /// <summary>Commits a reservation with the amount approved; more than was reserved only if the free money covers it.</summary>
    public static Decision Commit(Fund fund, ReservationId reservation, Money amount) =>
        fund.Reservations.GetValueOrDefault(reservation) switch
        {
            { Status: ReservationStatus.Reserved } r when amount - r.Amount > fund.Free => Exhausted.With(amount - r.Amount, fund.Free),
            { Status: ReservationStatus.Reserved } => Decision.Of(fund.Id.Stream, new MoneyCommitted(reservation, amount)),
            { Status: ReservationStatus.Committed } r when r.Amount == amount => Decision.Nothing,
            { Status: ReservationStatus.Committed } r when amount - r.Amount > fund.Free => Exhausted.With(amount - r.Amount, fund.Free),
            { Status: ReservationStatus.Committed } => Decision.Of(fund.Id.Stream, new MoneyCommitted(reservation, amount)),
            _ => ReservationOver.With(),
        };

    /// <summary>Releases a reservation whole, committed or not; released already is nothing to do.</summary>
    public static Decision Release(Fund fund, ReservationId reservation, string reason) =>
        fund.Reservations.GetValueOrDefault(reservation) switch
        {
            null => ReservationOver.With(),
            { Status: ReservationStatus.Ended } => Decision.Nothing,
            _ => Decision.Of(fund.Id.Stream, new MoneyReleased(reservation, reason)),
        };

    /// <summary>Changes the ceiling; never below what is held.</summary>
    public static Decision ChangeCeiling(Fund fund, Money ceiling, string reason) =>
        ceiling == fund.Ceiling ? Decision.Nothing
        : ceiling < fund.Held ? CeilingBelowHeld.With(fund.Held)
        : Decision.Of(fund.Id.Stream, new FundCeilingChanged(ceiling, reason));
}
