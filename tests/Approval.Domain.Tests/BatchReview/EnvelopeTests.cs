using static Approval.BatchReview.Batches;

namespace Approval.BatchReview;

public sealed class EnvelopeTests
{
    static IEnumerable<(string, decimal, bool)> Of(decimal free, params (ProposalId, decimal)[] ranked) =>
        Envelope.Of(new(free), ranked.Select(r => (r.Item1, new Money(r.Item2)))).Select(e => (e.Proposal.Value, e.CumulativeYuan, e.Within));

    [Fact]
    public void The_line_lies_behind_the_last_that_the_fund_carries() =>
        Of(100m, (A, 60m), (B, 40m), (C, 0.01m)).ShouldBe([("a", 60m, true), ("b", 100m, true), ("c", 100.01m, false)]);

    [Fact]
    public void Nobody_below_the_line_is_carried_even_if_it_would_fit_alone() =>
        Of(100m, (A, 60m), (B, 50m), (C, 10m)).ShouldBe([("a", 60m, true), ("b", 110m, false), ("c", 120m, false)]);

    [Fact]
    public void Sums_beyond_the_largest_amount_are_still_sums() =>
        Of(1m, (A, Money.Limit), (B, Money.Limit)).ShouldBe([("a", Money.Limit, false), ("b", 2 * Money.Limit, false)]);

    [Fact]
    public void Nothing_ranked_needs_nothing() => Of(0m).ShouldBeEmpty();
}
