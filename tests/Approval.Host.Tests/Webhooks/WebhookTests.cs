using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Approval.EventStore;
using Approval.EventStore.Subscriptions;
using Approval.Funds;
using Approval.Intake;
using Approval.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Approval.Webhooks;

/// <summary>Webhooks: signed, in order, tried again, given up and replayed; and no way for them to reach what only the host reaches.</summary>
public sealed class WebhookTests(HostFixture host) : IClassFixture<HostFixture>
{
    private readonly HttpClient office = host.ClientFor(new Actor(new("chief"), HostFixture.Demo, new("cio"), [Role.CioOffice]));

    [Fact]
    public async Task Events_come_signed_and_in_order_as_cloud_events()
    {
        await using var receiver = await Receiver.Start();
        var (id, secret) = await Hook(receiver, "fund-opened.v1");
        await Fund("h1");
        await Record(new UnitId("hooked").Stream, new Directory.UnitRegistered(new("hooked"), "别的"));
        await Fund("h2");
        await Fund("h3");
        await Eventually.Holds(() => receiver.All.Count >= 3, "three come");

        receiver.All.Select(r => Json(r).GetProperty("subject").GetString()).ShouldBe(["fund-h1", "fund-h2", "fund-h3"]);
        var first = receiver.All.First();
        first.ContentType.ShouldBe("application/cloudevents+json; charset=utf-8");
        var body = Json(first);
        body.GetProperty("specversion").GetString().ShouldBe("1.0");
        body.GetProperty("id").GetString().ShouldBe(first.Id);
        body.GetProperty("source").GetString().ShouldBe("/jurisdictions/demo");
        body.GetProperty("type").GetString().ShouldBe("fund-opened.v1");
        body.GetProperty("datacontenttype").GetString().ShouldBe("application/json");
        body.GetProperty("data").GetProperty("name").GetString().ShouldBe("资金");
        var expected = HMACSHA256.HashData(Convert.FromBase64String(secret["whsec_".Length..]), (byte[])[.. Encoding.UTF8.GetBytes($"{first.Id}.{first.Timestamp}."), .. first.Body]);
        first.Signature.ShouldBe($"v1,{Convert.ToBase64String(expected)}");
        var shown = await office.GetFromJsonAsync<JsonElement>($"/api/webhooks/{id}");
        shown.TryGetProperty("secret", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task What_fails_is_tried_again_later_with_the_same_id_and_holds_back_what_follows()
    {
        await using var receiver = await Receiver.Start();
        var (id, _) = await Hook(receiver, "fund-opened.v1");
        var down = true;
        receiver.Answers(_ => Volatile.Read(ref down) ? 500 : 204);
        await Fund("r1");
        await Fund("r2");

        await Eventually.Holds(async () => (await Shown(id)).GetProperty("attempts").GetInt32() == 1, "the first attempt fails");
        (await Shown(id)).GetProperty("lastError").GetString().ShouldBe("answered 500");
        receiver.All.Count.ShouldBe(1);
        host.Clock.Advance(TimeSpan.FromSeconds(7));
        await Eventually.Holds(async () => (await Shown(id)).GetProperty("attempts").GetInt32() == 2, "the second attempt fails");
        Volatile.Write(ref down, false);
        host.Clock.Advance(TimeSpan.FromSeconds(40));
        await Eventually.Holds(() => receiver.All.Count == 4, "all come");

        receiver.All.Select(r => Json(r).GetProperty("subject").GetString()).ShouldBe(["fund-r1", "fund-r1", "fund-r1", "fund-r2"]);
        receiver.All.Take(3).Select(r => r.Id).Distinct().Count().ShouldBe(1);
        await Eventually.Holds(async () => (await Shown(id)).GetProperty("attempts").GetInt32() == 0, "it goes well again");
    }

    [Fact]
    public async Task What_fails_for_too_long_is_a_dead_letter_that_can_be_replayed()
    {
        await using var receiver = await Receiver.Start();
        var (id, _) = await Hook(receiver, "fund-opened.v1");
        var refused = true;
        receiver.Answers(r => Volatile.Read(ref refused) && Json(r).GetProperty("subject").GetString() == "fund-d1" ? StatusCodes.Status302Found : 204);
        await Fund("d1");
        await Fund("d2");

        await Eventually.Holds(
            async () =>
            {
                host.Clock.Advance(TimeSpan.FromHours(8));
                return (await Shown(id)).GetProperty("deadLetters").GetInt32() == 1;
            },
            "it is given up");
        await Eventually.Holds(() => Json(receiver.All.Last()).GetProperty("subject").GetString() == "fund-d2", "the next one follows");
        receiver.All.ShouldAllBe(r => r.Path == "/hook");
        var letter = (await office.GetFromJsonAsync<JsonElement>($"/api/webhooks/{id}/dead-letters")).GetProperty("items")[0];
        letter.GetProperty("attempts").GetInt32().ShouldBe(9);
        letter.GetProperty("error").GetString().ShouldBe("answered 302");
        receiver.All.Count(r => Json(r).GetProperty("subject").GetString() == "fund-d1").ShouldBe(9);

        Volatile.Write(ref refused, false);
        var replay = await office.PostAsync($"/api/webhooks/{id}/dead-letters/{letter.GetProperty("position").GetInt64()}/replay", null);
        replay.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await Eventually.Holds(async () => (await Shown(id)).GetProperty("deadLetters").GetInt32() == 0, "it is delivered");
        Json(receiver.All.Last()).GetProperty("subject").GetString().ShouldBe("fund-d1");
    }

    [Fact]
    public async Task A_draft_is_not_told_and_a_receiver_that_is_gone_is_told_no_more()
    {
        await using var receiver = await Receiver.Start();
        var (id, _) = await Hook(receiver);
        receiver.Answers(_ => StatusCodes.Status410Gone);
        var draft = new ProposalId("hidden");
        await Record(draft.Stream, new ProposalDrafted(draft, new("u1"), new ProposalContent { Title = "草稿" }));
        await Fund("g1");

        await Eventually.Holds(async () => (await Shown(id)).TryGetProperty("stopped", out _), "it is stopped");
        Json(receiver.All.Single()).GetProperty("subject").GetString().ShouldBe("fund-g1");
    }

    [Fact]
    public void Sealed_content_is_left_out()
    {
        var types = EventTypes.In(typeof(StreamId).Assembly);
        var e = new StoredEvent(
            types, 7, Guid.CreateVersion7(), HostFixture.Demo, new("appraisal-a"), 3, "score-sheet-submitted.v1", """{"opinion":"不予推荐"}"""u8.ToArray(),
            host.Clock.GetUtcNow(), null, null, null, null);

        var text = Encoding.UTF8.GetString(CloudEvent.Of(e));
        text.ShouldContain("score-sheet-submitted.v1");
        text.ShouldNotContain("不予推荐");
        text.ShouldNotContain("\"data\"");
    }

    [Theory]
    [InlineData("https://example.org/hook", "", true)]
    [InlineData("http://example.org/hook", "", false)]
    [InlineData("https://10.1.2.3/hook", "", false)]
    [InlineData("https://10.1.2.3/hook", "10.0.0.0/8", true)]
    [InlineData("http://127.0.0.1:5000/hook", "", false)]
    [InlineData("http://127.0.0.1:5000/hook", "127.0.0.0/8", true)]
    [InlineData("http://10.1.2.3/hook", "10.0.0.0/8", false)]
    [InlineData("https://169.254.169.254/latest", "", false)]
    [InlineData("https://[::1]/hook", "", false)]
    [InlineData("https://[::ffff:127.0.0.1]/hook", "", false)]
    [InlineData("https://user:word@example.org/hook", "", false)]
    [InlineData("file:///etc/passwd", "", false)]
    public void An_address_is_https_in_a_network_that_may_be_reached(string url, string networks, bool allowed)
    {
        using var receivers = new Receivers(new ConfigurationBuilder().AddInMemoryCollection([new("Approval:Webhooks:Networks", networks)]).Build());
        receivers.Allows(new Uri(url)).ShouldBe(allowed);
    }

    [Fact]
    public async Task A_name_that_resolves_to_a_closed_network_is_not_connected_to()
    {
        await using var receiver = await Receiver.Start();
        using var receivers = new Receivers(new ConfigurationBuilder().Build());

        var failure = await Should.ThrowAsync<HttpRequestException>(() => receivers.Client.PostAsync($"http://localhost:{new Uri(receiver.Url).Port}/hook", null));

        failure.ToString().ShouldContain("not in a network that may be reached");
        receiver.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task Wrong_addresses_and_types_are_refused_and_only_the_office_and_the_administrator_keep_webhooks()
    {
        var wrong = await office.PostAsJsonAsync("/api/webhooks", new { url = "http://10.0.0.1/x", types = new[] { "fund-opened.v1", "nothing.v1" } });
        wrong.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await wrong.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").EnumerateArray().Select(e => (e.GetProperty("code").GetString(), e.GetProperty("field").GetString()))
            .ShouldBe([("webhook-address-not-allowed", "url"), ("webhook-type-unknown", "types[1]")]);
        var officer = host.ClientFor(new Actor(new("o"), HostFixture.Demo, new("u1"), [Role.UnitOfficer]));
        (await officer.GetAsync("/api/webhooks")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await officer.PostAsJsonAsync("/api/webhooks", new { url = "https://example.org" })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await office.GetAsync("/api/webhooks/none")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_same_key_makes_one_webhook_and_there_are_not_too_many()
    {
        var elsewhere = host.ClientFor(new Actor(new("chief"), new("crowded"), new("cio"), [Role.CioOffice]));
        elsewhere.DefaultRequestHeaders.Add("Idempotency-Key", "once");
        var first = await (await elsewhere.PostAsJsonAsync("/api/webhooks", new { url = "https://example.org/a" })).Content.ReadAsStringAsync();
        (await (await elsewhere.PostAsJsonAsync("/api/webhooks", new { url = "https://example.org/a" })).Content.ReadAsStringAsync()).ShouldBe(first);
        var another = await elsewhere.PostAsJsonAsync("/api/webhooks", new { url = "https://example.org/c" });
        (await another.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString().ShouldBe("idempotency-key-reused");
        await host.Database.Run(
            """
            insert into approval.webhooks (jurisdiction, id, url, types, secret, created, created_by, position)
            select 'crowded', 'x' || n, 'https://example.org', '{}', '', now(), 'x', 1000000 from generate_series(1, 49) n
            """);

        var refused = await elsewhere.PostAsJsonAsync("/api/webhooks", new { url = "https://example.org/b" });
        refused.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await refused.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString().ShouldBe("too-many-webhooks");
    }

    private async Task<(string Id, string Secret)> Hook(Receiver receiver, params string[] types)
    {
        var made = await office.PostAsJsonAsync("/api/webhooks", new { url = receiver.Url, types });
        made.StatusCode.ShouldBe(HttpStatusCode.Created, await made.Content.ReadAsStringAsync());
        var body = await made.Content.ReadFromJsonAsync<JsonElement>();
        return (body.GetProperty("id").GetString()!, body.GetProperty("secret").GetString()!);
    }

    private Task<JsonElement> Shown(string id) => office.GetFromJsonAsync<JsonElement>($"/api/webhooks/{id}");

    private Task<CommandOutcome> Fund(string key) => Record(new FundId(key).Stream, new FundOpened(new(key), "资金", 2026, new Money(1)));

    private Task<CommandOutcome> Record(StreamId stream, object @event) => host.Services.GetRequiredService<CommandRunner>().Run(
        Actor.Engine(HostFixture.Demo), new(), _ => Task.FromResult(Decision.Of(stream, @event)));

    private static JsonElement Json(Receiver.Received received) => JsonElement.Parse(received.Body);
}
