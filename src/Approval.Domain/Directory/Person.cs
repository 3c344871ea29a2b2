using System.Collections.Immutable;

namespace Approval.Directory;

/// <summary>A person: which unit, which roles, which ties. Roles come from here, never from a token.</summary>
public sealed record Person
{
    /// <summary>The kind of stream.</summary>
    public static readonly StreamKind<Person> Kind = new("person", Evolve);

    /// <summary>The identity provider's subject.</summary>
    public required PersonId Id { get; init; }

    /// <summary>The unit.</summary>
    public required UnitId Unit { get; init; }

    /// <summary>The roles held; none once removed.</summary>
    public required ImmutableHashSet<Role> Roles { get; init; }

    /// <summary>The declared ties.</summary>
    public Ties Ties { get; init; } = Ties.None;

    /// <summary>Whether the person was removed.</summary>
    public bool Removed { get; init; }

    /// <summary>Whether the person must not judge what this unit proposes: the own unit, or a declared tie.</summary>
    public bool TiedTo(UnitId unit) => Unit == unit || Ties.Units.Contains(unit.Value);

    /// <summary>Whether the person declared a tie to this person.</summary>
    public bool TiedTo(PersonId person) => Ties.People.Contains(person.Value);

    /// <summary>The person as one who acts.</summary>
    public Actor In(JurisdictionId jurisdiction) => new(Id, jurisdiction, Unit, Roles);

    /// <summary>The state after an event.</summary>
    public static Person Evolve(Person? person, object @event) => (person, @event) switch
    {
        (null, PersonAppointed e) => new() { Id = e.Person, Unit = e.Unit, Roles = [.. e.Roles] },
        ({ Removed: true } p, PersonAppointed e) => p with { Unit = e.Unit, Roles = [.. e.Roles], Removed = false },
        ({ } p, PersonMoved e) => p with { Unit = e.Unit },
        ({ } p, RolesChanged e) => p with { Roles = [.. e.Roles] },
        ({ } p, TiesDeclared e) => p with { Ties = e.Ties },
        ({ } p, PersonRemoved) => p with { Roles = [], Removed = true },
        _ => throw new UnknownEventException(Kind.Name, @event),
    };
}
