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

    /// <summary>已释放: it holds nothing more and never will.</summary>
    [Words("已释放", "Released")]
    Released,

    /// <summary>已并入: what it held went to another reservation; it stands again only if that is undone.</summary>
    [Words("已并入", "Carried over")]
    CarriedOver,
}

/// <summary>Money set aside for one proposal.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Proposal">The proposal for which it was set aside.</param>
/// <param name="Track">The proposal's track when it was set aside; the key share counts by it.</param>
/// <param name="Amount">What it holds; once it has ended, what it held last.</param>
/// <param name="Own">What it held before it took in others, and holds again when they are given back.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Into">The reservation that took it in, if it was carried over.</param>
public sealed record Reservation(
    ReservationId Id, ProposalId Proposal, Track Track, Money Amount, Money Own, ReservationStatus Status, ReservationId? Into = null)
{
    /// <summary>Whether it holds money.</summary>
    public bool Live => Status is ReservationStatus.Reserved or ReservationStatus.Committed;
}

/// <summary>A fund. At every instant reserved + committed ≤ ceiling.</summary>
public sealed record Fund
{
    /// <summary>The kind of stream.</summary>
    public static readonly StreamKind<Fund> Kind = new("fund", Evolve);

    /// <summary>Its id.</summary>
    public required FundId Id { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its budget year.</summary>
    public required int Year { get; init; }

    /// <summary>The most that it may hold.</summary>
    public required Money Ceiling { get; init; }

    /// <summary>The document that grants the money.</summary>
    public string? Basis { get; init; }

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

    /// <summary>What key projects hold.</summary>
    public Money HeldByKey => Money.Sum(Reservations.Values.Where(r => r.Live && r.Track == Track.Key).Select(r => r.Amount));

    /// <summary>The reservations carried over into this one and not given back.</summary>
    public IEnumerable<Reservation> TakenIn(ReservationId into) =>
        Reservations.Values.Where(r => r.Status == ReservationStatus.CarriedOver && r.Into == into);

    /// <summary>The state after an event.</summary>
    public static Fund Evolve(Fund? fund, object @event) => (fund, @event) switch
    {
        (null, FundOpened e) => new() { Id = e.Fund, Name = e.Name, Year = e.Year, Ceiling = e.Ceiling, Basis = e.Basis },
        ({ } f, FundCeilingChanged e) => f with { Ceiling = e.Ceiling },
        ({ } f, MoneyReserved e) => f.Put(new(e.Reservation, e.Proposal, e.Track, e.Amount, e.Amount, ReservationStatus.Reserved)),
        ({ } f, MoneyCommitted e) => f.Put(f.Reservations[e.Reservation] with { Amount = e.Amount, Status = ReservationStatus.Committed }),
        ({ } f, MoneyReleased e) => f.Put(f.Reservations[e.Reservation] with { Status = ReservationStatus.Released }),
        ({ } f, ReservationAdjusted e) => f.Put(f.Reservations[e.Reservation] with
        {
            Amount = e.Amount,
            Own = f.TakenIn(e.Reservation).Any() ? f.Reservations[e.Reservation].Own : e.Amount,
        }),
        ({ } f, ReservationCarriedOver e) => f
            .Put(f.Reservations[e.Into] with { Amount = f.Reservations[e.Into].Amount + e.Amount })
            .Put(f.Reservations[e.Reservation] with { Status = ReservationStatus.CarriedOver, Into = e.Into }),
        ({ } f, CarryOverUndone e) => f
            .Put(f.Reservations[e.Into] with { Amount = e.Remaining })
            .Put(f.Reservations[e.Reservation] with { Amount = e.Amount, Status = ReservationStatus.Reserved, Into = null }),
        _ => throw new UnknownEventException(Kind.Name, @event),
    };

    /// <summary>The state after a decision's events on this fund, for an act that moves money more than once.</summary>
    public Fund After(Decision decision) => decision.On(Id.Stream).Aggregate(this, Evolve);

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
