using System.Collections.Immutable;
using Approval.Intake;

namespace Approval.InterfaceUnification;

/// <summary>
/// Finds the conflicts of a scene. A function of the scene alone: the same scene gives the same conflicts in the same order.
/// They are looked for twice, in what the units declared and in what the arrangements make of it; a conflict of the first kind that is
/// not left in the second is resolved by arrangement, without a word about how.
/// </summary>
public static class InterfaceConflicts
{
    /// <summary>Every conflict that concerns at least one project, open or resolved, in a fixed order.</summary>
    public static ImmutableArray<FoundConflict> Find(InterfaceScene scene)
    {
        var declared = new InterfaceOffers(scene, arranged: false).Conflicts();
        var left = new InterfaceOffers(scene, arranged: true).Conflicts();
        var settled = scene.Projects.SelectMany(p => p.Lead.Settled).ToArray();
        return
        [
            .. declared.Concat(left.Where(l => !declared.Any(d => l.IsWithin(d.Kind, d.Subject, d.Parties) && l.Line == d.Line)))
                .OrderBy(c => c.Kind).ThenBy(c => c.Key, StringComparer.Ordinal)
                .Select(c => Judge(c, [.. left.Where(l => l.IsWithin(c.Kind, c.Subject, c.Parties) && l.Line == c.Line)])),
        ];

        FoundConflict Judge(InterfaceConflict conflict, ImmutableArray<InterfaceConflict> remains)
        {
            var decisions = remains.Select(r => settled.FirstOrDefault(s => r.IsWithin(s.Kind, s.Subject, s.Parties))?.Resolution).ToArray();
            return new(conflict, decisions.Any(d => d is null), decisions.All(d => d is not null) ? decisions.FirstOrDefault() : null);
        }
    }

    /// <summary>The conflicts that concern one project.</summary>
    public static ImmutableArray<FoundConflict> Find(InterfaceScene scene, ProposalId proposal) =>
        [.. Find(scene).Where(f => f.Conflict.Concerns(proposal))];
}

/// <summary>Who offers which data in a scene, either as declared or as arranged so far.</summary>
public sealed class InterfaceOffers
{
    /// <summary>One offer of data.</summary>
    /// <param name="By">Who offers.</param>
    /// <param name="System">The system's name under which it is known.</param>
    /// <param name="Mode">How; null where only the resource is known.</param>
    /// <param name="ViaPlatform">Whether it passes through the exchange platform.</param>
    /// <param name="Shared">Whether others may have it.</param>
    /// <param name="Ready">Whether it is there already, so that nobody waits for it.</param>
    public sealed record Offer(Party By, string System, InterfaceMode? Mode, bool ViaPlatform, bool Shared, bool Ready);

    readonly InterfaceScene scene;
    readonly bool arranged;
    readonly Dictionary<string, Party> byName = [];
    readonly Dictionary<string, Party> bySystem = [];
    readonly Dictionary<string, List<Offer>> offers = [];
    readonly Dictionary<string, string> names = [];

    /// <summary>Gathers the offers.</summary>
    /// <param name="scene">The scene.</param>
    /// <param name="arranged">Whether arrangements count, or only what was declared.</param>
    public InterfaceOffers(InterfaceScene scene, bool arranged)
    {
        (this.scene, this.arranged) = (scene, arranged);
        foreach (var project in scene.Projects) Name(project);
        foreach (var system in scene.Systems) byName.TryAdd(Naming.Plain(system.Content.Name), new(PartyKind.System, system.Id.Value, system.Content.Name));
        foreach (var project in scene.Projects) Gather(project);
        foreach (var system in scene.Systems) Gather(system);
        foreach (var entry in scene.Catalogue.Published) Gather(entry);
    }

    /// <summary>The lines that are to be built: with the arrangements counted, the waived ones are not.</summary>
    IEnumerable<InterfaceLine> LinesOf(Project project) =>
        arranged ? project.Lines.Where(l => l.Arrangement?.Kind != ArrangementKind.Waive) : project.Lines;

