using System.Diagnostics;
using Approval.Directory;
using Approval.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Approval.EventStore.Subscriptions;

/// <summary>What one host did, another takes over when it is killed.</summary>
public sealed class TakeoverTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task A_view_is_taken_over_within_five_seconds_of_a_kill()
    {
        await using var killed = await HostProcess.Start(database);
        await Eventually.Holds(async () => await Holder() == killed.Id, "the first host works on the view");
        await using var other = await HostFixture.Start(database);
        await Write(other, "a");
        await Eventually.Holds(async () => await Rows() == 1, "the first host applies");
        (await Holder()).ShouldBe(killed.Id);

        await killed.Kill();
        var clock = Stopwatch.StartNew();
        await Write(other, "b");
        await Eventually.Holds(async () => await Rows() == 2, "the other host applies", TimeSpan.FromSeconds(5));

        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5));
        (await Holder()).ShouldBe(Environment.ProcessId);
    }

    [Fact]
    public async Task The_command_line_builds_a_view_anew_and_shows_how_far_it_is()
    {
        await using (var host = await HostFixture.Start(database)) await Write(host, "c");
        await database.Run("delete from approval.history");

        var (exit, output) = await HostProcess.Run(database, "rebuild", "history");

        output.ShouldContain("history");
        output.ShouldContain("[########################################]");
        exit.ShouldBe(0, output);
        (await database.Number("select count(*) from approval.history")).ShouldBe(await database.Number("select count(*) from mt_events"));
        (await HostProcess.Run(database, "rebuild", "none")).ExitCode.ShouldBe(1);
    }

    private static Task<CommandOutcome> Write(HostFixture host, string unit) => host.Services.GetRequiredService<CommandRunner>()
        .Run(Actor.Engine(HostFixture.Demo), new(), _ => Task.FromResult(Decision.Of(new UnitId(unit).Stream, new UnitRegistered(new(unit), "单位"))));

    private Task<long> Rows() => database.Number("select count(*) from approval.history where stream in ('unit-a', 'unit-b')");

    private async Task<int?> Holder() => await database.Text("select host from approval.async_views where name = 'history'") is { } host ? int.Parse(host.Split('/')[1]) : null;
}
