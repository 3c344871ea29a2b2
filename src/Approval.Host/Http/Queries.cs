using Approval.EventStore;
using Npgsql;

namespace Approval.Http;

/// <summary>A stream's state as a reader sees it.</summary>
/// <typeparam name="T">The state.</typeparam>
/// <param name="State">The state.</param>
/// <param name="Info">The stream: version, created, changed.</param>
public sealed record Seen<T>(T State, StreamInfo Info);

/// <summary>Reads for answers: streams folded, now or in the past, and current views.</summary>
public sealed class Queries(NpgsqlDataSource database, EventTypes types, Store store)
{
    /// <summary>A stream's state, now or as of an instant.</summary>
    /// <exception cref="NotFoundException">There is, or was, no such stream.</exception>
    public async Task<Seen<T>> Load<T>(JurisdictionId jurisdiction, StreamKind<T> kind, StreamId stream, AsOf? asOf = null, CancellationToken cancel = default)
        where T : class => await Find(jurisdiction, kind, stream, asOf, cancel) ?? throw new NotFoundException(stream);

    /// <summary>A stream's state as in <see cref="Load"/>; null if there is none.</summary>
    public async Task<Seen<T>?> Find<T>(JurisdictionId jurisdiction, StreamKind<T> kind, StreamId stream, AsOf? asOf = null, CancellationToken cancel = default)
        where T : class
    {
        var snapshot = await store.Fold(Kind.Of(kind), jurisdiction, stream, asOf, cancel);
        return snapshot.State is T state ? new(state, snapshot.Info) : null;
    }

    /// <summary>The states of several streams in one look, now or as of an instant; those that do not exist are left out.</summary>
    public async Task<IReadOnlyDictionary<StreamId, T>> All<T>(
        JurisdictionId jurisdiction, StreamKind<T> kind, IEnumerable<StreamId> streams, AsOf? asOf = null, CancellationToken cancel = default) where T : class =>
        (await store.Fold(Kind.Of(kind), jurisdiction, [.. streams.Distinct()], asOf, cancel)).ToDictionary(s => s.Info.Stream, s => (T)s.State!);

    /// <summary>Asks a current view, now or as of an instant. The past is folded from the record when it is asked for: exact, and slower the more streams there are.</summary>
    public ViewQuery<TRow> In<TState, TRow>(View<TState, TRow> view, JurisdictionId jurisdiction, AsOf? asOf = null) where TState : class where TRow : class =>
        new(database, types, view, jurisdiction, asOf);
}
