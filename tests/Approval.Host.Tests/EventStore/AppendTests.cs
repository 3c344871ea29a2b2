using Approval.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Approval.EventStore;

/// <summary>What a command records, what it rests on, and what the database refuses whoever asks.</summary>
public sealed class AppendTests(HostFixture host) : IClassFixture<HostFixture>
{
    private static readonly Actor Someone = new(new("p1"), HostFixture.Demo, new("u1"), [Role.DistrictCio, Role.CioOffice]);

    private readonly CommandRunner runner = host.Services.GetRequiredService<CommandRunner>();
    private readonly Store store = host.Services.GetRequiredService<Store>();

    [Fact]
    public async Task A_host_of_an_earlier_release_appends_without_saying_who_is_remembered()
    {
        await using var connection = await host.Database.DataSource.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync(); // and is rolled back
        await using var append = new NpgsqlCommand(
            """
            call approval.append_together(array['earlier'], array[now()], array['p1'], array[null]::varchar[], array[null]::varchar[], array['{}']::jsonb[],
                array[1], array['note-1'], array['note'], array[0], array[1], array[1], array[gen_random_uuid()], array['note-1'], array[1], array['noted'], array['{}']::jsonb[])
            """, connection);
        await append.ExecuteNonQueryAsync();

        await using var count = new NpgsqlCommand("select count(*) from mt_events e join mt_streams s on s.tenant_id = e.tenant_id and s.id = e.stream_id where s.tenant_id = 'earlier' and s.version = 1", connection);
        (await count.ExecuteScalarAsync()).ShouldBe(1L);
    }

    [Fact]
    public async Task Events_of_several_streams_are_recorded_in_the_order_in_which_they_hold()
    {
        await Run(_ => Note.Open("order-b", Command).And(Note.IdOf("order-a"), new NoteOpened("a", NoteKind.Call, Money.Zero, null), new NoteClosed()).And(Note.IdOf("order-b"), new NoteClosed()));

        var events = (await store.ReadAll(0, 10_000)).Where(e => e.Stream.Value.StartsWith("note-order-", StringComparison.Ordinal)).ToList();
        events.Select(e => (e.Stream.Value, e.Version, e.WireName)).ShouldBe(
        [
            ("note-order-b", 1, "note-opened.v1"), ("note-order-a", 1, "note-opened.v1"), ("note-order-a", 2, "note-closed.v1"), ("note-order-b", 2, "note-closed.v1"),
        ]);
        events.Select(e => e.Position).ShouldBeInOrder();
    }

    [Fact]
    public async Task An_event_keeps_who_when_and_in_answer_to_what()
    {
        var effective = host.Clock.GetUtcNow().AddDays(-1);
        await runner.Run(Someone, new(Trace: new("request-7", "deadline-3")), s =>
        {
            s.Effective = effective;
            return Task.FromResult(Note.Open("envelope", Command));
        });

        var kept = (await store.Load(HostFixture.Demo, Note.IdOf("envelope"))).Single().Envelope;
        kept.At.ShouldBe(host.Clock.GetUtcNow());
        kept.Effective.ShouldBe(effective);
        (kept.By, kept.Unit, kept.Correlation, kept.Causation).ShouldBe((new PersonId("p1"), new UnitId("u1"), "request-7", "deadline-3"));
        kept.Roles.ShouldBe([Role.CioOffice, Role.DistrictCio]);
    }

    [Fact]
    public async Task The_past_is_asked_for_by_when_it_was_known_or_by_when_it_held()
    {
        var stream = Note.IdOf("past");
        var opened = host.Clock.GetUtcNow();
        await Run(_ => Note.Open("past", Command));
        host.Clock.Advance(TimeSpan.FromDays(2));
        await runner.Run(Someone, new(), async s =>
        {
            s.Effective = opened.AddDays(1);
            return (await s.Load(Note.Stream, stream)).Close(stream);
        });

        async Task<bool> Closed(AsOf asOf) => (await host.Services.GetRequiredService<Http.Queries>().Load(HostFixture.Demo, Note.Stream, stream, asOf)).State.Closed;

        (await Closed(new(opened.AddDays(1)))).ShouldBeFalse();
        (await Closed(new(opened.AddDays(1), ByEffect: true))).ShouldBeTrue();
        (await Closed(new(opened.AddDays(2)))).ShouldBeTrue();
        await Should.ThrowAsync<NotFoundException>(() => Closed(new(opened.AddTicks(-10))));
    }

    [Fact]
    public async Task A_stream_only_read_must_still_be_the_same_at_the_commit()
    {
        var read = Note.IdOf("guard");
        await Run(_ => Note.Open("guard", Command));
        var attempts = 0;

        var outcome = await runner.Run(Someone, new(), async s =>
        {
            var note = await s.Load(Note.Stream, read);
            if (++attempts == 1) await Foreign(read, 2);
            return Decision.Of(Note.IdOf("guarded"), new NoteOpened($"{note.Lines.Count} lines", NoteKind.Call, Money.Zero, null));
        });

        outcome.ShouldBeOfType<CommandOutcome.Done>();
        attempts.ShouldBe(2);
        ((NoteOpened)(await store.Load(HostFixture.Demo, Note.IdOf("guarded"))).Single().Event).Title.ShouldBe("1 lines");
    }

