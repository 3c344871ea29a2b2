namespace Approval.EventStore;

/// <summary>One attempt at one command: what it sees, and after the decision what it leaves.</summary>
public sealed class Session
{
    readonly Store store;
    readonly StateCache cache;
    readonly Dictionary<(StreamId, Kind), Snapshot> seen = [];
    readonly Dictionary<StreamId, long> versions = [];
    readonly Dictionary<(StreamId, Kind), Snapshot> after = [];
    readonly Dictionary<StreamId, int> added = [];
    readonly HashSet<StreamId> made = [];

    internal Session(Store store, StateCache cache, Occasion occasion, StreamInfo? person, bool fresh, CancellationToken cancel) =>
        (this.store, this.cache, Occasion, Person, FromMemory, Fresh, Cancel) = (store, cache, occasion, person, person is not null, fresh, cancel);

    /// <summary>Who acts and when.</summary>
    public Occasion Occasion { get; }

    /// <summary>Who acts.</summary>
    public Actor By => Occasion.By;

    /// <summary>When the decision is recorded.</summary>
    public DateTimeOffset At => Occasion.At;

    /// <summary>When the act holds, if not from the moment of recording: a meeting's day, recorded the next.</summary>
    public DateTimeOffset? Effective { get; set; }

    /// <summary>Ends when the caller goes away.</summary>
    public CancellationToken Cancel { get; }

    /// <summary>The stream of who acts, where that comes from memory.</summary>
    internal StreamInfo? Person { get; }

    /// <summary>Whether states are asked of the database, because an attempt before found what memory holds not to be enough.</summary>
    internal bool Fresh { get; }

    /// <summary>Whether a state came from memory without asking the database.</summary>
    internal bool FromMemory { get; private set; }

    /// <summary>Two looks at one stream did not agree: somebody wrote in between.</summary>
    internal bool Torn { get; private set; }

    /// <summary>The stream on which another writer was first.</summary>
    internal StreamId? LostOn { get; set; }

    /// <summary>The versions of all streams seen.</summary>
    internal IReadOnlyDictionary<StreamId, long> Seen => versions;

    /// <summary>A stream's state. The command is recorded only if the stream is still the same by then, whether the command writes to it or not.</summary>
    /// <exception cref="NotFoundException">There is no such stream in the actor's jurisdiction.</exception>
    public async Task<T> Load<T>(StreamKind<T> kind, StreamId stream) where T : class =>
        await Find(kind, stream) ?? throw new NotFoundException(stream);

    /// <summary>A stream's state as in <see cref="Load"/>; null if there is no such stream.</summary>
    public async Task<T?> Find<T>(StreamKind<T> kind, StreamId stream) where T : class =>
        (T?)(await Look(Kind.Of(kind), stream)).State;

    /// <summary>A stream's events with who recorded each, for decisions that rest on who did what before. What the decision rests on is loaded as well: that makes it fail if the stream has moved.</summary>
    public Task<IReadOnlyList<Recorded>> History(StreamId stream) => store.Load(By.Jurisdiction, stream, cancel: Cancel);

    /// <summary>The state that the command leaves; before the decision, the state seen.</summary>
    public T? After<T>(StreamKind<T> kind, StreamId stream) where T : class
    {
        var key = (stream, Kind.Of(kind));
        return (T?)(after.TryGetValue(key, out var snapshot) || seen.TryGetValue(key, out snapshot) ? snapshot.State : null);
    }

    /// <summary>The version that the command leaves a stream at; 0 if it has not seen it.</summary>
    public long Version(StreamId stream) =>
        after.FirstOrDefault(a => a.Key.Item1 == stream).Value?.Info.Version ?? versions.GetValueOrDefault(stream) + added.GetValueOrDefault(stream);

    internal async Task<Snapshot> Look(Kind kind, StreamId stream)
    {
        if (seen.TryGetValue((stream, kind), out var before)) return before;

        var kept = cache.Find(By.Jurisdiction, stream, kind);
        Snapshot snapshot;
        if (kept is not null && !Fresh)
        {
            FromMemory = true;
            snapshot = kept;
        }
        else
        {
            snapshot = await store.Continue(kind, kept ?? Snapshot.Empty(By.Jurisdiction, stream), Cancel);
            cache.Keep(kind, snapshot);
        }

        seen.Add((stream, kind), snapshot);
        if (!versions.TryAdd(stream, snapshot.Info.Version) && versions[stream] != snapshot.Info.Version) Torn = true;
        return snapshot;
    }

    /// <summary>Whether the decision writes the stream as a new one without having looked whether it is there.</summary>
    internal bool Makes(StreamId stream) => made.Contains(stream);

    /// <summary>Folds what was decided over what was seen, for the views, the answer and the cache.</summary>
    internal async Task Advance(Decision decision, Func<StreamId, IEnumerable<Kind>> kindsOf)
    {
        foreach (var stream in decision.Facts.Select(f => f.Stream).Distinct().ToList())
        {
            // A stream that the decision writes without having looked at it is a new one.
            var isNew = versions.TryAdd(stream, 0);
            if (isNew) made.Add(stream);
            var kinds = seen.Keys.Where(k => k.Item1 == stream).Select(k => k.Item2).Union(kindsOf(stream)).ToList();
            foreach (var kind in kinds)
            {
                var snapshot = isNew ? Snapshot.Empty(By.Jurisdiction, stream) : await Look(kind, stream);
                foreach (var e in decision.On(stream)) snapshot = snapshot.With(kind, e, At, 300);
                after[(stream, kind)] = snapshot;
            }

            added[stream] = decision.On(stream).Count();
        }
    }

    internal IReadOnlyCollection<Touched> Touched() =>
        [.. versions.Select(v => new Touched(v.Key, v.Value, added.GetValueOrDefault(v.Key)))];

    /// <summary>What the command leaves of each stream that it writes, and what was there before; null where it begins one.</summary>
    internal IEnumerable<(Kind Kind, Snapshot? Before, Snapshot After)> Left() => after.Select(a => (a.Key.Item2, seen.GetValueOrDefault(a.Key), a.Value));

    /// <summary>After the commit: the states left are the newest.</summary>
    internal void Remember()
    {
        foreach (var (kind, _, snapshot) in Left()) cache.Keep(kind, snapshot);
    }
}

/// <summary>There is no such stream, or the person may not see it.</summary>
public sealed class NotFoundException(StreamId stream) : Exception($"There is no {stream}.")
{
    /// <summary>The stream asked for.</summary>
    public StreamId Stream { get; } = stream;
}
