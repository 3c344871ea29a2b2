using System.Diagnostics;
using Approval.SignIn;
using Approval.Testing;

namespace Approval.Crashes;

/// <summary>Hosts and PostgreSQL are killed at random moments under load. <c>./crash</c> does it for as long as asked.</summary>
public sealed class CrashTests(ITestOutputHelper output)
{
    private const int Kills = 3, Persons = 8, Hosts = 2;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static TheoryData<int> Seeds => [.. Endurance.Seeds];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Whatever_is_killed_nothing_acknowledged_is_lost_and_nothing_is_done_twice(int seed)
    {
        var (random, clock) = (new Random(seed), Stopwatch.StartNew());
        await using var provider = await Provider.Start();
        await using var server = await DurablePostgres.Start();
        await using var town = await Town.Found(server.ConnectionString, provider.Address);
        await using var hosts = await Fleet.Start(Hosts, () => HostProcess.Start(server.ConnectionString, ("Authentication__Authority", provider.Address), ("Approval__RequestsPerSecond", "0")));
        using var load = new Load(provider, () => hosts.Addresses, seed);
        load.Give(await town.KeyProjects(30, random));
        await town.Forget(10);
        var persons = load.Run(Persons);
        var (hostsKilled, serversKilled) = (0, 0);

        for (var kill = 0; Endurance.CrashFor is { } time ? clock.Elapsed < time : kill < Kills; kill++)
        {
            var goal = load.Acknowledged + random.Next(20, 120);
            await Eventually.Holds(() => persons.IsCompleted || load.Acknowledged >= goal, "the load goes on", Patience);
            if (persons.IsCompleted) break;

            var (ofServer, ofHost, host) = (kill % 2 == 1, kill % 2 == 0 || random.Next(3) == 0, random.Next(Hosts));
            if (ofServer) await server.Kill();
            if (ofHost) await hosts.Kill(host);
            if (ofServer) server.StartAgain();
            if (ofHost) await hosts.Raise(host);
            (hostsKilled, serversKilled) = (hostsKilled + (ofHost ? 1 : 0), serversKilled + (ofServer ? 1 : 0));
            if (load.Waiting < 10) load.Give(await town.KeyProjects(30, random));
            await town.Forget(3);
        }

        if (!persons.IsCompleted) await hosts.Roll();
        await load.End();
        await persons;
        var lasted = clock.Elapsed;
        await using var aftermath = new Soundness(town.Host.Services, server.ConnectionString);
        await Eventually.Holds(aftermath.AllHasSettled, "views, seals and deadlines come to the end of the record", Patience);
        await hosts.Stop();

        var commands = load.All.ToList();
        await aftermath.CommandsAreThereOnce(commands);
        await aftermath.StreamsAreWhole();
        var moves = await aftermath.FundsAreNeverOverdrawn();
        await aftermath.DeadlinesFiredOnce(town.Forgotten);
        var tables = await aftermath.ViewsEqualTheirRebuild();
        await aftermath.TheRecordVerifies();

        var acknowledged = commands.Count(c => c.Acknowledged);
        acknowledged.ShouldBeGreaterThan(60);
        output.WriteLine(
            $"Seed {seed}, {lasted.TotalSeconds:0} s: {hostsKilled} hosts and {serversKilled} servers killed; {acknowledged:#,0} commands acknowledged, {commands.Count - acknowledged:#,0} refused, "
            + $"{commands.Count(c => c.Tries > 1):#,0} sent more than once; {await aftermath.Number("select count(*) from mt_events"):#,0} events, {moves:#,0} of them of funds; "
            + $"{2 * town.Forgotten.Count()} deadlines fired once; {tables} tables equal to their rebuild; the record verifies.");
    }
}
