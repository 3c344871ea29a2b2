using Approval.EventStore;
using Approval.EventStore.Subscriptions;
using Approval.Feed;
using Npgsql;

namespace Approval.Webhooks;

/// <summary>
/// Tells webhooks, one host at a time, each webhook for itself and in the order of events. One that fails is tried again after growing pauses; then it is put among the
/// dead letters, from where it can be replayed, and the next one follows. A receiver may get an event twice, with the same <c>webhook-id</c>.
/// </summary>
sealed partial class WebhookDelivery(Databases databases, EventLog events, Sight sight, Receivers receivers, TimeProvider clock, ILogger<WebhookDelivery> log) : BackgroundService
{
    const int Batch = 500;

    /// <summary>The pauses after each failed attempt, less or more a fifth by chance; after the last one the event is given up.</summary>
    internal static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(1), TimeSpan.FromHours(3), TimeSpan.FromHours(6),
    ];

    static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    /// <summary>A webhook and where it stands.</summary>
    sealed record Hook(string Jurisdiction, string Id, Uri Url, HashSet<string> Types, byte[] Secret, long Position, int Attempts, DateTimeOffset? NextAttempt);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Persistence.Run("Telling webhooks", Work, log, stoppingToken);

    async Task Work(CancellationToken stop)
    {
        await using var lease = await Lease.Take(databases, "Webhooks:All", stop);
        while (true)
        {
            // The session is not shared: what the lease's holder does for one webhook is awaited before the next round.
            var settled = events.Settled;
            var hooks = await Hooks(lease.Connection, stop);
            await Task.WhenAll(hooks.Select(hook => Tell(hook, stop)));
            if (hooks.All(h => h.Position >= settled || h.NextAttempt is not null)) await events.Wait(settled, Look, stop);
        }
    }

    async Task Tell(Hook hook, CancellationToken stop)
    {
        await using var connection = await databases.Host.OpenConnectionAsync(stop);
        await Replay(connection, hook, stop);
        if (hook.NextAttempt > clock.GetUtcNow()) return;
        var slice = await events.Read(hook.Position, Batch, stop);
        var attempts = hook.Attempts; // those of the first event
        foreach (var e in slice.Events)
        {
            if (e.Jurisdiction.Value != hook.Jurisdiction || (hook.Types.Count > 0 && !hook.Types.Contains(e.WireName)) || !await sight.IsPublic(e, stop)) continue;
            var (error, gone) = await Send(hook, e, stop);
            if (error is not null)
            {
                await Failed(connection, hook, e, attempts + 1, error, gone, stop);
                return;
            }

            attempts = 0;
            await Moved(connection, hook, e.Position, stop);
        }

        if (slice.UpTo > hook.Position) await Moved(connection, hook, slice.UpTo, stop);
    }

    async Task Failed(NpgsqlConnection connection, Hook hook, StoredEvent e, int attempts, string error, bool gone, CancellationToken stop)
    {
        NotDelivered(log, hook.Id, e.Position, attempts, error);
        if (gone)
        {
            await connection.Run("update approval.webhooks set stopped = $3, last_error = $3 where jurisdiction = $1 and id = $2", stop, hook.Jurisdiction, hook.Id, error);
        }
        else if (attempts <= Pauses.Length)
        {
            await connection.Run(
                "update approval.webhooks set position = $3, attempts = $4, next_attempt = $5, last_error = $6 where jurisdiction = $1 and id = $2", stop,
                hook.Jurisdiction, hook.Id, e.Position - 1, attempts, clock.GetUtcNow() + (Pauses[attempts - 1] * (0.8 + (Random.Shared.NextDouble() * 0.4))), error);
        }
        else
        {
            await using var transaction = await connection.BeginTransactionAsync(stop);
            await connection.Run(
                "insert into approval.webhook_dead_letters (jurisdiction, webhook, position, event_id, type, attempts, error, given_up) values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing",
                stop, hook.Jurisdiction, hook.Id, e.Position, e.Id, e.WireName, attempts, error, clock.GetUtcNow());
            await Moved(connection, hook, e.Position, stop);
            await transaction.CommitAsync(stop);
        }
    }

    /// <summary>Sends dead letters that were asked for again: delivered, they are gone; otherwise they stay with the new reason.</summary>
    async Task Replay(NpgsqlConnection connection, Hook hook, CancellationToken stop)
    {
        var asked = new List<long>();
        await using (var command = connection.Command(
            "select position from approval.webhook_dead_letters where jurisdiction = $1 and webhook = $2 and replay_asked order by position limit 100", hook.Jurisdiction, hook.Id))
        await using (var reader = await command.ExecuteReaderAsync(stop))
        {
            while (await reader.ReadAsync(stop)) asked.Add(reader.GetInt64(0));
        }

        foreach (var position in asked)
        {
            var e = (await events.Read(position - 1, 1, stop)).Events[0];
            var (error, _) = await Send(hook, e, stop);
            if (error is null)
            {
                await connection.Run("delete from approval.webhook_dead_letters where jurisdiction = $1 and webhook = $2 and position = $3", stop, hook.Jurisdiction, hook.Id, position);
            }
            else
            {
                await connection.Run(
                    "update approval.webhook_dead_letters set replay_asked = false, attempts = attempts + 1, error = $4, given_up = $5 where jurisdiction = $1 and webhook = $2 and position = $3",
                    stop, hook.Jurisdiction, hook.Id, position, error, clock.GetUtcNow());
            }
        }
    }

    static Task<int> Moved(NpgsqlConnection connection, Hook hook, long position, CancellationToken stop) => connection.Run(
        "update approval.webhooks set position = $3, attempts = 0, next_attempt = null, last_error = null where jurisdiction = $1 and id = $2 and position < $3",
        stop, hook.Jurisdiction, hook.Id, position);

    /// <summary>One attempt: what went wrong, or null; and whether the receiver wants to hear no more.</summary>
    async Task<(string? Error, bool Gone)> Send(Hook hook, StoredEvent e, CancellationToken stop)
    {
        var (error, gone) = await receivers.Tell(hook.Url, hook.Secret, e.Id.ToString(), clock.GetUtcNow(), CloudEvent.Of(e), stop);
        Telemetry.Deliveries.Add(1, new KeyValuePair<string, object?>("outcome", error is null ? "delivered" : gone ? "gone" : "failed"));
        return (error, gone);
    }

    static async Task<List<Hook>> Hooks(NpgsqlConnection connection, CancellationToken stop)
    {
        await using var command = connection.Command("select jurisdiction, id, url, types, secret, position, attempts, next_attempt from approval.webhooks where stopped is null");
        await using var reader = await command.ExecuteReaderAsync(stop);
        var hooks = new List<Hook>();
        while (await reader.ReadAsync(stop))
        {
            hooks.Add(new(
                reader.GetString(0), reader.GetString(1), new Uri(reader.GetString(2)), [.. reader.GetFieldValue<string[]>(3)], reader.GetFieldValue<byte[]>(4), reader.GetInt64(5),
                reader.GetInt32(6), reader.IsDBNull(7) ? null : reader.GetFieldValue<DateTimeOffset>(7)));
        }

        return hooks;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The webhook {Webhook} did not take event {Position}, attempt {Attempt}: {Error}")]
    static partial void NotDelivered(ILogger log, string webhook, long position, int attempt, string error);
}
