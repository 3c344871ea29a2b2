namespace Approval.EventStore;

/// <summary>
/// The states of streams used lately, so that most commands decide without reading. A state taken from here may be old:
/// whoever uses it has the version checked when appending, and asks the database before saying no.
/// </summary>
/// <param name="limit">The bytes of events behind the states kept; the least recently used go first.</param>
sealed class StateCache(long limit = 64 << 20)
{
    const int Overhead = 512;

    readonly Lock gate = new();
    readonly LinkedList<((JurisdictionId, StreamId, Kind) Key, Snapshot Snapshot)> used = [];
    readonly Dictionary<(JurisdictionId, StreamId, Kind), LinkedListNode<((JurisdictionId, StreamId, Kind) Key, Snapshot Snapshot)>> nodes = [];
    long held;

    public Snapshot? Find(JurisdictionId jurisdiction, StreamId stream, Kind kind)
    {
        lock (gate)
        {
            if (!nodes.TryGetValue((jurisdiction, stream, kind), out var node)) return null;
            used.Remove(node);
            used.AddFirst(node);
            return node.Value.Snapshot;
        }
    }

    /// <summary>Keeps a state, unless a newer one is here already.</summary>
    public void Keep(Kind kind, Snapshot snapshot)
    {
        if (snapshot.State is null) return;
        var key = (snapshot.Info.Jurisdiction, snapshot.Info.Stream, kind);
        lock (gate)
        {
            if (nodes.TryGetValue(key, out var old))
            {
                if (old.Value.Snapshot.Info.Version >= snapshot.Info.Version) return;
                Drop(old);
            }

            nodes.Add(key, used.AddFirst((key, snapshot)));
            held += snapshot.Bytes + Overhead;
            while (held > limit && used.Last is { } last) Drop(last);
        }
    }

    void Drop(LinkedListNode<((JurisdictionId, StreamId, Kind) Key, Snapshot Snapshot)> node)
    {
        used.Remove(node);
        nodes.Remove(node.Value.Key);
        held -= node.Value.Snapshot.Bytes + Overhead;
    }
}
