using System.Collections.Immutable;
using Approval.Intake;

namespace Approval.InterfaceUnification;

/// <summary>What a published interface offers.</summary>
/// <param name="Data">The data or resource.</param>
/// <param name="ProviderSystem">The system that provides it.</param>
/// <param name="ProviderUnit">The unit that answers for the system.</param>
/// <param name="Mode">How the data passes.</param>
/// <param name="Version">Its version.</param>
/// <param name="Standard">The standard that it follows, if any.</param>
/// <param name="ViaExchangePlatform">Whether it passes through the shared exchange platform (共享交换平台).</param>
public sealed record InterfaceContent(
    string Data, string ProviderSystem, string ProviderUnit, InterfaceMode Mode, string Version, InterfaceId? Standard = null, bool ViaExchangePlatform = false);

/// <summary>What an entry of the catalogue is.</summary>
public enum CatalogueEntryKind
{
    /// <summary>接口.</summary>
    [Words("接口", "Interface")]
    Interface,

    /// <summary>标准.</summary>
    [Words("标准", "Standard")]
    Standard,
}

/// <summary>An entry of the catalogue.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind">An interface or a standard.</param>
/// <param name="Title">The data of an interface, the title of a standard.</param>
/// <param name="Mode">How data passes.</param>
/// <param name="Version">Its version.</param>
/// <param name="Content">What an interface offers; null for a standard.</param>
/// <param name="Document">The document that sets a standard; null for an interface.</param>
/// <param name="Source">The approved proposal that provides it, if one does.</param>
/// <param name="Retired">Whether it was retired.</param>
public sealed record CatalogueEntry(
    InterfaceId Id, CatalogueEntryKind Kind, string Title, InterfaceMode Mode, string Version,
    InterfaceContent? Content, string? Document, ProposalId? Source, bool Retired = false);

/// <summary>The jurisdiction's interface catalogue: one stream for all entries.</summary>
public sealed record InterfaceCatalogue
{
    /// <summary>The kind of stream.</summary>
    public static readonly StreamKind<InterfaceCatalogue> Kind = new("catalogue", Evolve);

    /// <summary>A catalogue without entries.</summary>
    public static readonly InterfaceCatalogue Empty = new();

    /// <summary>All entries, the retired ones too.</summary>
    public ImmutableSortedDictionary<string, CatalogueEntry> Entries { get; init; } = ImmutableSortedDictionary<string, CatalogueEntry>.Empty.WithComparers(StringComparer.Ordinal);

    /// <summary>The interfaces that may be reused.</summary>
    public IEnumerable<CatalogueEntry> Published => Entries.Values.Where(e => e is { Retired: false, Kind: CatalogueEntryKind.Interface });

    /// <summary>An entry, retired or not.</summary>
    public CatalogueEntry? Of(InterfaceId id) => Entries.GetValueOrDefault(id.Value);

    /// <summary>The state after an event.</summary>
    public static InterfaceCatalogue Evolve(InterfaceCatalogue? catalogue, object @event) => (catalogue ?? Empty, @event) switch
    {
        (var c, InterfacePublished e) => c.Put(new(e.Interface, CatalogueEntryKind.Interface, e.Content.Data, e.Content.Mode, e.Content.Version, e.Content, null, e.Source)),
        (var c, StandardPublished e) => c.Put(new(e.Interface, CatalogueEntryKind.Standard, e.Title, e.Mode, e.Version, null, e.Document, null)),
        (var c, InterfaceRetired e) => c.Put(c.Entries[e.Interface.Value] with { Retired = true }),
        _ => throw new UnknownEventException(Kind.Name, @event),
    };

    InterfaceCatalogue Put(CatalogueEntry entry) => this with { Entries = Entries.SetItem(entry.Id.Value, entry) };
}
