using System.Globalization;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;

namespace Approval.EventStore;

/// <summary>An event as it stands in the store.</summary>
/// <param name="Position">Its place in the order of all events.</param>
/// <param name="Id">Its own id.</param>
/// <param name="Jurisdiction">The jurisdiction.</param>
/// <param name="Stream">The stream.</param>
/// <param name="Version">Its number in the stream, from 1.</param>
/// <param name="WireName">Its name.</param>
/// <param name="Event">What happened.</param>
/// <param name="Envelope">Who, when and under which request.</param>
public sealed record Recorded(
    long Position, Guid Id, JurisdictionId Jurisdiction, StreamId Stream, long Version, string WireName, object Event, Envelope Envelope);

/// <summary>Who recorded an event, when, and in answer to what.</summary>
/// <param name="At">When the engine learnt it.</param>
/// <param name="Effective">When it holds; the same as <paramref name="At"/> unless said otherwise.</param>
/// <param name="By">The person; null if a stranger wrote the event.</param>
/// <param name="Unit">The person's unit at that time.</param>
/// <param name="Roles">The person's roles at that time.</param>
/// <param name="Correlation">The request or trace.</param>
/// <param name="Causation">The event or deadline that caused it.</param>
public sealed record Envelope(
    DateTimeOffset At, DateTimeOffset Effective, PersonId? By, UnitId? Unit, IReadOnlyList<Role> Roles, string? Correlation, string? Causation);

/// <summary>An instant up to which the past is asked for.</summary>
/// <param name="At">The instant, inclusive.</param>
/// <param name="ByEffect">By when facts hold, instead of when the engine learnt them.</param>
public readonly record struct AsOf(DateTimeOffset At, bool ByEffect = false);

/// <summary>A stream that a command saw, and what it adds to it.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="Expected">The version that the decision saw; 0 for a stream that does not exist.</param>
/// <param name="Added">How many events the command adds; 0 for a stream that was only read and must be unchanged.</param>
public readonly record struct Touched(StreamId Stream, long Expected, int Added);

/// <summary>What a command adds to the record, written out as the database takes it.</summary>
/// <param name="Occasion">Who and when.</param>
/// <param name="Request">What the act is traced by and when it holds.</param>
/// <param name="Headers">What stands beside each of its events, in JSON.</param>
/// <param name="Person">The stream of who acts, which must still be the same; null if the directory was asked.</param>
/// <param name="Touched">Every stream that the decision saw or writes.</param>
/// <param name="Events">The events in the order in which they hold.</param>
sealed record Recording(Occasion Occasion, RequestTrace Request, byte[] Headers, StreamInfo? Person, IReadOnlyCollection<Touched> Touched, IReadOnlyList<WrittenEvent> Events);

/// <summary>An event written out.</summary>
/// <param name="Id">Its own id.</param>
/// <param name="Stream">The stream.</param>
/// <param name="Version">Its number in the stream.</param>
/// <param name="Name">Its wire name.</param>
/// <param name="Data">What happened, in JSON.</param>
sealed record WrittenEvent(Guid Id, StreamId Stream, long Version, string Name, byte[] Data);

/// <summary>The record: streams of events in PostgreSQL. Only this folder knows its tables.</summary>
/// <param name="database">Connections under the role that may append.</param>
/// <param name="types">The events known.</param>
public sealed class Store(NpgsqlDataSource database, EventTypes types)
{
    const string Columns = "seq_id, id, tenant_id, stream_id, version, type, data, timestamp, user_name, correlation_id, causation_id, headers";

