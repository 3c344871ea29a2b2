using Npgsql;
using NpgsqlTypes;

namespace Approval.EventStore.Subscriptions;

/// <summary>Reads the order of all events, and tells what of it is settled.</summary>
/// <param name="database">Connections that may read.</param>
/// <param name="types">The events known.</param>
sealed class RecordReader(NpgsqlDataSource database, EventTypes types)
{
    const string Columns = "seq_id, id, tenant_id, stream_id, version, type, data, timestamp, user_name, correlation_id, causation_id, headers";

    /// <summary>From so many numbers on, events are read in the form in which the database sends them, for which it plans anew.</summary>
    const int Many = 1000;

    /// <summary>The events visible now after a position, up to another.</summary>
    public async Task<List<StoredEvent>> Read(long after, long upTo, int limit, CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        var events = new List<StoredEvent>();
        var (jurisdiction, wireName, person, headers) = ("", "", "", Array.Empty<byte>());
        if (limit >= Many && upTo - after is >= Many and < long.MaxValue / 2)
        {
            await RawEvents.Rows(
                connection, $"select {Columns} from public.mt_events where seq_id > {after} and seq_id <= {upTo} order by seq_id limit {limit}",
                row =>
                {
                    var (position, id) = (row.Number(), new Guid(row.Next(), bigEndian: true));
                    jurisdiction = row.Text(jurisdiction);
                    var (stream, version) = (row.Text(), row.Number());
                    wireName = row.Text(wireName);
                    var (data, at) = (row.Json().ToArray(), row.Time());
                    var by = row.Null() ? null : person = row.Text(person);
                    var (correlation, causation) = (row.Null() ? null : row.Text(), row.Null() ? null : row.Text());
                    var known = !row.Null();
                    if (known && row.Json() is var read && !read.SequenceEqual(headers)) headers = read.ToArray();
                    events.Add(new(types, position, id, new(jurisdiction), new(stream), version, wireName, data, at, by, correlation, causation, known ? headers : null));
                },
                cancel);
            return events;
        }

        await using var command = new NpgsqlCommand($"select {Columns} from public.mt_events where seq_id > $1 and seq_id <= $2 order by seq_id limit $3", connection);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = after });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = upTo });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            jurisdiction = Same(jurisdiction, reader.GetString(2));
            wireName = Same(wireName, reader.GetString(5));
            events.Add(new(
                types, reader.GetInt64(0), reader.GetGuid(1), new(jurisdiction), new(reader.GetString(3)), reader.GetInt64(4), wireName,
                reader.GetFieldValue<byte[]>(6), reader.GetFieldValue<DateTimeOffset>(7), Text(8), Text(9), Text(10),
                reader.IsDBNull(11) ? null : reader.GetFieldValue<byte[]>(11)));

            string? Text(int i) => reader.IsDBNull(i) ? null : reader.GetString(i);
        }

        return events;

        static string Same(string kept, string read) => kept == read ? kept : read;
    }

    /// <summary>
    /// The highest number visible, and then the transactions that hold the sequence. A transaction holds it from its first number to its
    /// end, with or without an id of its own; so every number up to the highest that may still appear belongs to one of these.
    /// </summary>
    public async Task<(long Top, IReadOnlyList<SequenceHolder> Holders)> Drawn(CancellationToken cancel)
    {
        // One statement: its snapshot, which gives the highest number, is taken before the locks are looked at.
        await using var command = database.CreateCommand(
            """
            select coalesce((select max(seq_id) from public.mt_events), 0), array_agg(l.virtualtransaction), array_agg(coalesce(l.pid, 0))
            from pg_locks l
            where l.locktype = 'relation' and l.mode = 'RowExclusiveLock' and l.granted
              and l.relation = 'public.mt_events_sequence'::regclass and l.database = (select oid from pg_database where datname = current_database())
            """);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        await reader.ReadAsync(cancel);
        return reader.IsDBNull(1)
            ? (reader.GetInt64(0), [])
            : (reader.GetInt64(0), [.. reader.GetFieldValue<string[]>(1).Zip(reader.GetFieldValue<int[]>(2), (t, p) => new SequenceHolder(t, p))]);
    }

    /// <summary>The highest checkpoint among some subscriptions: up to there all was settled once, and so it still is.</summary>
    public async Task<long> HighestCheckpoint(IEnumerable<string> names, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("select coalesce(max(last_seq_id), 0) from public.mt_event_progression where name = any($1)");
        command.Parameters.Add(new() { Value = names.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Varchar });
        return (long)(await command.ExecuteScalarAsync(cancel))!;
    }
}

/// <summary>A transaction that has drawn numbers and not ended.</summary>
/// <param name="Transaction">How the database calls it while it lasts; a prepared one gets another name at that moment.</param>
/// <param name="Process">The process, 0 for a prepared transaction.</param>
readonly record struct SequenceHolder(string Transaction, int Process)
{
    public bool Prepared => Process == 0;
}
