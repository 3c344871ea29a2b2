using System.Diagnostics;
using Approval.Http;
using Npgsql;
using NpgsqlTypes;

namespace Approval.EventStore;

/// <summary>What a command depends on beside who acts and when.</summary>
/// <param name="Primary">The stream whose version the caller speaks of, if it is about one.</param>
/// <param name="IfMatch">The version at which the caller saw it; null if the caller does not mind.</param>
/// <param name="Key">The caller's name for this act, under which the answer is remembered.</param>
/// <param name="Trace">What the act is traced by.</param>
/// <param name="Cancel">Gives up before the commit.</param>
public sealed record CommandOptions(
    StreamId? Primary = null, long? IfMatch = null, RepeatKey? Key = null, RequestTrace Trace = default, CancellationToken Cancel = default);

/// <summary>Who acts.</summary>
/// <param name="Actor">The person with unit and roles.</param>
/// <param name="Remembered">The person's stream as it was when this host last looked, where unit and roles are from memory: what the person does is recorded only if it is still the same.</param>
public sealed record Acting(Actor Actor, StreamInfo? Remembered = null);

/// <summary>The caller's name for an act, so that sending it again changes nothing.</summary>
/// <param name="Key">The <c>Idempotency-Key</c>.</param>
/// <param name="Request">A digest of the request: the same key with another request is a mistake.</param>
public sealed record RepeatKey(string Key, byte[] Request);

/// <summary>The answer to a command, as it is sent and remembered.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The body in JSON.</param>
/// <param name="ETag">The primary stream's version in quotes, if there is one.</param>
/// <param name="Location">Where the thing made is to be read.</param>
public sealed record Answer(int Status, byte[] Body, string? ETag = null, string? Location = null);

/// <summary>An answer as it is remembered under the caller's key.</summary>
sealed record RememberedAnswer(Occasion Occasion, RepeatKey Repeat, Answer Answer)
{
    /// <summary>Whose key it is: two equal ones are not remembered twice.</summary>
    public string Key => $"{Occasion.By.Jurisdiction} {Occasion.By.Person} {Repeat.Key}";

    /// <summary>The statement that keeps it.</summary>
    public NpgsqlBatchCommand Insert()
    {
        var command = new NpgsqlBatchCommand(
            "insert into approval.repeated_commands (jurisdiction, person, key, request, status, etag, location, body, recorded) values ($1,$2,$3,$4,$5,$6,$7,$8,$9)");
        object?[] values =
            [Occasion.By.Jurisdiction.Value, Occasion.By.Person.Value, Repeat.Key, Repeat.Request, Answer.Status, Answer.ETag, Answer.Location, Answer.Body, Occasion.At];
        NpgsqlDbType[] types =
            [NpgsqlDbType.Text, NpgsqlDbType.Text, NpgsqlDbType.Text, NpgsqlDbType.Bytea, NpgsqlDbType.Integer, NpgsqlDbType.Text, NpgsqlDbType.Text, NpgsqlDbType.Bytea, NpgsqlDbType.TimestampTz];
        foreach (var (value, type) in values.Zip(types)) command.Parameters.Add(new() { Value = value ?? DBNull.Value, NpgsqlDbType = type });
        return command;
    }
}

/// <summary>What became of a command.</summary>
public abstract record CommandOutcome
{
    CommandOutcome()
    {
    }

    /// <summary>Recorded, or already so.</summary>
    /// <param name="Session">What it left.</param>
    /// <param name="Answer">The answer; null if none was asked for.</param>
    /// <param name="Recorded">How many events were recorded.</param>
    public sealed record Done(Session Session, Answer? Answer, int Recorded) : CommandOutcome;

    /// <summary>Done before under the same key: the answer given then.</summary>
    public sealed record Repeated(Answer Answer) : CommandOutcome;

    /// <summary>Refused.</summary>
    public sealed record Refused(IReadOnlyList<Refusal> Refusals) : CommandOutcome;

    /// <summary>The primary stream is not at the version that the caller saw.</summary>
    /// <param name="Now">The version it is at.</param>
    public sealed record VersionMoved(long Now) : CommandOutcome;

    /// <summary>The key was used for another request.</summary>
    public sealed record KeyReused : CommandOutcome;

    /// <summary>What the command makes is there already.</summary>
    public sealed record Exists : CommandOutcome;

    /// <summary>Too many others wrote to the same streams at the same moment.</summary>
    public sealed record Contended : CommandOutcome;
}

