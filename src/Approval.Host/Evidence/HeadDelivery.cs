using Approval.EventStore;
using Approval.EventStore.Subscriptions;
using Approval.Webhooks;
using Npgsql;

namespace Approval.Evidence;

/// <summary>An outside place to which heads are sent.</summary>
/// <param name="Webhook">The webhook's id.</param>
/// <param name="Place">The machine that receives.</param>
/// <param name="Size">The size of the newest head that it took; 0 for none yet.</param>
/// <param name="Sent">When it took it.</param>
/// <param name="LastError">Why the next one did not arrive yet; absent while it goes well.</param>
public sealed record HeadReceiver(string Webhook, string Place, long Size, DateTimeOffset? Sent, string? LastError);

/// <summary>
/// Sends the newest head of each jurisdiction to the webhooks that ask for heads, one host at a time. A head vouches for all before it, so that one which
/// was not taken is not sent again once there is a newer one; after a failure the newest is tried again after growing pauses, without end.
/// </summary>
sealed partial class HeadDelivery(Databases databases, Receivers receivers, TimeProvider clock, ILogger<HeadDelivery> log) : BackgroundService
{
    /// <summary>The name by which a webhook asks for heads.</summary>
    public const string Type = "evidence-head.v1";

    static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    /// <summary>A head on its way to a webhook.</summary>
    sealed record Errand(SignedHead Head, string Webhook, Uri Url, byte[] Secret, int Attempts);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Persistence.Run("Sending heads", Work, log, stoppingToken);

    /// <summary>The places to which a jurisdiction's heads go.</summary>
    internal static async Task<IReadOnlyList<HeadReceiver>> Places(NpgsqlConnection connection, JurisdictionId jurisdiction, CancellationToken cancel)
    {
        await using var command = connection.Command(
            """
            select w.id, w.url, coalesce(s.size, 0), s.sent, coalesce(w.stopped, s.last_error)
            from approval.webhooks w left join approval.heads_sent s on s.jurisdiction = w.jurisdiction and s.webhook = w.id
            where w.jurisdiction = $1 and (w.types = '{}' or $2 = any (w.types)) order by w.created, w.id
            """, jurisdiction.Value, Type);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var places = new List<HeadReceiver>();
        while (await reader.ReadAsync(cancel))
        {
            places.Add(new(
                reader.GetString(0), new Uri(reader.GetString(1)).Authority, reader.GetInt64(2), reader.IsDBNull(3) ? null : reader.GetFieldValue<DateTimeOffset>(3),
                reader.IsDBNull(4) ? null : reader.GetString(4)));
        }

        return places;
    }

    async Task Work(CancellationToken stop)
    {
        await using var lease = await Lease.Take(databases, "Heads:All", stop);
        while (true)
        {
            var errands = await Errands(lease.Connection, clock.GetUtcNow(), stop);
            var outcomes = await Task.WhenAll(errands.Select(e => receivers.Tell(e.Url, e.Secret, CloudEvent.IdOf(e.Head), clock.GetUtcNow(), CloudEvent.Of(e.Head), stop)));
            foreach (var (errand, (error, gone)) in errands.Zip(outcomes)) await Note(lease.Connection, errand, error, gone, stop);
            await Task.Delay(Look, stop);
        }
    }

    async Task Note(NpgsqlConnection connection, Errand errand, string? error, bool gone, CancellationToken stop)
    {
        var (jurisdiction, now) = (errand.Head.Jurisdiction, clock.GetUtcNow());
        if (error is null)
        {
            await connection.Run(
                """
                insert into approval.heads_sent (jurisdiction, webhook, size, sent) values ($1, $2, $3, $4)
                on conflict (jurisdiction, webhook) do update set size = excluded.size, sent = excluded.sent, attempts = 0, next_attempt = null, last_error = null
                """, stop, jurisdiction, errand.Webhook, errand.Head.Size, now);
            return;
        }

        NotTaken(log, errand.Webhook, errand.Head.Size, error);
        if (gone) await connection.Run("update approval.webhooks set stopped = $3, last_error = $3 where jurisdiction = $1 and id = $2", stop, jurisdiction, errand.Webhook, error);
        var pause = WebhookDelivery.Pauses[Math.Min(errand.Attempts, WebhookDelivery.Pauses.Length - 1)];
        await connection.Run(
            """
            insert into approval.heads_sent (jurisdiction, webhook, size, attempts, next_attempt, last_error) values ($1, $2, 0, 1, $3, $4)
            on conflict (jurisdiction, webhook) do update set attempts = heads_sent.attempts + 1, next_attempt = excluded.next_attempt, last_error = excluded.last_error
            """, stop, jurisdiction, errand.Webhook, now + pause, error);
    }

    /// <summary>What is to be sent now: to each webhook that asks for heads the newest one that it has not taken.</summary>
    static async Task<List<Errand>> Errands(NpgsqlConnection connection, DateTimeOffset now, CancellationToken stop)
    {
        await using var command = connection.Command(
            """
            select h.jurisdiction, h.hash, h.size, h.root, h.at, h.key, h.signature, w.id, w.url, w.secret, coalesce(s.attempts, 0)
            from approval.webhooks w
            cross join lateral (select * from approval.head where jurisdiction = w.jurisdiction order by size desc limit 1) h
            left join approval.heads_sent s on s.jurisdiction = w.jurisdiction and s.webhook = w.id
            where w.stopped is null and (w.types = '{}' or $1 = any (w.types)) and h.size > coalesce(s.size, 0) and coalesce(s.next_attempt, $2) <= $2
            """, Type, now);
        await using var reader = await command.ExecuteReaderAsync(stop);
        var errands = new List<Errand>();
        while (await reader.ReadAsync(stop))
        {
            errands.Add(new(
                new(reader.GetString(0), reader.GetString(1), reader.GetInt64(2), reader.GetString(3), reader.GetFieldValue<DateTimeOffset>(4), reader.GetString(5), reader.GetString(6)),
                reader.GetString(7), new Uri(reader.GetString(8)), reader.GetFieldValue<byte[]>(9), reader.GetInt32(10)));
        }

        return errands;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The webhook {Webhook} did not take the head of {Size} events: {Error}")]
    static partial void NotTaken(ILogger log, string webhook, long size, string error);
}
