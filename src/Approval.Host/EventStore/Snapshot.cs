using System.Collections.Concurrent;

namespace Approval.EventStore;

/// <summary>A stream, beside what its events say.</summary>
/// <param name="Jurisdiction">The jurisdiction.</param>
/// <param name="Stream">The stream.</param>
/// <param name="Version">How many events it holds.</param>
/// <param name="Created">When its first event was recorded.</param>
/// <param name="Changed">When its newest event was recorded.</param>
public sealed record StreamInfo(JurisdictionId Jurisdiction, StreamId Stream, long Version, DateTimeOffset Created, DateTimeOffset Changed);

/// <summary>A stream's state at one version.</summary>
/// <param name="State">The state; null if the stream does not exist.</param>
/// <param name="Info">The stream.</param>
/// <param name="Bytes">The length of its events, as a measure of the state's size.</param>
sealed record Snapshot(object? State, StreamInfo Info, long Bytes)
{
    public static Snapshot Empty(JurisdictionId jurisdiction, StreamId stream) => new(null, new(jurisdiction, stream, 0, default, default), 0);

    public Snapshot With(Kind kind, object @event, DateTimeOffset at, int bytes = 0) =>
        new(kind.Evolve(State, @event, at), Info with { Version = Info.Version + 1, Created = Info.Version == 0 ? at : Info.Created, Changed = at }, Bytes + bytes);
}

/// <summary>A <see cref="StreamKind{T}"/> without its type. Two kinds may fold the same streams into different states.</summary>
sealed class Kind
{
    static readonly ConcurrentDictionary<object, Kind> Known = new(ReferenceEqualityComparer.Instance);

    Kind(string name, Func<object?, object, DateTimeOffset, object> evolve) => (Name, Evolve) = (name, evolve);

    public string Name { get; }

    public Func<object?, object, DateTimeOffset, object> Evolve { get; }

    public static Kind Of<T>(StreamKind<T> kind) where T : class =>
        Known.GetOrAdd(kind, _ => new(kind.Name, (state, e, at) => kind.Evolve((T?)state, e, at)));
}
