using System.Runtime.CompilerServices;
using Npgsql;

namespace Approval.EventStore;

/// <summary>
/// Reads all events in the order of their numbers, each once, and passes no number that a late transaction may still commit.
/// A writer that has drawn a number holds a lock on the sequence until its transaction ends, and only from before the draw on. So a
/// missing number is given up for good as soon as every transaction that held that lock when a later number was seen has ended, and the
/// number is still missing when read again: no time-out is waited out, and none is needed however late a transaction commits.
/// </summary>
/// <param name="database">Connections.</param>
/// <param name="store">The record.</param>
/// <param name="wakeup">Tells when there is something new.</param>
public sealed class GlobalOrder(NpgsqlDataSource database, Store store, Wakeup wakeup)
{
    static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);
    static readonly TimeSpan Recheck = TimeSpan.FromMilliseconds(5);

    /// <summary>A reader of its own, for one consumer.</summary>
    /// <param name="after">The position of the last event seen; 0 from the beginning.</param>
    public OrderReader From(long after) => new(this, after);

    /// <summary>All events after a position, in parts as they come; ends only with <paramref name="cancel"/>.</summary>
    public async IAsyncEnumerable<IReadOnlyList<Recorded>> Follow(long after, int limit, [EnumeratorCancellation] CancellationToken cancel)
    {
        var reader = From(after);
        while (true)
        {
            var next = wakeup.Next;
            var events = await reader.Next(limit, cancel);
            if (events.Count > 0) yield return events;
            else await Task.WhenAny(next, Task.Delay(reader.GapIsOpen ? Recheck : Poll, cancel));
            cancel.ThrowIfCancellationRequested();
        }
    }

    internal Task<IReadOnlyList<Recorded>> Read(long after, int limit, CancellationToken cancel) => store.ReadAll(after, limit, cancel);

    /// <summary>The transactions that have drawn a number and not ended, by their virtual ids; those prepared for a second phase have ids that begin with -1.</summary>
    internal async Task<HashSet<string>> Writers(CancellationToken cancel)
    {
        await using var command = database.CreateCommand(
            """
            select distinct virtualtransaction from pg_locks
            where locktype = 'relation' and relation = 'public.mt_events_sequence'::regclass and mode = 'RowExclusiveLock' and granted
              and database = (select oid from pg_database where datname = current_database())
            """);
        var writers = new HashSet<string>();
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel)) writers.Add(reader.GetString(0));
        return writers;
    }
}

/// <summary>One consumer's place in the order of all events.</summary>
public sealed class OrderReader
{
    readonly GlobalOrder order;

    /// <summary>Up to here nothing can appear any more.</summary>
    long settled;

    /// <summary>What is waited for: the numbers up to the highest seen, and who may still write them.</summary>
    (long UpTo, HashSet<string> Writers)? watch;

    internal OrderReader(GlobalOrder order, long after) => (this.order, Position) = (order, after);

    /// <summary>The number of the last event given.</summary>
    public long Position { get; private set; }

    /// <summary>Whether later events are there already but an earlier one may still come.</summary>
    public bool GapIsOpen => watch is not null;

    /// <summary>The next events; none when there are none yet, or when an earlier one may still come.</summary>
    public async Task<IReadOnlyList<Recorded>> Next(int limit, CancellationToken cancel = default)
    {
        while (true)
        {
            var events = await order.Read(Position, limit, cancel);
            var certain = Certain(events);
            if (certain > 0 || events.Count == 0)
            {
                if (certain > 0) Position = events[certain - 1].Position;
                if (certain == events.Count) watch = null;
                return certain == events.Count ? events : [.. events.Take(certain)];
            }

            // The event after Position is missing although later ones are there.
            var writers = await order.Writers(cancel);
            var upTo = watch?.UpTo ?? events[^1].Position;
            writers.RemoveWhere(w => watch is { } before && !before.Writers.Contains(w) && !IsPrepared(w));
            watch = (upTo, writers);
            if (writers.Count > 0) return [];
            (settled, watch) = (upTo, null);
        }
    }

    /// <summary>How many of the events follow without a gap that is open.</summary>
    int Certain(IReadOnlyList<Recorded> events)
    {
        var last = Position;
        var count = 0;
        foreach (var e in events)
        {
            if (e.Position != last + 1 && e.Position > settled) break;
            last = e.Position;
            count++;
        }

        return count;
    }

    // Preparing gives a transaction another id, so a prepared one may be any that is waited for.
    static bool IsPrepared(string writer) => writer.StartsWith("-1/", StringComparison.Ordinal);
}
