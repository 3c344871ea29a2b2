namespace Approval.Funds;

/// <summary>Facts about a fund (资金).</summary>
public abstract record FundEvent
{
    private protected FundEvent() { }
}

/// <summary>A fund was opened with a ceiling.</summary>
[WireName("fund-opened.v1")]
public sealed record FundOpened(FundId Fund, string Name, int Year, Money Ceiling) : FundEvent;

/// <summary>The ceiling was changed; never below what is held.</summary>
[WireName("fund-ceiling-changed.v1")]
public sealed record FundCeilingChanged(Money Ceiling, string Reason) : FundEvent;

/// <summary>Money was reserved for a proposal.</summary>
[WireName("money-reserved.v1")]
public sealed record MoneyReserved(ReservationId Reservation, ProposalId Proposal, Track Track, Money Amount) : FundEvent;

/// <summary>A reservation was committed with this amount; what it held beyond is free again.</summary>
[WireName("money-committed.v1")]
public sealed record MoneyCommitted(ReservationId Reservation, Money Amount) : FundEvent;

/// <summary>A reservation, committed or not, was released whole and is over.</summary>
[WireName("money-released.v1")]
public sealed record MoneyReleased(ReservationId Reservation, string Reason) : FundEvent;

/// <summary>A reservation was carried over into another of the same fund, whole, and is over.</summary>
[WireName("reservation-carried-over.v1")]
public sealed record ReservationCarriedOver(ReservationId Reservation, ReservationId Into) : FundEvent;

/// <summary>A carry-over was undone: both reservations stand as before.</summary>
[WireName("carry-over-undone.v1")]
public sealed record CarryOverUndone(ReservationId Reservation, ReservationId Into, Money Amount) : FundEvent;

/// <summary>The amount of a reservation was changed before it was committed.</summary>
[WireName("reservation-adjusted.v1")]
public sealed record ReservationAdjusted(ReservationId Reservation, Money Amount, string Reason) : FundEvent;
