using System.Diagnostics;

namespace Approval.Testing;

/// <summary>
/// The PostgreSQL of this test process: the one that APPROVAL_TEST_DB names (a superuser's connection string), or else a throw-away
/// one from <c>eng/postgres</c> that ends with the process. Without either every test that needs it fails; none is skipped.
/// </summary>
public static class PostgresServer
{
    private static readonly Lazy<string> Started = new(Start);

    /// <summary>A superuser's connection string to the database <c>postgres</c>.</summary>
    public static string ConnectionString => Environment.GetEnvironmentVariable("APPROVAL_TEST_DB") is { Length: > 0 } given ? given : Started.Value;

    private static string Start()
    {
        var directory = System.IO.Directory.CreateTempSubdirectory("approval-test-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Run("stop", directory);
        return Run("start", directory, "--test");
    }

    /// <summary>Runs <c>eng/postgres</c>; gives what it printed.</summary>
    internal static string Run(params string[] arguments)
    {
        var start = new ProcessStartInfo(Script(), arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output.Trim() : throw new InvalidOperationException(errors.Trim());
    }

    private static string Script()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var script = Path.Combine(folder.FullName, "eng", "postgres");
            if (File.Exists(script)) return script;
        }

        throw new InvalidOperationException("eng/postgres is not above the folder of the tests; set APPROVAL_TEST_DB.");
    }
}
