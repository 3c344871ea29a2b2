using Approval.EventStore;

namespace Approval.BatchReview;

/// <summary>A batch in the list of batches.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">Its title.</param>
/// <param name="Opens">The first day on which proposals join.</param>
/// <param name="Closes">The last one, unless closed before.</param>
/// <param name="ClosedOn">When the office closed the window.</param>
/// <param name="Concluded">Whether every member is settled.</param>
/// <param name="Fund">The fund that carries the shortlisted.</param>
/// <param name="Bodies">The units that jointly pre-review.</param>
/// <param name="Members">How many ever joined.</param>
/// <param name="Shortlisted">How many were shortlisted.</param>
/// <param name="Reserved">What was reserved for them.</param>
/// <param name="Changed">When it last changed.</param>
public sealed record BatchRow(
    BatchId Id, string Title, [property: Indexed] DateOnly Opens, DateOnly Closes, DateOnly? ClosedOn, bool Concluded, FundId Fund, IReadOnlyList<UnitId> Bodies,
    int Members, int Shortlisted, Money Reserved, DateTimeOffset Changed);

/// <summary>When a batch takes proposals in.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">Its title.</param>
/// <param name="Opens">The first day on which proposals join.</param>
/// <param name="Closes">The last one.</param>
public sealed record BatchWindow(BatchId Id, string Title, DateOnly Opens, DateOnly Closes);

/// <summary>The batches.</summary>
public static class BatchView
{
    /// <summary>One row per batch.</summary>
    public static readonly View<Batch, BatchRow> List = new("batches", Batch.Kind, (b, info) =>
    {
        var shortlisted = b.Conclusion?.Outcomes.Where(o => o.Outcome == BatchOutcome.Shortlist).ToList() ?? [];
        return [new(b.Id, b.Title, b.Opens, b.Closes, b.ClosedOn, b.Conclusion is not null, b.Fund, b.Bodies,
            b.Members.Length, shortlisted.Count, Money.Sum(shortlisted.Select(o => o.Amount)), info.Changed)];
    });

    /// <summary>The windows that are open on a day or open later, the earliest first.</summary>
    public static async Task<Http.Page<BatchWindow>> Windows(this Http.Queries queries, JurisdictionId jurisdiction, DateOnly day, AsOf? asOf, Http.Paging paging, CancellationToken cancel)
    {
        var found = await queries.In(List, jurisdiction, asOf).Where($"closes >= {day} and closed_on is null and not concluded").OrderBy("opens").Page(paging, cancel);
        return new([.. found.Items.Select(b => new BatchWindow(b.Id, b.Title, b.Opens, b.Closes))], found.Next);
    }

    /// <summary>The batch that takes proposals in on a day; the one that closes first if there are several.</summary>
    public static async Task<BatchRow?> OpenOn(this Http.Queries queries, JurisdictionId jurisdiction, DateOnly day, CancellationToken cancel) =>
        (await queries.In(List, jurisdiction).Where($"opens <= {day} and closes >= {day} and closed_on is null and not concluded").All(cancel))
            .OrderBy(b => b.Closes).ThenBy(b => b.Id.Value, StringComparer.Ordinal).FirstOrDefault();
}
