using Approval.EventStore;
using Approval.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Approval.Benchmarks;

/// <summary>
/// One run: what every measurement works with. The product's services stand in this process without anything in their background; the host is a process of
/// its own, started when it is first asked for.
/// </summary>
sealed class Bench : IAsyncDisposable
{
    readonly WebApplication app;
    readonly string? json;
    readonly string[]? only;
    HostProcess? host;

    Bench(string[] args, string connection)
    {
        (Quick, Connection) = (args.Contains("--quick"), connection);
        (json, only) = (Value("--json"), Value("--only")?.Split(','));
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = ["--ConnectionStrings:Approval", connection, "--Approval:Demo", "true", "--urls", "http://127.0.0.1:0"] });
        builder.AddApproval();
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.MapApproval();
        Report = new();
        Lives = new(Owner, Services.GetRequiredService<EventTypes>(), Lives.Past);

        string? Value(string flag) => args.SkipWhile(a => a != flag).Skip(1).FirstOrDefault();
    }

    /// <summary>Prepares the database that <c>APPROVAL_BENCH_DB</c> names.</summary>
    public static async Task<Bench> Begin(string[] args)
    {
        var connection = Environment.GetEnvironmentVariable("APPROVAL_BENCH_DB") ?? throw new InvalidOperationException("Start this with ./bench: APPROVAL_BENCH_DB names no database.");
        var bench = new Bench(args, connection);
        await bench.app.PrepareDatabase();
        return bench;
    }

    /// <summary>Whether all is to be over within a minute.</summary>
    public bool Quick { get; }

    /// <summary>The database.</summary>
    public string Connection { get; }

    /// <summary>The table.</summary>
    public Report Report { get; }

    /// <summary>Writes pasts straight into the record.</summary>
    public Lives Lives { get; }

    /// <summary>The product's services in this process.</summary>
    public IServiceProvider Services => app.Services;

    /// <summary>Connections of the user that owns the schema.</summary>
    public NpgsqlDataSource Owner => Services.GetRequiredService<Databases>().Owner;

    /// <summary>How long a stretch lasts and how many there are of each kind.</summary>
    public (TimeSpan Stretch, int Rounds) Stretches => Quick ? (TimeSpan.FromSeconds(0.5), 3) : (TimeSpan.FromSeconds(2), 7);

    /// <summary>The host in a process of its own.</summary>
    public async Task<HostProcess> Host() => host ??= await HostProcess.Start(Connection);

    /// <summary>Brings the record to at least so many events. Gives how many there are.</summary>
    public async Task<long> Grow(int events)
    {
        var there = await Events();
        if (there < events) await Lives.Write(events - (int)there);
        return await Events();
    }

    /// <summary>Ends when the host has followed the record to its end: every view, and the seals; or with one view.</summary>
    public async Task Followed(string one = "%")
    {
        await Host();
        await Followed(Owner, one);
    }

    /// <summary>Ends when the hosts of a database have followed its record to its end.</summary>
    public static async Task Followed(NpgsqlDataSource owner, string one = "%")
    {
        await using var lag = owner.CreateCommand(
            "select coalesce((select max(seq_id) from public.mt_events), 0) - coalesce(min(last_seq_id), 0) from public.mt_event_progression where name like $1");
        lag.Parameters.Add(new() { Value = one });
        await Eventually.Holds(async () => (long)(await lag.ExecuteScalarAsync())! <= 0, "the hosts come to the end of the record", TimeSpan.FromMinutes(10));
    }

    /// <summary>How many events there are.</summary>
    public async Task<long> Events()
    {
        await using var count = Owner.CreateCommand("select count(*) from public.mt_events");
        return (long)(await count.ExecuteScalarAsync())!;
    }

    /// <summary>One part of the run, unless only others were asked for.</summary>
    public Task Part(string name, Func<Bench, Task> measure) => only is null || only.Contains(name) ? measure(this) : Task.CompletedTask;

    /// <summary>Writes the JSON, if it was asked for.</summary>
    public void End()
    {
        if (json is not null) Report.Write(json, Quick);
    }

    public async ValueTask DisposeAsync()
    {
        if (host is not null) await host.DisposeAsync();
        await app.DisposeAsync();
    }
}
