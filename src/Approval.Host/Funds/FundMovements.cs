using Approval.EventStore;

namespace Approval.Funds;

/// <summary>One movement of a fund's money, with what the fund held afterwards.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="By">Who acted.</param>
/// <param name="WireName">The event.</param>
/// <param name="Proposal">The proposal whose money moved; null for the fund itself.</param>
/// <param name="Amount">The sum that the event names; null where it names none.</param>
/// <param name="Reserved">Held and not yet committed afterwards.</param>
/// <param name="Committed">Held for approved projects afterwards.</param>
/// <param name="Free">What could still be reserved afterwards.</param>
/// <param name="Reason">Why, where it says so.</param>
public sealed record FundMovement(DateTimeOffset At, PersonId? By, string WireName, ProposalId? Proposal, Money? Amount, Money Reserved, Money Committed, Money Free, string? Reason);

/// <summary>Tells a fund's movements from its stream.</summary>
public sealed class FundMovements(Store store)
{
    /// <summary>All movements, the oldest first.</summary>
    public async Task<IReadOnlyList<FundMovement>> Of(JurisdictionId jurisdiction, FundId fund, AsOf? asOf, CancellationToken cancel)
    {
        Fund? before = null;
        var found = new List<FundMovement>();
        foreach (var e in await store.Load(jurisdiction, fund.Stream, 0, asOf, cancel))
        {
            var after = Fund.Evolve(before, e.Event);
            var (reservation, amount, reason) = Said(e.Event, before);
            found.Add(new(e.Envelope.At, e.Envelope.By, e.WireName, reservation is { } id ? after.Reservations[id].Proposal : null, amount, after.Reserved, after.Committed, after.Free, reason));
            before = after;
        }

        return found;
    }

    static (ReservationId? Reservation, Money? Amount, string? Reason) Said(object @event, Fund? before) => @event switch
    {
        FundOpened e => (null, e.Ceiling, e.Basis),
        FundCeilingChanged e => (null, e.Ceiling, e.Reason),
        MoneyReserved e => (e.Reservation, e.Amount, null),
        MoneyCommitted e => (e.Reservation, e.Amount, null),
        MoneyReleased e => (e.Reservation, before!.Reservations[e.Reservation].Amount, e.Reason),
        ReservationAdjusted e => (e.Reservation, e.Amount, e.Reason),
        ReservationCarriedOver e => (e.Reservation, e.Amount, null),
        CarryOverUndone e => (e.Reservation, e.Amount, null),
        _ => throw new UnknownEventException(Fund.Kind.Name, @event),
    };
}
