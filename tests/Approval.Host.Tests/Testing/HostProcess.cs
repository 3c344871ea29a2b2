using System.Diagnostics;

namespace Approval.Testing;

/// <summary>The host as a process of its own, so that it can be killed.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private readonly Process process;

    private HostProcess(Process process, Uri address) => (this.process, Address) = (process, address);

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>Its process id.</summary>
    public int Id => process.Id;

    /// <summary>Its exit code, once it ended.</summary>
    public int ExitCode => process.ExitCode;

    /// <summary>Starts it and waits until it listens.</summary>
    public static Task<HostProcess> Start(TestDatabase database, params (string Name, string Value)[] environment) => Start(database.ConnectionString, environment);

    /// <summary>Starts it on a database and waits until it listens.</summary>
    public static async Task<HostProcess> Start(string connection, params (string Name, string Value)[] environment)
    {
        var start = Info(connection, "--urls", "http://127.0.0.1:0");
        start.Environment["Authentication__Authority"] = "https://provider.invalid";
        start.Environment["Authentication__Audience"] = "approval";
        foreach (var (name, value) in environment) start.Environment[name] = value;
        start.RedirectStandardOutput = true;
        var started = Process.Start(start)!;
        while (await started.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.Split("Now listening on: ") is not [_, var address]) continue;
            _ = Task.Run(async () => await started.StandardOutput.ReadToEndAsync());
            return new(started, new Uri(address.Trim()));
        }

        throw new InvalidOperationException("The host ended before it listened.");
    }

    /// <summary>Runs it to its end with other arguments; gives the exit code and what it printed.</summary>
    public static Task<(int ExitCode, string Output)> Run(TestDatabase database, params string[] arguments) => Run(database.ConnectionString, arguments);

    /// <summary>Runs it on a database to its end with other arguments; gives the exit code and what it printed.</summary>
    public static async Task<(int ExitCode, string Output)> Run(string connection, params string[] arguments)
    {
        var start = Info(connection, arguments);
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        using var started = Process.Start(start)!;
        var output = started.StandardOutput.ReadToEndAsync();
        var errors = started.StandardError.ReadToEndAsync();
        await started.WaitForExitAsync();
        return (started.ExitCode, await output + await errors);
    }

    /// <summary>kill -9.</summary>
    public async Task Kill()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>kill -TERM; ends when the process has.</summary>
    public async Task Terminate()
    {
        using (var kill = Process.Start("kill", ["-TERM", process.Id.ToString()])) await kill.WaitForExitAsync();
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) await Kill();
        process.Dispose();
    }

    private static ProcessStartInfo Info(string connection, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Approval.Host.dll"), .. arguments]) { UseShellExecute = false };
        start.Environment["ConnectionStrings__Approval"] = connection;
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        return start;
    }
}
