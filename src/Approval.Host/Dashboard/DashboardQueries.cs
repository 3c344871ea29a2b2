using System.Text.Json;
using Approval.Committee;
using Approval.Directory;
using Approval.EventStore;
using Approval.EventStore.Subscriptions;
using Approval.Funds;
using Approval.Http;
using Approval.InterfaceUnification;
using Npgsql;

namespace Approval.Dashboard;

/// <summary>
/// Counts the committee's figures from the same rows that the lists show. Those of now are counted on as the record grows and are as current as
/// the lists; those of the past are counted from a fold of all streams up to then, which takes the longer the more there are.
/// </summary>
public sealed class DashboardQueries(NpgsqlDataSource database, EventLog events, Queries queries, Standings standings)
{
    const string Unified = "declarant->'unified'";

    readonly KeptRows<InterfacesUnified, UnifiedTotals> unified = new(database, events, InterfaceViews.Declarants, Unified);
    readonly EventCounts counts = new(database, events);

    /// <summary>All figures of a jurisdiction.</summary>
    public async Task<DashboardAnswer> Of(JurisdictionId jurisdiction, AsOf? asOf, CancellationToken cancel)
    {
        var names = (await queries.In(People.UnitsView, jurisdiction).All(cancel)).ToDictionary(u => u.Id, u => u.Name);
        var funds = await queries.In(FundView.List, jurisdiction, asOf).OrderBy("id").All(cancel);
        var meetings = (await queries.In(MeetingViews.Meetings, jurisdiction, asOf).Figures("count(*)", r => (int)r.GetInt64(0), cancel: cancel)).Single();
        var interfaces = asOf is { } then
            ? UnificationFigures.Of((await queries.In(InterfaceViews.Declarants, jurisdiction, then).Figures(Unified, UnifiedAt, cancel: cancel)).OfType<InterfacesUnified>())
            : await unified.Ask(jurisdiction, "", UnifiedAt, (_, totals) => totals.Figures, cancel);
        return asOf is { } past
            ? await standings.Ask(jurisdiction, past, Answer, cancel)
            : await standings.Ask(jurisdiction, Answer, cancel) with { Events = await counts.Of(jurisdiction, cancel) };

        DashboardAnswer Answer(IReadOnlyDictionary<string, Standing> all, StandingTotals totals, Rules rules) => new(
            all.Count, null, totals.ByStage(all.Values, rules.Today), totals.ByOutcome, totals.ByTrack, totals.ByUnit(u => names.GetValueOrDefault(u, u.Value)), totals.Money,
            [.. funds.Select(f => new FundFigure(f.Id, f.Name, f.Ceiling, f.Reserved, f.Committed, f.Free))], totals.Bottlenecks, totals.Merges,
            new(interfaces.Declared, interfaces.Conflicts, interfaces.AfterUnification), meetings);
    }

    /// <summary>When the first proposal was drafted; null if there is none.</summary>
    public Task<DateTimeOffset?> Began(JurisdictionId jurisdiction, CancellationToken cancel) =>
        standings.Ask(jurisdiction, (all, _, _) => all.Count == 0 ? (DateTimeOffset?)null : all.Values.Min(p => p.Created), cancel);

    static InterfacesUnified? UnifiedAt(NpgsqlDataReader r) => r.IsDBNull(0) ? null : JsonSerializer.Deserialize<InterfacesUnified?>(r.GetFieldValue<byte[]>(0), Json.Events);
}
