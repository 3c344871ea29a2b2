using System.Threading.Channels;
using Npgsql;

namespace Approval.EventStore;

/// <summary>
/// Tells readers that something was committed: at once in this host, by NOTIFY from the others. The notice is sent after the commit and apart
/// from it, many commits at a time: inside the transaction it would make all commits of the database wait for one another. A notice lost with
/// its host, or never sent by a foreign writer, is made good by the readers' polling.
/// </summary>
/// <param name="database">Connections.</param>
public sealed class Wakeup(NpgsqlDataSource database) : BackgroundService
{
    const string Channel = "approval_events";

    static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(20); // one notice for the commits of so long

    readonly Channel<bool> unsent = System.Threading.Channels.Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    TaskCompletionSource next = New();

    /// <summary>Ends when something is committed after this was asked for.</summary>
    public Task Next => Volatile.Read(ref next).Task;

    /// <summary>Something was committed here.</summary>
    public void Committed()
    {
        Wake();
        unsent.Writer.TryWrite(true);
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(Again(Listen, stoppingToken), Again(Send, stoppingToken));

    async Task Listen(CancellationToken stop)
    {
        await using var connection = await database.OpenConnectionAsync(stop);
        connection.Notification += (_, _) => Wake();
        await Execute(connection, $"listen {Channel}", stop);
        Wake();
        while (true) await connection.WaitAsync(stop);
    }

    async Task Send(CancellationToken stop)
    {
        await foreach (var _ in unsent.Reader.ReadAllAsync(stop))
        {
            await using var connection = await database.OpenConnectionAsync(stop);
            // A notice need not survive a crash, so it does not wait for the disk.
            await Execute(connection, $"select set_config('synchronous_commit', 'off', true), pg_notify('{Channel}', '')", stop);
            await Task.Delay(Gather, stop);
        }
    }

    /// <summary>Begins again after the database was away.</summary>
    static async Task Again(Func<CancellationToken, Task> run, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await run(stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), stop).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            }
        }
    }

    static async Task Execute(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancel);
    }

    void Wake() => Interlocked.Exchange(ref next, New()).TrySetResult();

    static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
