using System.Collections.Immutable;

namespace Approval.Funds;

/// <summary>Where a reservation stands.</summary>
public enum ReservationStatus
{
    /// <summary>预留.</summary>
    [Words("预留", "Reserved")]
    Reserved,

    /// <summary>已安排: approved by the committee.</summary>
    [Words("已安排", "Committed")]
    Committed,

    /// <summary>已释放 or carried over: it holds nothing more and never will.</summary>
    [Words("已释放", "Ended")]
    Ended,
}

/// <summary>Money set aside for one proposal.</summary>
public sealed record Reservation(ReservationId Id, ProposalId Proposal, Track Track, Money Amount, ReservationStatus Status);

/// <summary>A fund. At every instant reserved + committed ≤ ceiling.</summary>
public sealed record Fund
{
    /// <summary>The kind of stream.</summary>
    public static readonly StreamKind<Fund> Kind = new("fund", Evolve);

    /// <summary>Its id.</summary>
    public required FundId Id { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its year.</summary>
    public required int Year { get; init; }

    /// <summary>The most that it may hold.</summary>
    public required Money Ceiling { get; init; }

    /// <summary>Held and not yet committed.</summary>
    public Money Reserved { get; init; } = Money.Zero;

    /// <summary>Held for approved projects.</summary>
    public Money Committed { get; init; } = Money.Zero;

    /// <summary>Every reservation ever made, by id; an ended one stays, so that it ends only once.</summary>
    public ImmutableDictionary<ReservationId, Reservation> Reservations { get; init; } = ImmutableDictionary<ReservationId, Reservation>.Empty;

    /// <summary>Reserved and committed together.</summary>
    public Money Held => Reserved + Committed;

    /// <summary>What can still be reserved.</summary>
    public Money Free => Ceiling - Held;

    /// <summary>The state after an event.</summary>
    public static Fund Evolve(Fund? fund, object @event) => (fund, @event) switch
    {
        (null, FundOpened e) => new() { Id = e.Fund, Name = e.Name, Year = e.Year, Ceiling = e.Ceiling },
        ({ } f, FundCeilingChanged e) => f with { Ceiling = e.Ceiling },
        ({ } f, MoneyReserved e) => f.Put(new(e.Reservation, e.Proposal, e.Track, e.Amount, ReservationStatus.Reserved)),
        ({ } f, MoneyCommitted e) => f.Put(f.Reservations[e.Reservation] with { Amount = e.Amount, Status = ReservationStatus.Committed }),
        ({ } f, MoneyReleased e) => f.Put(f.Reservations[e.Reservation] with { Status = ReservationStatus.Ended }),
        ({ } f, ReservationAdjusted e) => f.Put(f.Reservations[e.Reservation] with { Amount = e.Amount }),
        ({ } f, ReservationCarriedOver e) => f
            .Put(f.Reservations[e.Into] with { Amount = f.Reservations[e.Into].Amount + f.Reservations[e.Reservation].Amount })
            .Put(f.Reservations[e.Reservation] with { Status = ReservationStatus.Ended }),
        ({ } f, CarryOverUndone e) => f
            .Put(f.Reservations[e.Into] with { Amount = f.Reservations[e.Into].Amount - e.Amount })
            .Put(f.Reservations[e.Reservation] with { Amount = e.Amount, Status = ReservationStatus.Reserved }),
        _ => throw new UnknownEventException(Kind.Name, @event),
    };

    Fund Put(Reservation now)
    {
        var before = Reservations.GetValueOrDefault(now.Id);
        return this with
        {
            Reserved = Reserved - In(before, ReservationStatus.Reserved) + In(now, ReservationStatus.Reserved),
            Committed = Committed - In(before, ReservationStatus.Committed) + In(now, ReservationStatus.Committed),
            Reservations = Reservations.SetItem(now.Id, now),
        };
    }

    static Money In(Reservation? reservation, ReservationStatus status) =>
        reservation?.Status == status ? reservation.Amount : Money.Zero;
}