/// <summary>Runs commands: load, decide, append with the views and the remembered answer in one round trip; again when a race is lost.</summary>
/// <param name="database">Connections under the role that may append.</param>
/// <param name="store">The record.</param>
/// <param name="views">The current views.</param>
/// <param name="commits">Commits what they write.</param>
/// <param name="wakeup">Is told of every commit.</param>
/// <param name="clock">The clock.</param>
public sealed class CommandRunner(NpgsqlDataSource database, Store store, Views views, Commits commits, Wakeup wakeup, TimeProvider clock)
{
    const int AttemptsAtMost = 100;

    /// <summary>Those of this host that lost a race on a stream try again one after the other. Streams share a turn by chance, which only costs time.</summary>
    readonly SemaphoreSlim[] turns = [.. Enumerable.Range(0, 256).Select(_ => new SemaphoreSlim(1))];
    readonly StateCache cache = new();

    /// <summary>Who acts, at this moment in the precision that the database keeps.</summary>
    public Occasion Now(Actor by)
    {
        var now = clock.GetUtcNow();
        return new(by, now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond)));
    }

    /// <summary>Runs one command.</summary>
    /// <param name="by">Who acts.</param>
    /// <param name="options">What it depends on.</param>
    /// <param name="decide">Looks at streams through the session and decides. May be called again, so it does nothing else.</param>
    /// <param name="answer">Makes the answer from what the command leaves.</param>
    /// <exception cref="NotFoundException">A stream that the decision needs does not exist.</exception>
    public Task<CommandOutcome> Run(Actor by, CommandOptions options, Func<Session, Task<Decision>> decide, Func<Session, Answer>? answer = null) =>
        RunFor(_ => Task.FromResult(new Acting(by)), options, decide, answer);

    /// <summary>Runs one command of a person who may be taken from memory.</summary>
    /// <param name="by">Gives who acts: as remembered, or as the directory says where that is asked for. What it throws ends the command.</param>
    /// <param name="options">What it depends on.</param>
    /// <param name="decide">Looks at streams through the session and decides. May be called again, so it does nothing else.</param>
    /// <param name="answer">Makes the answer from what the command leaves.</param>
    /// <exception cref="NotFoundException">A stream that the decision needs does not exist.</exception>
    public async Task<CommandOutcome> RunFor(Func<bool, Task<Acting>> by, CommandOptions options, Func<Session, Task<Decision>> decide, Func<Session, Answer>? answer = null)
    {
        using var activity = Telemetry.Source.StartActivity("command");
        var outcome = await Attempts(by, options, decide, answer);
        Telemetry.Ran(activity, outcome);
        return outcome;
    }

    /// <summary>A stream's state as this host remembers it, which may be old; null if it remembers none.</summary>
    internal Snapshot? Remembered<T>(JurisdictionId jurisdiction, StreamKind<T> kind, StreamId stream) where T : class => cache.Find(jurisdiction, stream, Kind.Of(kind));

    /// <summary>A stream's state as the database has it, which is then remembered; null if there is no such stream.</summary>
    internal async Task<T?> Look<T>(JurisdictionId jurisdiction, StreamKind<T> kind, StreamId stream, CancellationToken cancel) where T : class
    {
        var snapshot = await store.Continue(Kind.Of(kind), Remembered(jurisdiction, kind, stream) ?? Snapshot.Empty(jurisdiction, stream), cancel);
        cache.Keep(Kind.Of(kind), snapshot);
        return (T?)snapshot.State;
    }

    async Task<CommandOutcome> Attempts(Func<bool, Task<Acting>> by, CommandOptions options, Func<Session, Task<Decision>> decide, Func<Session, Answer>? answer)
    {
        using var turn = new Turn(turns, options.Cancel);
        var fresh = false;
        for (var attempt = 1; attempt <= AttemptsAtMost; attempt++)
        {
            var acting = await by(fresh);
            var session = new Session(store, cache, Now(acting.Actor), acting.Remembered, fresh, options.Cancel);
            var outcome = await Attempt(session, options, decide, answer);
            if (outcome is not null) return outcome;
            if (session.LostOn is { } stream) await turn.Take(stream);
            if (fresh) await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.NextDouble() * Math.Min(attempt, 20)), options.Cancel);
            fresh = true;
        }

        return new CommandOutcome.Contended();
    }

    /// <summary>One attempt; null if it must be made again on what the database holds now.</summary>
    async Task<CommandOutcome?> Attempt(Session session, CommandOptions options, Func<Session, Task<Decision>> decide, Func<Session, Answer>? answer)
    {
        Decision decision;
        try
        {
            decision = await decide(session);
        }
        catch (Exception e) when (e is NotFoundException or ProblemException && (session.FromMemory || session.Torn))
        {
            return null;
        }
        catch (Exception e) when (e is NotFoundException or ProblemException)
        {
            if (await Remembered(session, options) is { } before) return before;
            throw;
        }

        if (session.Torn) return null;
        var moved = options is { Primary: { } primary, IfMatch: { } match } && session.Seen.GetValueOrDefault(primary) != match;
        if (moved || decision.Refused || decision.Facts.Count == 0)
        {
            // What was seen may be old: only the database may say no.
            if (session.FromMemory) return null;
            if (await Remembered(session, options) is { } before) return before;
            if (moved) return new CommandOutcome.VersionMoved(session.Seen.GetValueOrDefault(options.Primary!.Value));
            if (decision.Refused) return new CommandOutcome.Refused(decision.Refusals);
        }

        await session.Advance(decision, stream => views.Of(stream).Select(v => v.Kind));
        if (session.Torn) return null;
        var given = answer?.Invoke(session);
        try
        {
            await Commit(session, options, decision, given);
        }
        catch (PostgresException e) when (IsLostRace(e))
        {
            // Whether the person may still ask is known only to the database.
            if (session.Person is null && await Remembered(session, options) is { } before) return before;
            session.LostOn = e.ColumnName is { } name ? new StreamId(name) : options.Primary;
            return session.Person is null && e.SqlState == "AP003" && session.Makes(new(e.ColumnName!)) ? new CommandOutcome.Exists() : null;
        }

        session.Remember();
        if (decision.Facts.Count > 0) wakeup.Committed();
        return new CommandOutcome.Done(session, given, decision.Facts.Count);
    }

    async Task Commit(Session session, CommandOptions options, Decision decision, Answer? answer)
    {
        var recording = decision.Facts.Count == 0 ? null : store.Write(session.Occasion, options.Trace with { Effective = session.Effective }, session.Person, session.Touched(), decision.Facts);
        var rows = session.Left().SelectMany(l => views.Of(l.After.Info.Stream).Where(v => ReferenceEquals(v.Kind, l.Kind)).Select(v => v.Changed(l.Before, l.After))).OfType<ChangedRows>().ToList();
        var remembered = options.Key is { } key && answer is not null ? new RememberedAnswer(session.Occasion, key, answer) : null;
        if (recording is null && remembered is null) return;
        var began = Stopwatch.GetTimestamp();
        await commits.Commit(new(recording, rows, remembered), session.Fresh);
        Telemetry.Appended(Stopwatch.GetElapsedTime(began));
    }

    /// <summary>Another writer was first: seen by the stream's version, by the event's number, by the key, or by the database ending a circle of waiting.</summary>
    static bool IsLostRace(PostgresException e) =>
        e.SqlState is "AP001" or "AP003" or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure
        || (e.SqlState == PostgresErrorCodes.UniqueViolation && e.ConstraintName is "pk_mt_events_stream_and_version" or "repeated_commands_pkey");

    /// <summary>What was answered under the key before.</summary>
    async Task<CommandOutcome?> Remembered(Session session, CommandOptions options)
    {
        if (options.Key is not { } key) return null;
        await using var command = database.CreateCommand(
            "select request, status, body, etag, location from approval.repeated_commands where jurisdiction = $1 and person = $2 and key = $3");
        command.Parameters.Add(new() { Value = session.By.Jurisdiction.Value });
        command.Parameters.Add(new() { Value = session.By.Person.Value });
        command.Parameters.Add(new() { Value = key.Key });
        await using var reader = await command.ExecuteReaderAsync(session.Cancel);
        if (!await reader.ReadAsync(session.Cancel)) return null;
        return reader.GetFieldValue<byte[]>(0).AsSpan().SequenceEqual(key.Request)
            ? new CommandOutcome.Repeated(new(
                reader.GetInt32(1), reader.GetFieldValue<byte[]>(2), reader.IsDBNull(3) ? null : reader.GetString(3), reader.IsDBNull(4) ? null : reader.GetString(4)))
            : new CommandOutcome.KeyReused();
    }
}
