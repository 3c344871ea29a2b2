using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Approval.Testing;

namespace Approval.Access;

/// <summary>
/// Requests made at random from the OpenAPI document of the running host, well-formed and hostile ones, as every role of two jurisdictions. The same seed makes the same requests.
/// APPROVAL_FUZZ gives their number, APPROVAL_FUZZ_SEED the seed.
/// </summary>
public sealed class FuzzTests(HostFixture host) : IClassFixture<HostFixture>
{
    private const string Marker = "仅本辖区可见";

    /// <summary>The bytes of JSON that the host takes.</summary>
    private const int Limit = 1 << 20;

    private static readonly int Requests = int.Parse(Environment.GetEnvironmentVariable("APPROVAL_FUZZ") ?? "2000", CultureInfo.InvariantCulture);
    private static readonly int Seed = int.Parse(Environment.GetEnvironmentVariable("APPROVAL_FUZZ_SEED") ?? "20260302", CultureInfo.InvariantCulture);

    private static readonly string[] Hostile =
    [
        "../../etc/passwd", "..%2f..%2f", "a\u0000b", "a\r\nSet-Cookie: x=1", "'; drop table mt_events; --", "{0}{1}", "=cmd|' /C calc'!A0", "<script>alert(1)</script>", "\u202ereversed",
        "раураl", "ＡＢＣ", "\ud83d\ude00", "é", new string('长', 5000), "-1", "99999999999999999999", "1e308", "NaN", "", " ", "null", "true", "%", "_", "\\", "2026-02-30", "9999-12-31", "0001-01-01",
    ];

    [Fact]
    public async Task No_request_makes_the_host_fail_or_tell_of_others_and_a_refused_one_changes_nothing()
    {
        var surface = await Surface.Of(host);
        var (ours, theirs) = (await Settled("本辖区项目"), await Settled(Marker));
        var clients = Enum.GetValues<Role>().SelectMany(role => new[] { (County: ours, Role: role), (County: theirs, Role: role) })
            .Select(who => (who.County, Client: host.ClientFor(who.County.County.Person("fuzzer", "health", who.Role)))).ToList();
        var random = new Random(Seed);
        var wrong = new List<string>();
        var (before, taken) = (await Recorded(), 0);

        for (var number = 0; number < Requests && wrong.Count < 20; number++)
        {
            var operation = surface.Operations[random.Next(surface.Operations.Count)];
            if (operation.Path == "/api/feed") continue;
            var (county, client) = clients[random.Next(clients.Count)];
            using var request = Request(surface, operation, county.Proposal, random);
            var asked = $"#{number} {request.Method} {request.RequestUri} {(request.Content is { } content ? Shorten(await content.ReadAsStringAsync()) : "")}";
            using var answer = await Send(client, request);
            if (answer is null) continue;
            var text = await answer.Content.ReadAsStringAsync();
            var after = await Recorded();
            if ((int)answer.StatusCode >= 500) wrong.Add($"{asked}: {(int)answer.StatusCode} {Shorten(text)}");
            if (county == ours && text.Contains(Marker, StringComparison.Ordinal)) wrong.Add($"{asked}: tells of another jurisdiction");
            if (!answer.IsSuccessStatusCode && after != before) wrong.Add($"{asked}: {(int)answer.StatusCode} and yet recorded");
            if (answer.IsSuccessStatusCode) taken++;
            before = after;
        }

        foreach (var (_, client) in clients) client.Dispose();
        wrong.ShouldBeEmpty();
        taken.ShouldBeGreaterThan(Requests / 50, "the requests are not all nonsense");
    }

    /// <summary>The answer; null where the host hung up on a body beyond its limit while it was still being sent.</summary>
    private static async Task<HttpResponseMessage?> Send(HttpClient client, HttpRequestMessage request)
    {
        try
        {
            return await client.SendAsync(request);
        }
        catch (HttpRequestException) when (request.Content?.Headers.ContentLength > Limit)
        {
            return null;
        }
    }

