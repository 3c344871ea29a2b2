using System.Collections.Immutable;
using Approval.Calendars;
using Approval.Funds;
using Approval.Intake;
using Approval.Testing;
using static Approval.BatchReview.BatchOutcome;
using static Approval.Testing.Sample;

namespace Approval.BatchReview;

/// <summary>Random lives of batches against a small independent reading of the rules: who is in which batch, what each fund's yuan are for, and which refusals are due.</summary>
public sealed class BatchModelTests
{
    const int Steps = 10_000;

    /// <summary>What the model knows of a proposal. <see cref="Where"/>: waiting, in, shortlisted, ended.</summary>
    sealed class Paper
    {
        public required string Id;
        public required int Yuan;
        public string Where = "waiting";
        public bool? Supported;
        public bool Correcting;
        public int HeldOver;
    }

    sealed class World(int seed)
    {
        readonly Random random = new(seed);
        readonly List<Paper> papers = [];
        readonly Dictionary<string, Proposal> proposals = [];
        readonly HashSet<string> seen = [];
        readonly List<string> ranking = [];
        Fund fund = Fund.Kind.Fold([new FundOpened(Past.Fund, "信息化专项资金", 2026, new(3_000m))])!;
        List<Paper> joined = [];
        Batch batch = null!;
        bool closed;
        int batches;
        int settled;

        public void Live(int steps)
        {
            Next();
            for (var step = 0; step < steps; step++) Step($"seed {seed}, step {step}");
            foreach (var outcome in new[]
            {
                "join: ", "join: batch-closed", "join: in-another-batch", "rank: ", "rank: ranking-incomplete", "rank: batch-member-twice", "conclude: ",
                "conclude: member-unsettled", "conclude: member-unranked", "conclude: pre-review-unfinished", "conclude: pre-review-not-supported",
                "conclude: correction-open", "conclude: held-over-too-often", "conclude: fund-exhausted", "conclude: batch-window-open",
            })
            {
                seen.ShouldContain(outcome);
            }

            settled.ShouldBeGreaterThan(200);
        }

        IEnumerable<Paper> Present => joined.Where(p => p.Where == "in");
        Proposal[] Members => [.. joined.Select(p => proposals[p.Id])];
        T One<T>(IReadOnlyList<T> list) => list[random.Next(list.Count)];

        void Next()
        {
            var id = new BatchId($"b{++batches}");
            batch = Batch.Kind.Fold([new BatchOpened(id, "批次", new(2026, 3, 1), new(2026, 3, 31), Past.Fund, [Batches.Finance, Batches.Reform])])!;
            (joined, closed) = ([], false);
            ranking.Clear();
        }

        void Step(string at)
        {
            switch (random.Next(15))
            {
                case 0 or 1:
                    Draft();
                    break;
                case 2 or 3 or 4 when papers.Count > 0:
                    Join(One(papers), at);
                    break;
                case 5 when joined.Count > 3:
                    Apply(CloseBatch.Decide(new("申报已齐"), batch, WorkingCalendar.WeekendsOnly, Office.Acts()));
                    closed = true;
                    break;
                case 6 when Present.Any() && random.Next(4) == 0:
                    var leaver = One(Present.ToList());
                    Happened(leaver, new ProposalWithdrawn("另行安排"));
                    leaver.Where = "ended";
                    break;
                case 7 when Present.Any() && random.Next(3) == 0:
                    Correct(One(Present.ToList()));
                    break;
                case 8 or 9 or 10 when closed:
                    foreach (var p in Present.Where(p => p.Supported is null && !p.Correcting)) Review(p);
                    break;
                case 11 or 12:
                    Rank(at);
                    break;
                case 13 or 14:
                    Conclude(at);
                    break;
                default:
                    break;
            }

            fund.Held.ShouldBe(new Money(papers.Where(p => p.Where == "shortlisted").Sum(p => p.Yuan)), at);
            foreach (var p in joined) batch.Holds(proposals[p.Id]).ShouldBe(p.Where == "in", at);
            if (fund.Free.Yuan < 500m) Apply(ChangeFundCeiling.Decide(new(new(fund.Ceiling.Yuan + 1_000m), "追加"), fund, DistrictCio.Acts()));
        }

        void Draft()
        {
            var paper = new Paper { Id = $"p{papers.Count}", Yuan = random.Next(1, 900) };
            papers.Add(paper);
            proposals[paper.Id] = Batches.Member(new(paper.Id), paper.Yuan);
            Happened(paper, new ProposalHeldOver(Past.Batch, "前批结转", Sample.Policy.Ref)); // so that it waits
            paper.HeldOver = 1;
        }

        void Join(Paper paper, string at)
        {
            var expected = paper.Where is "shortlisted" or "ended" ? "wrong-stage"
                : joined.Contains(paper) ? null
                : paper.Where == "in" ? "in-another-batch"
                : closed ? "batch-closed"
                : null;
            var decision = JoinBatch.Decide(batch, proposals[paper.Id], WorkingCalendar.WeekendsOnly, Office.Acts());
            if (paper.Where == "in" && !joined.Contains(paper)) throw new InvalidOperationException("A concluded batch left a member behind.");
            Expect("join", decision, at, expected);
            if (expected is null && paper.Where == "waiting")
            {
                joined.Add(paper);
                (paper.Where, paper.Supported) = ("in", null);
            }

            var elsewhere = Batch.Kind.Fold([new BatchOpened(new("other"), "另一批", new(2026, 3, 1), new(2026, 3, 31), Past.Fund, [Batches.Finance, Batches.Reform])])!;
            if (paper.Where == "in") Expect("join", JoinBatch.Decide(elsewhere, proposals[paper.Id], WorkingCalendar.WeekendsOnly, Office.Acts()), at, "in-another-batch");
        }

