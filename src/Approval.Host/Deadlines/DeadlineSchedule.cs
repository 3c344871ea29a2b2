using System.Text.Json;
using Approval.Calendars;
using Approval.EventStore;
using Approval.EventStore.Subscriptions;
using Approval.Policies;
using Npgsql;
using NpgsqlTypes;

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
sealed class DeadlineSchedule(Store store, TimeProvider clock) : FollowUp("deadlines_scheduled", 1)
{
    public override async Task Apply(NpgsqlConnection connection, IReadOnlyList<StoredEvent> events, CancellationToken cancel)
    {
        var proposals = new HashSet<(JurisdictionId, StreamId)>();
        foreach (var group in events.GroupBy(e => (e.Jurisdiction, e.Stream)))
        {
            if (group.Key.Stream.Kind == Proposal.Kind.Name) proposals.Add(group.Key);
            else if (group.Key.Stream == JurisdictionStreams.Calendar || group.Key.Stream == JurisdictionStreams.Policies)
                proposals.UnionWith((await store.Streams(group.Key.Jurisdiction, Proposal.Kind.Name, cancel)).Select(s => (group.Key.Jurisdiction, s)));
        }

        foreach (var group in proposals.GroupBy(p => p.Item1))
        {
            var rules = await RulesOf(group.Key, cancel);
            foreach (var (jurisdiction, stream) in group) await Refresh(connection, jurisdiction, stream, rules, cancel);
        }
    }

    /// <summary>The SQL of the two numbers that lock a proposal's rows: who writes them holds it, and who fires them takes it only if it is free.</summary>
    public static string LockOf(string proposal) => $"7451, abs(hashtext({proposal}) % 64)";

    /// <summary>Writes what is to be fired for one proposal as things stand.</summary>
    public async Task Refresh(NpgsqlConnection connection, JurisdictionId jurisdiction, StreamId stream, CancellationToken cancel) =>
        await Refresh(connection, jurisdiction, stream, await RulesOf(jurisdiction, cancel), cancel);

    async Task Refresh(NpgsqlConnection connection, JurisdictionId jurisdiction, StreamId stream, Rules rules, CancellationToken cancel)
    {
        await connection.Run($"select pg_advisory_xact_lock({LockOf("$1")})", cancel, stream.Value);
        await using var batch = connection.CreateBatch();
        batch.BatchCommands.Add(new("delete from approval.deadlines where jurisdiction = $1 and proposal = $2")
        {
            Parameters = { new() { Value = jurisdiction.Value }, new() { Value = stream.Value } },
        });
        var (calendar, book) = rules;
        var proposal = await State(Proposal.Kind, jurisdiction, stream, cancel);
        if (proposal is not null && book?.Judging(proposal, calendar.DateOf(clock.GetUtcNow())) is { } policy)
        {
            foreach (var deadline in Deadline.Of(proposal, policy, calendar))
            {
                if (!proposal.Deadlines.Reminded.Contains(deadline.Key)) Add(deadline, escalates: false, deadline.Remind);
                if (!proposal.Deadlines.Escalated.Contains(deadline.Key)) Add(deadline, escalates: true, deadline.Due.AddDays(1));
            }
        }

        await batch.ExecuteNonQueryAsync(cancel);

        // From the first moment of the local day.
        void Add(Deadline deadline, bool escalates, DateOnly day) => batch.BatchCommands.Add(new("insert into approval.deadlines values ($1, $2, $3, $4, $5, $6, $7)")
        {
            Parameters =
            {
                new() { Value = jurisdiction.Value },
                new() { Value = stream.Value },
                new() { Value = JsonNamingPolicy.KebabCaseLower.ConvertName(deadline.Key.Kind.ToString()) },
                new() { Value = deadline.Key.Since },
                new() { Value = escalates },
                new() { Value = deadline.Due },
                new() { Value = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), calendar.Offset).ToUniversalTime(), NpgsqlDbType = NpgsqlDbType.TimestampTz },
            },
        });
    }

    /// <summary>What the deadlines of a jurisdiction are computed with.</summary>
    sealed record Rules(WorkingCalendar Calendar, PolicyBook? Policies);

    async Task<Rules> RulesOf(JurisdictionId jurisdiction, CancellationToken cancel) => new(
        await State(WorkingCalendar.Kind, jurisdiction, JurisdictionStreams.Calendar, cancel) ?? WorkingCalendar.WeekendsOnly,
        await State(PolicyBook.Kind, jurisdiction, JurisdictionStreams.Policies, cancel));

    async Task<T?> State<T>(StreamKind<T> kind, JurisdictionId jurisdiction, StreamId stream, CancellationToken cancel) where T : class =>
        (T?)(await store.Fold(Kind.Of(kind), jurisdiction, stream, null, cancel)).State;
}
