namespace Approval.BatchReview;

/// <summary>A ranked member against the envelope.</summary>
/// <param name="Proposal">The member.</param>
/// <param name="Rank">Its rank, from 1.</param>
/// <param name="Amount">What it asks for.</param>
/// <param name="CumulativeYuan">What it and all before it ask for together, in yuan.</param>
/// <param name="Within">Whether the fund carries it and all before it.</param>
public sealed record EnvelopeEntry(ProposalId Proposal, int Rank, Money Amount, decimal CumulativeYuan, bool Within);

/// <summary>What a fund can carry of a ranking: the envelope line lies behind the last member that it carries together with all before it.</summary>
public static class Envelope
{
    /// <summary>The ranking against the free money. Nobody below the line is within it, even if it would fit alone: the line follows the rank.</summary>
    public static IReadOnlyList<EnvelopeEntry> Of(Money free, IEnumerable<(ProposalId Proposal, Money Amount)> ranked)
    {
        List<EnvelopeEntry> entries = [];
        var sum = 0m;
        foreach (var (proposal, amount) in ranked)
        {
            sum += amount.Yuan;
            entries.Add(new(proposal, entries.Count + 1, amount, sum, sum <= free.Yuan));
        }

        return entries;
    }
}
