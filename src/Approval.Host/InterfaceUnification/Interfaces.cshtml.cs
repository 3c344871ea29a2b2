using Approval.Http;
using Approval.Intake;
using Approval.Pages;

namespace Approval.InterfaceUnification;

/// <summary>A project that stands in unification.</summary>
/// <param name="Id">The proposal.</param>
/// <param name="Title">Its title.</param>
/// <param name="Unit">The unit that proposes.</param>
/// <param name="Lines">Its interface lines and those of the proposals it took in.</param>
/// <param name="OpenLines">How many are not arranged.</param>
/// <param name="OpenConflicts">How many conflicts stand in its way.</param>
public sealed record WaitingProject(ProposalId Id, string Title, UnitId Unit, int Lines, int OpenLines, int OpenConflicts);

/// <summary>The interface map before and after unification, the projects to be arranged, the conflicts, and the catalogue with search.</summary>
public sealed class InterfacesModel(Queries queries, KeptDeclarants kept, Reader reader) : StagePage
{
    /// <summary>So many of the projects to be arranged are shown, those that have waited longest.</summary>
    public const int MostWaiting = 50;

    static readonly string[] Arrow = ["none", "arrow"];
    static readonly string[] LabelAt = ["left", "bottom", "right"];

    /// <summary>The map; null for who may see the catalogue alone.</summary>
    public InterfaceMap? Map { get; private set; }

    /// <summary>What unification came to so far.</summary>
    public UnificationFigures Figures { get; private set; } = new(0, 0, 0);

    /// <summary>The projects that stand in unification, with what is still open.</summary>
    public IReadOnlyList<WaitingProject> Waiting { get; private set; } = [];

    /// <summary>The catalogue's entries.</summary>
    public Page<CatalogueRow> Catalogue { get; private set; } = null!;

    /// <summary>The published standards.</summary>
    public IReadOnlyList<CatalogueRow> Standards { get; private set; } = [];

    /// <summary>Whether the map shows what was declared rather than what was arranged.</summary>
    public bool Before { get; private set; }

    /// <summary>What is searched for in the catalogue.</summary>
    public string? Search { get; private set; }

    /// <summary>The kind of entry searched for.</summary>
    public CatalogueEntryKind? Kind { get; private set; }

    /// <summary>The edges of the chosen view.</summary>
    public IReadOnlyList<MapEdge> Edges => Before ? Map!.Before : Map!.After;

    /// <summary>Shows the page.</summary>
    public async Task OnGet()
    {
        await Enter("ReadCatalogue");
        (Before, Search, Kind) = (HttpContext.Text("view") == "before", HttpContext.Text("q"), HttpContext.Code<CatalogueEntryKind>("kind"));
        if (May("ReadInterfaceMap"))
        {
            var declarants = await kept.Of(Me.Jurisdiction, Cancel);
            var scene = await queries.Scene(Me, Cancel, declarants: declarants);
            Map = InterfaceMap.Of(scene);
            Figures = UnificationFigures.Of(declarants.Select(d => d.Unified).OfType<InterfacesUnified>());
            var lines = scene.Projects.ToDictionary(p => p.Lead.Proposal, p => p.Lines);
            var conflicts = Map.Conflicts.Where(c => c.Open).SelectMany(c => c.Parties).Where(p => p.Kind == PartyKind.Project).CountBy(p => p.Id).ToDictionary();
            var rows = await queries.In(ProposalView.List, Me.Jurisdiction).Where($"stage = {Stage.InterfaceUnification}").OrderBy("stage_entered").Page(new(MostWaiting, null), Cancel);
            Waiting =
            [
                .. from row in rows.Items
                   let its = lines.GetValueOrDefault(row.Id, [])
                   select new WaitingProject(row.Id, row.Title, row.Unit, its.Length, its.Count(l => l.Arrangement is null), conflicts.GetValueOrDefault(row.Id.Value)),
            ];
        }

        Catalogue = await queries.In(InterfaceViews.Catalogue, Me.Jurisdiction)
            .Where($"kind = {Kind}", Kind is not null)
            .Where($"strpos(lower(title || ' ' || coalesce(provider_system, '') || ' ' || coalesce(provider_unit, '')), lower({Search})) > 0", Search is not null)
            .OrderBy("title").Page(HttpContext.Paging(), Cancel);
        if (May(nameof(PublishInterface)))
            Standards = await queries.In(InterfaceViews.Catalogue, Me.Jurisdiction).Where($"kind = {CatalogueEntryKind.Standard} and not retired").OrderBy("title").All(Cancel);
    }

