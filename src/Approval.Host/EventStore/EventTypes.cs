using System.Collections.Frozen;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Approval.EventStore;

/// <summary>The events that the product knows, by wire name and by type.</summary>
public sealed class EventTypes
{
    readonly FrozenDictionary<string, Type> byName;
    readonly FrozenDictionary<Type, string> byType;

    EventTypes(IEnumerable<Type> types)
    {
        byType = types.ToFrozenDictionary(t => t, t => t.GetCustomAttribute<WireNameAttribute>()!.Name);
        byName = byType.ToFrozenDictionary(t => t.Value, t => t.Key);
    }

    /// <summary>All types with a wire name in some assemblies. Two types of one name are a defect.</summary>
    public static EventTypes In(params IEnumerable<Assembly> assemblies) =>
        new(assemblies.Distinct().SelectMany(a => a.GetTypes()).Where(t => t.GetCustomAttribute<WireNameAttribute>() is not null));

    /// <summary>All types and their wire names.</summary>
    public IEnumerable<(string Name, Type Type)> All => byType.Select(t => (t.Value, t.Key));

    /// <summary>The wire name of an event and its JSON.</summary>
    public (string Name, byte[] Data) Write(object @event)
    {
        if (!byType.TryGetValue(@event.GetType(), out var name)) throw new InvalidOperationException($"{@event.GetType()} has no wire name.");
        return (name, JsonSerializer.SerializeToUtf8Bytes(@event, JsonOf(@event.GetType())));
    }

    /// <summary>Reads an event.</summary>
    /// <exception cref="UnknownWireNameException">The name is not one of the product's.</exception>
    public object Read(StreamId stream, long version, string name, ReadOnlySpan<byte> data) =>
        byName.TryGetValue(name, out var type)
            ? JsonSerializer.Deserialize(data, JsonOf(type)) ?? throw new JsonException($"{stream} version {version} is empty.")
            : throw new UnknownWireNameException(stream, version, name);

    /// <summary>Reads an event of any stream; a stranger's event comes as <see cref="UnknownEvent"/>.</summary>
    public object ReadAny(StreamId stream, long version, string name, ReadOnlySpan<byte> data) =>
        Knows(name) ? Read(stream, version, name, data) : new UnknownEvent(name, Encoding.UTF8.GetString(data));

    /// <summary>Whether an event's content is shown by its own stage alone.</summary>
    public bool IsSealed(string name) => byName.TryGetValue(name, out var type) && type.IsDefined(typeof(SealedContentAttribute), false);

    static JsonTypeInfo JsonOf(Type type) => Json.Events.GetTypeInfo(type);

    /// <summary>Whether a wire name is one of the product's.</summary>
    public bool Knows(string name) => byName.ContainsKey(name);
}

/// <summary>
/// An event that this release does not know, met while reading all streams: another program's, on a stream of its own. A state
/// that meets it fails, for no state knows it.
/// </summary>
/// <param name="Name">Its name.</param>
/// <param name="Json">Its data.</param>
public sealed record UnknownEvent(string Name, string Json);

/// <summary>A stream holds an event whose name the product does not know: written by a newer release or by a stranger. Never passed over.</summary>
public sealed class UnknownWireNameException(StreamId stream, long version, string name)
    : InvalidOperationException($"Stream {stream} holds at version {version} an event named {name}, which this release does not know.");
