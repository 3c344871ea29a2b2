using System.Collections.Immutable;
using Approval.Intake;

namespace Approval.InterfaceUnification;

/// <summary>The office publishes a standard that interfaces may adopt.</summary>
/// <param name="Interface">The id that it gets.</param>
/// <param name="Title">Its title.</param>
/// <param name="Mode">How data passes under it.</param>
/// <param name="Version">Its version.</param>
/// <param name="Document">The document that sets it.</param>
public sealed record PublishStandard(InterfaceId Interface, string Title, InterfaceMode Mode, string Version, string Document)
{
    /// <summary>The standard is published in this version already.</summary>
    public static readonly RefusalKind Exists = new("standard-exists", RefusalSort.Rule,
        "该标准的此版本已发布。", "This version of the standard is already published.");

    /// <summary>Decides.</summary>
    public static Decision Decide(PublishStandard command, InterfaceCatalogue catalogue, Occasion on)
    {
        if (Permissions.Check(nameof(PublishStandard), on.By) is { } no) return no;
        if (catalogue.Of(command.Interface) is not null) return Decision.Nothing;

        ImmutableArray<Refusal> wrong =
        [
            .. Texts.CheckName("title", command.Title),
            .. Texts.Check("version", command.Version, 20),
            .. Texts.Check("document", command.Document, Texts.Name),
        ];
        if (!wrong.IsEmpty) return Decision.Refuse(wrong);
        if (catalogue.Entries.Values.Any(e => e is { Retired: false, Kind: CatalogueEntryKind.Standard } && Naming.Same(e.Title, command.Title) && e.Version == command.Version))
        {
            return Exists.At("version");
        }

        return Decision.Of(JurisdictionStreams.InterfaceCatalogue,
            new StandardPublished(command.Interface, command.Title, command.Mode, command.Version, command.Document));
    }
}
