using System.Diagnostics;
using Approval;
using Approval.Benchmarks;
using Approval.EventStore;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

var quick = args.Contains("--quick");
var json = args.SkipWhile(a => a != "--json").Skip(1).FirstOrDefault();
var connection = Environment.GetEnvironmentVariable("APPROVAL_BENCH_DB") ?? throw new InvalidOperationException("Start this with ./bench: APPROVAL_BENCH_DB names no database.");

var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = ["--ConnectionStrings:Approval", connection, "--Approval:Demo", "true", "--urls", "http://127.0.0.1:0"] });
builder.AddApproval();
builder.Logging.ClearProviders();
await using var app = builder.Build();
app.MapApproval();
await app.PrepareDatabase();
var services = app.Services;
var owner = services.GetRequiredService<Databases>().Owner;
var report = new Report();

await using var floorSource = NpgsqlDataSource.Create(connection);
var floor = new Floor(floorSource);
await floor.Prepare();
var commands = new Commands(services.GetRequiredService<CommandRunner>());

var (stretch, rounds) = quick ? (TimeSpan.FromSeconds(0.8), 3) : (TimeSpan.FromSeconds(3), 7);
await Load.Run(2, TimeSpan.FromSeconds(1), commands.Worker);
foreach (var workers in new[] { 1, 8, 32 })
{
    // The two in turn, so that the machine's drift cancels.
    List<(Stretch Floor, Stretch Commands)> pairs = [];
    for (var round = 0; round < rounds; round++)
        pairs.Add((await Load.Run(workers, stretch, floor.Worker), await Load.Run(workers, stretch, commands.Worker)));
    double P99(Func<(Stretch Floor, Stretch Commands), Stretch> of) => Load.Percentile(pairs.SelectMany(p => of(p).Milliseconds), 0.99);
    report.Add(new($"floor, {workers} connections", Load.Median(pairs.Select(p => p.Floor.PerSecond)), "per s"));
    report.Add(new($"floor, {workers} connections, p99", P99(p => p.Floor), "ms"));
    report.Add(new($"commands, {workers} workers", Load.Median(pairs.Select(p => p.Commands.PerSecond)), "per s"));
    report.Add(new($"commands, {workers} workers, of the floor", Load.Median(pairs.Select(p => p.Commands.PerSecond / p.Floor.PerSecond)), "× floor", workers > 1 ? 0.40 : null));
    report.Add(new($"commands, {workers} workers, p99", P99(p => p.Commands) / P99(p => p.Floor), "× floor p99", workers > 1 ? 4 : null, AtMost: true));
}

var lives = new Lives(owner, services.GetRequiredService<EventTypes>());
var store = services.GetRequiredService<Store>();
await lives.Write(2_000 * 8, 8, 5_000_000);
await lives.Write(100 * 200, 200, 6_000_000);
report.Add(new("loading a stream of 8 events, p50", await LoadStream(i => Lives.Proposal(5_000_000 + (i % 1_000))), "ms", 0.15, AtMost: true));
report.Add(new("loading a stream of 200 events, p50", await LoadStream(i => Lives.Proposal(6_000_000 + (i % 100))), "ms"));

var events = await lives.Write(quick ? 60_000 : 500_000);
var all = await CountEvents();
var watch = Stopwatch.StartNew();
var views = services.GetRequiredService<Views>();
foreach (var view in views.All) await ViewRebuild.Run(owner, services.GetRequiredService<EventTypes>(), view);
report.Add(new($"rebuild of all {views.All.Count()} current views over {all:#,0} events", all / watch.Elapsed.TotalSeconds, "events/s", 150_000));

if (json is not null) report.Write(json, quick);

async Task<double> LoadStream(Func<int, ProposalId> stream)
{
    var taken = new List<double>();
    for (var i = 0; i < 3_000; i++)
    {
        var began = Stopwatch.GetTimestamp();
        await store.Load(Lives.Jurisdiction, stream(i).Stream);
        if (i >= 500) taken.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
    }

    return Load.Median(taken);
}

async Task<long> CountEvents()
{
    await using var count = owner.CreateCommand("select count(*) from public.mt_events");
    return (long)(await count.ExecuteScalarAsync())!;
}
