using Approval.Intake;

namespace Approval.InterfaceUnification;

/// <summary>One end of interfaces on the map.</summary>
/// <param name="Id">Its id on the map.</param>
/// <param name="Kind">Project, existing system, provider of the catalogue; null for the exchange platform and for a counterpart nobody knows.</param>
/// <param name="Name">Its name.</param>
public sealed record MapNode(string Id, PartyKind? Kind, string Name);

/// <summary>An interface on the map.</summary>
/// <param name="From">The node that gives.</param>
/// <param name="To">The node that takes.</param>
/// <param name="Data">The data.</param>
/// <param name="Mode">How they pass.</param>
/// <param name="Arrangement">How the line is arranged; null while open.</param>
/// <param name="Conflicts">The kinds of conflict that still stand on it, for its colour.</param>
public sealed record MapEdge(string From, string To, string Data, InterfaceMode Mode, ArrangementKind? Arrangement, IReadOnlyList<ConflictKind> Conflicts);

/// <summary>The interfaces of a jurisdiction, as declared and as arranged.</summary>
/// <param name="Nodes">Projects, systems, the exchange platform.</param>
/// <param name="Before">One edge for each line declared.</param>
/// <param name="After">One edge for each connection that remains.</param>
/// <param name="Conflicts">The conflicts found.</param>
public sealed record InterfaceMap(IReadOnlyList<MapNode> Nodes, IReadOnlyList<MapEdge> Before, IReadOnlyList<MapEdge> After, IReadOnlyList<ConflictAnswer> Conflicts)
{
    const string Platform = "exchange-platform";

    /// <summary>Draws a scene.</summary>
    public static InterfaceMap Of(InterfaceScene scene)
    {
        var offers = new InterfaceOffers(scene);
        var found = InterfaceConflicts.Find(offers);
        var open = found.Where(f => f.Open).SelectMany(f => f.Conflict.Parties.Where(p => p.Kind == PartyKind.Project).Select(p => (p.Id, f.Conflict)))
            .ToLookup(f => f.Id, f => f.Conflict);
        var nodes = new Dictionary<string, MapNode>(StringComparer.Ordinal);
        List<MapEdge> before = [], after = [];
        foreach (var project in scene.Projects)
        {
            Put(project.Party);
            foreach (var line in project.Lines)
            {
                var declared = line.Declaration;
                ConflictKind[] conflicts = [.. open[project.Party.Id].Where(c => c.Line is { } its ? its == line.Id : Naming.Same(c.Subject, declared.Data)).Select(c => c.Kind).Distinct()];
                var named = offers.Named(declared.CounterpartSystem);
                before.Add(Edge(project.Party, named is null ? Unknown(declared.CounterpartSystem) : Put(named), line, declared.Mode, conflicts));
                if (line.Arrangement is { Kind: ArrangementKind.Waive }) continue;
                after.Add(Edge(project.Party, Other(project, line, named), line, line.Arrangement?.Mode ?? declared.Mode, conflicts));
            }
        }

        return new(
            [.. nodes.Values.OrderBy(n => n.Id, StringComparer.Ordinal)], before,
            [.. after.GroupBy(e => (e.From, e.To, Naming.Plain(e.Data), e.Mode)).Select(g => g.First())],
            [.. found.Select(ConflictAnswer.Of)]);

        string Other(Project project, InterfaceLine line, Party? named)
        {
            if (line.Arrangement is { Kind: ArrangementKind.ViaExchangePlatform }) return Add(new(Platform, null, "共享交换平台"));
            if (line.Declaration.Direction == InterfaceDirection.Consume && offers.SuppliersOf(project, line).FirstOrDefault() is { } supplier) return Put(supplier.By);
            return named is null ? Unknown(line.Declaration.CounterpartSystem) : Put(named);
        }

        static MapEdge Edge(Party project, string other, InterfaceLine line, InterfaceMode mode, ConflictKind[] conflicts)
        {
            var (from, to) = line.Declaration.Direction == InterfaceDirection.Provide ? (project.Id, other) : (other, project.Id);
            return new(from, to, line.Declaration.Data, mode, line.Arrangement?.Kind, conflicts);
        }

        string Put(Party party) => Add(new(party.Id, party.Kind, party.Name));
        string Unknown(string name) => Add(new($"named:{Naming.Plain(name)}", null, name));
        string Add(MapNode node)
        {
            nodes.TryAdd(node.Id, node);
            return node.Id;
        }
    }
}

/// <summary>A conflict as it is answered.</summary>
/// <param name="Key">Names it when it is settled.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="Parties">Between whom.</param>
/// <param name="Open">Whether it still stands.</param>
/// <param name="Resolution">What the office decided, if it did.</param>
/// <param name="Remedies">The arrangements that would resolve it.</param>
/// <param name="MayBeSettled">Whether a decision may settle it.</param>
public sealed record ConflictAnswer(
    string Key, ConflictKind Kind, string Subject, IReadOnlyList<Party> Parties, bool Open, string? Resolution, IReadOnlyList<ArrangementKind> Remedies, bool MayBeSettled)
{
    /// <summary>The answer.</summary>
    public static ConflictAnswer Of(FoundConflict found) => new(
        found.Conflict.Key, found.Conflict.Kind, found.Conflict.Subject, found.Conflict.Parties, found.Open, found.Resolution, found.Conflict.Remedies, found.Conflict.MayBeSettled);
}
