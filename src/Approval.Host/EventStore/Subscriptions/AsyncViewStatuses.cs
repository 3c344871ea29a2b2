using Npgsql;
using NpgsqlTypes;

namespace Approval.EventStore.Subscriptions;

/// <summary>What an asynchronous view does.</summary>
public enum ViewState
{
    /// <summary>It follows the record.</summary>
    [Words("运行中", "Running")]
    Running,

    /// <summary>An event stopped it; it goes on when told to, or when a host starts.</summary>
    [Words("已停止", "Stopped")]
    Stopped,

    /// <summary>It is built anew beside the table in use.</summary>
    [Words("重建中", "Rebuilding")]
    Rebuilding,
}

/// <summary>What the operator sees of an asynchronous view.</summary>
/// <param name="Name">The view.</param>
/// <param name="State">What it does.</param>
/// <param name="Position">Up to where it has read the record.</param>
/// <param name="LagEvents">How many events it has yet to apply, counted up to 100,000.</param>
/// <param name="LagSeconds">How long the oldest of them has been waiting.</param>
/// <param name="Host">The host that works on it, or did last.</param>
/// <param name="Failure">What stopped it.</param>
/// <param name="Rebuild">How far its rebuild has come.</param>
/// <param name="RebuildError">Why the last rebuild failed.</param>
public sealed record AsyncViewStatus(
    string Name, ViewState State, long Position, long LagEvents, double LagSeconds, string? Host, ViewFailure? Failure, RebuildProgress? Rebuild, string? RebuildError);

/// <summary>The event that stopped a view.</summary>
/// <param name="Position">Its position.</param>
/// <param name="Event">Jurisdiction, stream, version and name.</param>
/// <param name="Error">What went wrong.</param>
/// <param name="At">When.</param>
public sealed record ViewFailure(long Position, string Event, string Error, DateTimeOffset At);

/// <summary>How far a rebuild has come.</summary>
/// <param name="Position">Up to where it has read.</param>
/// <param name="Goal">The end of the record as it was seen last.</param>
/// <param name="Started">When it began.</param>
public sealed record RebuildProgress(long Position, long Goal, DateTimeOffset Started)
{
    /// <summary>The share done, 0 to 1.</summary>
    public double Share => Goal <= 0 ? 0 : Math.Min(1, Math.Round((double)Position / Goal, 4));
}

/// <summary>Looks after the asynchronous views of all hosts, through the database.</summary>
public sealed class AsyncViewStatuses(NpgsqlDataSource database, AsyncViews views, TimeProvider clock)
{
    /// <summary>All views.</summary>
    public async Task<IReadOnlyList<AsyncViewStatus>> All(CancellationToken cancel)
    {
        await using var command = database.CreateCommand(
            """
            select v.name, v.hash, p.last_seq_id, v.host, v.error, v.error_position, v.error_event, v.error_at,
                   v.rebuild_asked, v.rebuild_position, v.rebuild_goal, v.rebuild_started, v.rebuild_error,
                   (select count(*) from (select 1 from public.mt_events e where e.seq_id > p.last_seq_id limit 100000) waiting),
                   (select e.timestamp from public.mt_events e where e.seq_id > p.last_seq_id order by e.seq_id limit 1)
            from unnest($1, $2) as known (name, checkpoint)
            join approval.async_views v on v.name = known.name
            join public.mt_event_progression p on p.name = known.checkpoint
            order by v.name
            """);
        command.Parameters.Add(new() { Value = views.All.Select(v => v.Name).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = views.All.Select(v => v.CheckpointName).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        var found = new List<AsyncViewStatus>();
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            var name = reader.GetString(0);
            var failure = reader.IsDBNull(4) ? null : new ViewFailure(reader.GetInt64(5), reader.GetString(6), reader.GetString(4), reader.GetFieldValue<DateTimeOffset>(7));
            var building = reader.GetBoolean(8) || reader.GetString(1) != views.Find(name)!.Hash;
            var rebuild = building && !reader.IsDBNull(9) ? new RebuildProgress(reader.GetInt64(9), reader.GetInt64(10), reader.GetFieldValue<DateTimeOffset>(11)) : null;
            var waiting = reader.IsDBNull(14) ? TimeSpan.Zero : clock.GetUtcNow() - reader.GetFieldValue<DateTimeOffset>(14);
            found.Add(new(
                name, building ? ViewState.Rebuilding : failure is not null ? ViewState.Stopped : ViewState.Running, reader.GetInt64(2), reader.GetInt64(13),
                Math.Round(Math.Max(0, waiting.TotalSeconds), 3), reader.IsDBNull(3) ? null : reader.GetString(3), failure, rebuild, reader.IsDBNull(12) ? null : reader.GetString(12)));
        }

        return found;
    }

    /// <summary>One view.</summary>
    public async Task<AsyncViewStatus> One(string name, CancellationToken cancel) => (await All(cancel)).Single(v => v.Name == name);

    /// <summary>Lets a view that stands still try again.</summary>
    public Task Resume(string name, CancellationToken cancel) => Write("update approval.async_views set error = null where name = $1", name, cancel);

    /// <summary>Has a view built anew by the host that holds its lease.</summary>
    public Task AskForRebuild(string name, CancellationToken cancel) =>
        Write("update approval.async_views set rebuild_asked = true, rebuild_error = null where name = $1 and not rebuild_asked", name, cancel);

    async Task Write(string sql, string name, CancellationToken cancel)
    {
        await using var command = database.CreateCommand(sql);
        command.Parameters.Add(new() { Value = name });
        await command.ExecuteNonQueryAsync(cancel);
    }
}
