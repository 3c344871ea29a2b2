using System.Collections.Concurrent;
using Approval.EventStore;
using Approval.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Approval.Funds;

/// <summary>Many reservations against one fund from three hosts at once; <c>./crash</c> makes it ten thousand.</summary>
public sealed class ContendedReservationsTests(HostFixture host, ITestOutputHelper output) : IClassFixture<HostFixture>
{
    private const int PersonsPerHost = 4;

    private static readonly FundId Id = new("contended");

    [Fact]
    public async Task Three_hosts_never_hold_more_than_the_ceiling_and_refuse_only_what_does_not_fit()
    {
        await using var second = await HostFixture.Start(host.Database);
        await using var third = await HostFixture.Start(host.Database);
        var by = Actor.Engine(HostFixture.Demo);
        await host.Services.GetRequiredService<CommandRunner>().Run(by, new(), _ => Task.FromResult(Decision.Of(Id.Stream, new FundOpened(Id, "信息化专项资金", 2026, new(1_000_000m)))));
        var (asked, newest) = (0, 1L);
        var (reserved, refused) = (new ConcurrentBag<string>(), new ConcurrentBag<(long NotBefore, long Version, Money Needed, Money Free)>());
        var clock = System.Diagnostics.Stopwatch.StartNew();

        await Task.WhenAll(new[] { host, second, third }.SelectMany((h, at) => Enumerable.Range(0, PersonsPerHost).Select(n => Task.Run(() => Work(h, (10 * at) + n)))));

        var (fund, free) = (default(Fund), new List<Money> { Money.Zero });
        foreach (var recorded in await host.Services.GetRequiredService<Store>().Load(HostFixture.Demo, Id.Stream))
        {
            fund = Fund.Evolve(fund, recorded.Event);
            fund.Held.ShouldBeLessThanOrEqualTo(fund.Ceiling, $"at version {free.Count}");
            free.Add(fund.Free);
        }

        fund!.Reservations.Keys.Select(r => r.Value).Order().ShouldBe(reserved.Order());
        foreach (var no in refused)
        {
            // The refusal was judged on a state at least as new as what had been acknowledged before it was asked for, and on that state it is right.
            no.Version.ShouldBeGreaterThanOrEqualTo(no.NotBefore);
            no.Free.ShouldBe(free[(int)no.Version]);
            no.Needed.ShouldBeGreaterThan(no.Free);
        }

        (reserved.Count + refused.Count).ShouldBe(Endurance.Reservations);
        refused.Count.ShouldBeGreaterThan(Endurance.Reservations / 10);
        output.WriteLine($"{Endurance.Reservations:#,0} reservations asked for in {clock.Elapsed.TotalSeconds:0.0} s: {reserved.Count:#,0} made, {refused.Count:#,0} refused, each rightly; {free.Count - 1:#,0} events of the fund.");

        async Task Work(HostFixture at, int n)
        {
            var (runner, random, mine) = (at.Services.GetRequiredService<CommandRunner>(), new Random(n), new List<ReservationId>());
            while (Interlocked.Increment(ref asked) is var number && number <= Endurance.Reservations)
            {
                if (mine.Count > 0 && random.Next(5) < 2)
                {
                    var given = mine[random.Next(mine.Count)];
                    mine.Remove(given);
                    (await Run(f => FundRules.Release(f, given, "撤回"))).Outcome.ShouldBeOfType<CommandOutcome.Done>();
                }

                var (id, yuan, before) = (new ReservationId($"r{number}"), new Money(random.Next(1, 60_000)), Interlocked.Read(ref newest));
                var (outcome, seen) = await Run(f => FundRules.Reserve(f, id, new($"p{number}"), Track.General, yuan));
                if (outcome is CommandOutcome.Refused { Refusals: [{ Code: "fund-exhausted" } no] })
                {
                    refused.Add((before, seen, (Money)no.Data[0], (Money)no.Data[1]));
                    continue;
                }

                outcome.ShouldBeOfType<CommandOutcome.Done>();
                reserved.Add(id.Value);
                mine.Add(id);
            }

            async Task<(CommandOutcome Outcome, long Seen)> Run(Func<Fund, Decision> decide)
            {
                var seen = 0L;
                var outcome = await runner.Run(by, new(), async s =>
                {
                    var state = await s.Load(Fund.Kind, Id.Stream);
                    seen = s.Version(Id.Stream);
                    return decide(state);
                });
                if (outcome is CommandOutcome.Done done) Rise(done.Session.Version(Id.Stream));
                return (outcome, seen);
            }
        }

        void Rise(long version)
        {
            for (var known = Interlocked.Read(ref newest); known < version; known = Interlocked.Read(ref newest)) Interlocked.CompareExchange(ref newest, version, known);
        }
    }
}