    /// <summary>What a node is, for its colour and the legend.</summary>
    public string KindOf(MapNode node) => node.Kind is { } kind ? reader.Say(kind)
        : node.Id.StartsWith("named:", StringComparison.Ordinal) ? reader.T("未登记的对端", "Unknown counterpart") : reader.T("共享交换平台", "Exchange platform");

    /// <summary>Where each node stands: who only gives at the left, who only takes at the right, the others between; each near what it is joined to.</summary>
    static Dictionary<string, (int Column, double X, double Y)> Placed(IReadOnlyList<MapEdge> edges)
    {
        var (gives, takes) = (edges.Select(e => e.From).ToHashSet(), edges.Select(e => e.To).ToHashSet());
        var columns = gives.Union(takes).Order(StringComparer.Ordinal).ToLookup(n => !takes.Contains(n) ? 0 : gives.Contains(n) ? 1 : 2);
        var places = new Dictionary<string, (int Column, double X, double Y)>();
        var joined = edges.SelectMany(e => new[] { (e.From, e.To), (e.To, e.From) }).ToLookup(e => e.Item1, e => e.Item2);
        foreach (var column in new[] { 1, 0, 2, 1 })
        {
            var nodes = columns[column].OrderBy(n => joined[n].Where(places.ContainsKey).Select(o => places[o].Y).DefaultIfEmpty(0.5).Average()).ToList();
            foreach (var (i, node) in nodes.Index()) places[node] = (column, column, (i + 0.5) / nodes.Count);
        }

        return places;
    }

    /// <summary>Who gives what to whom, as a graph.</summary>
    public ChartModel Chart()
    {
        var places = Placed(Edges);
        var nodes = Map!.Nodes.Where(n => places.ContainsKey(n.Id)).ToDictionary(n => n.Id);
        var most = places.Values.GroupBy(p => p.Column).Max(c => c.Count());
        var title = Before ? reader.T("接口关系图：统一前（按申报）", "Interfaces before unification, as declared") : reader.T("接口关系图：统一后（按安排）", "Interfaces after unification, as arranged");
        return new(
            title,
            new
            {
                series = new object[]
                {
                    new
                    {
                        type = "graph", layout = "none", roam = false,
                        label = new { show = true, fontSize = 12, color = "#1f2a37", width = 170, overflow = "truncate" },
                        edgeSymbol = Arrow, edgeSymbolSize = 7, edgeLabel = new { formatter = "{c}", fontSize = 11 },
                        emphasis = new { focus = "adjacency", edgeLabel = new { show = true } },
                        data = nodes.Values.Select(n => new
                        {
                            id = n.Id, name = n.Name, symbolSize = n.Kind == PartyKind.Project ? 16 : 12, x = places[n.Id].X, y = places[n.Id].Y,
                            label = new { position = LabelAt[places[n.Id].Column] },
                            itemStyle = new { color = ColourOf(n) }, href = n.Kind == PartyKind.Project ? $"/interfaces/projects/{n.Id}" : null,
                        }),
                        links = Edges.Select(e => new
                        {
                            source = e.From, target = e.To, value = e.Data,
                            lineStyle = new { color = e.Conflicts.Count > 0 ? "#a02c26" : "#8a97a5", width = e.Conflicts.Count > 0 ? 2.4 : 1.2, curveness = places[e.From].Column == places[e.To].Column ? 0.45 : 0.08 },
                        }),
                    },
                },
            },
            [reader.T("提供方", "Gives"), reader.T("使用方", "Takes"), reader.T("数据", "Data"), reader.T("方式", "Mode"), reader.T("安排", "Arrangement"), reader.T("冲突", "Conflicts")],
            [.. Edges.Select(e => (IReadOnlyList<string>)
                [nodes[e.From].Name, nodes[e.To].Name, e.Data, reader.Say(e.Mode), e.Arrangement is { } a ? reader.Say(a) : reader.T("未安排", "open"), string.Join("；", e.Conflicts.Select(c => reader.Say(c)))])],
            most > 16 ? "tallest" : "tall");
    }

    static string ColourOf(MapNode node) => node.Kind switch
    {
        PartyKind.Project => "#1d4f7c",
        PartyKind.System => "#3f8f7f",
        PartyKind.Provider => "#6b5b95",
        _ => node.Id.StartsWith("named:", StringComparison.Ordinal) ? "#8a97a5" : "#c98a2b",
    };
}
