namespace Approval.EventStore.Subscriptions;

/// <summary>An event in the order of all events, as bytes: decoded when first asked for, once for all who follow the record.</summary>
public sealed class StoredEvent
{
    readonly EventTypes types;
    readonly string? correlation, causation;
    readonly byte[]? headers;
    object? decoded;
    Envelope? envelope;

    internal StoredEvent(
        EventTypes types, long position, Guid id, JurisdictionId jurisdiction, StreamId stream, long version, string wireName, byte[] data, DateTimeOffset at,
        string? person, string? correlation, string? causation, byte[]? headers)
    {
        (this.types, Position, Id, Jurisdiction, Stream, Version, WireName, Data, At) = (types, position, id, jurisdiction, stream, version, wireName, data, at);
        (Person, this.correlation, this.causation, this.headers) = (person, correlation, causation, headers);
    }

    /// <summary>Its place in the order of all events. Places may be missing, never moved.</summary>
    public long Position { get; }

    /// <summary>Its own id.</summary>
    public Guid Id { get; }

    /// <summary>The jurisdiction.</summary>
    public JurisdictionId Jurisdiction { get; }

    /// <summary>The stream.</summary>
    public StreamId Stream { get; }

    /// <summary>Its number in the stream, from 1.</summary>
    public long Version { get; }

    /// <summary>Its name.</summary>
    public string WireName { get; }

    /// <summary>Its content as JSON.</summary>
    public byte[] Data { get; }

    /// <summary>When the engine learnt it.</summary>
    public DateTimeOffset At { get; }

    /// <summary>Who recorded it; null if a stranger wrote it without saying.</summary>
    public string? Person { get; }

    /// <summary>Whether this engine wrote it, not another program on the same database.</summary>
    public bool IsOurs => headers is not null && Envelope.Unit is not null;

    /// <summary>Whether its content is shown by its own stage alone, and when: a score sheet is blind until all are in.</summary>
    public bool IsSealed => types.IsSealed(WireName);

    /// <summary>What happened.</summary>
    /// <exception cref="UnknownWireNameException">The release does not know it.</exception>
    public object Event => decoded ??= types.Read(Stream, Version, WireName, Data);

    /// <summary>Who, when and under which request.</summary>
    public Envelope Envelope => envelope ??= Headers.Read(At, Person, correlation, causation, headers);
}

/// <summary>A part of the record: all events after the position asked for, up to and including <see cref="UpTo"/>.</summary>
/// <param name="Events">The events in their order; fewer than there are numbers, where numbers were drawn and never used.</param>
/// <param name="UpTo">Where to go on.</param>
public readonly record struct Slice(IReadOnlyList<StoredEvent> Events, long UpTo);
