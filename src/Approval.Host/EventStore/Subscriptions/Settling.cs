namespace Approval.EventStore.Subscriptions;

/// <summary>
/// Follows the settled part of the record: the numbers of which none can appear any more. Numbers without a gap settle at once. A gap is
/// permanent when none of the transactions that held the sequence when it was seen still holds it; no time-out is involved.
/// </summary>
/// <param name="reader">The record.</param>
/// <param name="from">A position up to which all is settled.</param>
sealed class Settling(RecordReader reader, long from)
{
    const long Everything = long.MaxValue;

    long final = from; // no number up to here can appear any more, in a snapshot taken from now on
    (long Top, HashSet<SequenceHolder> Holders)? awaited;

    /// <summary>Up to here all events were given out.</summary>
    public long Position { get; private set; } = from;

    /// <summary>Those for whose end a gap waits; empty if none does.</summary>
    public IReadOnlyCollection<SequenceHolder> Awaits => awaited?.Holders ?? [];

    /// <summary>Goes to the end without reading, if nothing is open; for those who begin.</summary>
    public async Task SkipToEnd(CancellationToken cancel)
    {
        var (top, holders) = await reader.Drawn(cancel);
        if (holders.Count == 0 && top > Position) Position = final = top;
    }

    /// <summary>The next events, each once and in order; none if there are none or if an open transaction may still bring earlier ones.</summary>
    public async Task<IReadOnlyList<StoredEvent>> Next(int limit, CancellationToken cancel)
    {
        while (true)
        {
            var events = await reader.Read(Position, Everything, limit, cancel);
            var count = 0;
            for (var last = Position; count < events.Count && (events[count].Position <= final || events[count].Position == last + 1); count++) last = events[count].Position;
            if (count > 0)
            {
                Position = events[count - 1].Position;
                return count == events.Count ? events : events[..count];
            }

            if (events.Count == 0) awaited = null; // the gap was filled
            if (events.Count == 0 || !await GapIsPermanent(cancel)) return [];
        }
    }

    async Task<bool> GapIsPermanent(CancellationToken cancel)
    {
        var (top, holders) = await reader.Drawn(cancel);
        awaited = awaited is { } before ? (before.Top, StillOpen(before.Holders, holders)) : (top, [.. holders]);
        if (awaited.Value.Holders.Count > 0) return false;
        final = awaited.Value.Top;
        awaited = null;
        return true;
    }

    /// <summary>Who is still awaited. One that vanished may have been prepared, and then it goes on under another name.</summary>
    static HashSet<SequenceHolder> StillOpen(HashSet<SequenceHolder> before, IReadOnlyList<SequenceHolder> now)
    {
        var open = before.Intersect(now).ToHashSet();
        if (before.Any(h => !h.Prepared && !open.Contains(h))) open.UnionWith(now.Where(h => h.Prepared));
        return open;
    }
}