    InterfaceMode ModeOf(InterfaceLine line) => arranged && line.Arrangement is { } a ? a.Mode : line.Declaration.Mode;

    bool Is(InterfaceLine line, ArrangementKind kind) => arranged && line.Arrangement?.Kind == kind;

    void Name(Project project)
    {
        foreach (var member in project.Members)
        {
            byName.TryAdd(Naming.Plain(member.Title), project.Party);
            foreach (var use in member.Systems.Where(u => u.Relation != SystemRelation.Reuse))
            {
                byName.TryAdd(Naming.Plain(use.Name), project.Party);
                if (use.System is { } id) bySystem.TryAdd(id.Value, project.Party);
            }
        }
    }

    void Gather(Project project)
    {
        foreach (var line in LinesOf(project).Where(l => l.Declaration.Direction == InterfaceDirection.Provide && !Is(l, ArrangementKind.Reuse)))
        {
            Add(line.Declaration.Data, new(project.Party, project.Lead.Title, ModeOf(line), Is(line, ArrangementKind.ViaExchangePlatform), Shared: true, project.Lead.Built));
        }

        // A resource that the project also takes, or offers by a line of its own, says nothing more.
        var spoken = project.Lines.Select(l => Naming.Plain(l.Declaration.Data)).ToHashSet();
        foreach (var resource in project.Members.SelectMany(m => m.Resources).Where(r => !spoken.Contains(Naming.Plain(r.Name))))
        {
            Add(resource.Name, new(project.Party, project.Lead.Title, null, ViaPlatform: false, resource.Sharing != Sharing.None, project.Lead.Built));
        }
    }

    void Gather(Systems.ExistingSystem system)
    {
        var party = bySystem.GetValueOrDefault(system.Id.Value) ?? byName[Naming.Plain(system.Content.Name)];
        foreach (var give in system.Content.Interfaces.Where(i => i.Direction == InterfaceDirection.Provide))
        {
            Add(give.Data, new(party, system.Content.Name, give.Mode, ViaPlatform: false, Shared: true, Ready: true));
        }

        foreach (var resource in system.Content.Resources.Where(r => !system.Content.Interfaces.Any(i => Naming.Same(i.Data, r.Name))))
        {
            Add(resource.Name, new(party, system.Content.Name, null, ViaPlatform: false, resource.Sharing != Sharing.None, Ready: true));
        }
    }

    void Gather(CatalogueEntry entry)
    {
        var content = entry.Content!;
        var source = entry.Source is { } id ? scene.Projects.FirstOrDefault(p => p.Members.Any(m => m.Proposal == id)) : null;
        Add(content.Data, new(PartyOf(entry), content.ProviderSystem, content.Mode, content.ViaExchangePlatform, Shared: true, source is null || source.Lead.Built));
    }

    Party PartyOf(CatalogueEntry entry) =>
        (entry.Source is { } id ? scene.Projects.FirstOrDefault(p => p.Members.Any(m => m.Proposal == id))?.Party : null)
        ?? byName.GetValueOrDefault(Naming.Plain(entry.Content!.ProviderSystem))
        ?? new(PartyKind.Provider, Naming.Plain(entry.Content!.ProviderSystem), entry.Content!.ProviderSystem);

    void Add(string data, Offer offer)
    {
        var plain = Naming.Plain(data);
        if (!offers.TryGetValue(plain, out var list)) offers[plain] = list = [];
        list.Add(offer);
        names.TryAdd(plain, data);
    }

    /// <summary>The system that a counterpart's name means; null if it means anybody or nobody known.</summary>
    public Party? Named(string counterpart) => Naming.Anybody(counterpart) ? null : byName.GetValueOrDefault(Naming.Plain(counterpart));

