using Npgsql;
using NpgsqlTypes;

namespace Approval.EventStore;

/// <summary>
/// The rows of a current view as they stood at an instant, in a table that lasts as long as the question: a stream all of whose events belong to the past has
/// its present row, and only those that went on since are folded up to then.
/// </summary>
static class PastRows
{
    /// <summary>Makes the table in the connection's open transaction, in which every look sees the same, and gives its name.</summary>
    public static async Task<string> Make(
        NpgsqlConnection connection, EventTypes types, View view, JurisdictionId jurisdiction, AsOf asOf, CancellationToken cancel)
    {
        var (wentOn, begun) = await WentOn(connection, view.Kind, jurisdiction, asOf, cancel);
        var table = $"past_{view.Name}";
        await using (var create = new NpgsqlCommand($"create temp table {table} (like {view.Table}) on commit drop", connection))
            await create.ExecuteNonQueryAsync(cancel);
        await using (var present = new NpgsqlCommand($"insert into {table} select * from {view.Table} where jurisdiction = $1 and stream <> all($2)", connection))
        {
            present.Parameters.Add(new() { Value = jurisdiction.Value });
            present.Parameters.Add(new() { Value = wentOn });
            await present.ExecuteNonQueryAsync(cancel);
        }

        var snapshots = await Fold(connection, types, view.Kind, jurisdiction, begun, asOf, cancel);
        await view.Copy(connection, table, snapshots, cancel);
        return table;
    }

    /// <summary>The streams of one kind that have events since the instant, and those of them that had begun by then.</summary>
    static async Task<(string[] All, string[] Begun)> WentOn(NpgsqlConnection connection, Kind kind, JurisdictionId jurisdiction, AsOf asOf, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            $"select stream_id, min({Since(asOf)}) <= $3 from public.mt_events where tenant_id = $1 and (stream_id = $2 or stream_id >= $2 || '-' and stream_id < $2 || '.') "
            + $"group by stream_id having max({Since(asOf)}) > $3", connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = jurisdiction.Value, NpgsqlDbType = NpgsqlDbType.Varchar });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = kind.Name, NpgsqlDbType = NpgsqlDbType.Varchar });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = asOf.At.ToUniversalTime() });
        var (all, begun) = (new List<string>(), new List<string>());
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            all.Add(reader.GetString(0));
            if (reader.GetBoolean(1)) begun.Add(all[^1]);
        }

        return ([.. all], [.. begun]);
    }

    /// <summary>The time by which an event belongs to the past, as SQL over the events.</summary>
    public static string Since(AsOf? asOf) => asOf is { ByEffect: true } ? "coalesce((headers->>'effective')::timestamptz, timestamp)" : "timestamp";

    /// <summary>The states of streams that the record names, now or as of an instant; one that did not exist is left out.</summary>
    public static async Task<List<Snapshot>> Fold(
        NpgsqlConnection connection, EventTypes types, Kind kind, JurisdictionId jurisdiction, IReadOnlyCollection<string> streams, AsOf? asOf, CancellationToken cancel)
    {
        var folded = new List<Snapshot>(streams.Count);
        if (streams.Count == 0) return folded;
        var folding = new Folding(types, kind, folded.Add);
        await RawEvents.Rows(
            connection,
            $"select {Folding.Columns} from public.mt_events where tenant_id = {RawEvents.Quoted(jurisdiction.Value)} and stream_id in ({string.Join(", ", streams.Select(RawEvents.Quoted))}) "
            + $"and ({asOf is null} or {Since(asOf)} <= '{(asOf?.At ?? default).UtcDateTime:yyyy-MM-dd HH:mm:ss.ffffff}Z') order by stream_id, version",
            folding.Add, cancel);
        folding.End();
        return folded;
    }
}
