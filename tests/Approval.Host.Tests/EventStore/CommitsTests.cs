using Approval.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Approval.EventStore;

/// <summary>Commands that come at once are committed together, and each is none the worse for it.</summary>
public sealed class CommitsTests(HostFixture host) : IClassFixture<HostFixture>
{
    private const int Commands = 40;

    private static readonly Actor Someone = new(new("p1"), HostFixture.Demo, new("u1"), [Role.CioOffice]);

    private readonly CommandRunner runner = host.Services.GetRequiredService<CommandRunner>();

    [Fact]
    public async Task Commands_that_come_at_once_share_transactions_and_each_is_recorded_as_if_it_had_come_alone()
    {
        var outcomes = await AtOnce(i => Open($"shared-{i}", new(Trace: new($"request-{i}"))));

        outcomes.ShouldAllBe(o => o is CommandOutcome.Done);
        (await host.Database.Number("select count(*) from public.mt_events where stream_id like 'note-shared-%'")).ShouldBe(Commands);
        (await host.Database.Number("select count(distinct xmin::text) from public.mt_events where stream_id like 'note-shared-%'")).ShouldBeLessThan(Commands);
        (await host.Database.Number("select count(*) from public.mt_events where correlation_id = 'request-' || substring(stream_id from 'note-shared-(.*)')")).ShouldBe(Commands);
        (await host.Database.Number("select count(*) from approval.notes where stream like 'note-shared-%' and title = stream")).ShouldBe(Commands);
    }

    [Fact]
    public async Task A_command_that_loses_a_race_harms_none_of_those_beside_it_and_is_decided_again()
    {
        var raced = Note.IdOf("raced");
        await Open("raced");
        await using (var writer = await ForeignWriter.Begin(host.Database.DataSource))
        {
            await writer.Insert(await writer.Draw(), raced.Value, 2);
            await writer.Commit();
        }

        var outcomes = await AtOnce(i => i == Commands / 2 ? Add(raced, "a line") : Open($"beside-{i}"));

        outcomes.ShouldAllBe(o => o is CommandOutcome.Done);
        (await host.Database.Number("select count(*) from public.mt_events where stream_id like 'note-beside-%'")).ShouldBe(Commands - 1);
        (await host.Database.Number("select count(*) from public.mt_events where stream_id = 'note-raced'")).ShouldBe(3);
    }

    [Fact]
    public async Task What_the_database_does_not_take_fails_for_its_own_command_alone()
    {
        var outcomes = await AtOnce(async i =>
        {
            try
            {
                return await Open(i == Commands / 2 ? "unfit-\0" : $"fit-{i}");
            }
            catch (Npgsql.PostgresException)
            {
                return null;
            }
        });

        outcomes.Count(o => o is null).ShouldBe(1);
        (await host.Database.Number("select count(*) from public.mt_events where stream_id like 'note-fit-%'")).ShouldBe(Commands - 1);
    }

    [Fact]
    public async Task Nobody_waits_for_what_only_another_command_needs()
    {
        var locked = Note.IdOf("locked");
        await Open("locked");
        await using var stranger = await ForeignWriter.Begin(host.Database.DataSource);
        await stranger.Insert(await stranger.Draw(), locked.Value, 2);

        var waits = Enumerable.Range(0, 4).Select(i => Add(locked, $"line {i}")).ToList();
        var others = await AtOnce(i => Open($"free-{i}"));
        others.ShouldAllBe(o => o is CommandOutcome.Done);
        waits.ShouldAllBe(w => !w.IsCompleted);

        await stranger.Commit();
        (await Task.WhenAll(waits)).ShouldAllBe(o => o is CommandOutcome.Done);
        (await host.Database.Number("select count(*) from public.mt_events where stream_id = 'note-locked'")).ShouldBe(6);
    }

    /// <summary>Commands that gather while the two before them wait for what a stranger has locked.</summary>
    private async Task<T[]> AtOnce<T>(Func<int, Task<T>> command)
    {
        string[] held = [$"held-{Guid.CreateVersion7():N}", $"held-{Guid.CreateVersion7():N}"];
        await using var stranger = await ForeignWriter.Begin(host.Database.DataSource);
        foreach (var note in held)
        {
            await Open(note);
            await stranger.Insert(await stranger.Draw(), Note.IdOf(note).Value, 2);
        }

        var first = held.Select(note => Add(Note.IdOf(note), "a line")).ToList();
        var outcomes = await Task.WhenAll(Enumerable.Range(0, Commands).Select(command).ToList());
        await stranger.Rollback();
        (await Task.WhenAll(first)).ShouldAllBe(o => o is CommandOutcome.Done);
        return outcomes;
    }

    private Task<CommandOutcome> Open(string note, CommandOptions? options = null) =>
        runner.Run(Someone, options ?? new(), _ => Task.FromResult(Note.Open(note, new(Note.IdOf(note).Value, NoteKind.Call, Money.Zero))));

    private Task<CommandOutcome> Add(StreamId note, string line) => runner.Run(Someone, new(), async s => (await s.Load(Note.Stream, note)).Add(note, line));
}
