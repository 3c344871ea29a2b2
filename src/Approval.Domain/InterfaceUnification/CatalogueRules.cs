using Approval.Intake;

namespace Approval.InterfaceUnification;

/// <summary>What holds for the catalogue whoever writes to it.</summary>
public static class CatalogueRules
{
    /// <summary>There is no such entry.</summary>
    public static readonly RefusalKind Unknown = new("interface-unknown", RefusalSort.Unknown, "接口目录中没有该条目。", "The catalogue holds no such entry.");

    /// <summary>The entry is retired.</summary>
    public static readonly RefusalKind Retired = new("interface-retired", RefusalSort.Rule, "“{0}”已停用。", "\"{0}\" is retired.");

    /// <summary>The entry is not a standard.</summary>
    public static readonly RefusalKind NotStandard = new("not-a-standard", RefusalSort.Rule, "“{0}”不是标准。", "\"{0}\" is not a standard.");

    /// <summary>The entry is not an interface.</summary>
    public static readonly RefusalKind NotInterface = new("not-an-interface", RefusalSort.Rule, "“{0}”是标准，不是接口。", "\"{0}\" is a standard, not an interface.");

    /// <summary>
    /// Publishes what an approved project provides, its own lines and those it took in: every line to give data that is neither reused nor waived.
    /// Two lines that give the same data in the same mode are one interface. To be made part of the act that issues the approval.
    /// </summary>
    /// <param name="catalogue">The catalogue.</param>
    /// <param name="proposal">The approved proposal.</param>
    /// <param name="unit">The name of the unit that answers for it.</param>
    public static Decision PublishProvided(InterfaceCatalogue catalogue, Proposal proposal, string unit) =>
        Decision.Of(JurisdictionStreams.InterfaceCatalogue, proposal.Interfaces.Arranged.Values
            .Where(a => a.Declared.Direction == InterfaceDirection.Provide && a.Kind is not (ArrangementKind.Reuse or ArrangementKind.Waive))
            .DistinctBy(a => (Naming.Plain(a.Declared.Data), a.Mode, a.Interface))
            .Select(a => new InterfacePublished(IdOf(a.Line), new(
                a.Declared.Data, proposal.Content.Title, unit, a.Mode, "1.0",
                a.Kind == ArrangementKind.AdoptStandard ? a.Interface : null, a.Kind == ArrangementKind.ViaExchangePlatform), proposal.Id))
            .Where(e => catalogue.Of(e.Interface) is null));

    /// <summary>The id under which a line's interface is published.</summary>
    public static InterfaceId IdOf(LineId line) => new($"{line.DeclaredBy.Value}-{line.Number}");

    /// <summary>A published standard, or why it is none.</summary>
    internal static Refusal? Standard(InterfaceCatalogue catalogue, InterfaceId id, string field) =>
        Usable(catalogue, id, field) ?? (catalogue.Of(id) is { Kind: CatalogueEntryKind.Interface } e ? NotStandard.At(field, e.Title) : null);

    /// <summary>A published interface, or why it is none.</summary>
    internal static Refusal? Interface(InterfaceCatalogue catalogue, InterfaceId id, string field) =>
        Usable(catalogue, id, field) ?? (catalogue.Of(id) is { Kind: CatalogueEntryKind.Standard } e ? NotInterface.At(field, e.Title) : null);

    static Refusal? Usable(InterfaceCatalogue catalogue, InterfaceId id, string field) => catalogue.Of(id) switch
    {
        null => Unknown.At(field),
        { Retired: true } e => Retired.At(field, e.Title),
        _ => null,
    };
}
