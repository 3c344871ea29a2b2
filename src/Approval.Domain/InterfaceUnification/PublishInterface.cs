using System.Collections.Immutable;

namespace Approval.InterfaceUnification;

/// <summary>The office publishes the interface of a system that runs already.</summary>
/// <param name="Interface">The id that it gets.</param>
/// <param name="Content">What it offers.</param>
public sealed record PublishInterface(InterfaceId Interface, InterfaceContent Content)
{
    /// <summary>The same system offers the same data in the same mode and version already.</summary>
    public static readonly RefusalKind Exists = new("interface-exists", RefusalSort.Rule,
        "“{0}”已发布该数据的同版本接口。", "\"{0}\" already offers this data in this mode and version.");

    /// <summary>Decides.</summary>
    public static Decision Decide(PublishInterface command, InterfaceCatalogue catalogue, Occasion on)
    {
        if (Permissions.Check(nameof(PublishInterface), on.By) is { } no) return no;
        if (catalogue.Of(command.Interface) is not null) return Decision.Nothing;

        var content = command.Content;
        ImmutableArray<Refusal> wrong =
        [
            .. Texts.CheckName("data", content.Data),
            .. Texts.CheckName("providerSystem", content.ProviderSystem),
            .. Texts.CheckName("providerUnit", content.ProviderUnit),
            .. Texts.Check("version", content.Version, 20),
        ];
        if (!wrong.IsEmpty) return Decision.Refuse(wrong);
        if (content.Standard is { } standard && CatalogueRules.Standard(catalogue, standard, "standard") is { } notStandard) return notStandard;
        if (catalogue.Published.Any(e => Same(e.Content!, content))) return Exists.At("data", content.ProviderSystem);
        return Decision.Of(JurisdictionStreams.InterfaceCatalogue, new InterfacePublished(command.Interface, content, null));
    }

    static bool Same(InterfaceContent a, InterfaceContent b) =>
        Naming.Same(a.Data, b.Data) && Naming.Same(a.ProviderSystem, b.ProviderSystem) && a.Mode == b.Mode && a.Version == b.Version;
}
