using Approval.EventStore;
using Approval.InterfaceUnification;

namespace Approval.Dashboard;

/// <summary>The figures over proposals that do not depend on the day.</summary>
public sealed class StandingTotals : ITotals<Standing>
{
    readonly SortedDictionary<Stage, (int Count, Money Requested, int Paused)> byStage = [];
    readonly SortedDictionary<Outcome, int> byOutcome = [];
    readonly Dictionary<(bool Classified, Track Track), (int Count, Money Requested, Money Approved)> byTrack = [];
    readonly Dictionary<UnitId, (int Count, Money Requested, Money Approved)> byUnit = [];
    readonly SortedDictionary<Stage, SortedDictionary<int, int>> stays = [];
    (int Leads, int Absorbed, decimal Saved) merges;
    decimal requested, recommended, approved, saved;

    /// <inheritdoc/>
    public void Add(Standing row) => Count(row, 1);

    /// <inheritdoc/>
    public void Remove(Standing row) => Count(row, -1);

    void Count(Standing p, int sign)
    {
        Change(byStage, p.Stage, f => (f.Count + sign, new(f.Requested.Yuan + (sign * p.Requested.Yuan)), f.Paused + (p.Paused ? sign : 0)), f => f.Count == 0);
        if (p.Outcome is { } outcome) Change(byOutcome, outcome, n => n + sign, n => n == 0);
        Change(byTrack, (p.Track is not null, p.Track ?? default), Sums, f => f.Count == 0);
        Change(byUnit, p.Unit, Sums, f => f.Count == 0);
        foreach (var (stage, days) in p.Stays)
        {
            if (!stays.TryGetValue(stage, out var counted)) stays.Add(stage, counted = []);
            Change(counted, days, n => n + sign, n => n == 0);
        }

        requested += sign * p.Requested.Yuan;
        recommended += sign * (p.Recommended?.Yuan ?? 0);
        approved += sign * (p.Approved?.Yuan ?? 0);
        var less = p.Recommended is { } sum ? sign * (p.Requested.Yuan + p.AbsorbedRequested.Yuan - sum.Yuan) : 0;
        saved += less;
        if (p.Absorbed > 0) merges = (merges.Leads + sign, merges.Absorbed + (sign * p.Absorbed), merges.Saved + less);

        (int, Money, Money) Sums((int Count, Money Requested, Money Approved) f) =>
            (f.Count + sign, new(f.Requested.Yuan + (sign * p.Requested.Yuan)), new(f.Approved.Yuan + (sign * (p.Approved?.Yuan ?? 0))));
    }

    static void Change<TKey, TValue>(IDictionary<TKey, TValue> figures, TKey key, Func<TValue, TValue> change, Func<TValue, bool> gone) where TValue : struct
    {
        var now = change(figures.TryGetValue(key, out var before) ? before : default);
        if (gone(now)) figures.Remove(key);
        else figures[key] = now;
    }

    /// <summary>What the proposals ask for, were recommended and approved.</summary>
    public MoneyFigure Money => new(new(requested), new(recommended), new(approved), new(saved));

    /// <summary>What merging did.</summary>
    public MergeFigure Merges => new(merges.Leads, merges.Absorbed, new(merges.Saved));

    /// <summary>The ends.</summary>
    public IReadOnlyList<OutcomeFigure> ByOutcome => [.. byOutcome.Select(o => new OutcomeFigure(o.Key, o.Value))];

    /// <summary>The tracks, the unclassified last.</summary>
    public IReadOnlyList<TrackFigure> ByTrack =>
        [.. byTrack.OrderBy(t => !t.Key.Classified).ThenBy(t => t.Key.Track).Select(t => new TrackFigure(t.Key.Classified ? t.Key.Track : null, t.Value.Count, t.Value.Requested, t.Value.Approved))];

    /// <summary>The units, the largest requests first.</summary>
    public IReadOnlyList<UnitFigure> ByUnit(Func<UnitId, string> name) =>
        [.. byUnit.OrderByDescending(u => u.Value.Requested.Yuan).ThenBy(u => u.Key.Value, StringComparer.Ordinal).Select(u => new UnitFigure(u.Key, name(u.Key), u.Value.Count, u.Value.Requested, u.Value.Approved))];

    /// <summary>How long stages take.</summary>
    public IReadOnlyList<BottleneckFigure> Bottlenecks =>
        [.. stays.Where(s => s.Value.Count > 0).Select(s => new BottleneckFigure(s.Key, s.Value.Values.Sum(), Percentile(s.Value, 0.5), Percentile(s.Value, 0.9)))];

    /// <summary>The stages, with what depends on the day from the proposals themselves.</summary>
    public IReadOnlyList<StageFigure> ByStage(IEnumerable<Standing> all, DateOnly today)
    {
        var oldest = new Dictionary<Stage, Standing>();
        var late = new Dictionary<Stage, int>();
        foreach (var p in all)
        {
            if (!oldest.TryGetValue(p.Stage, out var so) || p.Entered < so.Entered || (p.Entered == so.Entered && string.CompareOrdinal(p.Id.Value, so.Id.Value) < 0)) oldest[p.Stage] = p;
            if (p.OverdueOn(today)) late[p.Stage] = late.GetValueOrDefault(p.Stage) + 1;
        }

        return [.. byStage.Select(s => new StageFigure(s.Key, s.Value.Count, s.Value.Requested, oldest[s.Key].Id, oldest[s.Key].Entered, late.GetValueOrDefault(s.Key), s.Value.Paused))];
    }

    static int Percentile(SortedDictionary<int, int> counted, double share)
    {
        var (wanted, seen) = (share * counted.Values.Sum(), 0);
        foreach (var (days, count) in counted)
        {
            seen += count;
            if (seen >= wanted) return days;
        }

        return 0;
    }
}

/// <summary>What unification came to, over the projects unified.</summary>
public sealed class UnifiedTotals : ITotals<InterfacesUnified>
{
    readonly Dictionary<string, int> conflicts = [], interfaces = [];
    int lines;

    /// <summary>The figures.</summary>
    public UnificationFigures Figures => new(lines, conflicts.Count, interfaces.Count);

    /// <inheritdoc/>
    public void Add(InterfacesUnified row) => Count(row, 1);

    /// <inheritdoc/>
    public void Remove(InterfacesUnified row) => Count(row, -1);

    void Count(InterfacesUnified u, int sign)
    {
        lines += sign * u.Lines;
        foreach (var conflict in u.Conflicts) Change(conflicts, conflict.Key);
        foreach (var key in u.Interfaces) Change(interfaces, key);

        void Change(Dictionary<string, int> counted, string key)
        {
            var now = counted.GetValueOrDefault(key) + sign;
            if (now == 0) counted.Remove(key);
            else counted[key] = now;
        }
    }
}
