using System.Collections.Immutable;
using Approval.Intake;
using Approval.Systems;

namespace Approval.InterfaceUnification;

/// <summary>What a party to an interface is.</summary>
public enum PartyKind
{
    /// <summary>在审项目.</summary>
    [Words("申报项目", "Project")]
    Project,

    /// <summary>已建系统.</summary>
    [Words("已建系统", "Existing system")]
    System,

    /// <summary>The provider of a catalogue entry that is neither a project in the path nor a registered system.</summary>
    [Words("目录提供方", "Provider in the catalogue")]
    Provider,
}

/// <summary>A party to an interface.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">The proposal's id, the system's code, or the provider's plain name.</param>
/// <param name="Name">Its name.</param>
public sealed record Party(PartyKind Kind, string Id, string Name);

/// <summary>An interface line with its arrangement.</summary>
/// <param name="Id">Which line.</param>
/// <param name="Declaration">What the unit declared.</param>
/// <param name="Arrangement">How it is arranged; null while it is open.</param>
public sealed record InterfaceLine(LineId Id, InterfaceDeclaration Declaration, InterfaceArranged? Arrangement);

/// <summary>A project of the scene: a live proposal with those it took in.</summary>
/// <param name="Lead">The live proposal.</param>
/// <param name="TakenIn">The proposals merged into it, directly or through another.</param>
public sealed record Project(Declarant Lead, ImmutableArray<Declarant> TakenIn)
{
    /// <summary>The project as a party.</summary>
    public Party Party { get; } = new(PartyKind.Project, Lead.Proposal.Value, Lead.Title);

    /// <summary>The lead and all it took in.</summary>
    public ImmutableArray<Declarant> Members { get; } = [Lead, .. TakenIn];

    /// <summary>All its interface lines. An arrangement counts only while the declaration is what the office saw.</summary>
    public ImmutableArray<InterfaceLine> Lines { get; } = Lead.Interfaces.IsEmpty && TakenIn.IsEmpty ? [] :
    [
        .. from member in (IEnumerable<Declarant>)[Lead, .. TakenIn]
           from declaration in member.Interfaces
           let id = new LineId(member.Proposal, declaration.Line)
           select new InterfaceLine(id, declaration, Lead.Arranged.FirstOrDefault(a => a.Line == id && a.Declared == declaration)),
    ];
}

/// <summary>Everything that an arrangement is judged against: the projects in the path, the catalogue and the register of existing systems.</summary>
/// <param name="Projects">The projects, by id.</param>
/// <param name="Catalogue">The catalogue.</param>
/// <param name="Systems">The systems in use.</param>
public sealed record InterfaceScene(ImmutableArray<Project> Projects, InterfaceCatalogue Catalogue, ImmutableArray<ExistingSystem> Systems)
{
    /// <summary>Makes the scene: live proposals from merged appraisal on, each with those merged into it.</summary>
    public static InterfaceScene Of(IEnumerable<Declarant> declarants, InterfaceCatalogue catalogue, IEnumerable<ExistingSystem> systems)
    {
        var all = declarants.OrderBy(d => d.Proposal.Value, StringComparer.Ordinal).ToArray();
        var byLead = all.Where(d => d.MergedInto is not null).ToLookup(d => d.MergedInto!.Value);
        return new([.. all.Where(d => d.InScene).Select(d => new Project(d, byLead.Contains(d.Proposal) ? [.. Absorbed(d.Proposal)] : []))], catalogue, [.. systems.Where(s => !s.Retired)]);

        IEnumerable<Declarant> Absorbed(ProposalId lead) => byLead[lead].SelectMany(d => Absorbed(d.Proposal).Prepend(d));
    }

    /// <summary>The project of a proposal.</summary>
    public Project? Of(ProposalId proposal) => Projects.FirstOrDefault(p => p.Lead.Proposal == proposal);

    /// <summary>The scene with this proposal as it is now, instead of as it was when the scene was looked up.</summary>
    public InterfaceScene With(Proposal proposal) => this with
    {
        Projects = Of(proposal.Id) is { } project
            ? Projects.Replace(project, new Project(Declarant.Of(proposal), project.TakenIn))
            : Projects,
    };
}
