using System.Collections.Concurrent;
using Npgsql;

namespace Approval.Benchmarks;

/// <summary>What the database can do at best: one prepared insert of one row of 400 bytes per transaction, with its default durability.</summary>
sealed class Floor(NpgsqlDataSource database) : IAsyncDisposable
{
    readonly byte[] row = new byte[400];
    readonly ConcurrentDictionary<int, NpgsqlCommand> prepared = new();

    public static async Task<Floor> Of(Bench bench)
    {
        var database = NpgsqlDataSource.Create(bench.Connection);
        var floor = new Floor(database);
        Random.Shared.NextBytes(floor.row);
        await using var create = database.CreateCommand("create table if not exists floor (id bigint generated always as identity primary key, data bytea not null)");
        await create.ExecuteNonQueryAsync();
        return floor;
    }

    public Func<Task> Worker(int number)
    {
        return async () =>
        {
            if (!prepared.TryGetValue(number, out var command))
            {
                command = new NpgsqlCommand("insert into floor (data) values ($1)", await database.OpenConnectionAsync()) { Parameters = { new() { Value = row } } };
                await command.PrepareAsync();
                prepared[number] = command;
            }

            await command.ExecuteNonQueryAsync();
        };
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var command in prepared.Values)
        {
            await command.Connection!.DisposeAsync();
            await command.DisposeAsync();
        }

        await database.DisposeAsync();
    }
}
