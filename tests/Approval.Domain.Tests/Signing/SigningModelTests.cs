using Approval.Intake;
using Approval.Policies;
using Approval.Testing;
using static Approval.Testing.Sample;
using static Approval.Testing.Scenario;

namespace Approval.Signing;

/// <summary>Random moves of random persons against a small independent reading of the rules: a table with chairs, looked at afresh at each move.</summary>
public sealed class SigningModelTests
{
    const int Moves = 40;
    const string Carried = "carried", Failed = "failed", ToAsker = "returned-to-asker", ToIntake = "returned-to-intake";

    static readonly Actor[] People = [Rounds.First, Rounds.Second, Rounds.Third, Rounds.Colleague, Office, Officer, OtherCio, Expert, DistrictCio, Administrator];
    static readonly string[] Units = ["finance", "reform", "information", "police", "office"];

    /// <summary>A body's place at the table, or the office's. <see cref="Added"/>: after the opening; <see cref="Holder"/>: to whom it was handed; <see cref="By"/>: who signed.</summary>
    sealed class Chair(string unit, bool added = false)
    {
        public readonly string Unit = unit;
        public readonly bool Added = added;
        public string? Holder, By;
        public bool For;

        public bool IsFor(Actor a) => (Unit == "office" ? a.Is(Role.CioOffice) : a.Unit.Value == Unit && a.Is(Role.DepartmentalCio)) && (Holder ?? a.Person.Value) == a.Person.Value;
    }

    sealed class Question(string chair, string of)
    {
        public readonly string Chair = chair, Of = of;
        public string? Answer;
    }

    /// <summary>The model: each move gives the code of the refusal that is due, or null, and is then made.</summary>
    sealed class Table(SigningRuleKind rule, decimal ratio)
    {
        public readonly List<Chair> Chairs = [.. Units.Take(3).Select(u => new Chair(u))];
        public readonly List<Question> Questions = [];
        public readonly HashSet<string> Copied = [];
        public string? End;
        public bool Urged;
        readonly HashSet<string> removed = [];
        readonly HashSet<(string From, string To)> handed = [];

        static bool Signs(Actor a) => a != Expert && a != Administrator;
        static bool IsOffice(Actor a) => a == Office;

        List<Chair> Next => [.. Chairs.Where(c => c.By is null).Take(rule == SigningRuleKind.InSequence ? 1 : int.MaxValue)];

        Chair? ChairOf(Actor a) => Chairs.Find(c => c.By == a.Person.Value) ?? Next.Find(c => c.IsFor(a)) ?? Chairs.Find(c => c.IsFor(a));

        public string? Sign(Actor a, bool @for)
        {
            if (!Signs(a)) return "not-permitted";
            if (ChairOf(a) is not { } chair) return "no-seat";
            if (chair.By == a.Person.Value && chair.For == @for) return null;
            if (End is not null) return "round-over";
            if (chair.By is not null) return "already-signed";
            if (!Next.Contains(chair)) return "not-your-turn";
            (chair.By, chair.For) = (a.Person.Value, @for);
            return Count();
        }

        public string? TakeBack(Actor a)
        {
            if (!Signs(a)) return "not-permitted";
            if (ChairOf(a) is not { } chair) return "no-seat";
            if (End is not null) return "round-over";
            if (chair.By == a.Person.Value) chair.By = null;
            return Count();
        }

        public string? Add(Actor a, string unit)
        {
            if (!Signs(a)) return "not-permitted";
            if (!IsOffice(a) && ChairOf(a) is null) return "no-seat";
            if (Chairs.Find(c => c.Unit == unit) is { } there) return there.Holder is null ? null : "seat-taken";
            if (End is not null) return "round-over";
            Chairs.Add(new(unit, added: true));
            removed.Remove(unit);
            return Count();
        }

        public string? Remove(Actor a, string unit)
        {
            if (!IsOffice(a)) return "not-permitted";
            if (removed.Contains(unit)) return null;
            if (End is not null) return "round-over";
            if (Chairs.Find(c => c.Unit == unit) is not { } chair) return "seat-unknown";
            if (chair.By is not null) return "seat-has-signed";
            if (!chair.Added && Chairs.Count(c => !c.Added) == 1) return "last-seat";
            Chairs.Remove(chair);
            removed.Add(unit);
            return Count();
        }

        public string? HandOver(Actor a, Actor to)
        {
            if (!Signs(a)) return "not-permitted";
            if (ChairOf(a) is not { } chair) return handed.Contains((a.Person.Value, to.Person.Value)) ? null : "no-seat";
            if (End is not null) return "round-over";
            if (chair.By is not null) return "seat-has-signed";
            if (to == a || !new Chair(chair.Unit).IsFor(to) || Chairs.Exists(c => c.Holder == to.Person.Value)) return "cannot-take-seat";
            chair.Holder = to.Person.Value;
            handed.Add((a.Person.Value, to.Person.Value));
            return null;
        }

