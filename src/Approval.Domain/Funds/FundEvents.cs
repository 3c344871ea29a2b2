namespace Approval.Funds;

/// <summary>Facts about a fund (资金).</summary>
public abstract record FundEvent
{
    private protected FundEvent() { }
}

/// <summary>A fund was opened with a ceiling.</summary>
/// <param name="Fund">The code that the office gave it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Year">Its budget year.</param>
/// <param name="Ceiling">The most that it may hold.</param>
/// <param name="Basis">The document that grants the money (资金文件).</param>
[WireName("fund-opened.v1")]
public sealed record FundOpened(FundId Fund, string Name, int Year, Money Ceiling, string? Basis = null) : FundEvent;

/// <summary>The ceiling was changed; never below what is held.</summary>
[WireName("fund-ceiling-changed.v1")]
public sealed record FundCeilingChanged(Money Ceiling, string Reason) : FundEvent;

/// <summary>Money was reserved for a proposal.</summary>
[WireName("money-reserved.v1")]
public sealed record MoneyReserved(ReservationId Reservation, ProposalId Proposal, Track Track, Money Amount) : FundEvent;

/// <summary>A reservation was committed with this amount; what it held beyond is free again. A commitment may be committed anew when a change is approved.</summary>
[WireName("money-committed.v1")]
public sealed record MoneyCommitted(ReservationId Reservation, Money Amount) : FundEvent;

/// <summary>A reservation, committed or not, was released whole and is over.</summary>
[WireName("money-released.v1")]
public sealed record MoneyReleased(ReservationId Reservation, string Reason) : FundEvent;

/// <summary>The amount of a reservation was changed before it was committed.</summary>
[WireName("reservation-adjusted.v1")]
public sealed record ReservationAdjusted(ReservationId Reservation, Money Amount, string Reason) : FundEvent;

/// <summary>A reservation was carried over into another of the same fund, whole, and is over.</summary>
/// <param name="Reservation">The reservation that ends.</param>
/// <param name="Into">The reservation that takes it in.</param>
/// <param name="Amount">What was carried over.</param>
[WireName("reservation-carried-over.v1")]
public sealed record ReservationCarriedOver(ReservationId Reservation, ReservationId Into, Money Amount) : FundEvent;

/// <summary>A carry-over was undone: both reservations stand as before it.</summary>
/// <param name="Reservation">The reservation that stands again.</param>
/// <param name="Into">The reservation that had taken it in.</param>
/// <param name="Amount">What the first holds again.</param>
/// <param name="Remaining">What the other holds from now on: its own and whatever else it took in.</param>
[WireName("carry-over-undone.v1")]
public sealed record CarryOverUndone(ReservationId Reservation, ReservationId Into, Money Amount, Money Remaining) : FundEvent;
