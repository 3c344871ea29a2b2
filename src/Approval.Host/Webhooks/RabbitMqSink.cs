using System.Globalization;
using Approval.EventStore.Subscriptions;
using Approval.Feed;
using Npgsql;
using RabbitMQ.Client;

namespace Approval.Webhooks;

/// <summary>
/// Publishes all events from the first on to a RabbitMQ broker, in order and confirmed, when <c>Approval:RabbitMq</c> names one (<c>amqps://…</c>): CloudEvents to the topic exchange
/// <c>approval.events</c>, routed by <c>jurisdiction.type</c>. Drafts and sealed content stay here, as with webhooks. At least once: the same event has the same message id.
/// </summary>
sealed class RabbitMqSink(Uri broker, Sight sight) : FollowUp("rabbitmq", 1), IAsyncDisposable
{
    const string Exchange = "approval.events";

    IConnection? connection;
    IChannel? channel;

    public override async Task Apply(NpgsqlConnection session, IReadOnlyList<StoredEvent> events, CancellationToken cancel)
    {
        try
        {
            var open = await Channel(cancel);
            foreach (var e in events)
            {
                if (!await sight.IsPublic(e, cancel)) continue;
                var properties = new BasicProperties { MessageId = e.Id.ToString(), ContentType = CloudEvent.MediaType, Persistent = true, Type = e.WireName };
                await open.BasicPublishAsync(Exchange, string.Create(CultureInfo.InvariantCulture, $"{e.Jurisdiction.Value}.{e.WireName}"), mandatory: false, properties, CloudEvent.Of(e), cancel);
            }
        }
        catch (Exception e) when (e is RabbitMQ.Client.Exceptions.RabbitMQClientException or IOException or TimeoutException)
        {
            await DisposeAsync();
            throw new SinkAwayException("The RabbitMQ broker is away.", e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        var (oldChannel, old) = (channel, connection);
        (channel, connection) = (null, null);
        if (oldChannel is not null) await oldChannel.DisposeAsync();
        if (old is not null) await old.DisposeAsync();
    }

    async Task<IChannel> Channel(CancellationToken cancel)
    {
        if (channel is { IsOpen: true }) return channel;
        await DisposeAsync();
        connection = await new ConnectionFactory { Uri = broker, ClientProvidedName = "approval", AutomaticRecoveryEnabled = false }.CreateConnectionAsync(cancel);
        channel = await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), cancel);
        await channel.ExchangeDeclareAsync(Exchange, ExchangeType.Topic, durable: true, cancellationToken: cancel);
        return channel;
    }
}
