using Approval.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Approval.EventStore.Subscriptions;

/// <summary>The record as everybody in a process follows it, while writers of all manners work.</summary>
public sealed class EventLogTests(HostFixture host) : IClassFixture<HostFixture>
{
    [Theory]
    [InlineData(1)]
    [InlineData(20260301)]
    public async Task Under_writers_that_dawdle_and_roll_back_every_follower_sees_each_event_once_and_in_order(int seed)
    {
        var log = host.Services.GetRequiredService<EventLog>();
        var runner = host.Services.GetRequiredService<CommandRunner>();
        await Eventually.Holds(() => log.Settled >= 0, "the log runs");
        var start = await host.Database.Number("select coalesce(max(seq_id), 0) from mt_events");
        using var end = new CancellationTokenSource();
        var followers = Enumerable.Range(0, 3).Select(n => Follow(log, start, 50 * (n + 1), end.Token)).ToList();

        var busy = 4; // those of ours, who never wait for others
        var writers = Enumerable.Range(0, 8).Select(n => n % 2 == 0 ? Foreign(seed + n) : Ours(seed, n)).ToList();
        await Task.WhenAll(writers);

        var committed = await host.Database.Numbers($"select seq_id from mt_events where seq_id > {start} order by seq_id");
        await Eventually.Holds(() => log.Settled >= committed[^1], "all is settled");
        await Eventually.Holds(() => followers.All(f => f.Seen.Count >= committed.Length), "all is seen");
        await end.CancelAsync();
        foreach (var follower in followers) follower.Seen.ToArray().ShouldBe(committed);

        async Task Ours(int by, int n)
        {
            for (var i = 0; i < 25; i++)
                await runner.Run(Actor.Engine(HostFixture.Demo), new(), _ => Task.FromResult(Note.Open($"log{by}x{n}x{i}", new("随机", NoteKind.Call, new Money(1)))));
            Interlocked.Decrement(ref busy);
        }

        async Task Foreign(int by)
        {
            var random = new Random(by);
            for (var i = 0; i < 25; i++)
            {
                await using var writer = await ForeignWriter.Begin(host.Database.DataSource);
                var number = await writer.Draw();
                if (random.Next(2) == 0) await writer.Draw();
                for (var spins = random.Next(20); spins > 0; spins--) await Task.Yield();
                if (random.Next(3) > 0) await writer.Insert(number);
                var wait = log.Settled;
                if (random.Next(4) == 0) await Eventually.Holds(async () => Volatile.Read(ref busy) == 0 || await host.Database.Number("select max(seq_id) from mt_events") > wait, "somebody else commits");
                if (random.Next(3) == 0) await writer.Rollback();
                else await writer.Commit();
            }
        }
    }

    [Fact]
    public async Task What_this_host_commits_is_there_without_waiting_for_the_next_look()
    {
        var log = host.Services.GetRequiredService<EventLog>();
        var runner = host.Services.GetRequiredService<CommandRunner>();
        var delays = new List<double>();
        for (var i = 0; i < 100; i++)
        {
            var before = log.Settled;
            await runner.Run(Actor.Engine(HostFixture.Demo), new(), _ => Task.FromResult(Note.Open($"fast{i}", new("快", NoteKind.Call, new Money(1)))));
            var clock = System.Diagnostics.Stopwatch.StartNew();
            await log.Wait(before, TimeSpan.FromSeconds(5), default);
            delays.Add(clock.Elapsed.TotalMilliseconds);
        }

        delays.Order().ElementAt(50).ShouldBeLessThan(100); // who only looks, waits 250 ms
    }

    [Fact]
    public async Task What_another_host_commits_is_told_by_it()
    {
        await using var other = await HostFixture.Start(host.Database);
        var log = host.Services.GetRequiredService<EventLog>();
        var told = host.Services.GetRequiredService<Wakeup>();
        // To begin to listen wakes once by itself; the second time it can only be a notice.
        for (var times = 0; times < 2; times++)
        {
            var next = told.Next;
            await Eventually.Holds(
                async () =>
                {
                    await other.Services.GetRequiredService<CommandRunner>().Run(
                        Actor.Engine(HostFixture.Demo), new(), _ => Task.FromResult(Note.Open($"far{Guid.CreateVersion7():n}", new("远方", NoteKind.Call, new Money(1)))));
                    return next.IsCompleted;
                },
                "the other host's notice comes");
        }

        await Eventually.Holds(async () => log.Settled >= await host.Database.Number("select max(seq_id) from mt_events"), "it is settled here");
    }

    [Fact]
    public async Task A_program_that_notifies_nobody_is_noticed_by_looking()
    {
        var log = host.Services.GetRequiredService<EventLog>();
        await using var writer = await ForeignWriter.Begin(host.Database.DataSource);
        var number = await writer.Insert();
        await writer.Commit();

        await Eventually.Holds(() => log.Settled >= number, "it is settled");
    }

    private static (List<long> Seen, Task Running) Follow(EventLog log, long from, int limit, CancellationToken stop)
    {
        var seen = new List<long>();
        return (seen, Task.Run(async () =>
        {
            var position = from;
            while (!stop.IsCancellationRequested)
            {
                var slice = await log.Read(position, limit, stop);
                position = slice.UpTo;
                lock (seen) seen.AddRange(slice.Events.Select(e => e.Position));
                if (slice.Events.Count == 0) await log.Wait(position, TimeSpan.FromSeconds(1), stop);
            }
        }, stop));
    }
}