    /// <summary>Who supplies a line to take data, the project itself left out: the counterpart if it offers the data, otherwise all that do.</summary>
    public ImmutableArray<Offer> SuppliersOf(Project project, InterfaceLine line)
    {
        if (Is(line, ArrangementKind.Reuse) && line.Arrangement!.Interface is { } id && scene.Catalogue.Of(id) is { Content: { } content } entry)
        {
            var source = entry.Source is { } by ? scene.Projects.FirstOrDefault(p => p.Members.Any(m => m.Proposal == by)) : null;
            return [new(PartyOf(entry), content.ProviderSystem, content.Mode, content.ViaExchangePlatform, Shared: true, source is null || source.Lead.Built)];
        }

        var able = offers.GetValueOrDefault(Naming.Plain(line.Declaration.Data), []).Where(o => o.Shared && o.By != project.Party).ToArray();
        var named = Named(line.Declaration.CounterpartSystem) is { } party ? able.Where(o => o.By == party).ToArray() : [];
        return [.. named.Length > 0 ? named : able];
    }

    /// <summary>The interface that a line comes to, by a key that both ends share; null if it is waived. Several lines may come to one interface.</summary>
    public string? InterfaceOf(Project project, InterfaceLine line)
    {
        if (Is(line, ArrangementKind.Waive)) return null;
        var data = Naming.Plain(line.Declaration.Data);
        if (Is(line, ArrangementKind.ViaExchangePlatform)) return Key("", data, null, platform: true);
        if (Is(line, ArrangementKind.Reuse) && line.Arrangement!.Interface is { } id && scene.Catalogue.Of(id)?.Content is { } reused)
        {
            return Key(reused.ProviderSystem, Naming.Plain(reused.Data), reused.Mode, reused.ViaExchangePlatform);
        }

        if (line.Declaration.Direction == InterfaceDirection.Provide) return Key(project.Lead.Title, data, ModeOf(line), platform: false);
        var suppliers = SuppliersOf(project, line);
        var supplier = suppliers.FirstOrDefault(s => s.Mode == ModeOf(line)) ?? suppliers.FirstOrDefault();
        return supplier is null
            ? Key(line.Declaration.CounterpartSystem, data, ModeOf(line), platform: false)
            : Key(supplier.System, data, supplier.Mode ?? ModeOf(line), supplier.ViaPlatform);

        static string Key(string system, string data, InterfaceMode? mode, bool platform) =>
            platform ? $"exchange/{data}" : $"{Naming.Plain(system)}/{data}/{mode}";
    }

    internal ImmutableArray<InterfaceConflict> Conflicts() =>
        [.. Duplicates(), .. scene.Projects.SelectMany(Missing), .. scene.Projects.SelectMany(Modes), .. scene.Projects.SelectMany(Networks), .. Cycles()];

    IEnumerable<InterfaceConflict> Duplicates() =>
        from offer in offers
        let parties = Sorted(offer.Value.Select(o => o.By))
        where parties.Length > 1 && parties.Any(p => p.Kind == PartyKind.Project)
        select new InterfaceConflict(ConflictKind.DuplicateProvider, names[offer.Key], null, parties);

    IEnumerable<InterfaceConflict> Missing(Project project) =>
        from line in Taken(project)
        where !Is(line, ArrangementKind.Reuse) && !Gives(project, line) && SuppliersOf(project, line).IsEmpty
        group line by Naming.Plain(line.Declaration.Data) into lines
        let data = lines.First().Declaration.Data
        let counterparts = lines.Select(l => Named(l.Declaration.CounterpartSystem)).OfType<Party>().Where(p => p != project.Party)
        select new InterfaceConflict(ConflictKind.NoProvider, data, null, [project.Party, .. Sorted(counterparts)]);

    IEnumerable<InterfaceConflict> Modes(Project project) =>
        from line in Taken(project)
        where !Is(line, ArrangementKind.Reuse) && !Is(line, ArrangementKind.ViaExchangePlatform)
        let suppliers = SuppliersOf(project, line).Where(s => s.Mode is not null).ToArray()
        where suppliers.Length > 0 && !suppliers.Any(s => s.ViaPlatform || s.Mode == ModeOf(line))
        group suppliers by Naming.Plain(line.Declaration.Data) into lines
        select new InterfaceConflict(ConflictKind.IncompatibleModes, names[lines.Key], null, [project.Party, .. Sorted(lines.SelectMany(s => s).Select(s => s.By))]);

