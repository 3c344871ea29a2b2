using System.Text.Json;
using Approval.Intake;
using Approval.Testing;
using static Approval.MergedAppraisal.AppraisalWorld;

namespace Approval.MergedAppraisal;

/// <summary>Merges made and undone at random, beside a model that only counts: nothing is lost, nothing is there twice.</summary>
public sealed class MergeModelTests
{
    [Fact]
    public void Nothing_is_lost_and_nothing_is_there_twice() => Lives.Live(1_500, Live);

    /// <summary>A step is a conclusion or its undoing.</summary>
    static int Live(int seed)
    {
        var (random, steps) = (new Random(seed), 0);
        var count = random.Next(2, 7);
        var world = new AppraisalWorld(count, _ => random.Next(3) == 0 ? Other : Special).Disclosed();
        foreach (var n in Enumerable.Range(2, count - 1).Where(_ => random.Next(4) == 0))
            world.Add(Project(n).Stream, new ProposalReturned(Stage.MergedAppraisal, 1, "材料不全", [$"补正{n}"]));
        var before = world.Proposals.Select(Text).ToList();
        var (money, items) = (Held(world), Items(world));

        for (var round = 0; round < 4; round++)
        {
            var plan = Plan(random, world, count);
            world.Do(world.Conclude([.. plan]));
            steps++;
            Check(world, plan, items);

            foreach (var lead in world.Appraisal.Merges.Select(m => m.Lead).ToList())
            {
                world.Do(world.Undo(int.Parse(lead.Value[1..])));
                steps++;
            }

            if (plan.Any(c => c.Kind == ConclusionKind.Recommended && !plan.Any(m => m.Lead == c.Proposal)))
                return steps; // A recommendation without a merge is not undone: the story of this appraisal ends here.

            world.Proposals.Select(Text).ShouldBe(before, $"seed {seed}: each proposal stands as before");
            Held(world).ShouldBe(money);
            Items(world).ShouldBe(items);
        }

        return steps;
    }

    /// <summary>Every proposal is a lead that nothing blocks, or goes into one; one lead at least.</summary>
    static List<Conclusion> Plan(Random random, AppraisalWorld world, int count)
    {
        var free = Enumerable.Range(1, count).Where(n => world.P(n).Intake.Correction is null).ToList();
        var leads = free.Where((_, i) => i == 0 || random.Next(3) == 0).ToList();
        var into = Enumerable.Range(1, count).Except(leads).ToDictionary(n => n, _ => leads[random.Next(leads.Count)]);
        return
        [
            .. leads.Select(n => Recommend(n, Math.Max(1, random.Next(1, (int)(Requested(n).Yuan + into.Where(i => i.Value == n).Sum(i => Requested(i.Key).Yuan)))))),
            .. into.Select(i => Into(i.Key, i.Value)),
        ];
    }

    /// <summary>The model: amounts, lineage and open items by counting.</summary>
    static void Check(AppraisalWorld world, List<Conclusion> plan, List<string> items)
    {
        var recommended = plan.Where(c => c.Amount is not null).ToDictionary(c => c.Proposal, c => c.Amount!.Value);
        Money.Sum(world.Funds.Select(f => f.Held)).ShouldBe(Money.Sum(recommended.Values), "the funds hold what is recommended");
        foreach (var p in world.Proposals.Where(p => p.Held is not null))
            world.Fund(p.Held!.Fund).Reservations[p.Held.Reservation].Amount.ShouldBe(p.Held.Amount);
        foreach (var f in world.Funds) f.Reservations.Values.Count(r => r.Live).ShouldBe(world.Proposals.Count(p => p.Held?.Fund == f.Id));

        foreach (var c in plan.Where(c => c.Kind == ConclusionKind.MergedInto))
        {
            var (absorbed, lead) = (world.Proposals.Single(p => p.Id == c.Proposal), world.Proposals.Single(p => p.Id == c.Lead));
            absorbed.ShouldSatisfyAllConditions(p => p.Outcome.ShouldBe(Outcome.Merged), p => p.Appraisal.MergedInto.ShouldBe(lead.Id));
            lead.Appraisal.Absorbed.Count(a => a.Absorbed == absorbed.Id).ShouldBe(1);
        }

        world.Proposals.Sum(p => p.Appraisal.Absorbed.Length).ShouldBe(plan.Count(c => c.Kind == ConclusionKind.MergedInto));
        Items(world).ShouldBe(items, "open items are on living proposals, each once");
    }

    /// <summary>Interface lines and corrections for which a living proposal answers.</summary>
    static List<string> Items(AppraisalWorld world) =>
    [
        .. world.Proposals.Where(p => !p.Closed).SelectMany(p => p.Content.Interfaces
            .Concat(p.Appraisal.Absorbed.SelectMany(a => a.Lines)).Select(l => l.Data)
            .Concat(p.Intake.Correction?.Items ?? [])).Order(StringComparer.Ordinal),
    ];

    static List<Money> Held(AppraisalWorld world) => [.. world.Funds.Select(f => f.Held)];

    /// <summary>A proposal's state without what remembers that it was elsewhere: the clock, the count of corrections, the id of a reservation made anew.</summary>
    static string Text(Proposal p) => JsonSerializer.Serialize(p with
    {
        Intake = p.Intake with { Corrections = 0 },
        Held = p.Held! with { Reservation = default },
        Clock = Proposal.Kind.Fold(Past.Drafted)!.Clock,
    });
}