    /// <summary>One stream's events in their order.</summary>
    /// <param name="jurisdiction">The jurisdiction.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="after">The version after which to begin.</param>
    /// <param name="asOf">Leaves out what was not yet known, or did not yet hold, at that instant.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<IReadOnlyList<Recorded>> Load(
        JurisdictionId jurisdiction, StreamId stream, long after = 0, AsOf? asOf = null, CancellationToken cancel = default)
    {
        await using var command = database.CreateCommand(
            $"select {Columns} from public.mt_events where tenant_id = $1 and stream_id = $2 and version > $3 order by version");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = jurisdiction.Value, NpgsqlDbType = NpgsqlDbType.Varchar });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = stream.Value, NpgsqlDbType = NpgsqlDbType.Varchar });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = after });
        var events = await Read(command, types.Read, cancel);
        return asOf is { } limit ? [.. events.Where(e => (limit.ByEffect ? e.Envelope.Effective : e.Envelope.At) <= limit.At)] : events;
    }

    /// <summary>A stream's state, now or as of an instant.</summary>
    internal async Task<Snapshot> Fold(Kind kind, JurisdictionId jurisdiction, StreamId stream, AsOf? asOf, CancellationToken cancel)
    {
        var snapshot = Snapshot.Empty(jurisdiction, stream);
        if (asOf is null) return await Continue(kind, snapshot, cancel);
        foreach (var e in await Load(jurisdiction, stream, 0, asOf, cancel)) snapshot = snapshot.With(kind, e.Event, e.Envelope.At);
        return snapshot;
    }

    /// <summary>The states of some streams in one look, now or as of an instant; one that does not exist is left out.</summary>
    internal async Task<IReadOnlyList<Snapshot>> Fold(
        Kind kind, JurisdictionId jurisdiction, IReadOnlyCollection<StreamId> streams, AsOf? asOf, CancellationToken cancel)
    {
        var folded = new List<Snapshot>(streams.Count);
        if (streams.Count == 0) return folded;
        await using var command = database.CreateCommand(
            "select stream_id, version, type, data, timestamp from public.mt_events "
            + $"where tenant_id = $1 and stream_id = any($2) and ($3::timestamptz is null or {PastRows.Since(asOf)} <= $3) order by stream_id, version");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = jurisdiction.Value, NpgsqlDbType = NpgsqlDbType.Varchar });
        command.Parameters.Add(new() { Value = streams.Select(s => s.Value).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Varchar });
        command.Parameters.Add(new() { Value = (object?)asOf?.At.ToUniversalTime() ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            var stream = new StreamId(reader.GetString(0));
            if (folded.Count == 0 || folded[^1].Info.Stream != stream) folded.Add(Snapshot.Empty(jurisdiction, stream));
            folded[^1] = folded[^1].With(kind, types.Read(stream, reader.GetInt64(1), reader.GetString(2), reader.GetFieldValue<byte[]>(3)), reader.GetFieldValue<DateTimeOffset>(4));
        }

        return folded;
    }

    /// <summary>The states of many streams in one look. Their names stand in the statement itself: they come from the record, never from a person.</summary>
    internal async Task<IReadOnlyList<Snapshot>> FoldMany(Kind kind, JurisdictionId jurisdiction, IReadOnlyCollection<StreamId> streams, CancellationToken cancel)
    {
        if (streams.Count == 0) return [];
        await using var connection = await database.OpenConnectionAsync(cancel);
        return await PastRows.Fold(connection, types, kind, jurisdiction, [.. streams.Select(s => s.Value)], null, cancel);
    }

    /// <summary>The states of all streams of a kind, piece by piece with the number of their events.</summary>
    internal async Task FoldAll(Kind kind, Func<IReadOnlyList<Snapshot>, int, Task> take, CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        await WholeRecord.Fold(connection, types, kind, WholeRecord.Of(kind), take, cancel);
    }

    /// <summary>What a stream holds after a known state: only what folding needs.</summary>
    internal async Task<Snapshot> Continue(Kind kind, Snapshot from, CancellationToken cancel)
    {
        await using var command = database.CreateCommand(
            "select version, type, data, timestamp from public.mt_events where tenant_id = $1 and stream_id = $2 and version > $3 order by version");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = from.Info.Jurisdiction.Value, NpgsqlDbType = NpgsqlDbType.Varchar });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = from.Info.Stream.Value, NpgsqlDbType = NpgsqlDbType.Varchar });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = from.Info.Version });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            var version = reader.GetInt64(0);
            var data = reader.GetFieldValue<byte[]>(2);
            var @event = types.Read(from.Info.Stream, version, reader.GetString(1), data);
            from = from.With(kind, @event, reader.GetFieldValue<DateTimeOffset>(3), data.Length);
        }

        return from;
    }

    /// <summary>Events of all streams in the order of their numbers. Gives what is visible now, settled or not: who must miss nothing follows <see cref="Subscriptions.EventLog"/>.</summary>
    /// <param name="after">The position after which to begin.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<IReadOnlyList<Recorded>> ReadAll(long after, int limit, CancellationToken cancel = default)
    {
        await using var command = database.CreateCommand($"select {Columns} from public.mt_events where seq_id > $1 order by seq_id limit $2");
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = after });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        return await Read(command, types.ReadAny, cancel);
    }

    /// <summary>Writes a command's events out.</summary>
    /// <param name="occasion">Who and when.</param>
    /// <param name="request">What the act is traced by and when it holds.</param>
    /// <param name="person">The stream of who acts, which must still be the same; null if the directory was asked.</param>
    /// <param name="touched">Every stream that the decision saw or writes.</param>
    /// <param name="facts">The events in the order in which they hold.</param>
    internal Recording Write(Occasion occasion, RequestTrace request, StreamInfo? person, IReadOnlyCollection<Touched> touched, IReadOnlyList<Fact> facts)
    {
        var next = touched.ToDictionary(t => t.Stream, t => t.Expected);
        return new(occasion, request, Headers.Write(occasion, request), person, touched, Array.ConvertAll([.. facts], fact =>
        {
            var (name, data) = types.Write(fact.Event);
            return new WrittenEvent(Guid.CreateVersion7(occasion.At), fact.Stream, ++next[fact.Stream], name, data);
        }));
    }

    /// <summary>The call that appends commands' events, to be sent in one batch with whatever else must hold together with them. No two of them write to one stream.</summary>
    internal static NpgsqlBatchCommand Append(IReadOnlyList<Recording> commands)
    {
        // Every writer locks streams in the same order, so none waits in a circle. What several only read is looked at once.
        var streams = commands
            .SelectMany((c, i) => c.Touched.Select(t => (Command: i + 1, Touched: t)))
            .DistinctBy(s => (commands[s.Command - 1].Occasion.By.Jurisdiction, s.Touched.Stream))
            .OrderBy(s => s.Touched.Stream.Value, StringComparer.Ordinal).ThenBy(s => commands[s.Command - 1].Occasion.By.Jurisdiction.Value, StringComparer.Ordinal).ToArray();
        // Who acts on the own stream is guarded as every stream that is written.
        var people = commands.Where(c => c.Person is { } p && !c.Touched.Any(t => t.Stream == p.Stream && t.Expected == p.Version))
            .Select(c => c.Person!).DistinctBy(p => (p.Jurisdiction, p.Stream, p.Version)).ToArray();
        var events = commands.SelectMany((c, i) => c.Events.Select(e => (Command: i + 1, Event: e))).ToArray();

        var command = new NpgsqlBatchCommand("call approval.append_together($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20)");
        Add(commands, c => c.Occasion.By.Jurisdiction.Value, NpgsqlDbType.Varchar);
        Add(commands, c => c.Occasion.At, NpgsqlDbType.TimestampTz);
        Add(commands, c => c.Occasion.By.Person.Value, NpgsqlDbType.Varchar);
        Add(commands, c => c.Request.Correlation, NpgsqlDbType.Varchar);
        Add(commands, c => c.Request.Causation, NpgsqlDbType.Varchar);
        Add(commands, c => c.Headers, NpgsqlDbType.Jsonb);
        Add(streams, s => s.Command, NpgsqlDbType.Integer);
        Add(streams, s => s.Touched.Stream.Value, NpgsqlDbType.Varchar);
        Add(streams, s => s.Touched.Stream.Kind, NpgsqlDbType.Varchar);
        Add(streams, s => s.Touched.Expected, NpgsqlDbType.Bigint);
        Add(streams, s => (long)s.Touched.Added, NpgsqlDbType.Bigint);
        Add(events, e => e.Command, NpgsqlDbType.Integer);
        Add(events, e => e.Event.Id, NpgsqlDbType.Uuid);
        Add(events, e => e.Event.Stream.Value, NpgsqlDbType.Varchar);
        Add(events, e => e.Event.Version, NpgsqlDbType.Bigint);
        Add(events, e => e.Event.Name, NpgsqlDbType.Varchar);
        Add(events, e => e.Event.Data, NpgsqlDbType.Jsonb);
        Add(people, p => p.Jurisdiction.Value, NpgsqlDbType.Varchar);
        Add(people, p => p.Stream.Value, NpgsqlDbType.Varchar);
        Add(people, p => p.Version, NpgsqlDbType.Bigint);
        return command;

        void Add<T, TValue>(IReadOnlyList<T> of, Func<T, TValue> value, NpgsqlDbType type) =>
            command.Parameters.Add(new NpgsqlParameter<TValue[]> { TypedValue = [.. of.Select(value)], NpgsqlDbType = NpgsqlDbType.Array | type });
    }

    /// <summary>When the newest event of all was recorded; null if there is none.</summary>
    public async Task<DateTimeOffset?> Newest(CancellationToken cancel = default)
    {
        await using var command = database.CreateCommand("select timestamp from public.mt_events order by seq_id desc limit 1");
        return await command.ExecuteScalarAsync(cancel) is DateTime at ? new DateTimeOffset(at) : null;
    }

    /// <summary>How many events a jurisdiction's record holds.</summary>
    public async Task<long> Count(JurisdictionId jurisdiction, CancellationToken cancel = default)
    {
        await using var command = database.CreateCommand("select coalesce(sum(version), 0)::bigint from public.mt_streams where tenant_id = $1");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = jurisdiction.Value, NpgsqlDbType = NpgsqlDbType.Varchar });
        return (long)(await command.ExecuteScalarAsync(cancel))!;
    }

    /// <summary>All streams of a kind in a jurisdiction.</summary>
    public async Task<IReadOnlyList<StreamId>> Streams(JurisdictionId jurisdiction, string kind, CancellationToken cancel = default)
    {
        await using var command = database.CreateCommand("select id from public.mt_streams where tenant_id = $1 and id like $2 || '-%' order by id");
        command.Parameters.Add(new() { Value = jurisdiction.Value, NpgsqlDbType = NpgsqlDbType.Varchar });
        command.Parameters.Add(new() { Value = kind, NpgsqlDbType = NpgsqlDbType.Varchar });
        var streams = new List<StreamId>();
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel)) streams.Add(new(reader.GetString(0)));
        return streams;
    }

    /// <summary>Whether the database answers.</summary>
    /// <exception cref="NpgsqlException">It does not.</exception>
    public async Task Ping(CancellationToken cancel = default)
    {
        await using var command = database.CreateCommand("select 1");
        await command.ExecuteNonQueryAsync(cancel);
    }

    static async Task<IReadOnlyList<Recorded>> Read(NpgsqlCommand command, ReadEvent read, CancellationToken cancel)
    {
        var events = new List<Recorded>();
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel)) events.Add(Row(reader, read));
        return events;
    }

    delegate object ReadEvent(StreamId stream, long version, string name, ReadOnlySpan<byte> data);

    static Recorded Row(NpgsqlDataReader row, ReadEvent read)
    {
        var stream = new StreamId(row.GetString(3));
        var version = row.GetInt64(4);
        var name = row.GetString(5);
        return new(
            row.GetInt64(0), row.GetGuid(1), new(row.GetString(2)), stream, version, name,
            read(stream, version, name, row.GetFieldValue<byte[]>(6)),
            Headers.Read(
                row.GetFieldValue<DateTimeOffset>(7), Text(8), Text(9), Text(10), row.IsDBNull(11) ? null : row.GetFieldValue<byte[]>(11)));

        string? Text(int i) => row.IsDBNull(i) ? null : row.GetString(i);
    }
}

