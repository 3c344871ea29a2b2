using Approval.EventStore;
using Approval.Http;
using Approval.Pages;

namespace Approval.InterfaceUnification;

/// <summary>One project's interfaces: the lines with their arrangement, the conflicts, and the gate to the committee.</summary>
public sealed class ProjectArrangementModel(Queries queries, KeptDeclarants kept) : StagePage
{
    /// <summary>The proposal.</summary>
    public Proposal Proposal { get; private set; } = null!;

    /// <summary>Its interfaces.</summary>
    public ProjectInterfaces State { get; private set; } = null!;

    /// <summary>The published standards.</summary>
    public IReadOnlyList<CatalogueEntry> Standards { get; private set; } = [];

    /// <summary>The published interfaces.</summary>
    public IReadOnlyList<CatalogueEntry> Published { get; private set; } = [];

    /// <summary>The titles of the proposals that declare its lines.</summary>
    public IReadOnlyDictionary<ProposalId, string> Titles { get; private set; } = new Dictionary<ProposalId, string>();

    /// <summary>Whether the office can arrange it now.</summary>
    public bool MayArrange => Permissions.Check(nameof(ArrangeInterfaces), Me, Proposal) is null;

    /// <summary>Shows the page.</summary>
    public async Task OnGet(string id)
    {
        await Enter("ReadCatalogue");
        var seen = await queries.Load(Me.Jurisdiction, Proposal.Kind, new ProposalId(id).Stream, HttpContext.AsOf(), Cancel);
        Proposal = seen.State;
        if (!May("ReadInterfaceMap") && Proposal.Unit != Me.Unit) throw new NotFoundException(Proposal.Id.Stream);
        var scene = await queries.Scene(Me, Cancel, declarants: await kept.Of(Me.Jurisdiction, Cancel));
        State = ProjectInterfaces.Of(Proposal, seen.Info.Version, scene);
        Published = [.. scene.Catalogue.Published.OrderBy(e => e.Title, StringComparer.Ordinal)];
        Standards = [.. scene.Catalogue.Entries.Values.Where(e => e is { Retired: false, Kind: CatalogueEntryKind.Standard }).OrderBy(e => e.Title, StringComparer.Ordinal)];
        var titles = Proposal.Appraisal.Absorbed.ToDictionary(a => a.Absorbed, a => a.Title);
        titles[Proposal.Id] = Proposal.Content.Title;
        Titles = titles;
    }

    /// <summary>What the catalogue calls an entry.</summary>
    public string NameOf(InterfaceId entry) => Published.Concat(Standards).FirstOrDefault(e => e.Id == entry)?.Title ?? entry.Value;

    /// <summary>The arrangement to begin with: reuse what is published, else publish what is given, else the exchange platform.</summary>
    public static ArrangementKind Suggested(LineAnswer line) =>
        line.Reusable.Count > 0 ? ArrangementKind.Reuse
        : line.Declared.Direction == Intake.InterfaceDirection.Provide ? ArrangementKind.PublishNew
        : ArrangementKind.ViaExchangePlatform;
}
