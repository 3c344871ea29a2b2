using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Approval.SignIn;
using Approval.Testing;
using Npgsql;

namespace Approval.EventStore;

/// <summary>
/// A database that an earlier release left behind, kept by <c>eng/release-dump</c>, is brought to this release with all that is in it. Where a migration that was
/// released has changed since, the host refuses to start on it.
/// </summary>
public sealed class ReleaseTests
{
    private const string Jurisdiction = "demo";

    private static readonly string Folder = Path.Combine(Conventions.Repository.Root, "tests", "Approval.Host.Tests", "Releases");

    public static TheoryData<string> Releases => [.. System.IO.Directory.GetFiles(Folder, "release-*.sql.gz").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Releases))]
    public async Task A_database_of_an_earlier_release_is_migrated_read_and_written_to_and_its_views_are_those_of_this_one(string release)
    {
        await using var database = await TestDatabase.CreateEmpty();
        await Restore(database, release);
        var events = await database.Number("select count(*) from mt_events");
        var record = await Record(database);
        await using var provider = await Provider.Start();
        await using var app = SignInHost.Build(database.ConnectionString, "--Authentication:Authority", provider.Address, "--Authentication:Audience", Provider.Audience);
        await using var sound = new Soundness(app.Services, database.ConnectionString);

        await using (var host = await HostProcess.Start(database, ("Authentication__Authority", provider.Address)))
        {
            (await Record(database)).ShouldBe(record);
            using var auditor = Client(host, provider, "auditor");
            foreach (var proposal in await All(auditor, "/api/proposals"))
            {
                var id = proposal.GetProperty("id").GetString();
                (await auditor.GetFromJsonAsync<JsonElement>($"/api/proposals/{id}")).GetProperty("stage").GetString().ShouldBe(proposal.GetProperty("stage").GetString());
                (await auditor.GetAsync($"/api/proposals/{id}/history")).StatusCode.ShouldBe(HttpStatusCode.OK);
            }

            (await auditor.GetAsync("/api/dashboard")).StatusCode.ShouldBe(HttpStatusCode.OK);
            var fund = (await All(auditor, "/api/funds"))[0].GetProperty("id").GetString();
            using var chief = Client(host, provider, "district-cio");
            var before = await chief.GetAsync($"/api/funds/{fund}");
            using var change = new HttpRequestMessage(HttpMethod.Put, $"/api/funds/{fund}/ceiling") { Content = JsonContent.Create(new { ceiling = 900_000_000m, reason = "追加预算" }) };
            change.Headers.Add("If-Match", before.Headers.ETag!.Tag);
            (await chief.SendAsync(change)).StatusCode.ShouldBe(HttpStatusCode.OK);

            await Eventually.Holds(sound.AllHasSettled, "views, seals and deadlines come to the end of the record", TimeSpan.FromMinutes(1));
            await host.Terminate();
        }

        (await database.Number("select count(*) from mt_events")).ShouldBeGreaterThan(events);
        await sound.StreamsAreWhole();
        await sound.FundsAreNeverOverdrawn();
        await sound.ViewsEqualTheirRebuild();
        await sound.TheRecordVerifies();
    }

    [Fact]
    public void There_is_a_release_to_come_from() => Releases.ShouldNotBeEmpty();

    /// <summary>Runs the dump as any program with a connection could: roles belong to the server, so the one of hosts is made first.</summary>
    private static async Task Restore(TestDatabase database, string release)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database.ConnectionString) { Pooling = false });
        await using var file = File.OpenRead(Path.Combine(Folder, release));
        await using var unpacked = new GZipStream(file, CompressionMode.Decompress);
        using var reader = new StreamReader(unpacked);
        const string Role = "do $$ begin if not exists (select from pg_roles where rolname = 'approval_app') then create role approval_app nologin; end if; end $$;\n";
        await using var command = source.CreateCommand(Role + await reader.ReadToEndAsync());
        await command.ExecuteNonQueryAsync();
    }

    private static Task<string?> Record(TestDatabase database) =>
        database.Text("select md5(string_agg(e::text, '|' order by e.seq_id)) from mt_events e where e.type not like 'deadline-%'");

    private static HttpClient Client(HostProcess host, Provider provider, string person)
    {
        var client = new HttpClient { BaseAddress = host.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", provider.Token(person, Jurisdiction));
        return client;
    }

    private static async Task<List<JsonElement>> All(HttpClient client, string path)
    {
        var (all, cursor) = (new List<JsonElement>(), "");
        do
        {
            var page = await client.GetFromJsonAsync<JsonElement>($"{path}?limit=100{cursor}");
            all.AddRange(page.GetProperty("items").EnumerateArray());
            cursor = page.TryGetProperty("next", out var next) && next.ValueKind == JsonValueKind.String ? $"&cursor={Uri.EscapeDataString(next.GetString()!)}" : "";
        }
        while (cursor.Length > 0);

        return all;
    }
}
