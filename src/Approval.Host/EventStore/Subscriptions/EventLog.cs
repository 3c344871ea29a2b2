using Npgsql;

namespace Approval.EventStore.Subscriptions;

/// <summary>
/// The order of all events, settled, for everybody in this process who follows it: one reader keeps up with the database, and the newest
/// events are read and decoded once however many follow. Woken by this host's commits, by the other hosts' notifications, and by a look
/// every <see cref="Poll"/> for programs that do not notify.
/// </summary>
public sealed class EventLog : BackgroundService
{
    const int Batch = 2000;
    const int Kept = 8192;
    const long KeptBytes = 32 << 20;

    static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(250);
    static readonly TimeSpan GapPoll = TimeSpan.FromMilliseconds(5);
    static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(2); // commits of so long are read together

    readonly RecordReader reader;
    readonly AsyncViews views;
    readonly ILogger<EventLog> log;
    readonly Wakeup wakeup;
    readonly Lock gate = new();
    readonly List<StoredEvent> tail = [];
    long tailAfter = -1;
    long tailBytes;
    long settled;
    IReadOnlyCollection<int> awaits = [];
    readonly TaskCompletionSource begun = New();
    TaskCompletionSource moved = New();

    /// <summary>Follows one database.</summary>
    public EventLog(NpgsqlDataSource database, EventTypes types, AsyncViews views, Wakeup wakeup, ILogger<EventLog> log)
    {
        (this.views, this.wakeup, this.log) = (views, wakeup, log);
        reader = new(database, types);
    }

    /// <summary>Ends when the record was looked at for the first time: who takes <see cref="Settled"/> for a place to begin at, waits for it.</summary>
    public Task Begun(CancellationToken cancel) => begun.Task.WaitAsync(cancel);

    /// <summary>Up to here the record is settled and may be read. 0 until the first look.</summary>
    public long Settled => Volatile.Read(ref settled);

    /// <summary>The processes of the database whose open transactions hold the record back at this moment; 0 stands for a prepared one.</summary>
    public IReadOnlyCollection<int> HeldBackBy => Volatile.Read(ref awaits);

    /// <summary>The settled events after a position.</summary>
    public async Task<Slice> Read(long after, int limit, CancellationToken cancel)
    {
        long upTo;
        lock (gate)
        {
            upTo = settled;
            if (after >= upTo) return new([], after);
            if (tailAfter >= 0 && after >= tailAfter)
            {
                var first = FirstAfter(after);
                if (first == tail.Count) return new([], upTo);
                var found = tail.GetRange(first, Math.Min(limit, tail.Count - first));
                return new(found, first + found.Count == tail.Count ? upTo : found[^1].Position);
            }
        }

        var events = await reader.Read(after, upTo, limit, cancel);
        return new(events, events.Count == limit ? events[^1].Position : upTo);
    }

    int FirstAfter(long position)
    {
        var (from, to) = (0, tail.Count);
        while (from < to)
        {
            var middle = (from + to) / 2;
            if (tail[middle].Position > position) to = middle;
            else from = middle + 1;
        }

        return from;
    }

    /// <summary>Until there is something after a position, or the time is over.</summary>
    public async Task Wait(long after, TimeSpan atMost, CancellationToken cancel)
    {
        var next = Volatile.Read(ref moved).Task;
        if (Settled > after) return;
        try
        {
            await next.WaitAsync(atMost, cancel);
        }
        catch (TimeoutException)
        {
            // Nothing came.
        }
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Persistence.Run("Following the record", Follow, log, stoppingToken);

    async Task Follow(CancellationToken stop)
    {
        var settling = new Settling(reader, Math.Max(Settled, await reader.HighestCheckpoint(views.All.Select(v => v.CheckpointName), stop)));
        await settling.SkipToEnd(stop);
        lock (gate)
        {
            tail.Clear();
            (tailAfter, tailBytes) = (settling.Position, 0);
            Publish([], settling.Position);
        }

        begun.TrySetResult();

        while (true)
        {
            var woken = wakeup.Next;
            var events = await settling.Next(Batch, stop);
            Volatile.Write(ref awaits, [.. settling.Awaits.Select(h => h.Process)]);
            if (events.Count > 0)
            {
                lock (gate) Publish(events, settling.Position);
                if (events.Count < Batch) await Task.Delay(Gather, stop);
            }
            else
            {
                await Task.WhenAny(woken, Task.Delay(settling.Awaits.Count > 0 ? GapPoll : Poll, stop));
                stop.ThrowIfCancellationRequested();
            }
        }
    }

    void Publish(IReadOnlyList<StoredEvent> events, long upTo)
    {
        tail.AddRange(events);
        tailBytes += events.Sum(e => (long)e.Data.Length);
        if (tail.Count > Kept || tailBytes > KeptBytes)
        {
            var drop = tail.Count > 1 ? tail.Count / 2 : 0;
            tailAfter = drop > 0 ? tail[drop - 1].Position : tailAfter;
            tail.RemoveRange(0, drop);
            tailBytes = tail.Sum(e => (long)e.Data.Length);
        }

        Volatile.Write(ref settled, upTo);
        Interlocked.Exchange(ref moved, New()).SetResult();
    }

    static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>Keeps a background activity going: whatever breaks it is logged, and it begins anew a little later.</summary>
static partial class Persistence
{
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    public static async Task Run(string what, Func<CancellationToken, Task> work, ILogger log, CancellationToken stop)
    {
        var pause = TimeSpan.FromMilliseconds(50);
        var since = System.Diagnostics.Stopwatch.StartNew();
        while (!stop.IsCancellationRequested)
        {
            try
            {
                since.Restart();
                await work(stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                if (since.Elapsed > Longest) pause = TimeSpan.FromMilliseconds(50);
                if (Http.Problems.IsDatabaseAway(e) || e is SinkAwayException) Away(log, what, pause, (e.InnerException ?? e).Message);
                else Broken(log, what, pause, e);
            }

            try
            {
                await Task.Delay(pause, stop);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            pause = pause * 2 < Longest ? pause * 2 : Longest;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Activity} broke off; again in {Pause}: {Reason}")]
    static partial void Away(ILogger log, string activity, TimeSpan pause, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Activity} broke off; again in {Pause}")]
    static partial void Broken(ILogger log, string activity, TimeSpan pause, Exception exception);
}
