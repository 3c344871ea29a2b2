namespace Approval.Directory;

/// <summary>A unit: a department that proposes, or a body that reviews.</summary>
public sealed record Unit
{
    /// <summary>The kind of stream.</summary>
    public static readonly StreamKind<Unit> Kind = new("unit", Evolve);

    /// <summary>Its code in the jurisdiction.</summary>
    public required UnitId Id { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it was retired.</summary>
    public bool Retired { get; init; }

    /// <summary>The state after an event.</summary>
    public static Unit Evolve(Unit? unit, object @event) => (unit, @event) switch
    {
        (null, UnitRegistered e) => new() { Id = e.Unit, Name = e.Name },
        ({ } u, UnitRenamed e) => u with { Name = e.Name },
        ({ } u, UnitRetired) => u with { Retired = true },
        _ => throw new UnknownEventException(Kind.Name, @event),
    };
}
