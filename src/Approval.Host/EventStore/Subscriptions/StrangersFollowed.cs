using Npgsql;

namespace Approval.EventStore.Subscriptions;

/// <summary>
/// Brings the current views up to date after another program appended to a stream: only our own commands write rows in their transaction.
/// The stream is locked meanwhile, so a command comes before or after, never in between.
/// </summary>
sealed class StrangersFollowed(Store store, Views views) : FollowUp("strangers_followed", 1)
{
    public override async Task Apply(NpgsqlConnection connection, IReadOnlyList<StoredEvent> events, CancellationToken cancel)
    {
        foreach (var (jurisdiction, stream) in events.Where(e => !e.IsOurs).Select(e => (e.Jurisdiction, e.Stream)).Distinct())
        {
            var stale = views.Of(stream).ToList();
            if (stale.Count == 0) continue;
            await connection.Run("select 1 from public.mt_streams where tenant_id = $1 and id = $2 for update", cancel, jurisdiction.Value, stream.Value);
            await using var batch = connection.CreateBatch();
            foreach (var kind in stale.GroupBy(v => v.Kind))
            {
                var snapshot = await store.Fold(kind.Key, jurisdiction, stream, null, cancel);
                foreach (var view in kind) view.Write(batch, snapshot);
            }

            await batch.ExecuteNonQueryAsync(cancel);
        }
    }
}