        public string? Ask(Actor a, Actor of)
        {
            if (!Signs(a)) return "not-permitted";
            if (ChairOf(a) is not { } chair) return "no-seat";
            if (Questions.Exists(q => q.Chair == chair.Unit && q.Of == of.Person.Value)) return null;
            if (End is not null) return "round-over";
            if (chair.By is not null) return "already-signed";
            Questions.Add(new(chair.Unit, of.Person.Value));
            return null;
        }

        public string? Answer(Actor a, int number, string text)
        {
            if (a == Administrator) return "not-permitted";
            if (Questions.ElementAtOrDefault(number - 1) is not { } question || question.Of != a.Person.Value) return "opinion-not-asked";
            if (question.Answer == text) return null;
            if (End is not null) return "round-over";
            if (question.Answer is not null) return "opinion-given";
            question.Answer = text;
            return null;
        }

        public string? Urge(Actor a)
        {
            if (!IsOffice(a)) return "not-permitted";
            if (End is not null) return "round-over";
            Urged = true;
            return null;
        }

        public string? Copy(Actor a, Actor to)
        {
            if (!Signs(a)) return "not-permitted";
            if (!IsOffice(a) && ChairOf(a) is null) return "no-seat";
            if (Copied.Contains(to.Person.Value)) return null;
            if (End is not null) return "round-over";
            Copied.Add(to.Person.Value);
            return null;
        }

        public string? Return(Actor a, string how)
        {
            if (!Signs(a)) return "not-permitted";
            if (ChairOf(a) is not { } chair) return "no-seat";
            if (End == how) return null;
            if (End is not null) return "round-over";
            if (chair.By is not null) return "already-signed";
            if (!Next.Contains(chair)) return "not-your-turn";
            End = how;
            return null;
        }

        string? Count()
        {
            // Those who were there from the beginning must come to the same among themselves.
            string?[] ends = [EndOf(Chairs.FindAll(c => !c.Added)), EndOf(Chairs)];
            End = ends.Contains(Failed) ? Failed : ends.All(e => e == Carried) ? Carried : null;
            return null;
        }

        string? EndOf(List<Chair> chairs)
        {
            var (yes, no) = (chairs.Count(c => c.By is not null && c.For), chairs.Count(c => c.By is not null && !c.For));
            var enough = rule switch
            {
                SigningRuleKind.Any => yes >= 1,
                SigningRuleKind.Ratio => yes >= ratio * chairs.Count && yes >= 1,
                _ => yes == chairs.Count,
            };
            var hopeless = rule switch
            {
                SigningRuleKind.Any => no == chairs.Count,
                SigningRuleKind.Ratio => chairs.Count - no < ratio * chairs.Count || no == chairs.Count,
                _ => no > 0,
            };
            return enough ? Carried : hopeless ? Failed : null;
        }
    }

    [Fact]
    public void Whatever_is_moved_a_round_is_as_the_rules_read_ends_once_and_is_never_stuck()
    {
        var seen = new HashSet<string>();
        Lives.Live(20_000, seed => Live(seed, seen));

        foreach (var outcome in new[]
        {
            "sign: ", "sign: not-permitted", "sign: no-seat", "sign: already-signed", "sign: not-your-turn", "sign: round-over", "take back: ", "add: ", "add: seat-taken", "remove: ", "remove: seat-unknown",
            "remove: seat-has-signed", "remove: last-seat", "hand over: ", "hand over: seat-has-signed", "hand over: cannot-take-seat", "ask: ", "ask: already-signed", "answer: ", "answer: opinion-not-asked",
            "answer: opinion-given", "urge: ", "copy: ", "return: ", "return: already-signed", "return: not-your-turn", Carried, Failed, ToAsker, ToIntake,
        })
        {
            seen.ShouldContain(outcome);
        }
    }

