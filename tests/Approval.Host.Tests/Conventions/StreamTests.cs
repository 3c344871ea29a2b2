using System.Reflection;
using Approval.EventStore;

namespace Approval.Conventions;

/// <summary>Each event belongs to exactly one kind of stream, whose state it changes; every other stream refuses to know it.</summary>
public sealed class StreamTests
{
    private static readonly IReadOnlyList<Type> Events = [.. EventTypes.In(typeof(StreamId).Assembly).All.Select(t => t.Type)];

    private static readonly IReadOnlyList<Stream> Streams =
    [
        .. typeof(StreamId).Assembly.GetTypes()
            .SelectMany(t => t.GetFields(BindingFlags.Static | BindingFlags.Public))
            .Where(f => f.FieldType.IsGenericType && f.FieldType.GetGenericTypeDefinition() == typeof(StreamKind<>))
            .Select(f => new Stream(f.FieldType.GetGenericArguments()[0], f.GetValue(null)!)),
    ];

    [Fact]
    public void Every_event_is_known_to_exactly_one_kind_of_stream()
    {
        var wrong = Events.Select(e => (Event: e.Name, By: Streams.Where(s => s.Knows(e)).Select(s => s.Name).ToList())).Where(k => k.By.Count != 1);

        wrong.Select(k => $"{k.Event}: {string.Join(", ", k.By)}").ShouldBeEmpty();
    }

    [Fact]
    public void An_event_that_is_no_streams_own_fails_loudly()
    {
        Streams.Count.ShouldBeGreaterThan(10);
        foreach (var stream in Streams)
        {
            Should.Throw<UnknownEventException>(() => stream.Evolve(null, new Stranger()), stream.Name);
            Should.Throw<UnknownEventException>(() => stream.Evolve(stream.Begun, new Stranger()), stream.Name);
        }
    }

    private sealed record Stranger;

    /// <summary>A kind of stream without its type.</summary>
    private sealed class Stream(Type state, object kind)
    {
        private readonly Delegate evolve = (Delegate)kind.GetType().GetProperty(nameof(StreamKind<object>.Evolve))!.GetValue(kind)!;

        public string Name => state.Name;

        /// <summary>The state after the one event that begins a stream of the kind.</summary>
        public object Begun => field ??= Events.Where(e => Tried(null, e) is null).Select(e => Evolve(null, Samples.Of(e))!).First();

        public object? Evolve(object? before, object @event)
        {
            try
            {
                return evolve.DynamicInvoke(before, @event, default(DateTimeOffset));
            }
            catch (TargetInvocationException e)
            {
                System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(e.InnerException!);
                throw;
            }
        }

        /// <summary>Whether it knows the event, though the state may lack what the event is about: another event's reservation, motion or opinion.</summary>
        public bool Knows(Type e) => Tried(null, e) is not UnknownEventException || Tried(Begun, e) is not UnknownEventException;

        private Exception? Tried(object? before, Type e)
        {
            try
            {
                Evolve(before, Samples.Of(e));
                return null;
            }
            catch (Exception ex)
            {
                return ex;
            }
        }
    }
}
