using System.Collections.Immutable;
using Approval.Intake;

namespace Approval.Systems;

/// <summary>An information resource that a system holds.</summary>
/// <param name="Name">The resource.</param>
/// <param name="Sharing">How it is shared; anything but <see cref="Sharing.None"/> is a promise.</param>
public sealed record SystemResource(string Name, Sharing Sharing);

/// <summary>An interface that a system has.</summary>
/// <param name="Direction">Given or taken.</param>
/// <param name="Data">The data.</param>
/// <param name="Mode">How it passes.</param>
public sealed record SystemInterface(InterfaceDirection Direction, string Data, InterfaceMode Mode);

/// <summary>What the register says of a system.</summary>
public sealed record SystemContent
{
    /// <summary>The system's name.</summary>
    public required string Name { get; init; }

    /// <summary>The unit that owns it.</summary>
    public required UnitId Owner { get; init; }

    /// <summary>What its operation costs in a year.</summary>
    public required Money YearlyOperationCost { get; init; }

    /// <summary>Since when it is in use, if known.</summary>
    public DateOnly? InUseSince { get; init; }

    /// <summary>The information resources it holds, at most 200.</summary>
    public IReadOnlyList<SystemResource> Resources { get; init; } = [];

    /// <summary>The interfaces it has, at most 200.</summary>
    public IReadOnlyList<SystemInterface> Interfaces { get; init; } = [];

    /// <inheritdoc/>
    public bool Equals(SystemContent? other) =>
        other is not null && Name == other.Name && Owner == other.Owner && YearlyOperationCost == other.YearlyOperationCost && InUseSince == other.InUseSince
        && Resources.SequenceEqual(other.Resources) && Interfaces.SequenceEqual(other.Interfaces);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Owner, YearlyOperationCost, InUseSince, Resources.Count, Interfaces.Count);
}

/// <summary>A system of the register.</summary>
public sealed record ExistingSystem
{
    /// <summary>The kind of stream.</summary>
    public static readonly StreamKind<ExistingSystem> Kind = new("system", Evolve);

    /// <summary>Its code in the register.</summary>
    public required SystemId Id { get; init; }

    /// <summary>What the register says.</summary>
    public required SystemContent Content { get; init; }

    /// <summary>Whether it was taken out of use.</summary>
    public bool Retired { get; init; }

    /// <summary>For each resource looked at: whether it was last found shared as promised.</summary>
    public ImmutableSortedDictionary<string, bool> Sharing { get; init; } = ImmutableSortedDictionary<string, bool>.Empty.WithComparers(StringComparer.Ordinal);

    /// <summary>The resources promised and withheld.</summary>
    public IEnumerable<string> Withheld => Retired ? [] : Sharing.Where(s => !s.Value && Promises(s.Key)).Select(s => s.Key);

    /// <summary>Whether it promised to share a resource.</summary>
    public bool Promises(string resource) => Content.Resources.Any(r => r.Name == resource && r.Sharing != Intake.Sharing.None);

    /// <summary>The state after an event.</summary>
    public static ExistingSystem Evolve(ExistingSystem? system, object @event) => (system, @event) switch
    {
        (null, SystemRegistered e) => new() { Id = e.System, Content = e.Content },
        ({ } s, SystemUpdated e) => s with { Content = e.Content, Retired = false },
        ({ } s, SystemRetired) => s with { Retired = true },
        ({ } s, SystemSharingKept e) => s with { Sharing = s.Sharing.SetItem(e.Resource, true) },
        ({ } s, SystemSharingBroken e) => s with { Sharing = s.Sharing.SetItem(e.Resource, false) },
        _ => throw new UnknownEventException(Kind.Name, @event),
    };
}
