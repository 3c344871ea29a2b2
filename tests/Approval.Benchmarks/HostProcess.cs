using System.Diagnostics;
using System.Net;

namespace Approval.Benchmarks;

/// <summary>The host as it is deployed, a process of its own, on the loopback with the demo's issuer.</summary>
sealed class HostProcess : IAsyncDisposable
{
    static readonly string Program = Path.GetFullPath("artifacts/host/Approval.Host.dll");

    readonly Process process;

    HostProcess(Process process, Uri address) => (this.process, Address) = (process, address);

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>The memory that it holds, in megabytes.</summary>
    public double Megabytes
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64 / 1e6;
        }
    }

    /// <summary>Starts it; ends when it is ready.</summary>
    public static async Task<HostProcess> Start(string connection)
    {
        var started = Launch(connection);
        while (await started.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.Split("Now listening on: ") is not [_, var address]) continue;
            var host = new HostProcess(started, new Uri(address.Trim()));
            _ = Task.Run(started.StandardOutput.ReadToEndAsync);
            using var client = new HttpClient { BaseAddress = host.Address };
            while (true)
            {
                using var ready = await client.GetAsync(new Uri("/health/ready", UriKind.Relative));
                if (ready.StatusCode == HttpStatusCode.OK) return host;
            }
        }

        throw new InvalidOperationException("The host ended before it listened.");
    }

    /// <summary>Runs one of its commands to the end. Gives what it printed and the most memory that it held, in megabytes.</summary>
    public static async Task<(string Output, double Megabytes)> Run(string connection, params string[] command)
    {
        using var running = Launch(connection, command);
        var output = running.StandardOutput.ReadToEndAsync();
        double peak = 0;
        while (!running.HasExited)
        {
            running.Refresh();
            peak = Math.Max(peak, running.PeakWorkingSet64 / 1e6);
            await Task.WhenAny(running.WaitForExitAsync(), Task.Delay(100));
        }

        return running.ExitCode == 0 ? (await output, peak) : throw new InvalidOperationException($"{string.Join(' ', command)} ended with {running.ExitCode}: {await output}");
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    static Process Launch(string connection, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. arguments]) { RedirectStandardOutput = true, UseShellExecute = false, WorkingDirectory = Path.GetFullPath("src/Approval.Host") };
        start.Environment["ConnectionStrings__Approval"] = connection;
        start.Environment["Approval__Demo"] = "true";
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        return Process.Start(start)!;
    }
}
