using Approval.Testing;

namespace Approval.Crashes;

/// <summary>Several hosts on one database, each a process, which fall and rise again.</summary>
internal sealed class Fleet : IAsyncDisposable
{
    private readonly Func<Task<HostProcess>> start;
    private readonly HostProcess[] hosts;

    private Fleet(Func<Task<HostProcess>> start, HostProcess[] hosts) => (this.start, this.hosts) = (start, hosts);

    /// <summary>Where they listen, whether they stand or not.</summary>
    public IReadOnlyList<Uri> Addresses => [.. hosts.Select(h => h.Address)];

    public static async Task<Fleet> Start(int count, Func<Task<HostProcess>> start)
    {
        var started = new HostProcess[count];
        for (var i = 0; i < count; i++) started[i] = await start();
        return new(start, started);
    }

    /// <summary>kill -9.</summary>
    public Task Kill(int host) => hosts[host].Kill();

    /// <summary>Starts another in the place of one killed.</summary>
    public async Task Raise(int host)
    {
        await hosts[host].DisposeAsync();
        hosts[host] = await start();
    }

    /// <summary>Restarts one after the other, as for a new release.</summary>
    public async Task Roll()
    {
        for (var i = 0; i < hosts.Length; i++)
        {
            await hosts[i].Terminate();
            await Raise(i);
        }
    }

    /// <summary>Ends all as an operator would.</summary>
    public Task Stop() => Task.WhenAll(hosts.Select(h => h.Terminate()));

    public async ValueTask DisposeAsync()
    {
        foreach (var host in hosts) await host.DisposeAsync();
    }
}
