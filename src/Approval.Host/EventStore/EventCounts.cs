using System.Collections.Concurrent;
using Approval.EventStore.Subscriptions;
using Npgsql;
using NpgsqlTypes;

namespace Approval.EventStore;

/// <summary>How many events the record of a jurisdiction holds. What is settled was counted once and stays so; only what came since is counted.</summary>
public sealed class EventCounts(NpgsqlDataSource database, EventLog events)
{
    readonly ConcurrentDictionary<JurisdictionId, (long Position, long Count)> settled = new();

    /// <summary>The number at this moment.</summary>
    public async Task<long> Of(JurisdictionId jurisdiction, CancellationToken cancel = default)
    {
        var (position, count) = settled.GetValueOrDefault(jurisdiction);
        var upTo = Math.Max(position, events.Settled);
        await using var command = database.CreateCommand(
            "select count(*) filter (where seq_id <= $3), count(*) from public.mt_events where seq_id > $2 and tenant_id = $1");
        command.Parameters.Add(new() { Value = jurisdiction.Value, NpgsqlDbType = NpgsqlDbType.Varchar });
        command.Parameters.Add(new() { Value = position });
        command.Parameters.Add(new() { Value = upTo });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        await reader.ReadAsync(cancel);
        settled[jurisdiction] = (upTo, count + reader.GetInt64(0));
        return count + reader.GetInt64(1);
    }
}
