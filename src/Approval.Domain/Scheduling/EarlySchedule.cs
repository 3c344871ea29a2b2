using System.Collections.Immutable;
using Approval.Policies;

namespace Approval.Scheduling;

/// <summary>Facts of a year's early schedule. Every key project takes its place here, so that two scheduled at once cannot both be the last one that the cap allows.</summary>
public abstract record EarlyScheduleEvent
{
    private protected EarlyScheduleEvent() { }
}

/// <summary>A key project took a slot.</summary>
/// <param name="Year">The year in which it was scheduled.</param>
/// <param name="Proposal">The project.</param>
/// <param name="Slot">The month, as its first day.</param>
/// <param name="Fund">The fund that carries it.</param>
/// <param name="Amount">What was reserved for it.</param>
/// <param name="Accepted">How many proposals had been accepted in the year by then; the cap was judged by it.</param>
/// <param name="Policy">The policy that judged.</param>
[WireName("key-slot-taken.v1")]
public sealed record KeySlotTaken(int Year, ProposalId Proposal, DateOnly Slot, FundId Fund, Money Amount, int Accepted, PolicyRef Policy) : EarlyScheduleEvent;

/// <summary>The key projects scheduled early in one year. A slot taken counts towards the year's cap for good, whatever becomes of the project.</summary>
public sealed record EarlySchedule
{
    /// <summary>The kind of stream.</summary>
    public static readonly StreamKind<EarlySchedule> Kind = new("schedule", Evolve);

    /// <summary>The year.</summary>
    public required EarlyScheduleId Id { get; init; }

    /// <summary>The slots taken, in the order in which they were.</summary>
    public ImmutableArray<KeySlotTaken> Slots { get; init; } = [];

    /// <summary>A year in which none is taken yet.</summary>
    public static EarlySchedule Empty(int year) => new() { Id = new(year) };

    /// <summary>The state after an event.</summary>
    public static EarlySchedule Evolve(EarlySchedule? schedule, object @event) => (schedule, @event) switch
    {
        (null, KeySlotTaken e) => Empty(e.Year) with { Slots = [e] },
        ({ } s, KeySlotTaken e) => s with { Slots = s.Slots.Add(e) },
        _ => throw new UnknownEventException(Kind.Name, @event),
    };
}
