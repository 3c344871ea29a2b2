using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Approval.Directory;
using Approval.EventStore;
using Approval.Funds;
using Approval.Http;
using Approval.Intake;
using Approval.MergedAppraisal;
using Approval.Systems;
using Approval.Testing;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Approval.Access;

/// <summary>
/// Requests made at random from the OpenAPI document of the running host, and for its pages, well-formed and hostile ones, as every role of two jurisdictions. The same seed makes
/// the same requests. APPROVAL_FUZZ gives their number, APPROVAL_FUZZ_SEED the seed.
/// </summary>
public sealed class FuzzTests(HostFixture host) : IClassFixture<HostFixture>
{
    private const int AtOnce = 4;
    private const int RequestsOfRound = 5000; // then with new jurisdictions, or the lists would grow without end
    private const int MostWrong = 20;

    /// <summary>The bytes of JSON that the host takes.</summary>
    private const int Limit = 1 << 20;

    private static readonly int Requests = int.Parse(Environment.GetEnvironmentVariable("APPROVAL_FUZZ") ?? "20000", CultureInfo.InvariantCulture);
    private static readonly int Seed = int.Parse(Environment.GetEnvironmentVariable("APPROVAL_FUZZ_SEED") ?? "20260302", CultureInfo.InvariantCulture);

    private static readonly string[] OfPages = ["cursor", "asOf", "q", "stage", "track", "unit", "year", "batch", "from", "to", "actor", "type", "part", "handler", "returnUrl"];

    private static readonly string[] Hostile =
    [
        "../../etc/passwd", "..%2f..%2f", "a\u0000b", "a\r\nSet-Cookie: x=1", "'; drop table mt_events; --", "{0}{1}", "=cmd|' /C calc'!A0", "<script>alert(1)</script>", "\u202ereversed",
        "раураl", "ＡＢＣ", "\ud83d\ude00", "é", new string('长', 5000), "-1", "99999999999999999999", "1e308", "NaN", "", " ", "null", "true", "%", "_", "\\", "2026-02-30", "9999-12-31", "0001-01-01",
    ];

    [Fact]
    public async Task No_request_makes_the_host_fail_or_tell_of_others_and_a_refused_one_changes_nothing()
    {
        var surface = await Surface.Of(host);
        var chosen = new Choice([.. surface.Operations.Where(o => o.Path != "/api/feed")], [.. Pages()]);
        var rounds = new ConcurrentBag<Round>();
        await Parallel.ForAsync(0, (Requests + RequestsOfRound - 1) / RequestsOfRound, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (number, _) =>
        {
            if (rounds.Sum(r => r.Wrong.Count) < MostWrong) rounds.Add(await Ask(number, Math.Min(RequestsOfRound, Requests - (number * RequestsOfRound)), surface, chosen));
        });

        rounds.SelectMany(r => r.Wrong).ShouldBeEmpty();
        rounds.Sum(r => r.Taken).ShouldBeGreaterThan(Requests / 10, "the requests are not all nonsense");
        rounds.Sum(r => r.Changed).ShouldBeGreaterThan(Requests / 200, "what is kept is noticed");
    }

