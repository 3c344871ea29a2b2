using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Approval.EventStore;
using Approval.Testing;
using Approval.Webhooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Approval.Evidence;

/// <summary>Signed heads leave the house by themselves: to every webhook that asks for them, signed, again after a failure, and good enough to verify against.</summary>
public sealed class HeadDeliveryTests : IAsyncLifetime
{
    private readonly string keyFile = Path.Combine(Path.GetTempPath(), $"approval-key-{Guid.CreateVersion7():n}.pem");
    private readonly TestClock clock = new();
    private TestDatabase database = null!;
    private WebApplication app = null!;
    private HttpClient office = null!;

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(keyFile, PemEncoding.WriteString("PRIVATE KEY", [.. Convert.FromHexString("302e020100300506032b657004220420"), .. RandomNumberGenerator.GetBytes(32)]));
        database = await TestDatabase.Create();
        app = TestHost.Build(database.ConnectionString, clock, "--Evidence:KeyFile", keyFile);
        await app.PrepareDatabase();
        await app.StartAsync();
        office = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        office.DefaultRequestHeaders.Authorization = TestHost.Credentials(new Actor(new("chief"), HostFixture.Demo, new("cio-office"), [Role.CioOffice]));
    }

    public async ValueTask DisposeAsync()
    {
        office.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
        await database.DisposeAsync();
        File.Delete(keyFile);
    }

    [Fact]
    public async Task A_head_is_sent_to_the_webhooks_that_ask_for_it_signed_and_is_what_is_verified_against()
    {
        await using var archive = await Receiver.Start();
        await using var elsewhere = await Receiver.Start();
        var secret = await Hook(archive, HeadDelivery.Type);
        await Hook(elsewhere, "fund-opened.v1");
        await Happens("first");
        var head = await Sign();
        await Eventually.Holds(() => archive.All.Count == 1, "the head arrives");

        var message = archive.All.Single();
        var body = JsonDocument.Parse(message.Body).RootElement;
        (body.GetProperty("type").GetString(), body.GetProperty("source").GetString(), body.GetProperty("id").GetString()).ShouldBe(("evidence-head.v1", "/jurisdictions/demo", message.Id));
        message.Signature.ShouldBe(Signature.Of(Convert.FromBase64String(secret["whsec_".Length..]), message.Id, long.Parse(message.Timestamp), message.Body));
        var kept = body.GetProperty("data").Deserialize<SignedHead>(JsonSerializerOptions.Web)!;
        kept.ShouldBe(head);
        kept.IsSigned().ShouldBeTrue();
        (await new Verification(app.Services.GetRequiredService<Databases>().Runners, "demo", [kept]).Run(default)).Broken.ShouldBeEmpty();
        await Eventually.Holds(async () => (await Places()).Single().Size == head.Size, "it is noted");

        // The same head is not sent twice: another place gets it at a later look, and the first one nothing.
        await using var second = await Receiver.Start();
        await Hook(second, HeadDelivery.Type);
        await Eventually.Holds(() => second.All.Count == 1, "the head arrives at the second place");
        archive.All.Count.ShouldBe(1);

        // The next one is sent; who did not ask gets none.
        await Happens("second");
        var next = await Sign();
        await Eventually.Holds(async () => (await Places()).All(p => p.Size == next.Size), "the next head arrives");
        archive.All.Count.ShouldBe(2);
        elsewhere.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_head_that_was_not_taken_is_sent_again_until_there_is_a_newer_one()
    {
        await using var archive = await Receiver.Start();
        var down = true;
        archive.Answers(_ => Volatile.Read(ref down) ? StatusCodes.Status500InternalServerError : StatusCodes.Status204NoContent);
        await Hook(archive);
        await Happens("first");
        await Sign();
        await Eventually.Holds(async () => (await Places()).Single().LastError == "answered 500", "it fails");
        (await Places()).Single().Size.ShouldBe(0);

        await Happens("second");
        var newest = await Sign();
        Volatile.Write(ref down, false);
        clock.Advance(TimeSpan.FromMinutes(1));
        await Eventually.Holds(async () => (await Places()).Single() is { LastError: null } place && place.Size == newest.Size, "the newest arrives");
        archive.All.Count(m => CloudEvents.IsHead(m.Body)).ShouldBe(2);
    }

    [Fact]
    public async Task Who_answers_gone_is_sent_no_more()
    {
        await using var archive = await Receiver.Start();
        archive.Answers(_ => StatusCodes.Status410Gone);
        await Hook(archive, HeadDelivery.Type);
        await Happens("first");
        await Sign();
        await Eventually.Holds(async () => (await database.Number("select count(*) from approval.webhooks where stopped is not null")) == 1, "it is stopped");
        (await Places()).Single().LastError.ShouldBe("answered 410");
    }

    private static class CloudEvents
    {
        public static bool IsHead(byte[] body) => JsonDocument.Parse(body).RootElement.GetProperty("type").GetString() == HeadDelivery.Type;
    }

    private async Task<string> Hook(Receiver receiver, params string[] types)
    {
        var made = await office.PostAsJsonAsync("/api/webhooks", new { url = receiver.Url, types });
        made.StatusCode.ShouldBe(HttpStatusCode.Created, await made.Content.ReadAsStringAsync());
        return (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("secret").GetString()!;
    }

    private async Task Happens(string unit)
    {
        var outcome = await app.Services.GetRequiredService<CommandRunner>().Run(
            new Actor(new("admin"), HostFixture.Demo, new("cio-office"), [Role.Administrator]), new CommandOptions(),
            s => Task.FromResult(Decision.Of(new UnitId(unit).Stream, new Directory.UnitRegistered(new(unit), unit))));
        outcome.ShouldBeOfType<CommandOutcome.Done>();
        await Eventually.Holds(
            async () => await database.Number("select count(*) from public.mt_events e where not exists (select from approval.seal s where s.seq_id = e.seq_id)") == 0, "all events are sealed");
    }

    private async Task<SignedHead> Sign() => (await app.Services.GetRequiredService<Logs>().Sign(HostFixture.Demo.Value, default))!;

    private async Task<IReadOnlyList<HeadReceiver>> Places() => (await office.GetFromJsonAsync<EvidenceStatus>("/api/operations/evidence", Json.Events))!.Receivers;
}
