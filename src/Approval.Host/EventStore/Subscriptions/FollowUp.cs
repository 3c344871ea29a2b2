using Npgsql;

namespace Approval.EventStore.Subscriptions;

/// <summary>Something done after events, by one host at a time, at least once and in order: a view without a table of its own in the way of rebuilds.</summary>
/// <param name="name">Its name among the views, snake_case.</param>
/// <param name="revision">To be raised when it should go through the record again.</param>
public abstract class FollowUp(string name, int revision) : AsyncView(name, revision), IProjection
{
    /// <inheritdoc/>
    protected internal override IEnumerable<string> Definition(string table) => [];

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Indexes(string table) => [];

    /// <inheritdoc/>
    protected internal override IProjection Start(string table) => this;

    /// <inheritdoc/>
    public abstract Task Apply(NpgsqlConnection connection, IReadOnlyList<StoredEvent> events, CancellationToken cancel);
}

/// <summary>What a follow-up tells events to is away. No failure of the event: it is tried again until it is back.</summary>
sealed class SinkAwayException(string message, Exception inner) : Exception(message, inner);
