using Npgsql;

namespace Approval.EventStore;

/// <summary>Forgets what was answered to commands under an <c>Idempotency-Key</c> after <see cref="Kept"/>: at start, and every hour. Any host may do it, several at once too.</summary>
/// <param name="database">Connections.</param>
/// <param name="clock">The clock.</param>
/// <param name="log">Is told when the database is away.</param>
public sealed partial class ForgottenKeys(NpgsqlDataSource database, TimeProvider clock, ILogger<ForgottenKeys> log) : BackgroundService
{
    /// <summary>How long an answer is remembered: 30 days.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>Forgets what is older.</summary>
    /// <returns>How many answers were forgotten.</returns>
    public async Task<int> Forget(CancellationToken cancel = default)
    {
        await using var command = database.CreateCommand("delete from approval.repeated_commands where recorded < $1");
        command.Parameters.Add(new() { Value = clock.GetUtcNow() - Kept });
        return await command.ExecuteNonQueryAsync(cancel);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var hourly = new PeriodicTimer(TimeSpan.FromHours(1));
        do
        {
            try
            {
                await Forget(stoppingToken);
            }
            catch (NpgsqlException e)
            {
                DatabaseAway(e.Message);
            }
        }
        while (await hourly.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(LogLevel.Warning, "Old answers to repeated commands were not forgotten this hour: {Reason}")]
    private partial void DatabaseAway(string reason);
}