        void Correct(Paper paper)
        {
            Happened(paper, paper.Correcting ? new CorrectionAnswered(Stage.BatchReview, 1, "已补充") : Batches.Returned);
            paper.Correcting = !paper.Correcting;
        }

        void Review(Paper paper)
        {
            paper.Supported = random.Next(5) > 0;
            Happened(paper, new JointPreReviewConcluded(batch.Id, 1, paper.Supported.Value, Sample.Policy.Ref));
        }

        void Rank(string at)
        {
            var order = Present.Select(p => p.Id).OrderBy(_ => random.Next()).ToList();
            if (order.Count > 0 && random.Next(6) == 0) order.RemoveAt(0);
            else if (order.Count > 0 && random.Next(6) == 0) order.Add(order[0]);
            var expected = !closed ? ["batch-window-open"]
                : order.Count != order.Distinct().Count() ? ["batch-member-twice"]
                : Present.Where(p => !order.Contains(p.Id)).Select(_ => "ranking-incomplete").ToArray();
            Expect("rank", RankBatch.Decide(new([.. order.Select(id => new RankedMember(new(id), "急需"))]), batch, Members, WorkingCalendar.WeekendsOnly, Office.Acts()), at, expected);
            if (expected.Length > 0) return;
            ranking.Clear();
            ranking.AddRange(order);
        }

        void Conclude(string at)
        {
            var outcomes = Present.Select(p => (Paper: p, To: One([Shortlist, Shortlist, HoldOver, TurnDown]))).ToList();
            // Most offices know the rules: correct the draft conclusion three times out of four.
            if (random.Next(4) > 0)
            {
                outcomes = [.. outcomes.Select(o => (o.Paper, o.To switch
                {
                    Shortlist when o.Paper.Correcting || o.Paper.Supported == false => TurnDown,
                    HoldOver when o.Paper.HeldOver >= Sample.Policy.Content.HeldOverAtMost => TurnDown,
                    _ => o.To,
                }))];
            }

            var left = outcomes.Count > 0 && random.Next(6) == 0 ? outcomes[0].Paper : null;
            outcomes.RemoveAll(o => o.Paper == left);
            var expected = new List<string>();
            if (left is not null) expected.Add("member-unsettled");
            foreach (var (paper, to) in outcomes)
            {
                if (!ranking.Contains(paper.Id)) expected.Add("member-unranked");
                if (paper.Supported is null && !paper.Correcting) expected.Add("pre-review-unfinished");
                if (to == Shortlist && paper.Correcting) expected.Add("correction-open");
                else if (to == Shortlist && paper.Supported == false) expected.Add("pre-review-not-supported");
                else if (to == HoldOver && paper.HeldOver >= Sample.Policy.Content.HeldOverAtMost) expected.Add("held-over-too-often");
            }

            if (outcomes.Where(o => o.To == Shortlist).Sum(o => o.Paper.Yuan) > fund.Free.Yuan) expected.Add("fund-exhausted");
            if (!closed) expected = ["batch-window-open"];

            ImmutableArray<MemberSettlement> settlements = [.. outcomes.Select(o => new MemberSettlement(new(o.Paper.Id), o.To, o.To == Shortlist ? null : "综合平衡"))];
            var decision = ConcludeBatch.Decide(new(settlements), batch, Members, fund, Batches.PolicyOf, WorkingCalendar.WeekendsOnly, Office.Acts());
            Expect("conclude", decision, at, [.. expected]);
            if (expected.Count > 0) return;

            foreach (var (paper, to) in outcomes)
            {
                settled++;
                paper.Where = to switch { Shortlist => "shortlisted", HoldOver => "waiting", _ => "ended" };
                if (to == HoldOver) paper.HeldOver++;
                proposals[paper.Id].Stage.ShouldBe(to switch { Shortlist => Stage.MergedAppraisal, HoldOver => Stage.BatchReview, _ => Stage.Closed }, at);
            }

            batch.Conclusion!.Outcomes.Select(o => o.Rank).ToList().ShouldBe(Enumerable.Range(1, outcomes.Count).ToList(), at);
            batch.Conclusion.Outcomes.Length.ShouldBe(outcomes.Count, at);
            Next();
        }

        void Expect(string what, Decision decision, string at, params string?[] codes)
        {
            var expected = codes.OfType<string>().Order().ToList();
            decision.Refusals.Select(r => r.Code).Order().ToList().ShouldBe(expected, $"{at}: {what}");
            foreach (var code in expected.DefaultIfEmpty("")) seen.Add($"{what}: {code}");
            Apply(decision);
        }

        void Happened(Paper paper, object @event) => proposals[paper.Id] = Proposal.Evolve(proposals[paper.Id], @event);

        void Apply(Decision decision)
        {
            foreach (var fact in decision.Facts)
            {
                if (fact.Stream == fund.Id.Stream) fund = Fund.Evolve(fund, fact.Event);
                else if (fact.Stream == batch.Id.Stream) batch = Batch.Evolve(batch, fact.Event);
                else proposals[fact.Stream.Value["proposal-".Length..]] = Proposal.Evolve(proposals[fact.Stream.Value["proposal-".Length..]], fact.Event);
            }
        }
    }

    [Fact]
    public void Whatever_happens_a_batch_settles_everybody_once_and_reserves_what_it_promised() => Lives.Live(2 * Steps, seed =>
    {
        new World(seed).Live(Steps);
        return Steps;
    });
}
