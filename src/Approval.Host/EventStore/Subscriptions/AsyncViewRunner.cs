using Approval.Http;
using Npgsql;
using NpgsqlTypes;

namespace Approval.EventStore.Subscriptions;

/// <summary>Runs every asynchronous view of the product, each for itself: one that fails stands still alone.</summary>
sealed class AsyncViewRunners(AsyncViews views, EventLog events, Databases databases, TimeProvider clock, ILogger<AsyncViewRunners> log) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(views.All.Select(view => Persistence.Run(
            $"The view {view.Name}", stop => Run(view, stop), log, stoppingToken)));

    async Task Run(AsyncView view, CancellationToken stop)
    {
        using var runner = new AsyncViewRunner(view, events, databases, clock, log);
        await runner.Run(stop);
    }
}

/// <summary>Brings one view on, from when this host gets its lease until the session or the host ends.</summary>
sealed partial class AsyncViewRunner(AsyncView view, EventLog events, Databases databases, TimeProvider clock, ILogger log) : IDisposable
{
    const int Batch = 4000;
    const int Much = 50_000; // events without a rest

    static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    readonly SemaphoreSlim gate = new(1); // held by whoever uses the lease's session, and while position and projection change
    IProjection projection = null!;
    long position;
    bool stopped;

    public void Dispose() => gate.Dispose();