    static int Live(int seed, HashSet<string> seen)
    {
        var random = new Random(seed);
        T One<T>(params T[] of) => of[random.Next(of.Length)];
        var (rule, ratio) = (One(Enum.GetValues<SigningRuleKind>()), One(0.3m, 0.5m, 0.67m, 1m));
        var table = new Table(rule, ratio);
        var proposal = Proposal.Kind.Fold(Rounds.Of(rule, ratio), Monday)!;
        var ended = new List<RoundEnded>();
        var concluded = new List<BatchReview.JointPreReviewConcluded>();

        for (var move = 0; move < Moves; move++)
        {
            var (a, b, unit, number, text) = (One(People), One(People), One(Units), random.Next(1, 4), One("可行", "不可行"));
            var on = a.Acts(Monday.AddHours(move));
            var asker = One(a, Office);
            var (from, to) = One((a, b), (Rounds.First, Rounds.Colleague), (Rounds.Colleague, Rounds.First));
            var asked = table.Questions.ElementAtOrDefault(number - 1) is { } question ? One(a, Array.Find(People, p => p.Person.Value == question.Of)!) : a;
            (string Label, string? Expected, Func<Proposal, Decision> Decide) made = random.Next(14) switch
            {
                0 or 1 or 2 => ("sign", table.Sign(a, true), p => SignFor.Decide(new(Rounds.Id, p.Revision, null), p, [], on)),
                3 => ("sign", table.Sign(a, false), p => SignAgainst.Decide(new(Rounds.Id, p.Revision, "不同意"), p, [], on)),
                4 => ("take back", table.TakeBack(a), p => TakeBackSignature.Decide(new(Rounds.Id, "再看"), p, on)),
                5 => ("add", table.Add(asker, unit), p => AddSigner.Decide(new(Rounds.Id, unit == "office" ? Seat.OfRole(unit, Role.CioOffice) : Seat.OfUnit(new(unit), Role.DepartmentalCio), "涉及"), p, null, asker.Acts(on.At))),
                6 or 7 => ("remove", table.Remove(asker, unit), p => RemoveSigner.Decide(new(Rounds.Id, unit, "不涉及"), p, asker.Acts(on.At))),
                8 => ("hand over", table.HandOver(from, to), p => HandOverSeat.Decide(new(Rounds.Id, to.Person, "出差"), p, to, from.Acts(on.At))),
                9 => ("ask", table.Ask(a, b), p => AskOpinion.Decide(new(Rounds.Id, b.Person, "可行吗"), p, b, on)),
                10 => ("answer", table.Answer(asked, number, text), p => GiveOpinion.Decide(new(Rounds.Id, number, text), p, asked.Acts(on.At))),
                11 => ("urge", table.Urge(a), p => UrgeSigners.Decide(new(Rounds.Id, null), p, Today, on)),
                12 when random.Next(8) == 0 && One(ToAsker, ToIntake) is var how =>
                    ("return", table.Return(a, how), p => ReturnRound.Decide(new(Rounds.Id, how == ToAsker ? ReturnTo.Asker : ReturnTo.Intake, "退回", []), p, on)),
                _ => ("copy", table.Copy(a, b), p => CopyRound.Decide(new(Rounds.Id, b.Person), p, b, on)),
            };
            Make($"seed {seed}, move {move}: {made.Label} by {a.Person.Value}", made.Label, made.Expected, made.Decide);
        }

        for (var again = 0; table.End is null && again < Units.Length; again++)
        {
            foreach (var person in People)
                Make($"seed {seed}, to the end: {person.Person.Value}", "sign", table.Sign(person, true), p => SignFor.Decide(new(Rounds.Id, p.Revision, null), p, [], person.Acts(Monday.AddDays(3))));
        }

        table.End.ShouldNotBeNull($"seed {seed}: everybody signed and the round is stuck");
        ended.Count.ShouldBe(1, $"seed {seed}");
        concluded.Select(c => c.Supported).ShouldBe(table.End is Carried or Failed ? [table.End == Carried] : [], $"seed {seed}");
        seen.Add(table.End);
        return Moves;

        void Make(string at, string label, string? expected, Func<Proposal, Decision> decide)
        {
            var decision = decide(proposal);
            decision.Refusals.Select(r => r.Code).ShouldBe(expected is null ? [] : [expected], at);
            seen.Add($"{label}: {expected}");
            ended.AddRange(decision.Facts.Select(f => f.Event).OfType<RoundEnded>());
            concluded.AddRange(decision.Facts.Select(f => f.Event).OfType<BatchReview.JointPreReviewConcluded>());
            proposal = decision.On(proposal.Id.Stream).Aggregate(proposal, (p, e) => Proposal.Kind.Evolve(p, e, Monday));
            if (expected is null) decide(proposal).Facts.ShouldBeEmpty($"{at}, again");

            var round = proposal.Rounds.ShouldHaveSingleItem();
            (round.Outcome switch
            {
                null => null,
                RoundOutcome.Carried => Carried,
                RoundOutcome.Failed => Failed,
                RoundOutcome.ReturnedToAsker => ToAsker,
                RoundOutcome.ReturnedToIntake => ToIntake,
                var other => other.ToString(),
            }).ShouldBe(table.End, at);
            round.Seats.Select(s => (s.Key, s.Person?.Value)).ShouldBe(table.Chairs.Select(c => (c.Unit, c.Holder)), at);
            round.Signatures.Values.Select(s => (s.Seat, s.By.Value, s.For)).ShouldBe(table.Chairs.Where(c => c.By is not null).Select(c => (c.Unit, c.By!, c.For)).OrderBy(c => c.Unit, StringComparer.Ordinal), at);
            round.Opinions.Select(o => (o.Seat, o.Of.Value, o.Text)).ShouldBe(table.Questions.Select(q => (q.Chair, q.Of, q.Answer)), at);
            round.Copied.Select(c => c.Value).ShouldBe(table.Copied, at);
            (round.Urged is not null).ShouldBe(table.Urged, at);
        }
    }
}