    /// <summary>One request after another, on two jurisdictions in which nobody else acts, so that whatever changes there after an answer comes from that request.</summary>
    private async Task<Round> Ask(int number, int requests, Surface surface, Choice chosen)
    {
        var places = (One: await Settled(), Two: await Settled());
        var people = Enum.GetValues<Role>().SelectMany(role => new[] { (Place: places.One, Other: places.Two, Role: role), (Place: places.Two, Other: places.One, Role: role) })
            .ToDictionary(who => (who.Role, who.Place == places.One), who => (who.Place, who.Other, who.Role, Credentials: TestHost.Credentials(who.Place.County.Person($"fuzzer-{who.Role}", "health", who.Role))));
        var random = new Random(Seed + number);
        var (wrong, taken, changed) = (new List<string>(), 0, 0);
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, RequestHeaderEncodingSelector = (_, _) => Encoding.Latin1 }) { BaseAddress = host.Address };
        await using var kept = await Kept.Open(host.Database.DataSource, places.One.County.Id, places.Two.County.Id);
        for (var asked = 0; asked < requests && wrong.Count < MostWrong; asked++)
        {
            var operation = chosen.Next(random);
            var named = operation.Deeds.SelectMany(d => Permissions.Of(d).Roles).ToList();
            var role = named.Count > 0 && random.Next(3) > 0 ? named[random.Next(named.Count)] : (Role)random.Next(Enum.GetValues<Role>().Length);
            var who = people[(role, random.Next(2) == 0)];
            using var request = Request(surface, operation, who.Place, who.Other, random);
            request.Headers.Authorization = who.Credentials;
            var body = request.Content is { } content ? await content.ReadAsByteArrayAsync() : [];
            using var answer = await Send(client, request);
            var text = answer is null ? "" : $"{answer.Headers}{await answer.Content.ReadAsStringAsync()}";
            var done = answer?.IsSuccessStatusCode == true;
            var change = operation.Method != HttpMethod.Get || asked % 10 == 0 ? await kept.Changed() : null; // a reading that leaves something is found by the next look
            if (answer is null && change is not null) Add($"hung up on, and yet kept: {change}");
            if (answer is not null && (int)answer.StatusCode >= 500) Add($"{(int)answer.StatusCode} {Shorten(text)}");
            if (text.Contains(who.Other.Marker, StringComparison.Ordinal)) Add("tells of another jurisdiction");
            if (who.Role != Role.Auditor && text.Contains(who.Place.DraftMarker, StringComparison.Ordinal)) Add("tells of another unit's draft");
            if (text.Contains(who.Place.SheetMarker, StringComparison.Ordinal)) Add("tells of a sealed sheet");
            if (change is not null && (!done || operation.Method == HttpMethod.Get)) Add($"{(int?)answer?.StatusCode} and yet something is kept: {Shorten(change)}");
            if (done) taken++;
            if (change is not null) changed++;
            if (done) who.Place.Learn(operation, answer!);

            void Add(string fault) => wrong.Add($"#{number}/{asked} {who.Role} {request.Method} {request.RequestUri} {Shorten(Encoding.UTF8.GetString(body))}: {fault}");
        }

        foreach (var place in new[] { places.One, places.Two }) (await place.DraftVersion(host)).ShouldBe(1, "nobody else revises a unit's draft");
        return new(wrong, taken, changed);
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

    private IEnumerable<Operation> Pages() => host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(e => e.Metadata.GetMetadata<PageActionDescriptor>() is not null)
        .Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/')).Where(p => !p.Contains("SignIn/", StringComparison.Ordinal)).Distinct()
        .Select(p => new Operation(HttpMethod.Get, p, [], OfPages, null));

    private static HttpRequestMessage Request(Surface surface, Operation operation, Place place, Place other, Random random)
    {
        var body = surface.Body(operation, random);
        if (body is not null) Fill(body, place, random);
        if (body is not null && random.Next(4) == 0) Spoil(body, random);
        string? thing = null;
        var request = Surface.Request(operation, name => Uri.EscapeDataString(random.Next(8) == 0 ? Pick(random) : name == "id" ? thing = Thing(operation, place, other, random) : Likely(name, operation)), body);
        if (random.Next(operation.Parameters.Count > 0 ? 3 : 30) == 0)
        {
            var name = operation.Parameters.Count > 0 && random.Next(10) > 0 ? Pick(random, [.. operation.Parameters]) : "q";
            request.RequestUri = new($"{request.RequestUri}?{name}={Uri.EscapeDataString(random.Next(2) == 0 ? Pick(random) : Pick(random, "1", "2026", "health", "2026-03-02T00:00:00Z", "effective", "csv", "xlsx", "项目", "figures"))}", UriKind.Relative);
        }

        if (random.Next(3) == 0) request.Headers.TryAddWithoutValidation("Accept-Language", Pick(random, "en", "zh-CN", "en;q=x", "*", "\u00e9"));
        if (random.Next(8) == 0) request.Headers.TryAddWithoutValidation("Accept", "text/html");
        if (request.Content is null) return request;
        request.Headers.Remove("If-Match");
        request.Headers.TryAddWithoutValidation("If-Match", random.Next(8) == 0 ? Pick(random, "*", "\"0\"", "\"x\"", "1", "W/\"1\"", "\"-1\"", "\"99999999999999999999\"") : place.Version(operation, thing));
        if (random.Next(10) == 0) request.Headers.TryAddWithoutValidation("Idempotency-Key", Pick(random, "k1", "k2", new string('k', 300)));
        if (random.Next(15) == 0)
        {
            request.Content = new ByteArrayContent(Raw(random)) { Headers = { ContentType = new(Pick(random, "application/json", "text/csv", "application/xml", "application/pdf", "application/x-www-form-urlencoded")) } };
        }

        return request;
    }

    /// <summary>The id of something that an operation may be about: mostly the place's own, now and then the other's.</summary>
    private static string Thing(Operation operation, Place place, Place other, Random random)
    {
        var of = random.Next(10) == 0 ? other : place;
        return of.Things.TryGetValue(Place.KindOf(operation), out var known) ? known[random.Next(known.Count)] : "1";
    }

    private static string Likely(string name, Operation operation) => name switch
    {
        "code" => "MARKED-1",
        "year" => "2027",
        "number" when operation.Path.StartsWith("/api/approvals", StringComparison.Ordinal) => "2026-1",
        _ => "1",
    };

    /// <summary>Puts names that mean something where the schema says only that there is a text.</summary>
    private static void Fill(JsonNode body, Place place, Random random)
    {
        string? Known(string name) => name switch
        {
            "unit" or "units" or "owner" => Pick(random, "health", "finance", "reform", "marked"),
            "proposal" or "proposals" or "lead" => place.Things["proposals"][random.Next(place.Things["proposals"].Count)],
            "fund" => "special-2026",
            "system" or "systems" or "replaces" => "MARKED-1",
            "expert" or "experts" or "person" or "persons" or "members" or "joining" or "leaving" => Pick(random, "expert-1", "expert-2", "expert-3", "clerk"),
            "url" => "https://127.0.0.1:9/hook",
            _ => null,
        };

        switch (body)
        {
            case JsonObject o:
                foreach (var (name, inner) in o.ToList())
                {
                    if (inner is JsonValue value && value.GetValueKind() == JsonValueKind.String && Known(name) is { } known) o[name] = known;
                    else if (inner is JsonArray list && Known(name) is not null && list.All(i => i is JsonValue)) o[name] = new JsonArray([.. list.Select(_ => JsonValue.Create(Known(name)))]);
                    else if (inner is not null) Fill(inner, place, random);
                }

                break;
            case JsonArray a:
                foreach (var inner in a) if (inner is not null) Fill(inner, place, random);
                break;
        }
    }

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
        2 => Encoding.UTF8.GetBytes("{\"title\":\"" + new string('a', random.Next(20) == 0 ? 2 << 20 : 2 << 12) + "\"}"),
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

    /// <summary>
    /// A county whose things bear its own marker: a proposal in every stage, another unit's draft, a unit, a fund, a system, a person's contact, and an expert's sheet that is sealed.
    /// </summary>
    private async Task<Place> Settled()
    {
        var county = await County.Found(host);
        var place = new Place(county, new($"{county.Id.Value}-d"), $"〔仅{county.Id.Value}可见〕", $"〔{county.Id.Value}财政局草稿〕", $"〔{county.Id.Value}密封评分〕");
        ProposalContent Content(string title) => new() { Title = title, Budget = [new(BudgetKind.Software, new(1_000_000m))], Total = new(1_000_000m) };
        foreach (var (stage, past) in Stages.Of(county, new(1_000_000m)))
        {
            var id = new ProposalId($"{county.Id.Value}-{(int)stage}");
            await county.Record(Decision.Of(id.Stream, [new ProposalDrafted(id, new("health"), Content($"项目{place.Marker}")), .. past]));
            place.Add("proposals", id.Value, 1 + past.Length);
        }

        var (appraisal, appraised) = (new AppraisalId("a1"), new ProposalId($"{county.Id.Value}-a"));
        ImmutableArray<PersonId> panel = [new("expert-1"), new("expert-2"), new("expert-3")];
        await county.Record(Decision
            .Of(place.Draft.Stream, new ProposalDrafted(place.Draft, new("finance"), Content($"项目{place.Marker}{place.DraftMarker}")))
            .And(appraised.Stream, [new ProposalDrafted(appraised, new("finance"), Content($"项目{place.Marker}")), .. Stages.Of(county, new(1_000_000m)).Single(s => s.Stage == Stage.MergedAppraisal).Past, new AppraisalAssigned(appraisal)])
            .And(appraisal.Stream, new AppraisalOpened(appraisal, [new(appraised, new("finance"), $"项目{place.Marker}", new(1_000_000m))], AppraisalCriteria.Current, 3, county.Policy),
                new PanelAppointed(panel, county.Policy),
                new ScoreSheetSubmitted(new("expert-1"), appraised, 1, AppraisalCriteria.Current.ToImmutableSortedDictionary(c => c.Key, _ => 80), place.SheetMarker, new(1_000_000m)))
            .And(appraised.Stream, new PanelSeated(appraisal, panel))
            .And(new UnitId("marked").Stream, new UnitRegistered(new("marked"), $"单位{place.Marker}"))
            .And(new PersonId("clerk").Stream, new PersonAppointed(new("clerk"), new("health"), [Role.UnitOfficer]))
            .And(new FundId("marked-fund").Stream, new FundOpened(new("marked-fund"), $"资金{place.Marker}", 2026, new(1_000_000m)))
            .And(new SystemId("MARKED-1").Stream, new SystemRegistered(new("MARKED-1"), new() { Name = $"系统{place.Marker}", Owner = new("health"), YearlyOperationCost = Money.Zero })));
        foreach (var expert in panel) await county.Record(Decision.Of(expert.Stream, new PersonAppointed(expert, new("finance"), [Role.Expert])));
        await host.Services.GetRequiredService<People>().Keep(county.Id, new("clerk"), new($"王伟{place.Marker}", "123", null), default);
        place.Add("proposals", place.Draft.Value, 1);
        place.Add("proposals", appraised.Value, 10);
        place.Add("appraisals", "a1", 3);
        place.Add("units", "health", 1);
        place.Add("people", "clerk", 1);
        place.Add("funds", "special-2026", 1);
        place.Add("funds", "marked-fund", 1);
        return place;
    }

    /// <summary>A county, what bears its markers, and what is known to be there, by the part of the address that names its kind.</summary>
    private sealed record Place(County County, ProposalId Draft, string Marker, string DraftMarker, string SheetMarker)
    {
        private readonly Dictionary<(string Kind, string Id), long> versions = [];

        public Dictionary<string, List<string>> Things { get; } = [];

        public static string KindOf(Operation operation) => operation.Path.Split('/', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault(p => p is not ("api" or "operations")) ?? "";

        public void Add(string kind, string id, long version)
        {
            if (!Things.TryGetValue(kind, out var known)) Things[kind] = known = [];
            known.Add(id);
            versions[(kind, id)] = version;
        }

        public string Version(Operation operation, string? thing) => $"\"{versions.GetValueOrDefault((KindOf(operation), thing ?? ""), 1)}\"";

        /// <summary>What was made, and how far what was acted on has come.</summary>
        public void Learn(Operation operation, HttpResponseMessage answer)
        {
            if (operation.Method == HttpMethod.Get || answer.Headers.ETag is not { } tag || !long.TryParse(tag.Tag.Trim('"'), out var version)) return;
            var kind = KindOf(operation);
            if (answer.Headers.Location is { } made) Add(kind, made.ToString().Split('/')[^1], version);
            else if (answer.RequestMessage!.RequestUri!.AbsolutePath.Split('/') is [_, _, _, var id, ..] && versions.ContainsKey((kind, id))) versions[(kind, id)] = version;
        }

        public async Task<long> DraftVersion(HostFixture host) =>
            (await host.Services.GetRequiredService<Queries>().Find(County.Id, global::Approval.Proposal.Kind, Draft.Stream))!.Info.Version;
    }

    /// <summary>What came of a round.</summary>
    /// <param name="Wrong">What must not be.</param>
    /// <param name="Taken">How many requests were not refused.</param>
    /// <param name="Changed">How many left something.</param>
    private sealed record Round(List<string> Wrong, int Taken, int Changed);

    /// <summary>What may be asked: an operation of the API, now and then a page.</summary>
    private sealed record Choice(IReadOnlyList<Operation> Operations, IReadOnlyList<Operation> Pages)
    {
        public Operation Next(Random random)
        {
            var from = random.Next(20) == 0 ? Pages : Operations;
            return from[random.Next(from.Count)];
        }
    }

    /// <summary>What is kept of two jurisdictions: events, files, contacts, webhooks, remembered answers. The log of readings is none of it, nor what the host itself records in time.</summary>
    private sealed class Kept(NpgsqlConnection connection, NpgsqlCommand command) : IAsyncDisposable
    {
        private long last;
        private string? before;

        public static async Task<Kept> Open(NpgsqlDataSource database, params JurisdictionId[] jurisdictions)
        {
            var connection = await database.OpenConnectionAsync();
            var command = new NpgsqlCommand(
                """
                select e.newest, e.events,
                       concat_ws('|', (select count(*) from approval.attachments where jurisdiction = any($1)), (select count(*) from approval.repeated_commands where jurisdiction = any($1)),
                           (select string_agg(c::text, ',' order by c.jurisdiction, c.person) from approval.person_contacts c where jurisdiction = any($1)),
                           (select string_agg(concat_ws(' ', id, url, types, secret, stopped), ',' order by jurisdiction, id) from approval.webhooks where jurisdiction = any($1)))
                from (select max(seq_id) as newest, string_agg(concat_ws(' ', seq_id, type, 'of', stream_id, 'by', user_name), ', ') as events
                      from public.mt_events where seq_id > $2 and tenant_id = any($1) and user_name like 'fuzzer-%') e
                """, connection);
            command.Parameters.Add(new() { Value = jurisdictions.Select(j => j.Value).ToArray() });
            command.Parameters.Add(new() { Value = 0L });
            await command.PrepareAsync();
            var kept = new Kept(connection, command);
            await kept.Changed();
            return kept;
        }

        /// <summary>What is new since the last time; null if nothing is.</summary>
        public async Task<string?> Changed()
        {
            command.Parameters[1].Value = last;
            await using var reader = await command.ExecuteReaderAsync();
            await reader.ReadAsync();
            var (newer, beside) = (reader.IsDBNull(0) ? last : reader.GetInt64(0), reader.GetString(2));
            var change = newer != last ? reader.GetString(1) : beside != before ? Difference(before ?? "", beside) : null;
            (last, before) = (newer, beside);
            return change;

            static string Difference(string before, string after)
            {
                var same = before.AsSpan().CommonPrefixLength(after);
                return $"{before[same..Math.Min(before.Length, same + 100)]} became {after[same..]}";
            }
        }

        public async ValueTask DisposeAsync()
        {
            await command.DisposeAsync();
            await connection.DisposeAsync();
        }
    }
}