    IEnumerable<InterfaceConflict> Networks(Project project) =>
        from line in LinesOf(project)
        where line.Declaration.Network == Network.Private && !Is(line, ArrangementKind.Reuse) && !Is(line, ArrangementKind.ViaExchangePlatform)
        select new InterfaceConflict(ConflictKind.PrivateNetwork, line.Declaration.Data, line.Id, [project.Party]);

    IEnumerable<InterfaceConflict> Cycles()
    {
        var projects = scene.Projects.Select(p => p.Party).ToHashSet();
        var waits = scene.Projects.ToDictionary(p => p.Party, p => Sorted(WaitedFor(p).Where(projects.Contains)));
        return Circles(waits).Select(circle => new InterfaceConflict(ConflictKind.WaitingCycle, "", null, circle));
    }

    /// <summary>Whom an unfinished project waits for: the suppliers of what is not there yet, or the counterpart it names.</summary>
    IEnumerable<Party> WaitedFor(Project project)
    {
        if (project.Lead.Built) return [];
        return Taken(project).SelectMany(line =>
        {
            var suppliers = SuppliersOf(project, line);
            return suppliers.Any(s => s.Ready) ? []
                : suppliers.IsEmpty ? Named(line.Declaration.CounterpartSystem) is { } named && named != project.Party ? [named] : []
                : suppliers.Select(s => s.By);
        });
    }

    IEnumerable<InterfaceLine> Taken(Project project) => LinesOf(project).Where(l => l.Declaration.Direction == InterfaceDirection.Consume);

    /// <summary>Whether the project gives itself what the line takes, as a lead does that took in its supplier.</summary>
    bool Gives(Project project, InterfaceLine line) =>
        offers.GetValueOrDefault(Naming.Plain(line.Declaration.Data), []).Any(o => o.By == project.Party);

    static ImmutableArray<Party> Sorted(IEnumerable<Party> parties) => [.. parties.Distinct().OrderBy(p => p.Kind).ThenBy(p => p.Id, StringComparer.Ordinal)];

    /// <summary>The sets of parties each of which waits, directly or through others, for every other: Tarjan's strongly connected components.</summary>
    static List<ImmutableArray<Party>> Circles(Dictionary<Party, ImmutableArray<Party>> waits)
    {
        var circles = new List<ImmutableArray<Party>>();
        var order = new Dictionary<Party, int>();
        var low = new Dictionary<Party, int>();
        var open = new Stack<Party>();
        var onStack = new HashSet<Party>();
        foreach (var start in waits.Keys.OrderBy(p => p.Id, StringComparer.Ordinal).Where(p => !order.ContainsKey(p)))
        {
            var path = new Stack<(Party Party, int Next)>();
            Enter(start);
            path.Push((start, 0));
            while (path.Count > 0)
            {
                var (party, next) = path.Pop();
                if (next < waits[party].Length)
                {
                    path.Push((party, next + 1));
                    var other = waits[party][next];
                    if (!order.TryGetValue(other, out var met))
                    {
                        Enter(other);
                        path.Push((other, 0));
                    }
                    else if (onStack.Contains(other))
                    {
                        low[party] = Math.Min(low[party], met);
                    }

                    continue;
                }

                if (path.Count > 0) low[path.Peek().Party] = Math.Min(low[path.Peek().Party], low[party]);
                if (low[party] != order[party]) continue;
                var circle = new List<Party>();
                do
                {
                    onStack.Remove(open.Peek());
                    circle.Add(open.Pop());
                }
                while (circle[^1] != party);
                if (circle.Count > 1) circles.Add(Sorted(circle));
            }
        }

        return circles;

        void Enter(Party party)
        {
            order[party] = low[party] = order.Count;
            open.Push(party);
            onStack.Add(party);
        }
    }
}
