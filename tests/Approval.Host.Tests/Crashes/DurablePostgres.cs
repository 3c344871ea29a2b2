using System.Diagnostics;
using Approval.Testing;
using Npgsql;

namespace Approval.Crashes;

/// <summary>A PostgreSQL of one test alone, which waits for the disk as in production, and can be killed.</summary>
internal sealed class DurablePostgres : IAsyncDisposable
{
    private readonly string home;
    private readonly string files;

    private DurablePostgres(string home, string files, string connection) => (this.home, this.files, ConnectionString) = (home, files, connection);

    /// <summary>Its empty database <c>approval</c>, as the superuser.</summary>
    public string ConnectionString { get; }

    /// <summary>Makes and starts it.</summary>
    public static async Task<DurablePostgres> Start()
    {
        var made = System.IO.Directory.CreateTempSubdirectory("approval-crash-").FullName;
        var server = new NpgsqlConnectionStringBuilder(PostgresServer.Run("start", made, "--test")) { Pooling = false };
        await using var source = NpgsqlDataSource.Create(server);
        foreach (var sql in new[]
        {
            "alter system set fsync = on", "alter system set full_page_writes = on", "alter system set synchronous_commit = on", "select pg_reload_conf()", "create database approval template template0",
        })
        {
            await using var command = source.CreateCommand(sql);
            await command.ExecuteNonQueryAsync();
        }

        await using var where = source.CreateCommand("show data_directory");
        var connection = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = "approval", Pooling = true, MaxPoolSize = 20 };
        return new(made, (string)(await where.ExecuteScalarAsync())!, connection.ConnectionString);
    }

    /// <summary>kill -9 of all its processes at one moment: the postmaster is held still, so that none of them outlives the others to finish something.</summary>
    public async Task Kill()
    {
        var postmaster = int.Parse((await File.ReadAllLinesAsync(Path.Combine(files, "postmaster.pid")))[0]);
        using (var stop = Process.Start("kill", ["-STOP", postmaster.ToString()])) await stop.WaitForExitAsync();
        int[] all = [postmaster, .. ChildrenOf(postmaster)];
        foreach (var id in all)
        {
            try
            {
                using var process = Process.GetProcessById(id);
                process.Kill();
            }
            catch (Exception e) when (e is ArgumentException or InvalidOperationException)
            {
                // It ended by itself in between.
            }
        }

        await Eventually.Holds(() => !all.Any(id => System.IO.Directory.Exists($"/proc/{id}")), "all processes of the server are gone");
    }

    /// <summary>Starts it again, on the same port.</summary>
    public void StartAgain() => PostgresServer.Run("start", home, "--test");

    public ValueTask DisposeAsync()
    {
        PostgresServer.Run("stop", home);
        return ValueTask.CompletedTask;
    }

    private static IEnumerable<int> ChildrenOf(int parent)
    {
        foreach (var folder in System.IO.Directory.GetDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), out var id)) continue;
            string status;
            try
            {
                status = File.ReadAllText($"{folder}/stat");
            }
            catch (IOException)
            {
                continue;
            }

            // The name of the program stands in parentheses and may hold anything; the parent is the second field after it.
            if (int.Parse(status[(status.LastIndexOf(')') + 2)..].Split(' ')[1]) == parent) yield return id;
        }
    }
}
