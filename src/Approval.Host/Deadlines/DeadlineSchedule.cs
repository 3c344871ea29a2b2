using System.Text.Json;
using Approval.Calendars;
using Approval.EventStore;
using Approval.EventStore.Subscriptions;
using Approval.Policies;
using Npgsql;

namespace Approval.Deadlines;

/// <summary>A reminder or an escalation that is to be fired.</summary>
/// <param name="Jurisdiction">The jurisdiction.</param>
/// <param name="Proposal">The proposal.</param>
/// <param name="Key">Which of its deadlines.</param>
/// <param name="Escalates">An escalation rather than a reminder.</param>
public sealed record DueDeadline(JurisdictionId Jurisdiction, ProposalId Proposal, DeadlineKey Key, bool Escalates);

/// <summary>
/// Keeps the schedule of deadlines: after each event of a proposal, and of all proposals after the calendar or the policies changed. The schedule only says when to look;
/// whether a deadline fires is decided on the proposal itself, so a late or doubled row does no harm.
/// </summary>
sealed class DeadlineSchedule(Store store, CommandRunner runner, TimeProvider clock) : FollowUp("deadlines_scheduled", 2)
{
    const int AtOnce = 500;

    /// <summary>Stands for the version of a proposal whose newest one only the database can tell.</summary>
    const long Unknown = long.MaxValue;

    /// <summary>Deadlines are days away, and a proposal is looked at once for all that has happened to it.</summary>
    protected internal override TimeSpan Gather => TimeSpan.FromMilliseconds(250);

    public override async Task Apply(NpgsqlConnection connection, IReadOnlyList<StoredEvent> events, CancellationToken cancel)
    {
        var proposals = new Dictionary<(JurisdictionId Jurisdiction, StreamId Stream), long>();
        foreach (var group in events.GroupBy(e => (e.Jurisdiction, e.Stream)))
        {
            if (group.Key.Stream.Kind == Proposal.Kind.Name) proposals.TryAdd(group.Key, group.Max(e => e.Version));
            else if (group.Key.Stream == JurisdictionStreams.Calendar || group.Key.Stream == JurisdictionStreams.Policies)
            {
                foreach (var stream in await store.Streams(group.Key.Jurisdiction, Proposal.Kind.Name, cancel)) proposals[(group.Key.Jurisdiction, stream)] = Unknown;
            }
        }

        foreach (var group in proposals.GroupBy(p => p.Key.Jurisdiction, p => (p.Key.Stream, p.Value)))
        {
            foreach (var some in group.Chunk(AtOnce)) await Refresh(connection, group.Key, some, cancel);
        }
    }

    /// <summary>All proposals as they stand, whatever calendars and policies there were before.</summary>
    protected internal override async Task<bool> FromStreams(NpgsqlConnection connection, Func<long, Task> passed, CancellationToken cancel)
    {
        var events = 0L;
        await store.FoldAll(
            Kind.Of(Proposal.Kind),
            async (snapshots, read) =>
            {
                await using var transaction = await connection.BeginTransactionAsync(cancel);
                foreach (var one in snapshots.GroupBy(s => s.Info.Jurisdiction))
                {
                    await Lock(connection, [.. one.Select(s => s.Info.Stream.Value)], cancel);
                    await Refresh(connection, one.Key, [.. one], cancel);
                }

                await passed(events += read);
                await transaction.CommitAsync(cancel);
            },
            cancel);
        return true;
    }

    /// <summary>The SQL of the two numbers that lock a proposal's rows: who writes them holds it, and who fires them takes it only if it is free.</summary>
    public static string LockOf(string proposal) => $"7451, abs(hashtext({proposal}) % 64)";

    /// <summary>Writes what is to be fired for a proposal as things stand; nothing where that is written already.</summary>
    public Task Refresh(NpgsqlConnection connection, JurisdictionId jurisdiction, StreamId stream, CancellationToken cancel) =>
        Refresh(connection, jurisdiction, [(stream, Unknown)], cancel);

    async Task Refresh(NpgsqlConnection connection, JurisdictionId jurisdiction, IReadOnlyCollection<(StreamId Stream, long Version)> streams, CancellationToken cancel)
    {
        await Lock(connection, [.. streams.Select(s => s.Stream.Value)], cancel);
        await Refresh(connection, jurisdiction, await States(jurisdiction, streams, cancel), cancel);
    }

    static Task<int> Lock(NpgsqlConnection connection, string[] proposals, CancellationToken cancel) => connection.Run(
        $"select pg_advisory_xact_lock({LockOf("stream")}) from (select min(s) as stream from unnest($1) s group by abs(hashtext(s) % 64) order by abs(hashtext(min(s)) % 64)) one_each",
        cancel, (object)proposals);