    private static HttpRequestMessage Request(Surface surface, Operation operation, ProposalId proposal, Random random)
    {
        var body = surface.Body(operation, random);
        if (body is not null && random.Next(3) > 0) Spoil(body, random);
        var request = Surface.Request(operation, place => Uri.EscapeDataString(random.Next(4) == 0 ? Pick(random) : Likely(operation, place, proposal)), body);
        if (random.Next(4) == 0) request.RequestUri = new($"{request.RequestUri}?{(operation.Parameters.Count > 0 ? Pick(random, [.. operation.Parameters]) : "q")}={Uri.EscapeDataString(Pick(random))}", UriKind.Relative);
        if (request.Content is null) return request;
        if (random.Next(6) == 0)
        {
            request.Headers.Remove("If-Match");
            request.Headers.TryAddWithoutValidation("If-Match", Pick(random, "*", "\"0\"", "\"x\"", "1", "W/\"1\"", "\"-1\"", "\"99999999999999999999\""));
        }

        if (random.Next(10) == 0) request.Headers.TryAddWithoutValidation("Idempotency-Key", Pick(random, "k1", "k2", new string('k', 300)));
        if (random.Next(12) == 0)
        {
            request.Content = new ByteArrayContent(Raw(random)) { Headers = { ContentType = new(Pick(random, "application/json", "text/csv", "application/xml", "application/pdf")) } };
        }

        return request;
    }

    private static string Likely(Operation operation, string place, ProposalId proposal) => place switch
    {
        "id" when operation.OnProposal => proposal.Value,
        "id" when operation.Path.StartsWith("/api/units", StringComparison.Ordinal) => "health",
        "id" when operation.Path.StartsWith("/api/funds", StringComparison.Ordinal) => "special-2026",
        "year" => "2027",
        _ => "1",
    };

    /// <summary>Puts something that does not belong somewhere into the body.</summary>
    private static void Spoil(JsonNode body, Random random)
    {
        for (var at = body; ;)
        {
            switch (at)
            {
                case JsonObject o when o.Count > 0:
                    var (name, inner) = o.ToList()[random.Next(o.Count)];
                    if (inner is JsonObject { Count: > 0 } or JsonArray { Count: > 0 } && random.Next(3) > 0)
                    {
                        at = inner;
                        continue;
                    }

                    if (random.Next(8) == 0) o.Remove(name);
                    else if (random.Next(8) == 0) o["unknown"] = 1;
                    else o[name] = Odd(random);
                    return;
                case JsonArray a when a.Count > 0:
                    if (a[0] is JsonObject { Count: > 0 } && random.Next(3) > 0)
                    {
                        at = a[0]!;
                        continue;
                    }

                    if (random.Next(8) == 0) for (var i = 0; i < 1000; i++) a.Add(1);
                    else a[0] = Odd(random);
                    return;
                default:
                    return;
            }
        }
    }

    private static JsonNode? Odd(Random random) => random.Next(8) switch
    {
        0 => null,
        1 => random.Next(-5, 5),
        2 => 1e300,
        3 => -0.001m,
        4 => new JsonArray(),
        5 => new JsonObject(),
        _ => Pick(random),
    };

    private static byte[] Raw(Random random) => random.Next(7) switch
    {
        0 => [],
        1 => Encoding.UTF8.GetBytes(new string('[', 5000) + new string(']', 5000)),
        2 => Encoding.UTF8.GetBytes("{\"title\":\"" + new string('a', 2 << 20) + "\"}"),
        3 => [.. "{\"title\":\""u8, 0xed, 0xa0, 0x80, 0xff, .. "\"}"u8],
        4 => "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>"u8.ToArray(),
        5 => [.. "PK"u8, 3, 4, .. RandomBytes(random, 200)],
        _ => RandomBytes(random, 64),
    };

    private static byte[] RandomBytes(Random random, int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    private static string Pick(Random random, params string[] from) => from.Length == 0 ? Hostile[random.Next(Hostile.Length)] : from[random.Next(from.Length)];

    private static string Shorten(string text) => text.Length <= 300 ? text : text[..300];

    private async Task<(County County, ProposalId Proposal)> Settled(string title)
    {
        var county = await County.Found(host);
        var id = new ProposalId($"{county.Id.Value}-p");
        await county.Record(Decision.Of(
            id.Stream, new Intake.ProposalDrafted(id, new("health"), new() { Title = title, Budget = [new(Intake.BudgetKind.Software, new(1_000_000m))], Total = new(1_000_000m) }),
            new Intake.EndorsementAsked(1), new Intake.ProposalEndorsed(1), new Intake.ProposalSubmitted(1), new Intake.ProposalAccepted(1, county.Policy)));
        return (county, id);
    }

    /// <summary>What the fuzzer has recorded: the host's own acts in time are none of it.</summary>
    private async Task<long> Recorded()
    {
        await using var count = host.Database.DataSource.CreateCommand("select count(*) from public.mt_events where user_name = 'fuzzer'");
        return (long)(await count.ExecuteScalarAsync())!;
    }
}
