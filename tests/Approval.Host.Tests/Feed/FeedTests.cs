using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Approval.EventStore;
using Approval.Funds;
using Approval.Intake;
using Approval.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Approval.Feed;

/// <summary>The feed: at once, resumed without loss, and nothing to those who may not know.</summary>
public sealed class FeedTests(HostFixture host) : IClassFixture<HostFixture>
{
    private readonly Actor office = new(new("chief"), HostFixture.Demo, new("cio"), [Role.CioOffice]);

    [Fact]
    public async Task Events_come_at_once_and_after_a_break_the_rest_follows_without_loss()
    {
        var first = await Listen(office);
        await Fund("f1");
        var seen = await first.Next("fund-f1");
        first.Dispose();

        await Fund("f2");
        await Fund("f3");
        using var again = await Listen(office, seen.Seq);
        (await again.Next()).Stream.ShouldBe("fund-f2");
        (await again.Next()).Stream.ShouldBe("fund-f3");
        await Fund("f4");
        (await again.Next()).Stream.ShouldBe("fund-f4");
    }

    [Fact]
    public async Task A_host_that_has_not_yet_looked_at_the_record_resumes_where_the_client_was()
    {
        await Fund("seen");
        var seen = await host.Database.Number("select max(seq_id) from mt_events");
        await using var holding = await host.Database.DataSource.OpenConnectionAsync();
        await using var nobodyLooks = await holding.BeginTransactionAsync();
        await using (var hold = new Npgsql.NpgsqlCommand("lock table public.mt_event_progression in access exclusive mode", holding)) await hold.ExecuteNonQueryAsync();

        await using var other = await HostFixture.Start(host.Database);
        var listening = Listen(office, seen, other);
        await Fund("unseen");
        using (var client = other.ClientFor(office)) // whoever asks later is answered: so the listener was heard
        {
            for (var i = 0; i < 5; i++) (await client.GetAsync("/api/funds")).StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        await nobodyLooks.RollbackAsync();

        using var again = await listening;
        (await again.Next()).Stream.ShouldBe("fund-unseen");
    }

    [Fact]
    public async Task A_draft_is_told_to_its_unit_only_and_after_submission_to_the_office()
    {
        using var offices = await Listen(office);
        using var own = await Listen(new(new("o"), HostFixture.Demo, new("u1"), [Role.UnitOfficer]));
        using var others = await Listen(new(new("x"), HostFixture.Demo, new("u2"), [Role.UnitOfficer]));
        using var elsewhere = await Listen(new(new("chief"), new("other"), new("cio"), [Role.CioOffice, Role.Auditor]));
        using var administrator = await Listen(new(new("a"), HostFixture.Demo, new("it"), [Role.Administrator]));
        var id = new ProposalId("quiet");

        await Record(id.Stream, new ProposalDrafted(id, new("u1"), new ProposalContent { Title = "草稿" }));
        (await own.Next()).Type.ShouldBe("proposal-drafted.v1");
        await Record(new UnitId("last").Stream, new Directory.UnitRegistered(new("last"), "末"));
        foreach (var listener in new[] { offices, others, administrator }) (await listener.Next()).Type.ShouldBe("unit-registered.v1");

        await Record(id.Stream, new ProposalSubmitted(1));
        (await offices.Next()).Type.ShouldBe("proposal-submitted.v1");
        await Record(new UnitId("last2").Stream, new Directory.UnitRegistered(new("last2"), "末"));
        foreach (var listener in new[] { others, administrator }) (await listener.Next()).Stream.ShouldBe("unit-last2");
        elsewhere.Waiting.ShouldBeFalse();
    }

    [Fact]
    public async Task Clients_are_told_without_waiting_for_the_next_look_at_the_record()
    {
        using var feed = await Listen(office);
        var delays = new List<double>();
        for (var i = 0; i < 100; i++)
        {
            await Fund($"fast{i}");
            var clock = Stopwatch.StartNew();
            await feed.Next($"fund-fast{i}");
            delays.Add(clock.Elapsed.TotalMilliseconds);
        }

        TestContext.Current.SendDiagnosticMessage("feed delay p50 {0:0.0} ms, p99 {1:0.0} ms", delays.Order().ElementAt(49), delays.Order().ElementAt(98));
        delays.Order().ElementAt(49).ShouldBeLessThan(100); // who only looks, waits 250 ms
    }

    [Fact]
    public async Task A_last_event_id_that_is_no_number_is_refused()
    {
        using var client = host.ClientFor(office);
        client.DefaultRequestHeaders.TryAddWithoutValidation("Last-Event-ID", "abc");
        (await client.GetAsync("/api/feed")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await host.Anonymous().GetAsync("/api/feed")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private Task<CommandOutcome> Fund(string key) => Record(new FundId(key).Stream, new FundOpened(new(key), "资金", 2026, new Money(1)));

    private Task<CommandOutcome> Record(StreamId stream, object @event) => host.Services.GetRequiredService<CommandRunner>().Run(
        Actor.Engine(HostFixture.Demo), new(), async s =>
        {
            if (stream.Kind == Proposal.Kind.Name) await s.Find(Proposal.Kind, stream);
            return Decision.Of(stream, @event);
        });

    private async Task<Listener> Listen(Actor actor, long? after = null, HostFixture? at = null)
    {
        var client = (at ?? host).ClientFor(actor);
        if (after is { } seq) client.DefaultRequestHeaders.Add("Last-Event-ID", seq.ToString());
        var response = await client.GetAsync("/api/feed", HttpCompletionOption.ResponseHeadersRead);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        (await reader.ReadLineAsync()).ShouldStartWith("retry:");
        return new(client, reader);
    }

    private sealed record Item(long Seq, string Type, string Stream);

    private sealed class Listener(HttpClient client, StreamReader reader) : IDisposable
    {
        private Task<Item>? pending;

        /// <summary>Whether something came that was not taken.</summary>
        public bool Waiting => (pending ??= Read()).IsCompleted;

        public async Task<Item> Next(string? stream = null)
        {
            while (true)
            {
                var item = await (pending ?? Read()).WaitAsync(TimeSpan.FromSeconds(20));
                pending = null;
                if (stream is null || item.Stream == stream) return item;
            }
        }

        private async Task<Item> Read()
        {
            while (await reader.ReadLineAsync() is { } line)
            {
                if (line.StartsWith("data: ", StringComparison.Ordinal)) return JsonSerializer.Deserialize<Item>(line[6..], JsonSerializerOptions.Web)!;
            }

            throw new EndOfStreamException();
        }

        public void Dispose()
        {
            reader.Dispose();
            client.Dispose();
        }
    }
}
