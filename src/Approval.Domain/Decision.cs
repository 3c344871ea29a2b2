namespace Approval;

/// <summary>One event for one stream.</summary>
/// <param name="Stream">The stream that the event belongs to.</param>
/// <param name="Event">The event.</param>
public readonly record struct Fact(StreamId Stream, object Event);

/// <summary>What a command comes to: facts for one or several streams, all or none of which are recorded; or refusals; or nothing, when it is already so.</summary>
public sealed class Decision
{
    Decision(IReadOnlyList<Fact> facts, IReadOnlyList<Refusal> refusals) => (Facts, Refusals) = (facts, refusals);

    /// <summary>It is already so: nothing to record.</summary>
    public static Decision Nothing { get; } = new([], []);

    /// <summary>The facts in the order in which they hold.</summary>
    public IReadOnlyList<Fact> Facts { get; }

    /// <summary>Why not; empty when not refused.</summary>
    public IReadOnlyList<Refusal> Refusals { get; }

    /// <summary>Whether the command was refused.</summary>
    public bool Refused => Refusals.Count > 0;

    /// <summary>Records events on one stream.</summary>
    public static Decision Of(StreamId stream, params IEnumerable<object> events) => Nothing.And(stream, events);

    /// <summary>Refuses, for every reason at once.</summary>
    public static Decision Refuse(IReadOnlyList<Refusal> refusals) => new([], refusals);

    /// <summary>Refuses for one reason.</summary>
    public static implicit operator Decision(Refusal refusal) => Refuse([refusal]);

    /// <summary>Records events on one more stream in the same act; a refusal stays a refusal.</summary>
    public Decision And(StreamId stream, params IEnumerable<object> events) =>
        Refused ? this : new([.. Facts, .. events.Select(e => new Fact(stream, e))], Refusals);

    /// <summary>Joins two decisions into one act; refused if either is.</summary>
    public Decision And(Decision other) =>
        Refused || other.Refused ? Refuse([.. Refusals, .. other.Refusals]) : new([.. Facts, .. other.Facts], []);

    /// <summary>Joins many decisions into one act; refused if any is.</summary>
    public static Decision Join(IEnumerable<Decision> decisions)
    {
        var (facts, refusals) = (new List<Fact>(), new List<Refusal>());
        foreach (var decision in decisions)
        {
            facts.AddRange(decision.Facts);
            refusals.AddRange(decision.Refusals);
        }

        return refusals.Count > 0 ? Refuse(refusals) : new(facts, []);
    }

    /// <summary>The events recorded on one stream.</summary>
    public IEnumerable<object> On(StreamId stream) => Facts.Where(f => f.Stream == stream).Select(f => f.Event);
}
