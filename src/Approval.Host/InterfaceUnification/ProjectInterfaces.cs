using Approval.Intake;

namespace Approval.InterfaceUnification;

/// <summary>A line and what can be done with it.</summary>
/// <param name="DeclaredBy">The proposal that declares it: the project itself or one that it took in.</param>
/// <param name="Line">Its number there.</param>
/// <param name="Declared">What the unit declared.</param>
/// <param name="Arrangement">How it is arranged; null while open.</param>
/// <param name="Suppliers">Who offers the data of a line that takes them.</param>
/// <param name="Reusable">Published interfaces with the same data.</param>
public sealed record LineAnswer(
    ProposalId DeclaredBy, int Line, InterfaceDeclaration Declared, ArrangementAnswer? Arrangement, IReadOnlyList<Party> Suppliers, IReadOnlyList<CatalogueEntry> Reusable);

/// <summary>An arrangement as it is answered.</summary>
/// <param name="Kind">How.</param>
/// <param name="Interface">The catalogue entry.</param>
/// <param name="Mode">How the data passes.</param>
/// <param name="Reason">Why.</param>
public sealed record ArrangementAnswer(ArrangementKind Kind, InterfaceId? Interface, InterfaceMode Mode, string? Reason);

/// <summary>The interfaces of one project: what is arranged, what is open, what is at odds.</summary>
/// <param name="Proposal">The proposal.</param>
/// <param name="Version">Its version.</param>
/// <param name="Stage">Where it stands.</param>
/// <param name="Lines">Its lines and those of the proposals it took in.</param>
/// <param name="OpenLines">How many are not arranged.</param>
/// <param name="Conflicts">The conflicts that concern it.</param>
/// <param name="OpenConflicts">How many of them stand in the way.</param>
public sealed record ProjectInterfaces(
    ProposalId Proposal, long Version, Stage Stage, IReadOnlyList<LineAnswer> Lines, int OpenLines, IReadOnlyList<ConflictAnswer> Conflicts, int OpenConflicts)
{
    /// <summary>What a scene says of one of its projects. One that stands outside the scene has its own lines only.</summary>
    public static ProjectInterfaces Of(Proposal proposal, long version, InterfaceScene scene)
    {
        var now = scene.With(proposal);
        var project = now.Of(proposal.Id) ?? new Project(Declarant.Of(proposal), []);
        var offers = new InterfaceOffers(now);
        var conflicts = InterfaceConflicts.Find(offers, proposal.Id);
        return new(
            proposal.Id, version, proposal.Stage,
            [.. project.Lines.Select(l => new LineAnswer(
                l.Id.DeclaredBy, l.Id.Number, l.Declaration,
                l.Arrangement is { } a ? new(a.Kind, a.Interface, a.Mode, a.Reason) : null,
                l.Declaration.Direction == InterfaceDirection.Consume ? [.. offers.SuppliersOf(project, l).Select(s => s.By).Distinct()] : [],
                [.. now.Catalogue.Published.Where(e => Naming.Same(e.Title, l.Declaration.Data))]))],
            project.Lines.Count(l => l.Arrangement is null),
            [.. conflicts.Select(ConflictAnswer.Of)],
            conflicts.Count(c => c.Open));
    }
}
