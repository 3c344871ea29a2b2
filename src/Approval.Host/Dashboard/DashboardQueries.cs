using System.Text.Json;
using Approval.Calendars;
using Approval.Committee;
using Approval.Deadlines;
using Approval.Directory;
using Approval.EventStore;
using Approval.Funds;
using Approval.Http;
using Approval.Intake;
using Approval.InterfaceUnification;
using Npgsql;

namespace Approval.Dashboard;

/// <summary>Counts the committee's figures, now or as of an instant, from the same rows that the lists show.</summary>
public sealed class DashboardQueries(Queries queries, Store store, Overdue overdue)
{
    /// <summary>All figures of a jurisdiction.</summary>
    public async Task<DashboardAnswer> Of(JurisdictionId jurisdiction, AsOf? asOf, CancellationToken cancel)
    {
        var byStage = await ByStage(jurisdiction, asOf, cancel);
        var money = await Money(jurisdiction, asOf, cancel);
        var funds = await queries.In(FundView.List, jurisdiction, asOf).OrderBy("id").All(cancel);
        var unified = (await queries.In(InterfaceViews.Declarants, jurisdiction, asOf).All(cancel)).Select(d => d.Declarant.Unified).OfType<InterfacesUnified>();
        var interfaces = UnificationFigures.Of(unified);
        var meetings = await queries.In(MeetingViews.Meetings, jurisdiction, asOf).Figures("count(*)", r => (int)r.GetInt64(0), cancel: cancel);
        return new(
            byStage.Sum(s => s.Count), asOf is null ? await store.Count(jurisdiction, cancel) : null, byStage,
            await Proposals(jurisdiction, asOf).Where($"outcome is not null").Figures("outcome, count(*)", r => new OutcomeFigure(Code<Outcome>(r.GetString(0)), (int)r.GetInt64(1)), "outcome", cancel),
            await Proposals(jurisdiction, asOf).Figures("track, count(*), sum(requested), sum(coalesce(approved, 0))",
                r => new TrackFigure(r.IsDBNull(0) ? null : Code<Track>(r.GetString(0)), (int)r.GetInt64(1), Sum(r, 2), Sum(r, 3)), "track", cancel),
            await ByUnit(jurisdiction, asOf, cancel),
            money.Figure, [.. funds.Select(f => new FundFigure(f.Id, f.Name, f.Ceiling, f.Reserved, f.Committed, f.Free))],
            await Bottlenecks(jurisdiction, asOf, cancel), money.Merges,
            new(interfaces.Declared, interfaces.Conflicts, interfaces.AfterUnification), meetings.Single());
    }

    ViewQuery<ProposalRow> Proposals(JurisdictionId jurisdiction, AsOf? asOf) => queries.In(ProposalView.List, jurisdiction, asOf);

    async Task<IReadOnlyList<StageFigure>> ByStage(JurisdictionId jurisdiction, AsOf? asOf, CancellationToken cancel)
    {
        var late = (await overdue.Of(jurisdiction, asOf, cancel)).CountBy(p => p.Stage).ToDictionary();
        var found = await Proposals(jurisdiction, asOf).Figures(
            "stage, count(*), sum(requested), (array_agg(id order by stage_entered))[1], min(stage_entered), count(*) filter (where paused)",
            r =>
            {
                var stage = Code<Stage>(r.GetString(0));
                return new StageFigure(stage, (int)r.GetInt64(1), Sum(r, 2), new(r.GetString(3)), r.GetFieldValue<DateTimeOffset>(4), late.GetValueOrDefault(stage), (int)r.GetInt64(5));
            }, "stage", cancel);
        return [.. found.OrderBy(f => f.Stage)];
    }

    async Task<IReadOnlyList<UnitFigure>> ByUnit(JurisdictionId jurisdiction, AsOf? asOf, CancellationToken cancel)
    {
        var names = (await queries.In(People.UnitsView, jurisdiction).All(cancel)).ToDictionary(u => u.Id, u => u.Name);
        var found = await Proposals(jurisdiction, asOf).Figures(
            "unit, count(*), sum(requested), sum(coalesce(approved, 0))",
            r => new UnitFigure(new(r.GetString(0)), names.GetValueOrDefault(new(r.GetString(0)), r.GetString(0)), (int)r.GetInt64(1), Sum(r, 2), Sum(r, 3)), "unit", cancel);
        return [.. found.OrderByDescending(u => u.Requested)];
    }

    async Task<(MoneyFigure Figure, MergeFigure Merges)> Money(JurisdictionId jurisdiction, AsOf? asOf, CancellationToken cancel) =>
        (await Proposals(jurisdiction, asOf).Figures(
            """
            coalesce(sum(requested), 0), coalesce(sum(recommended), 0), coalesce(sum(approved), 0),
            coalesce(sum(requested + absorbed_requested - recommended) filter (where recommended is not null), 0),
            count(*) filter (where absorbed <> '{}'), coalesce(sum(cardinality(absorbed)), 0)::bigint,
            coalesce(sum(requested + absorbed_requested - recommended) filter (where absorbed <> '{}' and recommended is not null), 0)
            """,
            r => (new MoneyFigure(Sum(r, 0), Sum(r, 1), Sum(r, 2), Sum(r, 3)), new MergeFigure((int)r.GetInt64(4), (int)r.GetInt64(5), Sum(r, 6))), cancel: cancel)).Single();

    /// <summary>Stays that ended, by the days on which they began and ended: few different ones, however many proposals there are.</summary>
    async Task<IReadOnlyList<BottleneckFigure>> Bottlenecks(JurisdictionId jurisdiction, AsOf? asOf, CancellationToken cancel)
    {
        var calendar = await queries.Calendar(jurisdiction, asOf, cancel);
        var stays = await Proposals(jurisdiction, asOf).Figures(
            "stays, count(*)", r => (Stays: JsonSerializer.Deserialize<StageVisit[]>(r.GetFieldValue<byte[]>(0), Json.Events)!, Count: (int)r.GetInt64(1)), "stays", cancel);
        return
        [
            .. stays.SelectMany(s => s.Stays.Where(v => v.Left is not null).Select(v => (v.Stage, Days: v.WorkingDaysUsed(DateOnly.MaxValue.AddYears(-1), calendar), s.Count)))
                .GroupBy(v => v.Stage).OrderBy(g => g.Key)
                .Select(g => new BottleneckFigure(g.Key, g.Sum(v => v.Count), Percentile(g, 0.5), Percentile(g, 0.9))),
        ];

        static int Percentile(IEnumerable<(Stage Stage, int Days, int Count)> stays, double share)
        {
            var sorted = stays.OrderBy(s => s.Days).ToList();
            var (wanted, seen) = (share * sorted.Sum(s => s.Count), 0);
            foreach (var stay in sorted)
            {
                seen += stay.Count;
                if (seen >= wanted) return stay.Days;
            }

            return 0;
        }
    }

    static Money Sum(NpgsqlDataReader r, int i) => new(r.GetDecimal(i));

    static T Code<T>(string text) where T : struct, Enum => JsonSerializer.Deserialize<T>($"\"{text}\"", Json.Events);
}
