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
    public static ImmutableArray<FoundConflict> Find(InterfaceScene scene) => Find(new InterfaceOffers(scene));

    /// <summary>The same, where the offers of the scene as arranged are gathered already.</summary>
    public static ImmutableArray<FoundConflict> Find(InterfaceOffers offers)
    {
        var declared = offers.AsDeclared().Conflicts();
        var left = offers.Conflicts();
        var (declaredAbout, leftAbout) = (declared.ToLookup(About), left.ToLookup(About));
        var settled = offers.Scene.Projects.SelectMany(p => p.Lead.Settled).ToLookup(s => (s.Kind, Naming.Plain(s.Subject)));
        return
        [
            .. declared.Concat(left.Where(l => !declaredAbout[About(l)].Any(d => l.IsWithin(d.Kind, d.Subject, d.Parties))))
                .OrderBy(c => c.Kind).ThenBy(c => c.Key, StringComparer.Ordinal)
                .Select(c => Judge(c, leftAbout[About(c)].Where(l => l.IsWithin(c.Kind, c.Subject, c.Parties)))),
        ];

        static (ConflictKind, string, LineId?) About(InterfaceConflict conflict) => (conflict.Kind, Naming.Plain(conflict.Subject), conflict.Line);

        FoundConflict Judge(InterfaceConflict conflict, IEnumerable<InterfaceConflict> remains)
        {
            var decisions = remains.Select(r => settled[(r.Kind, Naming.Plain(r.Subject))].FirstOrDefault(s => r.IsWithin(s.Kind, s.Subject, s.Parties))?.Resolution).ToArray();
            return new(conflict, decisions.Any(d => d is null), decisions.All(d => d is not null) ? decisions.FirstOrDefault() : null);
        }
    }

    /// <summary>The conflicts that concern one project.</summary>
    public static ImmutableArray<FoundConflict> Find(InterfaceScene scene, ProposalId proposal) => Find(new InterfaceOffers(scene), proposal);

    /// <summary>The same, where the offers of the scene as arranged are gathered already.</summary>
    public static ImmutableArray<FoundConflict> Find(InterfaceOffers offers, ProposalId proposal) => [.. Find(offers).Where(f => f.Conflict.Concerns(proposal))];
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

    readonly bool arranged;
    readonly Names known;
    readonly Dictionary<string, List<Offer>> offers = [];
    readonly Dictionary<string, string> names = [];
    readonly Dictionary<InterfaceLine, ImmutableArray<Offer>> suppliersOf = new(ReferenceEqualityComparer.Instance);

    /// <summary>Gathers the offers of a scene as arranged so far.</summary>
    public InterfaceOffers(InterfaceScene scene) : this(new Names(scene), arranged: true)
    {
    }

    InterfaceOffers(Names known, bool arranged)
    {
        (this.known, this.arranged) = (known, arranged);
        foreach (var project in Scene.Projects) Gather(project);
        foreach (var system in Scene.Systems) Gather(system);
        foreach (var entry in Scene.Catalogue.Published) Add(entry.Content!.Data, Of(entry, entry.Content));
    }

    /// <summary>The scene.</summary>
    public InterfaceScene Scene => known.Scene;

    /// <summary>The offers as declared, without the arrangements.</summary>
    public InterfaceOffers AsDeclared() => new(known, arranged: false);

    /// <summary>Who is meant in a scene by a name, a system's code or a proposal, whatever is arranged.</summary>
    sealed class Names
    {
        readonly Dictionary<string, Party> bySystem = [];
        readonly Dictionary<ProposalId, Project> byProposal;

        public Names(InterfaceScene scene)
        {
            Scene = scene;
            ByName = new(scene.Projects.Length);
            byProposal = new(scene.Projects.Length);
            foreach (var project in scene.Projects) Add(project);
            foreach (var system in scene.Systems) ByName.TryAdd(Naming.Plain(system.Content.Name), new(PartyKind.System, system.Id.Value, system.Content.Name));
            WithLines = [.. scene.Projects.Where(p => !p.Lines.IsEmpty)];
        }

        public InterfaceScene Scene { get; }

        public Dictionary<string, Party> ByName { get; }

        /// <summary>The projects that take or give: only they can be at odds by their lines.</summary>
        public ImmutableArray<Project> WithLines { get; }

        public Party Of(Systems.ExistingSystem system) => bySystem.GetValueOrDefault(system.Id.Value) ?? ByName[Naming.Plain(system.Content.Name)];

        public Project? SourceOf(CatalogueEntry entry) => entry.Source is { } id ? byProposal.GetValueOrDefault(id) : null;

        void Add(Project project)
        {
            foreach (var member in project.Members)
            {
                byProposal.TryAdd(member.Proposal, project);
                ByName.TryAdd(Naming.Plain(member.Title), project.Party);
                foreach (var use in member.Systems)
                {
                    if (use.Relation == SystemRelation.Reuse) continue;
                    ByName.TryAdd(Naming.Plain(use.Name), project.Party);
                    if (use.System is { } id) bySystem.TryAdd(id.Value, project.Party);
                }
            }
        }
    }

    /// <summary>The lines that are to be built: with the arrangements counted, the waived ones are not.</summary>
    IEnumerable<InterfaceLine> LinesOf(Project project) =>
        arranged ? project.Lines.Where(l => l.Arrangement?.Kind != ArrangementKind.Waive) : project.Lines;

    InterfaceMode ModeOf(InterfaceLine line) => arranged && line.Arrangement is { } a ? a.Mode : line.Declaration.Mode;

    bool Is(InterfaceLine line, ArrangementKind kind) => arranged && line.Arrangement?.Kind == kind;

    void Gather(Project project)
    {
        if (project.Lines.IsEmpty && project.Members.All(m => m.Resources.IsEmpty)) return;
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
        var party = known.Of(system);
        foreach (var give in system.Content.Interfaces.Where(i => i.Direction == InterfaceDirection.Provide))
        {
            Add(give.Data, new(party, system.Content.Name, give.Mode, ViaPlatform: false, Shared: true, Ready: true));
        }

        foreach (var resource in system.Content.Resources.Where(r => !system.Content.Interfaces.Any(i => Naming.Same(i.Data, r.Name))))
        {
            Add(resource.Name, new(party, system.Content.Name, null, ViaPlatform: false, resource.Sharing != Sharing.None, Ready: true));
        }
    }

    /// <summary>What a published interface offers: of the project that provides it, of who is known by the system's name, or else of the name alone.</summary>
    Offer Of(CatalogueEntry entry, InterfaceContent content)
    {
        var (source, name) = (known.SourceOf(entry), Naming.Plain(content.ProviderSystem));
        var party = source?.Party ?? known.ByName.GetValueOrDefault(name) ?? new(PartyKind.Provider, name, content.ProviderSystem);
        return new(party, content.ProviderSystem, content.Mode, content.ViaExchangePlatform, Shared: true, source is null || source.Lead.Built);
    }

    void Add(string data, Offer offer)
    {
        var plain = Naming.Plain(data);
        if (!offers.TryGetValue(plain, out var list)) offers[plain] = list = [];
        list.Add(offer);
        names.TryAdd(plain, data);
    }

    /// <summary>The system that a counterpart's name means; null if it means anybody or nobody known.</summary>
    public Party? Named(string counterpart) => Naming.Anybody(counterpart) ? null : known.ByName.GetValueOrDefault(Naming.Plain(counterpart));

    /// <summary>Who supplies a line to take data, the project itself left out: the counterpart if it offers the data, otherwise all that do.</summary>
    public ImmutableArray<Offer> SuppliersOf(Project project, InterfaceLine line)
    {
        if (suppliersOf.TryGetValue(line, out var found)) return found;
        return suppliersOf[line] = Find();

        ImmutableArray<Offer> Find()
        {
            if (Is(line, ArrangementKind.Reuse) && line.Arrangement!.Interface is { } id && Scene.Catalogue.Of(id) is { Content: { } content } entry) return [Of(entry, content)];
            var able = offers.GetValueOrDefault(Naming.Plain(line.Declaration.Data), []).Where(o => o.Shared && o.By != project.Party).ToArray();
            var named = Named(line.Declaration.CounterpartSystem) is { } party ? able.Where(o => o.By == party).ToArray() : [];
            return [.. named.Length > 0 ? named : able];
        }
    }

    /// <summary>The interface that a line comes to, by a key that both ends share; null if it is waived. Several lines may come to one interface.</summary>
    public string? InterfaceOf(Project project, InterfaceLine line)
    {
        if (Is(line, ArrangementKind.Waive)) return null;
        var data = Naming.Plain(line.Declaration.Data);
        if (Is(line, ArrangementKind.ViaExchangePlatform)) return Key("", data, null, platform: true);
        if (Is(line, ArrangementKind.Reuse) && line.Arrangement!.Interface is { } id && Scene.Catalogue.Of(id)?.Content is { } reused)
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
        [.. Duplicates(), .. known.WithLines.SelectMany(Missing), .. known.WithLines.SelectMany(Modes), .. known.WithLines.SelectMany(Networks), .. Cycles()];

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
        // Who waits for nobody is in no circle.
        var waiting = known.WithLines.Select(p => (p.Party, For: WaitedFor(p).ToArray())).Where(w => w.For.Length > 0).ToDictionary(w => w.Party, w => w.For);
        var waits = waiting.ToDictionary(w => w.Key, w => Sorted(w.Value.Where(waiting.ContainsKey)));
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
