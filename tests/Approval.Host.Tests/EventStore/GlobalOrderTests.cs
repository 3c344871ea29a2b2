using System.Collections.Concurrent;
using Approval.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Approval.EventStore;

/// <summary>Readers of all events miss none that commits late, and wait for no time-out to pass a number that never comes.</summary>
public sealed class GlobalOrderTests(HostFixture host) : IClassFixture<HostFixture>
{
    private readonly NpgsqlDataSource database = host.Database.DataSource;
    private readonly GlobalOrder order = host.Services.GetRequiredService<GlobalOrder>();

    [Fact]
    public async Task A_number_drawn_earlier_is_waited_for_as_long_as_its_writer_may_commit()
    {
        var reader = await ReaderAtTheEnd();
        await using var late = await ForeignWriter.Begin(database);
        await using var quick = await ForeignWriter.Begin(database);
        var first = await late.Draw();
        var second = await quick.Draw();
        await quick.Insert(second, "note-late-2", 1);
        await quick.Commit();

        for (var i = 0; i < 20; i++) (await reader.Next(100)).ShouldBeEmpty();
        reader.GapIsOpen.ShouldBeTrue();

        await late.Insert(first, "note-late-1", 1);
        (await reader.Next(100)).ShouldBeEmpty();
        await late.Commit();
        (await reader.Next(100)).Select(e => e.Position).ShouldBe([first, second]);
        reader.GapIsOpen.ShouldBeFalse();
    }

    [Fact]
    public async Task A_number_rolled_back_is_passed_at_once()
    {
        var reader = await ReaderAtTheEnd();
        await using var gone = await ForeignWriter.Begin(database);
        await gone.Draw();
        await gone.Rollback();
        var there = await Write("note-rolled-back");

        (await reader.Next(100)).Select(e => e.Position).ShouldBe([there]);
    }

    [Fact]
    public async Task A_later_writer_that_stays_open_holds_nobody_up()
    {
        var reader = await ReaderAtTheEnd();
        await using var gone = await ForeignWriter.Begin(database);
        await using var open = await ForeignWriter.Begin(database);
        await gone.Draw();
        var there = await Write("note-before-open");
        (await reader.Next(100)).ShouldBeEmpty(); // the gap's writer still holds

        await open.Draw();
        await gone.Rollback();

        (await reader.Next(100)).Select(e => e.Position).ShouldBe([there]);
        await open.Rollback();
    }

    [Fact]
    public async Task A_prepared_transaction_may_still_commit()
    {
        var reader = await ReaderAtTheEnd();
        await using var prepared = await ForeignWriter.Begin(database);
        var first = await prepared.Draw();
        var second = await Write("note-beside-prepared");
        (await reader.Next(100)).ShouldBeEmpty();
        await prepared.Insert(first, "note-prepared", 1);

        await prepared.Prepare("late");
        for (var i = 0; i < 5; i++) (await reader.Next(100)).ShouldBeEmpty();

        await Execute("commit prepared 'late'");
        (await reader.Next(100)).Select(e => e.Position).ShouldBe([first, second]);
    }

    [Fact]
    public async Task Under_writers_of_every_kind_each_event_is_seen_once_and_in_order()
    {
        const int Writers = 8;
        const int Each = 40;
        var start = (await ReaderAtTheEnd()).Position;
        var committed = new ConcurrentBag<long>();
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var done = false;
        var readers = Enumerable.Range(0, 3).Select(i => Task.Run(() => Collect(start, 3 + (i * 50), () => Volatile.Read(ref done), committed, stop.Token))).ToList();

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(w => Task.Run(async () =>
        {
            var random = new Random(w);
            for (var i = 0; i < Each; i++)
            {
                await using var writer = await ForeignWriter.Begin(database);
                var position = await writer.Draw();
                if (w == 0) await Task.Delay(random.Next(60), stop.Token); // holds its transaction open
                if (random.Next(4) == 0)
                {
                    await writer.Rollback();
                    continue;
                }

                await writer.Insert(position, $"note-many-{w}-{i}", 1);
                if (w == 1) await Task.Delay(random.Next(60), stop.Token);
                await writer.Commit();
                committed.Add(position);
            }
        })));
        Volatile.Write(ref done, true);

        var expected = committed.Order().ToList();
        foreach (var seen in await Task.WhenAll(readers)) seen.ShouldBe(expected);
    }

    [Fact]
    public async Task A_reader_learns_of_a_commit_by_another_host_without_polling()
    {
        await using var other = await HostFixture.Start(host.Database);
        var start = (await ReaderAtTheEnd()).Position;
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await using var events = host.Services.GetRequiredService<GlobalOrder>().Follow(start, 10, stop.Token).GetAsyncEnumerator(stop.Token);
        var next = events.MoveNextAsync();

        await other.Services.GetRequiredService<CommandRunner>().Run(
            Someone, new(), _ => Task.FromResult(Note.Open("far", new("远方", NoteKind.Call, Money.Zero))));

        (await next).ShouldBeTrue();
        events.Current.Single().Stream.Value.ShouldBe("note-far");
    }

    private static readonly Actor Someone = new(new("p1"), HostFixture.Demo, new("u1"), [Role.CioOffice]);

    private async Task<List<long>> Collect(long after, int limit, Func<bool> writersAreDone, ConcurrentBag<long> committed, CancellationToken stop)
    {
        var seen = new List<long>();
        var reader = order.From(after);
        while (!(writersAreDone() && seen.Count >= committed.Count))
        {
            stop.ThrowIfCancellationRequested();
            var events = await reader.Next(limit, stop);
            seen.AddRange(events.Select(e => e.Position));
            if (events.Count == 0) await Task.Delay(2, stop);
        }

        return seen;
    }

    private async Task<OrderReader> ReaderAtTheEnd()
    {
        var reader = order.From(0);
        while ((await reader.Next(1000)).Count > 0)
        {
        }

        return reader;
    }

    private async Task<long> Write(string stream)
    {
        await using var writer = await ForeignWriter.Begin(database);
        var position = await writer.Draw();
        await writer.Insert(position, stream, 1);
        await writer.Commit();
        return position;
    }

    private async Task Execute(string sql)
    {
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
