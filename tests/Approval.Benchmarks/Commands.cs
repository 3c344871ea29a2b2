using Approval.EventStore;
using Approval.Intake;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Approval.Benchmarks;

/// <summary>The product's commands in process: load, decide, append with the expected version, update the current views, commit. A stream is begun with three events and goes on with five commands of one event each.</summary>
sealed class Commands(CommandRunner runner)
{
    public static readonly int[] Workers = [1, 8, 32];

    static readonly Actor Officer = new(new("bench-officer"), new("bench"), new("bench-unit"), [Role.UnitOfficer]);

    public static async Task Measure(Bench bench)
    {
        await using var floor = await Floor.Of(bench);
        var commands = new Commands(bench.Services.GetRequiredService<CommandRunner>());
        await Load.Run(2, TimeSpan.FromSeconds(2), commands.Worker);
        foreach (var workers in Workers)
        {
            var pairs = await Load.InTurn(bench, workers, floor.Worker, commands.Worker);
            double? Reach(double reach) => workers > 1 ? reach : null;
            bench.Report.Add(new($"floor, {workers} connections", pairs.First, "per s"));
            bench.Report.Add(new($"floor, {workers} connections, p99", pairs.FirstP99, "ms"));
            bench.Report.Add(new($"commands, {workers} workers", pairs.Second, "per s"));
            bench.Report.Add(new($"commands, {workers} workers, of the floor", pairs.Ratio, "× floor", Reach(0.40)));
            bench.Report.Add(new($"commands, {workers} workers, p99", pairs.SecondP99 / pairs.FirstP99, "× floor p99", Reach(4), AtMost: true));
        }

        bench.Services.GetRequiredService<NpgsqlDataSource>().Clear(); // leaves its connections to the host
    }

    /// <summary>About 400 bytes as an event.</summary>
    public static ProposalContent Content(int n) => new()
    {
        Title = "人口基础信息库", Objective = $"汇聚多部门人口信息，形成全市基础库（第{n}稿）", Justification = "现有各库口径不一，难以共享。", Total = new Money(7_600_000m),
    };

    public Func<Task> Worker(int number)
    {
        var (id, step) = (default(ProposalId), 0);
        return async () =>
        {
            if (step == 0) id = new(Guid.CreateVersion7().ToString("N"));
            var (proposal, now) = (id, step);
            var outcome = await runner.Run(Officer, new CommandOptions(proposal.Stream), async session =>
            {
                if (now == 0)
                {
                    return Decision.Of(proposal.Stream,
                        new ProposalDrafted(proposal, Officer.Unit, Content(1)),
                        new ProposalRevised(2, Content(2), [ContentPart.Objective]),
                        new ProposalRevised(3, Content(3), [ContentPart.Objective]));
                }

                return ReviseProposal.Decide(new(Content(now + 3)), await session.Load(Proposal.Kind, proposal.Stream), Nothing, session.Occasion);
            });
            if (outcome is not CommandOutcome.Done) throw new InvalidOperationException($"A command of the benchmark was not done: {outcome}");
            step = (step + 1) % 6;
        };
    }

    static readonly IReadOnlySet<string> Nothing = new HashSet<string>();
}