    /// <summary>Writes what is to be fired for some proposals, whose locks are held.</summary>
    async Task Refresh(NpgsqlConnection connection, JurisdictionId jurisdiction, IReadOnlyList<Snapshot> proposals, CancellationToken cancel)
    {
        var calendar = await State(WorkingCalendar.Kind, jurisdiction, JurisdictionStreams.Calendar, cancel) ?? WorkingCalendar.WeekendsOnly;
        var book = await State(PolicyBook.Kind, jurisdiction, JurisdictionStreams.Policies, cancel);
        var today = calendar.DateOf(clock.GetUtcNow());
        var wanted = new HashSet<Row>();
        foreach (var snapshot in proposals)
        {
            if (snapshot.State is not Proposal proposal || book?.Judging(proposal, today) is not { } policy) continue;
            foreach (var deadline in Deadline.Of(proposal, policy, calendar))
            {
                if (!proposal.Deadlines.Reminded.Contains(deadline.Key)) wanted.Add(Row.Of(snapshot, deadline, escalates: false, deadline.Remind, calendar));
                if (!proposal.Deadlines.Escalated.Contains(deadline.Key)) wanted.Add(Row.Of(snapshot, deadline, escalates: true, deadline.Due.AddDays(1), calendar));
            }
        }

        var there = await Rows(connection, jurisdiction, [.. proposals.Select(p => p.Info.Stream.Value)], cancel);
        if (there.SetEquals(wanted)) return;
        var stale = there.Except(wanted).Select(r => r.Proposal).ToHashSet();
        stale.UnionWith(wanted.Except(there).Select(r => r.Proposal));
        await connection.Run("delete from approval.deadlines where jurisdiction = $1 and proposal = any($2)", cancel, jurisdiction.Value, stale.ToArray());
        await Insert(connection, jurisdiction, [.. wanted.Where(r => stale.Contains(r.Proposal))], cancel);
    }

    /// <summary>The states at these versions or later: as the host remembers them from its own commands, or else as the record has them.</summary>
    async Task<IReadOnlyList<Snapshot>> States(JurisdictionId jurisdiction, IReadOnlyCollection<(StreamId Stream, long Version)> streams, CancellationToken cancel)
    {
        var remembered = streams.Select(s => runner.Remembered(jurisdiction, Proposal.Kind, s.Stream) is { } kept && kept.Info.Version >= s.Version ? kept : null).ToList();
        var unknown = streams.Where((_, i) => remembered[i] is null).Select(s => s.Stream).ToList();
        return [.. remembered.OfType<Snapshot>(), .. await store.FoldMany(Kind.Of(Proposal.Kind), jurisdiction, unknown, cancel)];
    }

    /// <summary>A row of the schedule.</summary>
    sealed record Row(string Proposal, string Kind, DateOnly Since, bool Escalates, DateOnly LastDay, DateTimeOffset At)
    {
        /// <summary>From the first moment of the local day.</summary>
        public static Row Of(Snapshot proposal, Deadline deadline, bool escalates, DateOnly day, WorkingCalendar calendar) => new(
            proposal.Info.Stream.Value, JsonNamingPolicy.KebabCaseLower.ConvertName(deadline.Key.Kind.ToString()), deadline.Key.Since, escalates, deadline.Due,
            new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), calendar.Offset).ToUniversalTime());
    }

    static async Task<HashSet<Row>> Rows(NpgsqlConnection connection, JurisdictionId jurisdiction, string[] proposals, CancellationToken cancel)
    {
        await using var command = connection.Command(
            "select proposal, kind, since, escalates, last_day, at from approval.deadlines where jurisdiction = $1 and proposal = any($2)", jurisdiction.Value, proposals);
        var rows = new HashSet<Row>();
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
            rows.Add(new(reader.GetString(0), reader.GetString(1), reader.GetFieldValue<DateOnly>(2), reader.GetBoolean(3), reader.GetFieldValue<DateOnly>(4), reader.GetFieldValue<DateTimeOffset>(5)));
        return rows;
    }

    static async Task Insert(NpgsqlConnection connection, JurisdictionId jurisdiction, IReadOnlyList<Row> rows, CancellationToken cancel)
    {
        if (rows.Count == 0) return;
        await connection.Run(
            "insert into approval.deadlines (jurisdiction, proposal, kind, since, escalates, last_day, at) select $1, * from unnest($2, $3, $4, $5, $6, $7)", cancel,
            jurisdiction.Value, rows.Select(r => r.Proposal).ToArray(), rows.Select(r => r.Kind).ToArray(), rows.Select(r => r.Since).ToArray(), rows.Select(r => r.Escalates).ToArray(),
            rows.Select(r => r.LastDay).ToArray(), rows.Select(r => r.At).ToArray());
    }

    async Task<T?> State<T>(StreamKind<T> kind, JurisdictionId jurisdiction, StreamId stream, CancellationToken cancel) where T : class =>
        (T?)(await store.Fold(Kind.Of(kind), jurisdiction, stream, null, cancel)).State;
}
