using System.Diagnostics;
using Approval.EventStore.Subscriptions;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Approval.Operations;

/// <summary>
/// Sends traces, metrics and logs by OTLP when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says where to; the other <c>OTEL_…</c> variables hold too. What a person typed or where the
/// person sits leaves no trace: paths and queries, addresses and programs of clients are taken out; routes stay.
/// </summary>
static class TelemetryExport
{
    const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    static readonly string[] Sources = [Telemetry.Name, "Microsoft.AspNetCore", "Npgsql", "System.Net.Http"];

    static readonly string[] Meters =
        [Telemetry.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Npgsql", "System.Net.Http", "System.Runtime"];

    public static void AddTelemetryExport(this WebApplicationBuilder builder)
    {
        if (string.IsNullOrEmpty(builder.Configuration[Endpoint])) return;
        AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", false); // a request's span has its method and status
        var resource = ResourceBuilder.CreateDefault().AddService(Environment.GetEnvironmentVariable("OTEL_SERVICE_NAME") ?? "approval");
        builder.Logging.AddOpenTelemetry(o => o.SetResourceBuilder(resource).AddOtlpExporter());
        builder.Services
            .AddSingleton(Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(Sources).AddProcessor(new WithoutPersons()).AddOtlpExporter().Build())
            .AddSingleton(Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(Meters).AddOtlpExporter().Build())
            .AddHostedService<LagSampler>();
    }

    /// <summary>Takes out of spans what may tell of a person.</summary>
    sealed class WithoutPersons : BaseProcessor<Activity>
    {
        static readonly string[] Tags = ["url.path", "url.query", "url.full", "client.address", "network.peer.address", "user_agent.original"];

        public override void OnEnd(Activity data)
        {
            foreach (var tag in Tags) data.SetTag(tag, null);
        }
    }

    /// <summary>Measures how far the views are behind, on every host.</summary>
    sealed class LagSampler(AsyncViewStatuses views, TracerProvider traces, MeterProvider metrics, ILogger<LagSampler> log) : BackgroundService
    {
        static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

        protected override Task ExecuteAsync(CancellationToken stoppingToken) => Persistence.Run("Measuring the views' lag", Sample, log, stoppingToken);

        public override async Task StopAsync(CancellationToken cancellationToken)
        {
            await base.StopAsync(cancellationToken);
            traces.ForceFlush(1000);
            metrics.ForceFlush(1000);
        }

        async Task Sample(CancellationToken stop)
        {
            while (true)
            {
                foreach (var view in await views.All(stop)) Telemetry.Lags(view.Name, view.LagEvents, view.LagSeconds);
                await Task.Delay(Every, stop);
            }
        }
    }
}
