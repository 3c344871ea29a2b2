using Approval.Deadlines;
using Approval.EventStore.Subscriptions;
using Approval.Feed;
using Approval.SignIn;
using Approval.Webhooks;

namespace Approval.Operations;

/// <summary>What works in the background of every host.</summary>
public static class Runners
{
    static readonly TimeSpan LongestDrain = TimeSpan.FromSeconds(8);

    /// <summary>The services that follow the record.</summary>
    public static void AddRunners(this WebApplicationBuilder builder)
    {
        builder.Services
            .AddSingleton<AsyncViews>()
            .AddSingleton<AsyncViewStatuses>()
            .AddSingleton<EventLog>()
            .AddHostedService(s => s.GetRequiredService<EventLog>())
            .AddHostedService<AsyncViewRunners>()
            .AddSingleton<StrangersFollowed>()
            .AddSingleton<DeadlineSchedule>()
            .AddHostedService<DeadlineWorker>()
            .AddSingleton<Sight>()
            .AddSingleton<Receivers>()
            .AddSingleton<WebhookQueries>()
            .AddHostedService<WebhookDelivery>();
        if (builder.Configuration["Approval:RabbitMq"] is { Length: > 0 } broker)
        {
            if (!Uri.TryCreate(broker, UriKind.Absolute, out var address)) throw new MisconfiguredException("Approval:RabbitMq must be an address such as amqps://….");
            builder.Services.AddSingleton(s => new RabbitMqSink(address, s.GetRequiredService<Sight>()));
        }

        // The framework's lines about each request hold its query, and so what people typed.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.AddTelemetryExport();
        builder.Services.Configure<HostOptions>(o =>
        {
            o.ShutdownTimeout = LongestDrain;
            o.ServicesStopConcurrently = true;
        });
    }

    /// <summary>Adds an asynchronous view; called where its routes are mapped.</summary>
    public static void AddView(this WebApplication app, AsyncView view) => app.Services.GetRequiredService<AsyncViews>().Add(view);
}
