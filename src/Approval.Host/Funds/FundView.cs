using Approval.EventStore;

namespace Approval.Funds;

/// <summary>A fund in the list of funds.</summary>
/// <param name="Id">Its code.</param>
/// <param name="Name">Its name.</param>
/// <param name="Year">Its budget year.</param>
/// <param name="Ceiling">The most that it may hold.</param>
/// <param name="Reserved">Held and not yet committed.</param>
/// <param name="Committed">Held for approved projects.</param>
/// <param name="Free">What can still be reserved.</param>
/// <param name="HeldByKey">What key projects hold.</param>
/// <param name="Changed">When it last changed.</param>
public sealed record FundRow(FundId Id, string Name, [property: Indexed] int Year, Money Ceiling, Money Reserved, Money Committed, Money Free, Money HeldByKey, DateTimeOffset Changed);

/// <summary>The funds' current figures.</summary>
public static class FundView
{
    /// <summary>One row per fund.</summary>
    public static readonly View<Fund, FundRow> List = new("funds", Fund.Kind, (f, info) =>
        [new(f.Id, f.Name, f.Year, f.Ceiling, f.Reserved, f.Committed, f.Free, f.HeldByKey, info.Changed)]);
}
