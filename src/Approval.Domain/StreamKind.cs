namespace Approval;

/// <summary>A kind of stream: its name (the prefix of its stream ids) and how its events make its state.</summary>
/// <typeparam name="T">The state, which holds only what decisions and views need.</typeparam>
/// <param name="name">The kind's name, as in <see cref="StreamId.Kind"/>.</param>
/// <param name="evolve">The state after an event recorded at an instant; the state before the first event is null.</param>
public sealed class StreamKind<T>(string name, Func<T?, object, DateTimeOffset, T> evolve) where T : class
{
    /// <summary>A kind whose state does not depend on when its events were recorded.</summary>
    public StreamKind(string name, Func<T?, object, T> evolve) : this(name, (state, e, _) => evolve(state, e))
    {
    }

    /// <summary>The kind's name, as in <see cref="StreamId.Kind"/>.</summary>
    public string Name { get; } = name;

    /// <summary>The state after an event recorded at an instant. Throws <see cref="UnknownEventException"/> on an event of another stream.</summary>
    public Func<T?, object, DateTimeOffset, T> Evolve { get; } = evolve;

    /// <summary>The state after events all recorded at one instant; null if there are none.</summary>
    public T? Fold(IEnumerable<object> events, DateTimeOffset at = default) => events.Aggregate<object, T?>(null, (state, e) => Evolve(state, e, at));
}

/// <summary>A stream holds an event that its state does not know. A defect or a newer release's event: never passed over.</summary>
public sealed class UnknownEventException(string stream, object @event)
    : InvalidOperationException($"The {stream} stream does not know the event {@event.GetType().Name}.");

/// <summary>The event's name in the store, explicit and versioned, so that the type may be renamed: <c>proposal-submitted.v1</c>.</summary>
/// <param name="name">Kebab-case with a version; unique in the product; never changed once released.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class WireNameAttribute(string name) : Attribute
{
    /// <summary>The name in the store.</summary>
    public string Name { get; } = name;
}

/// <summary>
/// What the event holds is sealed: it is shown only by the stage that owns it, which knows when the seal is broken.
/// History, search, feed and exports name such an event with its time and type, and never its content.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class SealedContentAttribute : Attribute;
