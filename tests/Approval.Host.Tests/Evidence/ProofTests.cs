using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using Approval.Testing;
using Microsoft.AspNetCore.Builder;

namespace Approval.Evidence;

/// <summary>The file that proves one proposal is taken over HTTP and checked by the separate program, which has neither database nor network.</summary>
public sealed class ProofTests : IAsyncLifetime
{
    readonly string folder = System.IO.Directory.CreateTempSubdirectory("approval-proof-").FullName;
    TestDatabase database = null!;

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.Create();
        await database.Run(
            """
            insert into public.mt_streams (tenant_id, id, version) values ('demo', 'proposal-p1', 3), ('demo', 'note-other', 300);
            insert into public.mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id, user_name)
            select i, gen_random_uuid(), 'note-other', i, '{"text": "x"}', 'note-line-added.v1', now(), 'demo', 'officer' from generate_series(1, 300) i;
            insert into public.mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id, user_name) values
            (301, gen_random_uuid(), 'proposal-p1', 1, '{"proposal": "p1", "unit": "u1", "content": {"title": "人口基础信息库", "total": 7600000.00}}', 'proposal-drafted.v1', now(), 'demo', 'officer'),
            (302, gen_random_uuid(), 'proposal-p1', 2, '{"revision": 1}', 'proposal-submitted.v1', now(), 'demo', 'officer'),
            (303, gen_random_uuid(), 'proposal-p1', 3, '{"documentSha256": "abababababababababababababababababababababababababababababababab"}', 'approval-issued.v1', now(), 'demo', 'officer');
            select setval('public.mt_events_sequence', 303);
            """);
    }

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        System.IO.Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task The_separate_verifier_takes_the_good_file_and_no_other()
    {
        var keyFile = Path.Combine(folder, "key.pem");
        await File.WriteAllTextAsync(keyFile, PemEncoding.WriteString("PRIVATE KEY", [.. Convert.FromHexString("302e020100300506032b657004220420"), .. RandomNumberGenerator.GetBytes(32)]));
        await using var app = await Start("--Evidence:KeyFile", keyFile);
        using var office = Client(app, Role.CioOffice);
        await Sealed();

        var response = await office.GetAsync("/api/proposals/p1/proof");
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var bytes = await response.Content.ReadAsByteArrayAsync();
        var proof = StreamProof.Read(bytes);
        proof.Events.Select(e => (e.Leaf, e.Path.Count)).ShouldBe([(300L, 6), (301L, 6), (302L, 5)]);
        proof.Fault(proof.Head.Key).ShouldBeNull();

        var good = await Check(bytes, "--key", proof.Head.Key);
        good.Code.ShouldBe(0);
        good.Text.ShouldContain("PROVEN: the first 3 events of proposal-p1 stand unchanged in the record of demo, of which the key expected signed 303 events");
        good.Text.ShouldContain("proposal-submitted.v1");

        var tampered = await Check((proof with { Events = [proof.Events[0] with { Content = CanonicalEvent.Content("""{"unit": "u2"}""") }, proof.Events[1], proof.Events[2]] }).Write());
        (tampered.Code, tampered.Text.StartsWith("NOT PROVEN: Event 1 of proposal-p1 (proposal-drafted.v1, ", StringComparison.Ordinal)).ShouldBe((2, true));
        (await Check(bytes, "--key", new string('0', 64))).Code.ShouldBe(2);
        (await Check("{}"u8.ToArray())).Code.ShouldBe(2);
        (await Check(bytes, "--nonsense")).Code.ShouldBe(1);
        (await Check(bytes, "--key")).Code.ShouldBe(1);

        var printed = await Check(bytes, "--key", proof.Head.Key, "--document", string.Concat(Enumerable.Repeat("AB", 32)));
        (printed.Code, printed.Text.Contains("One of them issued the approval whose printed document bears that SHA-256.", StringComparison.Ordinal)).ShouldBe((0, true));
        (await Check(bytes, "--document", new string('0', 64))).Code.ShouldBe(2);
        await app.StopAsync();
    }

    [Fact]
    public async Task Without_a_key_there_is_no_proof()
    {
        await using var app = await Start();
        using var office = Client(app, Role.CioOffice);
        await Sealed();
        (await (await office.GetAsync("/api/proposals/p1/proof")).Content.ReadAsStringAsync()).ShouldContain("evidence-unsigned");
        await app.StopAsync();
    }

    [Fact]
    public async Task Events_that_wait_for_their_seal_are_not_proven_yet()
    {
        // Another host holds the lease and seals nothing.
        await using var other = await database.DataSource.OpenConnectionAsync();
        await using (var take = new Npgsql.NpgsqlCommand($"select pg_advisory_lock(hashtextextended('{Sealing.Checkpoint}', 42))", other)) await take.ExecuteNonQueryAsync();
        await using var app = await Start();
        using var office = Client(app, Role.CioOffice);
        var response = await office.GetAsync("/api/proposals/p1/proof");
        response.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await response.Content.ReadAsStringAsync()).ShouldContain("\"evidence-pending\"");
        await app.StopAsync();
    }

    [Theory]
    [InlineData(Role.UnitOfficer, HttpStatusCode.Forbidden)]
    [InlineData(Role.Administrator, HttpStatusCode.Forbidden)]
    public async Task Who_does_not_approve_gets_no_raw_events(Role role, HttpStatusCode status)
    {
        await using var app = await Start();
        using var client = Client(app, role);
        (await client.GetAsync("/api/proposals/p1/proof")).StatusCode.ShouldBe(status);
        await app.StopAsync();
    }

    [Fact]
    public void A_file_that_is_no_key_is_refused_without_saying_what_is_in_it()
    {
        var file = Path.Combine(folder, "no-key.pem");
        File.WriteAllText(file, "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n");
        foreach (var named in new[] { file, Path.Combine(folder, "absent") })
        {
            var message = Should.Throw<MisconfiguredException>(() => TestHost.Build(database.ConnectionString, TimeProvider.System, "--Evidence:KeyFile", named).Services.GetService(typeof(SigningKey))).Message;
            message.ShouldStartWith("Evidence:KeyFile must name");
            message.ShouldNotContain("c2VjcmV0");
            message.ShouldNotContain(folder);
        }
    }

    async Task<WebApplication> Start(params string[] settings)
    {
        var app = TestHost.Build(database.ConnectionString, TimeProvider.System, settings);
        await app.PrepareDatabase();
        await app.StartAsync();
        return app;
    }

    static HttpClient Client(WebApplication app, Role role)
    {
        var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        client.DefaultRequestHeaders.Authorization = TestHost.Credentials(new Actor(new("p"), new("demo"), new("u1"), [role]));
        return client;
    }

    Task Sealed() => Eventually.Holds(async () => await database.Number("select count(*) from approval.seal") == 303, "all events are sealed");

    async Task<(int Code, string Text)> Check(byte[] file, params string[] arguments)
    {
        var path = Path.Combine(folder, "proof.json");
        await File.WriteAllBytesAsync(path, file);
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Approval.Verifier.dll"), path, .. arguments]) { UseShellExecute = false, RedirectStandardOutput = true })!;
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, text);
    }
}
