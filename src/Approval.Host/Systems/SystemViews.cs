using Approval.EventStore;
using Approval.Http;
using Approval.Intake;

namespace Approval.Systems;

/// <summary>A system of the register.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Name">Its name.</param>
/// <param name="Owner">The unit that owns it.</param>
/// <param name="YearlyOperationCost">What its operation costs in a year.</param>
/// <param name="InUseSince">Since when it is in use.</param>
/// <param name="Resources">The information resources it holds.</param>
/// <param name="Interfaces">The interfaces it has.</param>
/// <param name="Withheld">The resources it promised to share and withholds.</param>
/// <param name="Retired">Whether it was taken out of use.</param>
public sealed record SystemRow(
    SystemId Code, string Name, [property: Indexed] UnitId Owner, Money YearlyOperationCost, DateOnly? InUseSince,
    IReadOnlyList<SystemResource> Resources, IReadOnlyList<SystemInterface> Interfaces, IReadOnlyList<string> Withheld, bool Retired)
{
    /// <summary>What the register says of it.</summary>
    public SystemContent Content() => new()
    {
        Name = Name, Owner = Owner, YearlyOperationCost = YearlyOperationCost, InUseSince = InUseSince, Resources = [.. Resources], Interfaces = [.. Interfaces],
    };

    /// <summary>The system as arrangements look at it.</summary>
    public ExistingSystem System() => new() { Id = Code, Content = Content(), Retired = Retired };

    /// <summary>The row of a system.</summary>
    public static SystemRow Of(ExistingSystem system) => new(
        system.Id, system.Content.Name, system.Content.Owner, system.Content.YearlyOperationCost, system.Content.InUseSince,
        system.Content.Resources, system.Content.Interfaces, [.. system.Withheld], system.Retired);
}

/// <summary>The views of the register.</summary>
public static class SystemViews
{
    /// <summary>The register.</summary>
    public static readonly View<ExistingSystem, SystemRow> Register = new("existing_systems", ExistingSystem.Kind, (s, _) => [SystemRow.Of(s)]);

    /// <summary>The promises that a unit breaks, of its systems and its approved projects: for the form check.</summary>
    public static async Task<IReadOnlyList<BrokenPromise>> PromisesBrokenBy(this Queries queries, JurisdictionId jurisdiction, UnitId unit, CancellationToken cancel, AsOf? asOf = null) =>
    [
        .. from system in await queries.In(Register, jurisdiction, asOf).Where($"owner = {unit} and not retired").All(cancel)
           from resource in system.Withheld
           select new BrokenPromise(resource, system.Name),
        .. from project in await queries.In(ProposalView.List, jurisdiction, asOf).Where($"unit = {unit} and cardinality(withheld) > 0").All(cancel)
           from resource in project.Withheld
           select new BrokenPromise(resource, project.Title),
    ];
}