    public async Task Run(CancellationToken stop)
    {
        await using var lease = await Lease.Take(databases, view.CheckpointName, stop);
        var session = lease.Connection;
        await session.Run(
            "update approval.async_views set host = $2, taken = now(), error = null, rebuild_error = null where name = $1",
            stop, view.Name, $"{Environment.MachineName}/{Environment.ProcessId}");
        position = (long)(await session.Scalar("select last_seq_id from public.mt_event_progression where name = $1", stop, view.CheckpointName))!;
        projection = view.Start(view.Table);

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var rebuild = Task.CompletedTask;
        try
        {
            var (state, looked) = (await State(session, stop), clock.GetTimestamp());
            var rested = position; // where there was nothing to do last
            while (true)
            {
                if (rebuild.IsCompleted) await rebuild;
                if (clock.GetElapsedTime(looked) > Look) (state, looked) = (await State(session, stop), clock.GetTimestamp());
                if (rebuild.IsCompleted && state.WantsRebuild(view))
                {
                    // What was read before the last one ended still asks for it.
                    (state, looked) = (await State(session, stop), clock.GetTimestamp());
                    if (state.WantsRebuild(view)) rebuild = Rebuild(session, ending.Token);
                    state = state with { Asked = false };
                }

                if (!state.CanGoOn(view)) await Task.Delay(Look, stop);
                else if (!await Step(session, stop))
                {
                    if (position - rested > Much) GiveBack();
                    rested = position;
                    await events.Wait(position, Look, stop);
                }
                else if (events.Settled - position < Batch) await Task.Delay(view.Gather, stop);
                if (stopped) (state, stopped) = (state with { Stopped = true }, false);
            }
        }
        finally
        {
            await ending.CancelAsync();
            await rebuild.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Applies what has come; false if nothing has, or if an event stopped the view.</summary>
    async Task<bool> Step(NpgsqlConnection session, CancellationToken stop)
    {
        await gate.WaitAsync(stop);
        try
        {
            var slice = await events.Read(position, Batch, stop);
            if (slice.UpTo == position) return false;
            try
            {
                await Apply(session, slice, stop);
                return true;
            }
            catch (Exception e) when (IsOfTheEvent(session, e))
            {
                projection = view.Start(view.Table);
            }

            // One of them fails: those before it are applied, and it is named.
            foreach (var one in slice.Events)
            {
                try
                {
                    await Apply(session, new([one], one.Position), stop);
                }
                catch (Exception e) when (IsOfTheEvent(session, e))
                {
                    projection = view.Start(view.Table);
                    await session.Run(
                        "update approval.async_views set error = $2, error_position = $3, error_event = $4, error_at = now() where name = $1",
                        stop, view.Name, Describe(e), one.Position, $"{one.Jurisdiction.Value}/{one.Stream} {one.Version} {one.WireName}");
                    Stopped(log, view.Name, one.Position, e);
                    return !(stopped = true);
                }
            }

            return true;
        }
        finally
        {
            gate.Release();
        }
    }

    async Task Apply(NpgsqlConnection session, Slice slice, CancellationToken stop)
    {
        await using var transaction = await session.BeginTransactionAsync(stop);
        await projection.Apply(session, slice.Events, stop);
        var written = await session.Run(
            "update public.mt_event_progression set last_seq_id = $2, last_updated = transaction_timestamp() where name = $1 and last_seq_id = $3",
            stop, view.CheckpointName, slice.UpTo, position);
        if (written != 1) throw new CheckpointMovedException(view.CheckpointName);
        await transaction.CommitAsync(stop);
        position = slice.UpTo;
    }

    /// <summary>Builds the table anew beside the one in use, and swaps them when it has caught up.</summary>
    async Task Rebuild(NpgsqlConnection session, CancellationToken stop)
    {
        await events.Begun(stop); // until then there seems to be nothing to build from
        await using var own = await databases.Runners.OpenConnectionAsync(stop);
        var next = view.Start(view.NextTable);
        var (at, swapped) = (0L, false);
        try
        {
            foreach (var beside in view.Beside.Prepend("")) await own.Run($"drop table if exists {view.NextTable}{beside}", stop);
            await own.Run(
                "update approval.async_views set rebuild_asked = true, rebuild_position = 0, rebuild_goal = $2, rebuild_started = now() where name = $1",
                stop, view.Name, events.Settled);
            foreach (var sql in view.Definition(view.NextTable)) await own.Run(sql, stop);
            var there = events.Settled;
            if (await view.FromStreams(own, passed => Passed(Math.Min(passed, there)), stop)) at = there;
            await CatchUp(() => events.Settled - Batch);
            foreach (var sql in view.Indexes(view.NextTable)) await own.Run(sql, stop);
            await CatchUp(() => events.Settled - Batch);

            await gate.WaitAsync(stop);
            try
            {
                await CatchUp(() => events.Settled);
                await Swap(session, at, stop);
                (position, projection, swapped) = (at, view.Start(view.Table), true);
            }
            finally
            {
                gate.Release();
            }

            GiveBack();
        }
        catch (Exception e) when (!swapped && IsOfTheEvent(own, e))
        {
            await own.Run("update approval.async_views set rebuild_asked = false, rebuild_position = null, rebuild_error = $2 where name = $1", stop, view.Name, Describe(e));
            RebuildFailed(log, view.Name, at, e);
        }

        Task Passed(long position) =>
            own.Run("update approval.async_views set rebuild_position = $2, rebuild_goal = $3 where name = $1", stop, view.Name, position, events.Settled);

        // A slice is read while the one before it is written.
        async Task CatchUp(Func<long> goal)
        {
            var reading = events.Read(at, Batch, stop);
            while (true)
            {
                var slice = await reading;
                if (slice.UpTo == at) return;
                reading = events.Read(slice.UpTo, Batch, stop);
                await using var transaction = await own.BeginTransactionAsync(stop);
                await next.Apply(own, slice.Events, stop);
                await Passed(slice.UpTo);
                await transaction.CommitAsync(stop);
                at = slice.UpTo;
                if (at >= goal()) return;
            }
        }
    }

    /// <summary>Much work leaves a heap of holes behind, which the collector would keep for more of the same.</summary>
    static void GiveBack() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);

    async Task Swap(NpgsqlConnection session, long at, CancellationToken stop)
    {
        await using var transaction = await session.BeginTransactionAsync(stop);
        if (view.Definition(view.NextTable).Any())
        {
            foreach (var beside in view.Beside.Prepend(""))
            {
                await session.Run($"drop table if exists {view.Table}{beside}", stop);
                await session.Run($"alter table {view.NextTable}{beside} rename to {view.Name}{beside}", stop);
                await session.Run(
                    $"""
                    do $$ declare i record; begin
                        for i in select indexname from pg_indexes where schemaname = 'approval' and tablename = '{view.Name}{beside}' and indexname like '{view.Name}\_next%' loop
                            execute format('alter index approval.%I rename to %I', i.indexname, replace(i.indexname, '{view.Name}_next', '{view.Name}'));
                        end loop;
                    end $$
                    """, stop);
            }
        }

        await session.Run("update public.mt_event_progression set last_seq_id = $2, last_updated = transaction_timestamp() where name = $1", stop, view.CheckpointName, at);
        await session.Run(
            "update approval.async_views set hash = $2, rebuild_asked = false, rebuild_position = null, rebuild_error = null, error = null where name = $1", stop, view.Name, view.Hash);
        await transaction.CommitAsync(stop);
    }

    async Task<ViewState> State(NpgsqlConnection session, CancellationToken stop)
    {
        await gate.WaitAsync(stop);
        try
        {
            await using var command = session.Command("select hash, error is not null, rebuild_asked, rebuild_error is not null from approval.async_views where name = $1", view.Name);
            await using var reader = await command.ExecuteReaderAsync(stop);
            await reader.ReadAsync(stop);
            return new(reader.GetString(0), reader.GetBoolean(1), reader.GetBoolean(2), reader.GetBoolean(3));
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Whether the events themselves, or what is made of them, are at fault; not the way to the database, and not a lost race.</summary>
    static bool IsOfTheEvent(NpgsqlConnection session, Exception e) =>
        e is not (OperationCanceledException or CheckpointMovedException or SinkAwayException) && session.State == System.Data.ConnectionState.Open && !Problems.IsDatabaseAway(e)
        && e is not PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.LockNotAvailable };

    static string Describe(Exception e) => $"{e.GetType().Name}: {e.Message}";

    /// <summary>What the database says of the view.</summary>
    /// <param name="Hash">What made the table in use.</param>
    /// <param name="Stopped">An event stopped it.</param>
    /// <param name="Asked">A rebuild is asked for.</param>
    /// <param name="RebuildFailed">The last one failed.</param>
    readonly record struct ViewState(string Hash, bool Stopped, bool Asked, bool RebuildFailed)
    {
        public bool CanGoOn(AsyncView view) => !Stopped && Hash == view.Hash;

        public bool WantsRebuild(AsyncView view) => Asked || (Hash != view.Hash && !RebuildFailed);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The view {View} stopped at {Position}")]
    static partial void Stopped(ILogger log, string view, long position, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "The rebuild of the view {View} failed after {Position}")]
    static partial void RebuildFailed(ILogger log, string view, long position, Exception exception);
}

/// <summary>Somebody else wrote a checkpoint that only the holder of the lease may write.</summary>
sealed class CheckpointMovedException(string name) : InvalidOperationException($"The checkpoint {name} is not where this host left it.");

/// <summary>Short forms for the statements of runners.</summary>
static class Statements
{
    public static NpgsqlCommand Command(this NpgsqlConnection connection, string sql, params ReadOnlySpan<object?> values)
    {
        var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        foreach (var value in values) command.Parameters.Add(new() { Value = value ?? DBNull.Value });
        return command;
    }

    public static Task<int> Run(this NpgsqlConnection connection, string sql, CancellationToken cancel, params ReadOnlySpan<object?> values) =>
        Run(connection.Command(sql, values), cancel);

    public static Task<object?> Scalar(this NpgsqlConnection connection, string sql, CancellationToken cancel, params ReadOnlySpan<object?> values) =>
        Scalar(connection.Command(sql, values), cancel);

    static async Task<int> Run(NpgsqlCommand command, CancellationToken cancel)
    {
        await using (command) return await command.ExecuteNonQueryAsync(cancel);
    }

    static async Task<object?> Scalar(NpgsqlCommand command, CancellationToken cancel)
    {
        await using (command) return await command.ExecuteScalarAsync(cancel);
    }
}
