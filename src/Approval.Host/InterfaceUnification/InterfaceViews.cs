using Approval.EventStore;
using Approval.Http;
using Approval.Intake;
using Approval.Systems;

namespace Approval.InterfaceUnification;

/// <summary>A proposal as interface unification sees it, kept so that a scene is one look-up.</summary>
/// <param name="Proposal">The proposal.</param>
/// <param name="Stage">Where it stands.</param>
/// <param name="Declarant">What unification looks at.</param>
public sealed record DeclarantRow(ProposalId Proposal, [property: Indexed] Stage Stage, Declarant Declarant);

/// <summary>An entry of the interface catalogue.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind">An interface or a standard.</param>
/// <param name="Title">The data of an interface, the title of a standard.</param>
/// <param name="Mode">How data passes.</param>
/// <param name="InterfaceVersion">Its version.</param>
/// <param name="ProviderSystem">The system that provides an interface.</param>
/// <param name="ProviderUnit">The unit that answers for it.</param>
/// <param name="Standard">The standard that an interface follows, if any.</param>
/// <param name="ViaExchangePlatform">Whether an interface passes through the shared exchange platform.</param>
/// <param name="Document">The document that sets a standard.</param>
/// <param name="Source">The approved proposal that provides an interface, if one does.</param>
/// <param name="Retired">Whether it was retired.</param>
public sealed record CatalogueRow(
    [property: Key] string Id, CatalogueEntryKind Kind, string Title, InterfaceMode Mode, string InterfaceVersion, string? ProviderSystem, string? ProviderUnit,
    InterfaceId? Standard, bool ViaExchangePlatform, string? Document, ProposalId? Source, bool Retired);

/// <summary>The views of interface unification.</summary>
public static class InterfaceViews
{
    /// <summary>The proposals that belong to scenes: in the path from merged appraisal on, merged into one, or unified once.</summary>
    public static readonly View<Proposal, DeclarantRow> Declarants = new("declarants", Proposal.Kind, (p, _) =>
        Declarant.Of(p) is { } d && (d.InScene || d.MergedInto is not null || d.Unified is not null) ? [new(p.Id, p.Stage, d)] : []);

    /// <summary>The interface catalogue.</summary>
    public static readonly View<InterfaceCatalogue, CatalogueRow> Catalogue = new("interface_catalogue", InterfaceCatalogue.Kind, (c, _) =>
        c.Entries.Values.Select(e => new CatalogueRow(
            e.Id.Value, e.Kind, e.Title, e.Mode, e.Version, e.Content?.ProviderSystem, e.Content?.ProviderUnit, e.Content?.Standard,
            e.Content?.ViaExchangePlatform ?? false, e.Document, e.Source, e.Retired)));

    /// <summary>The proposals of a jurisdiction as unification sees them.</summary>
    public static async Task<IReadOnlyList<Declarant>> DeclarantsOf(this Queries queries, JurisdictionId jurisdiction, CancellationToken cancel, AsOf? asOf = null) =>
        [.. (await queries.In(Declarants, jurisdiction, asOf).All(cancel)).Select(r => r.Declarant)];

    /// <summary>The scene against which interfaces are arranged.</summary>
    /// <param name="queries">Reads.</param>
    /// <param name="jurisdiction">The jurisdiction.</param>
    /// <param name="catalogue">The catalogue, if there is one.</param>
    /// <param name="cancel">Gives up.</param>
    /// <param name="asOf">The instant; null for now.</param>
    /// <param name="declarants">Its proposals, where they were read already.</param>
    public static async Task<InterfaceScene> SceneOf(
        this Queries queries, JurisdictionId jurisdiction, InterfaceCatalogue? catalogue, CancellationToken cancel, AsOf? asOf = null, IReadOnlyList<Declarant>? declarants = null) =>
        InterfaceScene.Of(
            declarants ?? await queries.DeclarantsOf(jurisdiction, cancel, asOf),
            catalogue ?? InterfaceCatalogue.Empty,
            (await queries.In(SystemViews.Register, jurisdiction, asOf).Where($"not retired").All(cancel)).Select(r => r.System()));
}
