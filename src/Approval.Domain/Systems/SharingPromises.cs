using System.Collections.Immutable;

namespace Approval.Systems;

/// <summary>A promise to share data that a unit does not keep.</summary>
/// <param name="Resource">The resource withheld.</param>
/// <param name="Promised">The approved project or the registered system that promised it.</param>
public sealed record BrokenPromise(string Resource, string Promised);

/// <summary>Which promises to share data a unit breaks: what the form check asks before a unit may submit again.</summary>
public static class SharingPromises
{
    /// <summary>The promises that a unit breaks, of its registered systems and of its approved projects.</summary>
    public static ImmutableArray<BrokenPromise> Broken(UnitId unit, IEnumerable<ExistingSystem> systems, IEnumerable<Proposal> proposals) =>
    [
        .. from system in systems
           where system.Content.Owner == unit
           from resource in system.Withheld
           select new BrokenPromise(resource, system.Content.Name),
        .. from proposal in proposals
           where proposal.Unit == unit
           from resource in proposal.Supervision.Withheld
           select new BrokenPromise(resource, proposal.Content.Title),
    ];
}