/// <summary>What an act is traced by, beside who and when.</summary>
/// <param name="Correlation">The request or trace.</param>
/// <param name="Causation">The event or deadline that caused it.</param>
/// <param name="Effective">When it holds, if not from the moment of recording.</param>
public readonly record struct RequestTrace(string? Correlation = null, string? Causation = null, DateTimeOffset? Effective = null);

/// <summary>The headers column: unit and roles of the person at that time, and the time of effect where it differs.</summary>
static class Headers
{
    sealed record Form(DateTimeOffset? Effective, UnitId? Unit, IReadOnlyList<Role>? Roles);

    /// <summary>What was read last: one person's events often follow one another.</summary>
    static Tuple<byte[], Form?>? last;

    public static byte[] Write(Occasion occasion, RequestTrace request) =>
        JsonSerializer.SerializeToUtf8Bytes(new Form(request.Effective, occasion.By.Unit, [.. occasion.By.Roles.Order()]), Json.Events);

    public static Envelope Read(DateTimeOffset at, string? person, string? correlation, string? causation, byte[]? headers)
    {
        var form = headers is null ? null : FormOf(headers);
        return new(at, form?.Effective ?? at, person is null ? null : new PersonId(person), form?.Unit, form?.Roles ?? [], correlation, causation);
    }

    static Form? FormOf(byte[] headers)
    {
        if (last is var (bytes, known) && headers.AsSpan().SequenceEqual(bytes)) return known;
        try
        {
            var form = JsonSerializer.Deserialize<Form>(headers, Json.Events);
            last = new(headers, form);
            return form;
        }
        catch (JsonException)
        {
            return null; // a foreign writer's headers are its own affair
        }
    }
}
