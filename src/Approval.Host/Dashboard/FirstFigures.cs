using Approval.Directory;
using Approval.EventStore.Subscriptions;

namespace Approval.Dashboard;

/// <summary>
/// Asks for every jurisdiction's figures once, a little after the start: so it is not a person who waits while all proposals are read for the first time.
/// Being ready does not wait for it.
/// </summary>
sealed class FirstFigures(DashboardQueries figures, Jurisdictions jurisdictions, EventLog events, ILogger<FirstFigures> log) : BackgroundService
{
    static readonly TimeSpan Later = TimeSpan.FromSeconds(2); // what a start needs goes first

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Persistence.Run("Reading the first figures", Work, log, stoppingToken);

    async Task Work(CancellationToken stop)
    {
        await events.Begun(stop);
        await Task.Delay(Later, stop);
        foreach (var jurisdiction in await jurisdictions.All(stop)) await figures.Of(jurisdiction.Code, null, stop);
        await Task.Delay(Timeout.Infinite, stop);
    }
}
