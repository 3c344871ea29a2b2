using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;
using Approval.EventStore;
using Approval.Testing;
using Approval.Webhooks;
using Microsoft.Extensions.DependencyInjection;

namespace Approval.Operations;

/// <summary>What the product tells of its own work.</summary>
public sealed class TelemetryTests(HostFixture host) : IClassFixture<HostFixture>
{
    [Fact]
    public async Task Commands_are_counted_by_outcome_refusals_by_code_and_appends_are_timed()
    {
        var seen = new ConcurrentBag<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, l) =>
            {
                if (instrument.Meter.Name == "Approval") l.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((i, value, tags, _) => seen.Add($"{i.Name}{string.Concat(tags.ToArray().Select(t => $" {t.Key}={t.Value}"))}"));
        listener.SetMeasurementEventCallback<double>((i, value, tags, _) => seen.Add(i.Name));
        listener.Start();
        var runner = host.Services.GetRequiredService<CommandRunner>();
        var by = Actor.Engine(HostFixture.Demo);

        await runner.Run(by, new(), _ => Task.FromResult(Note.Open("told", new("计量", NoteKind.Call, new Money(1)))));
        await runner.Run(by, new(), async s => (await s.Load(Note.Stream, Note.IdOf("told"))).Close(Note.IdOf("told")));
        await runner.Run(by, new(), async s => (await s.Load(Note.Stream, Note.IdOf("told"))).Add(Note.IdOf("told"), "晚了"));

        seen.ShouldContain("approval.commands outcome=recorded");
        seen.ShouldContain("approval.commands outcome=refused");
        seen.ShouldContain("approval.refusals code=note-closed");
        seen.ShouldContain("approval.append.duration");
    }

    [Fact]
    public async Task Traces_metrics_and_logs_go_where_OTEL_EXPORTER_OTLP_ENDPOINT_says_without_what_people_typed()
    {
        await using var collector = await Receiver.Start();
        await using var process = await HostProcess.Start(
            host.Database, ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Url.Replace("/hook", "")), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"), ("OTEL_METRIC_EXPORT_INTERVAL", "500"));
        using var client = new HttpClient { BaseAddress = process.Address };
        await client.GetAsync("/health/ready?q=%E7%A7%98%E5%AF%86");

        await Eventually.Holds(
            () => collector.All.Any(r => r.Path == "/v1/traces") && collector.All.Any(r => r.Path == "/v1/logs")
                && collector.All.Any(r => r.Path == "/v1/metrics" && Encoding.UTF8.GetString(r.Body).Contains("approval.view.lag")),
            "all three come");
        collector.All.ShouldNotContain(r => Encoding.UTF8.GetString(r.Body).Contains("%E7%A7%98") || Encoding.UTF8.GetString(r.Body).Contains("秘密"));
    }
}
