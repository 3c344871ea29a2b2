using Npgsql;

namespace Approval.EventStore.Subscriptions;

/// <summary>
/// The right to be the only one in all hosts who does something: a lock that belongs to a database session. It ends with the session, so
/// with the process; and whatever is written through <see cref="Connection"/> is written by the holder or not at all.
/// </summary>
sealed class Lease : IAsyncDisposable
{
    static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    Lease(NpgsqlConnection connection) => Connection = connection;

    /// <summary>The session that holds the right.</summary>
    public NpgsqlConnection Connection { get; }

    /// <summary>Waits until the right is free and takes it.</summary>
    public static async Task<Lease> Take(Databases databases, string name, CancellationToken cancel)
    {
        var connection = await databases.Runners.OpenConnectionAsync(cancel);
        try
        {
            // Asked again and again: a query that waits would hold back the removal of old row versions.
            await using var command = new NpgsqlCommand("select pg_try_advisory_lock(hashtextextended($1, 42))", connection);
            command.Parameters.Add(new() { Value = name });
            while (await command.ExecuteScalarAsync(cancel) is not true) await Task.Delay(Retry, cancel);
            return new(connection);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => Connection.DisposeAsync();
}
