using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using Approval.Directory;
using Approval.EventStore;
using Approval.EventStore.Subscriptions;
using Approval.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Approval.Evidence;

/// <summary>A filled record whose owner turns against it: each of the six attacks is found, and its place is named.</summary>
public sealed class EvidenceTests : IAsyncLifetime
{
    readonly string keyFile = Path.Combine(Path.GetTempPath(), $"approval-key-{Guid.CreateVersion7():n}.pem");
    TestDatabase database = null!;
    WebApplication app = null!;

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(keyFile, PemEncoding.WriteString("PRIVATE KEY", [.. Convert.FromHexString("302e020100300506032b657004220420"), .. RandomNumberGenerator.GetBytes(32)]));
        database = await TestDatabase.Create();
        await Fill();
        await Start();
        await Sealed();
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        await database.DisposeAsync();
        File.Delete(keyFile);
    }

    [Fact]
    public async Task An_untouched_record_verifies_against_its_heads()
    {
        var head = await Sign();
        var result = await Verify(head);

        result.Broken.ShouldBeEmpty();
        result.Logs.ShouldBe([new("elsewhere", 400, result.Logs[0].Root), new("past", 1200, head.Root)]);
        (result.Events, result.NotYetSealed, result.Heads).ShouldBe((1600, 0, 2)); // the same head, from the database and from outside
        head.IsSigned().ShouldBeTrue();
    }

    [Fact]
    public async Task An_edited_payload_is_named()
    {
        await Attack("update public.mt_events set data = jsonb_set(data, '{text}', '\"another amount\"') where seq_id = 601");
        await Found(Breach.ContentEdited, 601);
    }

    [Fact]
    public async Task Edited_metadata_are_named()
    {
        await Attack("update public.mt_events set user_name = 'somebody-else' where seq_id = 601");
        await Found(Breach.MetadataEdited, 601);
    }

    [Theory]
    [InlineData("id = gen_random_uuid()")]
    [InlineData("timestamp = timestamp - interval '1 day'")]
    [InlineData("type = 'proposal-endorsed.v1'")]
    [InlineData("headers = '{\"unit\": \"another\"}'")]
    [InlineData("correlation_id = 'x'")]
    [InlineData("causation_id = 'x'")]
    [InlineData("mt_dotnet_type = 'x'")]
    public async Task Every_metadata_column_is_covered(string edit)
    {
        await Attack($"update public.mt_events set {edit} where seq_id = 601");
        await Found(Breach.MetadataEdited, 601);
    }

    [Fact]
    public async Task A_deleted_event_is_named()
    {
        await Attack("delete from public.mt_events where seq_id = 601");
        await Found(Breach.Deleted, 601);
    }

    [Fact]
    public async Task A_reordered_pair_is_named()
    {
        await Attack("update public.mt_events set seq_id = -1 where seq_id = 601; update public.mt_events set seq_id = 601 where seq_id = 602; update public.mt_events set seq_id = 602 where seq_id = -1");
        await Found(Breach.Reordered, 601);
    }

    [Fact]
    public async Task A_truncated_tail_is_named()
    {
        await Attack("delete from public.mt_events where seq_id > 1580 and tenant_id = 'past'");
        await Found(Breach.Truncated, await database.Number("select min(seq_id) from approval.seal where seq_id > 1580 and jurisdiction = 'past'"));
    }

    [Fact]
    public async Task A_tail_truncated_with_all_its_seals_is_found_by_an_outside_head()
    {
        var head = await Sign();
        await Stop();
        await Attack(
            """
            delete from public.mt_events where seq_id > 1000; delete from approval.seal where seq_id > 1000;
            delete from approval.head; delete from approval.seal_nodes; delete from approval.evidence_logs;
            update public.mt_event_progression set last_seq_id = 0 where name = 'Evidence:All'; delete from approval.seal;
            """);
        await Start();
        await Sealed();

        (await Verify()).Broken.ShouldBeEmpty();
        var broken = (await Verify(head)).Broken.Single();
        (broken.What, broken.Position, broken.Leaf).ShouldBe((Breach.Truncated, 999L, 750L));
        broken.Explanation.ShouldContain("vouches for 1200");
    }

    [Fact]
    public async Task A_log_made_anew_is_found_by_one_outside_head()
    {
        var early = await Sign(); // of all 1,200
        await Stop();
        await Attack(
            """
            update public.mt_events set data = jsonb_set(data, '{text}', '"another amount"') where seq_id = 601;
            delete from approval.head; delete from approval.seal_nodes; delete from approval.seal; delete from approval.evidence_logs;
            update public.mt_event_progression set last_seq_id = 0 where name = 'Evidence:All';
            """);
        await Start();
        await Sealed();

        (await Verify()).Broken.ShouldBeEmpty();
        var broken = (await Verify(early)).Broken.Single();
        (broken.What, broken.Jurisdiction, broken.Position).ShouldBe((Breach.Remade, "past", 1L));
    }

    [Fact]
    public async Task Heads_that_the_attacker_could_not_sign_anew_narrow_the_place_down()
    {
        var early = await Sign();
        await Append("past", "extra", 50, 2000);
        await Sealed();
        var late = await Sign();
        await Stop();
        await Attack(
            """
            update public.mt_events set user_name = 'x' where seq_id = 2010;
            delete from approval.head; delete from approval.seal_nodes; delete from approval.seal; delete from approval.evidence_logs;
            update public.mt_event_progression set last_seq_id = 0 where name = 'Evidence:All';
            """);
        await Start();
        await Sealed();

        var broken = (await Verify(early, late)).Broken.Single();
        (broken.What, broken.Stream, broken.Version, broken.Position).ShouldBe((Breach.Remade, "extra", 1L, 2000L));
    }

    [Fact]
    public async Task An_event_smuggled_in_is_named()
    {
        await Append("past", "extra", 1, 2000);
        await Sealed();
        await database.Run(
            """
            insert into public.mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id)
            select 1900, gen_random_uuid(), stream_id, 99, data, type, timestamp, tenant_id from public.mt_events where seq_id = 601
            """);
        var broken = (await Verify()).Broken.ShouldHaveSingleItem();
        (broken.What, broken.Position, broken.Stream, broken.Version, broken.Leaf).ShouldBe((Breach.Inserted, 1900L, "stream-40", 99L, null));
    }

    [Fact]
    public async Task Edited_seals_are_named()
    {
        await Attack("update approval.seal set leaf_index = -1 where seq_id = 601; update approval.seal set leaf_index = 450 where seq_id = 602; update approval.seal set leaf_index = 451 where seq_id = 601");
        var broken = (await Verify()).Broken.ShouldHaveSingleItem();
        (broken.What, broken.Position, broken.Leaf).ShouldBe((Breach.SealsEdited, 601L, 451L));
    }

    [Fact]
    public async Task A_forged_head_is_named()
    {
        var head = await Sign();
        (await Verify(head with { Root = new string('0', 64) })).Broken.Single().What.ShouldBe(Breach.HeadForged);
        await Attack($"update approval.head set at = at + interval '1 day' where jurisdiction = 'past'");
        (await Verify()).Broken.Single().What.ShouldBe(Breach.HeadForged);
    }

    [Fact]
    public async Task Erasing_a_persons_contact_leaves_the_chain_whole()
    {
        // The person acts while the contact is kept: were anything of it in what is sealed, the record would be another one without it.
        var (people, officer) = (app.Services.GetRequiredService<People>(), new PersonId("officer"));
        await people.Keep(new("past"), officer, new("王", "13800000000"));
        await Append("past", "signed", 3, 2000);
        await Sealed();
        var head = await Sign();
        await people.Erase(new("past"), officer);
        (await people.ContactOf(new("past"), officer)).ShouldBeNull();
        (await Verify(head)).Broken.ShouldBeEmpty();
    }

    [Fact]
    public async Task Nobody_rewrites_seals_and_heads_by_mistake()
    {
        foreach (var table in new[] { "approval.seal", "approval.seal_nodes", "approval.head" })
            (await Should.ThrowAsync<Npgsql.PostgresException>(() => database.Run($"delete from {table}"))).SqlState.ShouldBe("AP002");
        await using var host = app.Services.GetRequiredService<Databases>().Host.CreateCommand("insert into approval.head values ('past', 1, 'sha-256', '', now(), '', '')");
        (await Should.ThrowAsync<Npgsql.PostgresException>(host.ExecuteNonQueryAsync)).SqlState.ShouldBe("42501");
    }

    [Fact]
    public async Task Events_of_other_programs_and_of_later_commits_are_sealed_in_their_order()
    {
        await using var late = await database.DataSource.OpenConnectionAsync();
        await using var transaction = await late.BeginTransactionAsync();
        await using (var draw = new Npgsql.NpgsqlCommand("select setval('public.mt_events_sequence', 3000); select nextval('public.mt_events_sequence')", late)) await draw.ExecuteNonQueryAsync();
        await Append("past", "later", 1, 3002);
        await Eventually.Holds(() => app.Services.GetRequiredService<EventLog>().HeldBackBy.Count > 0, "what was committed first waits for what was begun first");
        await using (var insert = new Npgsql.NpgsqlCommand(Insert("past", "late", 1, 3001), late)) await insert.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
        await Sealed();

        (await database.Numbers("select leaf_index from approval.seal where seq_id > 3000 order by seq_id")).ShouldBe([1200, 1201]);
        (await Verify()).Broken.ShouldBeEmpty();
    }

    [Fact]
    public async Task Operators_see_the_evidence_verify_it_and_export_heads()
    {
        using var auditor = Client(Role.Auditor);
        var head = (await (await auditor.PostAsync("/api/operations/evidence/heads", null)).Content.ReadFromJsonAsync<SignedHead>())!;
        (await auditor.GetFromJsonAsync<SignedHead>($"/api/operations/evidence/heads/{head.Size}")).ShouldBe(head);
        (await auditor.GetAsync("/api/operations/evidence/heads/7")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await auditor.PostAsJsonAsync("/api/operations/evidence/verification", new VerificationRequest([head]))).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await Eventually.Holds(async () => (await Status(auditor)).Verification is { Result: not null }, "the verification ends");

        var status = await Status(auditor);
        (status.Hash, status.Sealed, status.Key, status.Verification!.Share).ShouldBe(("sha-256", 1200, head.Key, 1));
        status.Verification.Result!.Broken.ShouldBeEmpty();
        status.Heads.ShouldBe([head]);
        var page = await auditor.GetStringAsync("/operations/evidence");
        page.ShouldContain("记录完整");
        page.ShouldContain(head.Root);
        page.ShouldContain($"/api/operations/evidence/heads/{head.Size}");
        page.ShouldNotContain("hx-trigger"); // it has ended: nothing to follow
        (await auditor.GetStringAsync("/operations/evidence?part=verification")).ShouldNotContain("<html");
    }

    [Theory]
    [InlineData(Role.UnitOfficer)]
    [InlineData(Role.Expert)]
    public async Task Others_neither_see_nor_verify_it(Role role)
    {
        using var client = Client(role);
        (await client.GetAsync("/api/operations/evidence")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await client.PostAsync("/api/operations/evidence/heads", null)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await client.PostAsJsonAsync("/api/operations/evidence/verification", new VerificationRequest())).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    static async Task<EvidenceStatus> Status(HttpClient client) => (await client.GetFromJsonAsync<EvidenceStatus>("/api/operations/evidence", Json.Events))!;

    HttpClient Client(Role role)
    {
        var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        client.DefaultRequestHeaders.Authorization = TestHost.Credentials(new Actor(new("p"), new("past"), new("u"), [role]));
        return client;
    }

    async Task Start()
    {
        app = TestHost.Build(database.ConnectionString, TimeProvider.System, "--Evidence:KeyFile", keyFile);
        await app.PrepareDatabase();
        await app.StartAsync();
    }

    async Task Stop()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    /// <summary>1,600 events of 80 streams; every fourth event belongs to another jurisdiction.</summary>
    async Task Fill()
    {
        await database.Run(
            """
            insert into public.mt_streams (tenant_id, id, version) select case when n % 4 = 3 then 'elsewhere' else 'past' end, 'stream-' || n, 20 from generate_series(0, 79) n;
            insert into public.mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id, user_name, headers, correlation_id)
            select i + 1, gen_random_uuid(), 'stream-' || i % 80, i / 80 + 1, jsonb_build_object('text', '第' || i || '稿', 'amount', i * 100.5), 'note-line-added.v1',
                   timestamptz '2026-01-05 01:00+00' + i * interval '1 minute', case when i % 4 = 3 then 'elsewhere' else 'past' end, 'officer', '{"unit": "u1"}', 'trace-' || i
            from generate_series(0, 1599) i;
            select setval('public.mt_events_sequence', 1600);
            """);
    }

    static string Insert(string jurisdiction, string stream, int events, int from) =>
        $$"""
        insert into public.mt_streams (tenant_id, id, version) values ('{{jurisdiction}}', '{{stream}}', {{events}});
        insert into public.mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id, user_name)
        select {{from}} + i, gen_random_uuid(), '{{stream}}', i + 1, '{}', 'stranger', now(), '{{jurisdiction}}', 'officer' from generate_series(0, {{events - 1}}) i;
        """;

    Task Append(string jurisdiction, string stream, int events, int from) => database.Run(Insert(jurisdiction, stream, events, from));

    Task Sealed() => Eventually.Holds(
        async () => await database.Number("select count(*) from public.mt_events e where not exists (select from approval.seal s where s.seq_id = e.seq_id)") == 0, "all events are sealed");

    async Task<SignedHead> Sign() => (await app.Services.GetRequiredService<Logs>().Sign("past", default))!;

    Task<VerificationResult> Verify(params SignedHead[] outside) => new Verification(app.Services.GetRequiredService<Databases>().Runners, null, outside).Run(default);

    async Task Found(Breach what, long position)
    {
        var broken = (await Verify()).Broken.ShouldHaveSingleItem();
        (broken.What, broken.Position).ShouldBe((what, position));
        (broken.Stream, broken.Version).ShouldBe(
            (await database.Text($"select stream from approval.seal where seq_id = {position}"), await database.Number($"select version from approval.seal where seq_id = {position}")));
    }

    async Task Attack(string sql)
    {
        string[] guarded = ["public.mt_events", "public.mt_streams", "approval.seal", "approval.seal_nodes", "approval.head"];
        foreach (var table in guarded) await database.Run($"alter table {table} disable trigger append_only");
        await database.Run(sql);
        foreach (var table in guarded) await database.Run($"alter table {table} enable trigger append_only");
    }
}
