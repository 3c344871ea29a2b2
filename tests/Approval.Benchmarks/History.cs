using System.Diagnostics;
using Approval.EventStore;
using Approval.History;
using Approval.Http;
using Approval.Intake;
using Microsoft.Extensions.DependencyInjection;

namespace Approval.Benchmarks;

/// <summary>The search over the history: the first pages of every filter, of common, rare and absent values, and of what does not go together.</summary>
static class History
{
    /// <summary>A word in the title of one old proposal, and one in none.</summary>
    const string Rare = "驿站", Absent = "鲸鱼";

    const int Pages = 3;

    public static async Task Measure(Bench bench)
    {
        await Remember(bench);
        var events = await bench.Grow(bench.Quick ? 60_000 : 1_000_000);
        await bench.Followed("History:All");

        var history = bench.Services.GetRequiredService<HistoryQueries>();
        List<double> all = [];
        var worst = (Name: "", P99: 0.0);
        foreach (var (name, filter) in Filters(new Random(1), (int)(events / 14)))
        {
            var taken = new List<double>();
            for (var i = 0; i < (bench.Quick ? 10 : 100); i++)
            {
                var actor = new Actor(new("reader"), Lives.Jurisdiction, new("cio-office"), [i % 4 == 0 ? Role.Auditor : Role.CioOffice]);
                var paging = new Paging(50, null);
                for (var page = 0; page < Pages; page++)
                {
                    var began = Stopwatch.GetTimestamp();
                    var found = await history.Page(actor, filter(), paging, default);
                    if (i > 1) taken.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                    if (found.Next is null) break;
                    paging = paging with { After = Cursor.Read(found.Next) };
                }
            }

            var p99 = Load.Percentile(taken, 0.99);
            if (p99 > worst.P99) worst = (name, p99);
            all.AddRange(taken);
            if (bench.Quick) continue;
            bench.Report.Add(new($"history {name}, p50", Load.Median(taken), "ms"));
            bench.Report.Add(new($"history {name}, p99", p99, "ms", 20, AtMost: true));
        }

        bench.Report.Add(new($"history at {events:#,0} events, all filters, p50", Load.Median(all), "ms"));
        bench.Report.Add(new($"history at {events:#,0} events, all filters, p99", Load.Percentile(all, 0.99), "ms", 20, AtMost: true));
        bench.Report.Add(new($"history, the slowest: {worst.Name}, p99", worst.P99, "ms", 20, AtMost: true));
    }

    /// <summary>One proposal of long ago with a word that no other has.</summary>
    static Task<CommandOutcome> Remember(Bench bench)
    {
        var (id, unit) = (new ProposalId("remembered"), new UnitId("unit-00"));
        return bench.Services.GetRequiredService<CommandRunner>().Run(new(new("old-hand"), Lives.Jurisdiction, unit, [Role.UnitOfficer]), new(), async s =>
            await s.Find(Proposal.Kind, id.Stream) is not null ? Decision.Nothing
                : Decision.Of(id.Stream, new ProposalDrafted(id, unit, new() { Title = $"社区{Rare}服务", Total = new(1m) }), new EndorsementAsked(1), new ProposalEndorsed(1), new ProposalSubmitted(1)));
    }

    static IEnumerable<(string Name, Func<HistoryFilter> Filter)> Filters(Random random, int lives)
    {
        yield return ("without a filter", () => new());
        yield return ("of a unit", () => new(Unit: Unit()));
        yield return ("of a person", () => new(Actor: Person()));
        yield return ("of nobody", () => new(Actor: "nobody"));
        yield return ("of a kind", () => new(Type: "proposal-accepted.v1"));
        yield return ("of a proposal", () => new(Proposal: Lives.Proposal(random.Next(lives)).Value));
        yield return ("of a day", () => { var day = Day(); return new(From: day, To: day.AddDays(1)); });
        yield return ("up to a day", () => new(To: Day()));
        yield return ("as of a day", () => new(AsOf: Day()));
        yield return ("by a word in nearly all", () => new(Q: "信息"));
        yield return ("by a common word", () => new(Q: "城市管理"));
        yield return ("by a number", () => new(Q: $"第{random.Next(lives)}号"));
        yield return ("by a rare word of two characters", () => new(Q: Rare));
        yield return ("by a word that is nowhere", () => new(Q: Absent));
        yield return ("of a unit, by a common word", () => new(Unit: Unit(), Q: "人口"));
        yield return ("of a unit and a kind up to a day", () => new(Unit: Unit(), Type: "proposal-recommended.v1", To: Day()));
        yield return ("of a person and a unit that never met", () => new(Actor: "officer-00", Unit: "unit-01"));
        yield return ("of a person, by a rare word", () => new(Actor: "old-hand", Q: Rare));
        yield return ("of a kind, by a word it never has", () => new(Type: "proposal-accepted.v1", Q: "一般项目"));

        string Unit() => $"unit-{random.Next(40):00}";
        string Person() => $"officer-{random.Next(100):00}";
        DateTimeOffset Day() => Lives.Begin.AddDays(random.Next(Math.Max(1, lives / 1440)));
    }
}
