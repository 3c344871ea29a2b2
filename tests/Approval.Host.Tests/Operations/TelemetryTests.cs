using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Approval.EventStore;
using Approval.SignIn;
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
        using var office = host.ClientFor(new(new("p1"), HostFixture.Demo, new("u1"), [Role.CioOffice]));
        (await office.PostAsJsonAsync("/api/notes/told/lines", new { text = "晚了" })).StatusCode.ShouldBe(HttpStatusCode.Conflict);

        seen.ShouldContain("approval.commands outcome=recorded");
        seen.ShouldContain("approval.commands outcome=refused");
        seen.ShouldContain("approval.refusals code=note-closed");
        seen.ShouldContain("approval.append.duration");
    }

    [Fact]
    public async Task Traces_metrics_and_logs_go_where_OTEL_EXPORTER_OTLP_ENDPOINT_says_without_what_people_typed()
    {
        const string Person = "zhang-san-7788", Name = "秘密单位";
        (await HostProcess.Run(host.Database, "jurisdiction", "create", "--code", "told", "--name", "示范区", "--administrator", Person)).ExitCode.ShouldBe(0);
        await using var collector = await Receiver.Start();
        await using var provider = await Provider.Start();
        await using var process = await HostProcess.Start(
            host.Database, ("Authentication__Authority", provider.Address),
            ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Url.Replace("/hook", "")), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"), ("OTEL_METRIC_EXPORT_INTERVAL", "500"));
        using var client = new HttpClient { BaseAddress = process.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", provider.Token(Person, "told"));
        (await client.PostAsJsonAsync("/api/units", new { unit = "silent", name = Name })).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await client.PostAsJsonAsync("/api/funds", new { fund = "f", name = Name, year = 2026, ceiling = 1 })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await client.GetAsync($"/api/units?q={Uri.EscapeDataString(Name)}")).StatusCode.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.BadRequest);
        (await client.GetAsync($"/api/people/{Person}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var feed = await client.GetAsync("/api/feed", HttpCompletionOption.ResponseHeadersRead);

        string[] told =
        [
            "/v1/metrics approval.commands", "/v1/metrics approval.refusals", "/v1/metrics not-permitted", "/v1/metrics approval.append.duration", "/v1/metrics approval.view.lag", "/v1/metrics approval.view.lag.time",
            "/v1/metrics approval.deadlines.due", "/v1/metrics approval.feed.clients", "/v1/traces approval.outcome", "/v1/traces /api/units", "/v1/traces /api/people/{", "/v1/logs Now listening on",
        ];
        foreach (var what in told)
        {
            var (path, word) = (what[..what.IndexOf(' ')], what[(what.IndexOf(' ') + 1)..]);
            await Eventually.Holds(() => collector.All.Any(r => r.Path == path && Encoding.UTF8.GetString(r.Body).Contains(word)), what);
        }

        foreach (var sent in collector.All.Select(r => Encoding.UTF8.GetString(r.Body)))
        {
            foreach (var personal in new[] { Person, Name, Uri.EscapeDataString(Name), client.DefaultRequestHeaders.Authorization.Parameter! }) sent.ShouldNotContain(personal);
        }
    }
}