    [Fact]
    public async Task The_absence_of_a_stream_is_a_fact_that_must_still_hold()
    {
        var absent = Note.IdOf("absent");
        var attempts = 0;

        await runner.Run(Someone, new(), async s =>
        {
            var there = await s.Find(Note.Stream, absent) is not null;
            if (++attempts == 1) await Foreign(absent, 1, """{"title":"x","kind":"call","cost":0}""", "note-opened.v1");
            return Decision.Of(Note.IdOf("absence"), new NoteOpened(there ? "there" : "not there", NoteKind.Call, Money.Zero, null));
        });

        ((NoteOpened)(await store.Load(HostFixture.Demo, Note.IdOf("absence"))).Single().Event).Title.ShouldBe("there");
    }

    [Fact]
    public async Task A_refusal_is_never_given_on_what_memory_holds()
    {
        var stream = Note.IdOf("stale");
        await Run(_ => Note.Open("stale", Command).And(stream, new NoteClosed()));
        await Foreign(stream, 3, "{}", "note-reopened-for-test.v1");

        // Memory says closed; the database holds an event more, which only a look there finds.
        await Should.ThrowAsync<UnknownWireNameException>(() => runner.Run(Someone, new(), async s => (await s.Load(Note.Stream, stream)).Add(stream, "x")));
    }

    [Fact]
    public async Task An_unknown_event_fails_loudly_and_names_its_place()
    {
        var stream = Note.IdOf("unknown");
        await Run(_ => Note.Open("unknown", Command));
        await Foreign(stream, 2, "{}", "note-eaten.v9");

        var failure = await Should.ThrowAsync<UnknownWireNameException>(() => store.Load(HostFixture.Demo, stream));
        failure.Message.ShouldContain("note-unknown holds at version 2 an event named note-eaten.v9");
        // Who reads all streams is given it as it is: it may be another program's.
        (await store.ReadAll(0, 10_000)).Single(e => e.WireName == "note-eaten.v9").Event.ShouldBe(new UnknownEvent("note-eaten.v9", "{}"));
    }

    [Fact]
    public async Task Of_many_writers_of_one_stream_each_is_recorded_once_without_a_gap()
    {
        const int Writers = 200;
        var stream = Note.IdOf("contended");
        await Run(_ => Note.Open("contended", Command));
        await using var other = await HostFixture.Start(host.Database);
        CommandRunner[] runners = [runner, other.Services.GetRequiredService<CommandRunner>()];

        var outcomes = await Task.WhenAll(Enumerable.Range(0, Writers).Select(i => Task.Run(() =>
            runners[i % 2].Run(Someone, new(), async s => (await s.Load(Note.Stream, stream)).Add(stream, $"line {i}")))));

        outcomes.ShouldAllBe(o => o is CommandOutcome.Done);
        var events = await store.Load(HostFixture.Demo, stream);
        events.Select(e => e.Version).ShouldBe(Enumerable.Range(1, Writers + 1).Select(v => (long)v));
        events.Skip(1).Select(e => ((NoteLineAdded)e.Event).Text).Distinct().Count().ShouldBe(Writers);
    }

    [Fact]
    public async Task Commands_over_the_same_streams_in_any_order_never_wait_in_a_circle()
    {
        await Run(_ => Note.Open("circle-a", Command).And(Note.Open("circle-b", Command)));

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(() => runner.Run(Someone, new(), async s =>
        {
            var (first, second) = i % 2 == 0 ? (Note.IdOf("circle-a"), Note.IdOf("circle-b")) : (Note.IdOf("circle-b"), Note.IdOf("circle-a"));
            return (await s.Load(Note.Stream, first)).Add(first, $"{i}").And((await s.Load(Note.Stream, second)).Add(second, $"{i}"));
        }))));

        outcomes.ShouldAllBe(o => o is CommandOutcome.Done);
    }

    [Theory]
    [InlineData("update public.mt_events set type = 'x'")]
    [InlineData("delete from public.mt_events")]
    [InlineData("truncate public.mt_events")]
    [InlineData("delete from public.mt_streams")]
    [InlineData("truncate public.mt_streams cascade")]
    public async Task The_database_refuses_to_rewrite_the_record_even_for_its_owner(string sql)
    {
        await using var command = host.Database.DataSource.CreateCommand(sql);

        (await Should.ThrowAsync<PostgresException>(() => command.ExecuteNonQueryAsync())).SqlState.ShouldBe("AP002");
    }

    [Theory]
    [InlineData("update public.mt_events set type = 'x'")]
    [InlineData("delete from public.mt_events")]
    [InlineData("alter table public.mt_events disable trigger append_only")]
    [InlineData("update public.mt_streams set id = 'x'")]
    [InlineData("drop table public.mt_events")]
    public async Task The_role_of_the_host_has_no_right_to_rewrite_the_record(string sql)
    {
        await using var command = host.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(sql);

        (await Should.ThrowAsync<PostgresException>(() => command.ExecuteNonQueryAsync())).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    private static readonly OpenNote Command = new("巡查", NoteKind.SiteVisit, new Money(12.3m));

    private async Task Run(Func<Session, Decision> decide) =>
        (await runner.Run(Someone, new(), s => Task.FromResult(decide(s)))).ShouldBeOfType<CommandOutcome.Done>();

    private async Task Foreign(StreamId stream, long version, string data = """{"text":"foreign"}""", string type = "note-line-added.v1")
    {
        await using var writer = await ForeignWriter.Begin(host.Database.DataSource);
        await writer.Insert(await writer.Draw(), stream.Value, version, type, data);
        await writer.Commit();
    }
}
