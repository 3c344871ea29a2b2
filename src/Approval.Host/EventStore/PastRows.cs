using Npgsql;
using NpgsqlTypes;

namespace Approval.EventStore;

/// <summary>The rows of a current view as they stood at an instant: its streams folded up to then, in a table that lasts as long as the question.</summary>
static class PastRows
{
    /// <summary>Makes the table in the connection's open transaction and gives its name.</summary>
    public static async Task<string> Make(
        NpgsqlConnection connection, EventTypes types, View view, JurisdictionId jurisdiction, AsOf asOf, CancellationToken cancel)
    {
        var snapshots = new List<Snapshot>();
        await foreach (var snapshot in Streams(connection, types, view.Kind, jurisdiction, asOf, cancel)) snapshots.Add(snapshot);

        var table = $"past_{view.Name}";
        await using (var create = new NpgsqlCommand($"create temp table {table} (like {view.Table}) on commit drop", connection))
            await create.ExecuteNonQueryAsync(cancel);
        await view.Copy(connection, table, snapshots, cancel);
        return table;
    }

    /// <summary>The time by which an event belongs to the past, as SQL over the events.</summary>
    public static string Since(AsOf? asOf) => asOf is { ByEffect: true } ? "coalesce((headers->>'effective')::timestamptz, timestamp)" : "timestamp";

    /// <summary>Every stream of one kind in a jurisdiction, folded up to the instant.</summary>
    static async IAsyncEnumerable<Snapshot> Streams(
        NpgsqlConnection connection, EventTypes types, Kind kind, JurisdictionId jurisdiction, AsOf asOf,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            "select stream_id, version, type, data, timestamp from public.mt_events "
            + $"where tenant_id = $1 and (stream_id = $2 or stream_id >= $2 || '-' and stream_id < $2 || '.') and {Since(asOf)} <= $3 order by stream_id, version", connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = jurisdiction.Value, NpgsqlDbType = NpgsqlDbType.Varchar });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = kind.Name, NpgsqlDbType = NpgsqlDbType.Varchar });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = asOf.At.ToUniversalTime() });
        await foreach (var snapshot in Streams(command, types, kind, jurisdiction, cancel)) yield return snapshot;
    }

    /// <summary>The streams whose events a query gives, each with its events in their order: stream, version, name, data and time.</summary>
    public static async IAsyncEnumerable<Snapshot> Streams(
        NpgsqlCommand command, EventTypes types, Kind kind, JurisdictionId jurisdiction,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        await using var reader = await command.ExecuteReaderAsync(cancel);
        Snapshot? snapshot = null;
        while (await reader.ReadAsync(cancel))
        {
            var stream = new StreamId(reader.GetString(0));
            if (snapshot is not null && snapshot.Info.Stream != stream)
            {
                yield return snapshot;
                snapshot = null;
            }

            snapshot ??= Snapshot.Empty(jurisdiction, stream);
            snapshot = snapshot.With(
                kind, types.Read(stream, reader.GetInt64(1), reader.GetString(2), reader.GetFieldValue<byte[]>(3)), reader.GetFieldValue<DateTimeOffset>(4));
        }

        if (snapshot is not null) yield return snapshot;
    }
}
