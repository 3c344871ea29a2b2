using System.Text.Json;
using Approval.Calendars;
using Approval.EventStore;
using Approval.EventStore.Subscriptions;
using Approval.Policies;
using Npgsql;

namespace Approval.Deadlines;

/// <summary>
/// Fires what is due, on every host: each row is taken by one host at a time, the command runs as the engine, and its event on the proposal's stream is
/// what makes it fire once. It reminds and escalates; it never decides.
/// </summary>
sealed partial class DeadlineWorker(Databases databases, CommandRunner runner, DeadlineSchedule schedule, TimeProvider clock, ILogger<DeadlineWorker> log) : BackgroundService
{
    const int AtOnce = 20;

    // A demo's clock may be set at any time, so the next due time is asked for rather than slept to.
    static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);
    static readonly TimeSpan AgainAfter = TimeSpan.FromMinutes(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Persistence.Run("Firing deadlines", Work, log, stoppingToken);

    async Task Work(CancellationToken stop)
    {
        await using var connection = await databases.Runners.OpenConnectionAsync(stop);
        while (true)
        {
            Telemetry.DeadlinesDue.Record((long)(await connection.Scalar("select count(*) from approval.deadlines where at <= $1", stop, clock.GetUtcNow()))!);
            if (await FireSome(connection, stop) == 0) await Task.Delay(Look, stop);
        }
    }

    async Task<int> FireSome(NpgsqlConnection connection, CancellationToken stop)
    {
        await using var transaction = await connection.BeginTransactionAsync(stop);
        var due = await Due(connection, stop);
        foreach (var deadline in due)
        {
            try
            {
                await Fire(deadline, stop);
                await schedule.Refresh(connection, deadline.Jurisdiction, deadline.Proposal.Stream, stop);
            }
            catch (Exception e) when (e is UnknownWireNameException or UnknownEventException or NotFoundException)
            {
                // This proposal cannot be judged now; the others can.
                NotJudged(log, deadline.Proposal.Value, e);
                await connection.Run(
                    "update approval.deadlines set at = $3 where jurisdiction = $1 and proposal = $2", stop, deadline.Jurisdiction.Value, deadline.Proposal.Stream.Value, clock.GetUtcNow() + AgainAfter);
            }
        }

        await transaction.CommitAsync(stop);
        return due.Count;
    }

    async Task<List<DueDeadline>> Due(NpgsqlConnection connection, CancellationToken stop)
    {
        await using var command = connection.Command(
            $"""
            with due as materialized (select * from approval.deadlines where at <= $1 order by at limit {AtOnce})
            select jurisdiction, proposal, kind, since, escalates from due where pg_try_advisory_xact_lock({DeadlineSchedule.LockOf("proposal")})
            """, clock.GetUtcNow());
        await using var reader = await command.ExecuteReaderAsync(stop);
        var due = new List<DueDeadline>();
        while (await reader.ReadAsync(stop))
        {
            var kind = Enum.GetValues<DeadlineKind>().Single(k => JsonNamingPolicy.KebabCaseLower.ConvertName(k.ToString()) == reader.GetString(2));
            due.Add(new(
                new(reader.GetString(0)), new(reader.GetString(1)["proposal-".Length..]), new(kind, reader.GetFieldValue<DateOnly>(3)), reader.GetBoolean(4)));
        }

        return due;
    }

    Task<CommandOutcome> Fire(DueDeadline deadline, CancellationToken stop)
    {
        var cause = $"deadline:{deadline.Key.Kind}:{deadline.Key.Since:yyyy-MM-dd}:{(deadline.Escalates ? "escalate" : "remind")}";
        return runner.Run(Actor.Engine(deadline.Jurisdiction), new(deadline.Proposal.Stream, Trace: new(Causation: cause), Cancel: stop), async s =>
        {
            var proposal = await s.Load(Proposal.Kind, deadline.Proposal.Stream);
            var calendar = await s.Find(WorkingCalendar.Kind, JurisdictionStreams.Calendar) ?? WorkingCalendar.WeekendsOnly;
            var book = await s.Find(PolicyBook.Kind, JurisdictionStreams.Policies);
            if (book?.Judging(proposal, calendar.DateOf(s.At)) is not { } policy) return Decision.Nothing;
            return deadline.Escalates
                ? EscalateDeadline.Decide(new(deadline.Key), proposal, policy, calendar, s.Occasion)
                : RemindDeadline.Decide(new(deadline.Key), proposal, policy, calendar, s.Occasion);
        });
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The deadlines of the proposal {Proposal} cannot be judged")]
    static partial void NotJudged(ILogger log, string proposal, Exception exception);
}
