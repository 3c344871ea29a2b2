using System.Text.Json;
using Approval.EventStore;
using Approval.EventStore.Subscriptions;
using Npgsql;

namespace Approval.InterfaceUnification;

/// <summary>The proposals as unification sees them now, kept in memory for the pages that show the whole scene.</summary>
public sealed class KeptDeclarants(NpgsqlDataSource database, EventLog events)
{
    sealed class NoTotals : ITotals<Declarant>
    {
        public void Add(Declarant row)
        {
        }

        public void Remove(Declarant row)
        {
        }
    }

    readonly KeptRows<Declarant, NoTotals> kept = new(database, events, InterfaceViews.Declarants, "declarant");

    /// <summary>Those of a jurisdiction.</summary>
    public Task<IReadOnlyList<Declarant>> Of(JurisdictionId jurisdiction, CancellationToken cancel) =>
        kept.Ask<IReadOnlyList<Declarant>>(jurisdiction, "", r => JsonSerializer.Deserialize<Declarant>(r.GetFieldValue<byte[]>(0), Json.Events), (all, _) => [.. all.Values], cancel);
}
