using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Approval.EventStore;

/// <summary>The events that the product knows, by wire name and by type.</summary>
public sealed class EventTypes
{
    readonly FrozenDictionary<string, JsonTypeInfo> byName;
    readonly FrozenDictionary<Type, (string Name, JsonTypeInfo Json)> byType;

    EventTypes(IEnumerable<Type> types)
    {
        byType = types.ToFrozenDictionary(t => t, t => (t.GetCustomAttribute<WireNameAttribute>()!.Name, Json.Events.GetTypeInfo(t)));
        byName = byType.Values.ToFrozenDictionary(v => v.Name, v => v.Json);
    }

    /// <summary>All types with a wire name in some assemblies. Two types of one name are a defect.</summary>
    public static EventTypes In(params IEnumerable<Assembly> assemblies) =>
        new(assemblies.Distinct().SelectMany(a => a.GetTypes()).Where(t => t.GetCustomAttribute<WireNameAttribute>() is not null));

    /// <summary>All types and their wire names.</summary>
    public IEnumerable<(string Name, Type Type)> All => byType.Select(t => (t.Value.Name, t.Key));

    /// <summary>The wire name of an event and its JSON.</summary>
    public (string Name, byte[] Data) Write(object @event)
    {
        if (!byType.TryGetValue(@event.GetType(), out var known)) throw new InvalidOperationException($"{@event.GetType()} has no wire name.");
        return (known.Name, JsonSerializer.SerializeToUtf8Bytes(@event, known.Json));
    }

    /// <summary>Reads an event.</summary>
    /// <exception cref="UnknownWireNameException">The name is not one of the product's.</exception>
    public object Read(StreamId stream, long version, string name, ReadOnlySpan<byte> data) =>
        byName.TryGetValue(name, out var json)
            ? JsonSerializer.Deserialize(data, json) ?? throw new JsonException($"{stream} version {version} is empty.")
            : throw new UnknownWireNameException(stream, version, name);

    /// <summary>Whether a wire name is one of the product's.</summary>
    public bool Knows(string name) => byName.ContainsKey(name);
}

/// <summary>A stream holds an event whose name the product does not know: written by a newer release or by a stranger. Never passed over.</summary>
public sealed class UnknownWireNameException(StreamId stream, long version, string name)
    : InvalidOperationException($"Stream {stream} holds at version {version} an event named {name}, which this release does not know.");
