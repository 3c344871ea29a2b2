using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Approval.EventStore;

/// <summary>
/// Applies the numbered SQL files of <c>EventStore/Sql</c> in their order, each once, under a lock that lets only one host do it at a time.
/// A file that was applied must not change afterwards: the next step is a new file.
/// </summary>
public static class Migrator
{
    const long Lock = 0x4170_7072_6f76_616c; // "Approval"

    /// <summary>Brings the database to the schema of this release.</summary>
    /// <param name="owner">Connections of the user that owns the schema.</param>
    /// <param name="then">What else is done under the same lock, such as making the tables of views.</param>
    /// <exception cref="InvalidOperationException">An applied file has changed, or a newer release was here.</exception>
    public static async Task Run(NpgsqlDataSource owner, Func<Task>? then = null)
    {
        await using var connection = await owner.OpenConnectionAsync();
        await Execute(connection, $"select pg_advisory_lock({Lock})");
        try
        {
            var applied = await Applied(connection);
            var files = Files();
            foreach (var name in applied.Keys.Where(n => files.All(f => f.Name != n)))
                throw new InvalidOperationException($"The database was made by a newer release: it holds the step {name}, which this one does not know.");

            foreach (var (name, sql) in files) await Apply(connection, name, sql, applied);
            if (then is not null) await then();
        }
        finally
        {
            await Execute(connection, $"select pg_advisory_unlock({Lock})");
        }
    }

    static async Task Apply(NpgsqlConnection connection, string name, string sql, Dictionary<string, string> applied)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql)));
        if (applied.TryGetValue(name, out var before))
        {
            if (before != hash) throw new InvalidOperationException($"The step {name} was applied to the database in another form than this release holds.");
            return;
        }

        await using var transaction = await connection.BeginTransactionAsync();
        await Execute(connection, sql);
        await using var record = new NpgsqlCommand("insert into approval.migrations (name, hash) values ($1, $2)", connection);
        record.Parameters.Add(new() { Value = name });
        record.Parameters.Add(new() { Value = hash });
        await record.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
    }

    static async Task<Dictionary<string, string>> Applied(NpgsqlConnection connection)
    {
        var applied = new Dictionary<string, string>();
        await using var exists = new NpgsqlCommand("select to_regclass('approval.migrations') is not null", connection);
        if (await exists.ExecuteScalarAsync() is not true) return applied;

        await using var command = new NpgsqlCommand("select name, hash from approval.migrations", connection);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) applied.Add(reader.GetString(0), reader.GetString(1));
        return applied;
    }

    static List<(string Name, string Sql)> Files()
    {
        var assembly = typeof(Migrator).Assembly;
        return [.. assembly.GetManifestResourceNames().Where(n => n.EndsWith(".sql", StringComparison.Ordinal)).Order().Select(n =>
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(n)!);
            return (n, reader.ReadToEnd());
        })];
    }

    static async Task Execute(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
