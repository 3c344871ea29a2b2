using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Approval.EventStore;

/// <summary>
/// Applies the numbered SQL files of <c>EventStore/Sql</c> in their order, each once, under a lock that lets only one host do it at a time.
/// A file that was applied must not change afterwards: the next step is a new file. Its content tells whether it was applied, its name
/// only when: a file that got another number is not applied again.
/// </summary>
public static class Migrator
{
    const long Lock = 0x4170_7072_6f76_616c; // "Approval"
    const int OldestMajor = 15;

    /// <summary>Brings the database to the schema of this release.</summary>
    /// <param name="owner">Connections of the user that owns the schema.</param>
    /// <param name="then">What else is done under the same lock, such as making the tables of views.</param>
    /// <exception cref="MisconfiguredException">The database is too old, an applied file has changed, or a newer release was here.</exception>
    public static async Task Run(NpgsqlDataSource owner, Func<Task>? then = null)
    {
        await using var connection = await owner.OpenConnectionAsync();
        if (connection.PostgreSqlVersion.Major < OldestMajor)
            throw new MisconfiguredException($"The database is PostgreSQL {connection.PostgreSqlVersion}: Approval needs {OldestMajor} or newer.");
        await Execute(connection, $"select pg_advisory_lock({Lock})");
        try
        {
            var files = Files();
            var applied = await Applied(connection);
            await Renumber(connection, files, applied);
            foreach (var name in applied.Keys.Where(n => files.All(f => f.Name != n)))
                throw new MisconfiguredException($"The database was made by a newer release: it holds the step {name}, which this one does not know.");

            foreach (var file in files) await Apply(connection, file, applied);
            if (then is not null) await then();
        }
        finally
        {
            await Execute(connection, $"select pg_advisory_unlock({Lock})");
        }
    }

    static async Task Renumber(NpgsqlConnection connection, List<Step> files, Dictionary<string, string> applied)
    {
        foreach (var (name, hash) in applied.Where(a => files.All(f => f.Name != a.Key)).ToList())
        {
            if (files.Find(f => f.Hash == hash && !applied.ContainsKey(f.Name)) is not { } file) continue;
            await using var rename = new NpgsqlCommand("update approval.migrations set name = $2 where name = $1", connection);
            rename.Parameters.Add(new() { Value = name });
            rename.Parameters.Add(new() { Value = file.Name });
            await rename.ExecuteNonQueryAsync();
            applied.Remove(name);
            applied.Add(file.Name, hash);
        }
    }

    static async Task Apply(NpgsqlConnection connection, Step file, Dictionary<string, string> applied)
    {
        if (applied.TryGetValue(file.Name, out var before))
        {
            if (before != file.Hash) throw new MisconfiguredException($"The step {file.Name} was applied to the database in another form than this release holds.");
            return;
        }

        await using var transaction = await connection.BeginTransactionAsync();
        await Execute(connection, file.Sql);
        await using var record = new NpgsqlCommand("insert into approval.migrations (name, hash) values ($1, $2)", connection);
        record.Parameters.Add(new() { Value = file.Name });
        record.Parameters.Add(new() { Value = file.Hash });
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

    static List<Step> Files()
    {
        var assembly = typeof(Migrator).Assembly;
        return [.. assembly.GetManifestResourceNames().Where(n => n.EndsWith(".sql", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(n =>
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(n)!);
            var sql = reader.ReadToEnd();
            return new Step(n, sql, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql))));
        })];
    }

    // Another host may be at work for as long as its views take.
    static async Task Execute(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync();
    }

    sealed record Step(string Name, string Sql, string Hash);
}
