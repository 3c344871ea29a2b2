using Approval.Testing;

namespace Approval.Funds;

/// <summary>Random money against a small independent reading of the rules: a table of rows, summed afresh each time.</summary>
public sealed class FundModelTests
{
    const int Steps = 10_000;

    /// <summary>A row of the reference ledger, in cents. <paramref name="State"/>: r(eserved), c(ommitted), x (released), m (carried over into <paramref name="Into"/>).</summary>
    sealed record Row(long Cents, long Own, char State, string? Into);

    sealed class Ledger(long ceiling)
    {
        public long Ceiling = ceiling;
        public readonly Dictionary<string, Row> Rows = [];

        public long Held => Rows.Values.Where(r => r.State is 'r' or 'c').Sum(r => r.Cents);
        long InState(char state) => Rows.Values.Where(r => r.State == state).Sum(r => r.Cents);
        public (long Reserved, long Committed) Sums => (InState('r'), InState('c'));
        Row? Live(string id) => Rows.GetValueOrDefault(id) is { State: 'r' or 'c' } row ? row : null;
        bool Fits(long more) => Held + more <= Ceiling;

        /// <summary>The code expected, or null when the move is allowed (and then made).</summary>
        public string? Reserve(string id, long cents)
        {
            if (cents <= 0) return "amount-not-positive";
            if (Rows.ContainsKey(id)) return "money-held-already";
            if (!Fits(cents)) return "fund-exhausted";
            Rows[id] = new(cents, cents, 'r', null);
            return null;
        }

        public string? Commit(string id, long cents)
        {
            if (cents <= 0) return "amount-not-positive";
            if (Live(id) is not { } row) return "reservation-over";
            if (!Fits(cents - row.Cents) && !(row.State == 'c' && row.Cents == cents)) return "fund-exhausted";
            Rows[id] = row with { Cents = cents, State = 'c' };
            return null;
        }

        public string? Adjust(string id, long cents)
        {
            if (cents <= 0) return "amount-not-positive";
            if (Live(id) is not { } row) return "reservation-over";
            if (row.State == 'c') return "reservation-committed";
            if (!Fits(cents - row.Cents)) return "fund-exhausted";
            Rows[id] = row with { Cents = cents, Own = Rows.Values.Any(r => r.Into == id) ? row.Own : cents };
            return null;
        }

        public string? Release(string id)
        {
            if (!Rows.TryGetValue(id, out var row) || row.State == 'm') return "reservation-over";
            Rows[id] = row with { State = 'x' };
            return null;
        }

        public string? CarryOver(string from, string into)
        {
            if (Rows.GetValueOrDefault(from) is { State: 'm' } gone && gone.Into == into) return null;
            if (Live(from)?.State == 'c' || Live(into)?.State == 'c') return "reservation-committed";
            if (from == into || Live(from) is not { } row || Live(into) is not { } lead) return "reservation-over";
            Rows[from] = row with { State = 'm', Into = into };
            Rows[into] = lead with { Cents = lead.Cents + row.Cents };
            return null;
        }

        public string? Undo(string from, string into)
        {
            if (!Rows.TryGetValue(from, out var row) || !Rows.TryGetValue(into, out var lead)) return "reservation-over";
            if (row.Into != into) return "not-carried-over";
            if (lead.State == 'c') return "reservation-committed";
            if (lead.State != 'r') return "reservation-over";
            var back = lead.Own + Rows.Where(r => r.Key != from && r.Value.Into == into).Sum(r => r.Value.Cents);
            if (!Fits(row.Cents + back - lead.Cents)) return "fund-exhausted";
            Rows[from] = row with { State = 'r', Into = null };
            Rows[into] = lead with { Cents = back };
            return null;
        }

        public string? ChangeCeiling(long cents)
        {
            if (cents <= 0) return "amount-not-positive";
            if (cents != Ceiling && cents < Held) return "ceiling-below-held";
            Ceiling = cents;
            return null;
        }
    }

    [Fact]
    public void No_sequence_of_moves_overdraws_a_fund_or_ends_a_reservation_twice() => Lives.Live(3 * Steps, Live);

    static int Live(int seed)
    {
        var random = new Random(seed);
        var ledger = new Ledger(1_000_00);
        var fund = Fund.Kind.Fold([new FundOpened(Past.Fund, "信息化专项资金", 2026, Yuan(ledger.Ceiling))])!;
        var names = 0;
        var (seen, released) = (new HashSet<string>(), new HashSet<ReservationId>());

        for (var step = 0; step < Steps; step++)
        {
            string Some(Func<Row, bool> likely)
            {
                var named = ledger.Rows.Where(r => random.Next(5) == 0 || likely(r.Value)).Select(r => r.Key).ToList();
                return named.Count == 0 ? "none" : named[random.Next(named.Count)];
            }

            var (a, b, cents) = (Some(r => r.State is 'r'), Some(r => r.State is 'r' or 'c'), random.NextInt64(-5, 300_00));
            var (label, expected, decision) = random.Next(12) switch
            {
                <= 3 => ("reserve", ledger.Reserve($"r{++names}", cents), FundRules.Reserve(fund, new($"r{names}"), new($"p{names}"), Track.General, Yuan(cents))),
                4 => ("commit", ledger.Commit(b, cents), FundRules.Commit(fund, new(b), Yuan(cents))),
                5 => ("adjust", ledger.Adjust(a, cents), FundRules.Adjust(fund, new(a), Yuan(cents), "核定")),
                6 or 7 => ("release", ledger.Release(b), FundRules.Release(fund, new(b), "撤回")),
                8 or 9 => ("carry over", ledger.CarryOver(a, b), FundRules.CarryOver(fund, new(a), new(b))),
                10 when Some(r => r.State is 'm') is var gone && (ledger.Rows.GetValueOrDefault(gone)?.Into ?? b) is var lead =>
                    ("undo", ledger.Undo(gone, lead), FundRules.UndoCarryOver(fund, new(gone), new(lead))),
                _ => ("ceiling", ledger.ChangeCeiling(cents * 5), ChangeFundCeiling.Decide(new(Yuan(cents * 5), "追加"), fund, Sample.DistrictCio.Acts())),
            };
            seen.Add($"{label}: {expected ?? "done"}");
            decision.Refusals.Select(r => r.Code).ShouldBe(expected is null ? [] : [expected], $"seed {seed}, step {step}: {label} of {cents}");
            fund = fund.After(decision);
            foreach (var e in decision.Facts.Select(f => f.Event).OfType<MoneyReleased>()) released.Add(e.Reservation).ShouldBeTrue($"seed {seed}, step {step}: {e.Reservation} is released twice");

            (fund.Reserved, fund.Committed, fund.Ceiling).ShouldBe((Yuan(ledger.Sums.Reserved), Yuan(ledger.Sums.Committed), Yuan(ledger.Ceiling)), $"seed {seed}, step {step}: {label}");
            (fund.Held <= fund.Ceiling).ShouldBeTrue($"seed {seed}, step {step}: {label}");
        }

        foreach (var outcome in new[] { "reserve: done", "carry over: done", "undo: done", "undo: reservation-committed", "ceiling: ceiling-below-held", "commit: fund-exhausted" })
        {
            seen.ShouldContain(outcome);
        }

        return Steps;
    }

    static Money Yuan(long cents) => new(cents / 100m);
}
