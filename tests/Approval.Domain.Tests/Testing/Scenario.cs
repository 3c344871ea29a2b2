using System.Text.Json;
using System.Text.Json.Serialization;

namespace Approval.Testing;

/// <summary>Given a past, recorded on <see cref="Sample.Monday"/>, when a decision is made, then exactly these events, or this refusal, or nothing.</summary>
public static class Scenario
{
    static readonly JsonSerializerOptions Readable = new()
    {
        Converters = { new JsonStringEnumConverter() },
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>A proposal with this past. Pass <see cref="Past"/> or a list of your own; lists and events may be mixed.</summary>
    public static Scenario<Proposal> Given(params object[] past) => Given(Proposal.Kind, Sample.Id.Stream, past);

    /// <summary>Any stream with this past.</summary>
    public static Scenario<T> Given<T>(StreamKind<T> kind, StreamId stream, params object[] past) where T : class =>
        new(kind, stream, Flat(past));

    /// <summary>An event expected on another stream than the scenario's own.</summary>
    public static Fact Has(this StreamId stream, object @event) => new(stream, @event);

    internal static object[] Flat(IEnumerable<object> events) =>
        [.. events.SelectMany(e => e is IEnumerable<object> list ? Flat(list) : [e])];

    /// <summary>An event as text: records that hold lists are not equal by content, their text is.</summary>
    internal static string Text(Fact fact) =>
        $"{fact.Stream}: {fact.Event.GetType().Name} {JsonSerializer.Serialize(fact.Event, fact.Event.GetType(), Readable)}";
}

/// <summary>A stream with a past.</summary>
public sealed class Scenario<T>(StreamKind<T> kind, StreamId stream, object[] past) where T : class
{
    /// <summary>The state that the past makes.</summary>
    public T State => kind.Fold(past, Sample.Monday) ?? throw new InvalidOperationException("The past is empty: use WhenNew.");

    /// <summary>A decision on the state.</summary>
    public Decided<T> When(Func<T, Decision> decide) => new(kind, stream, past, s => decide(s ?? throw new InvalidOperationException("The past is empty.")));

    /// <summary>A decision on a stream that may not exist yet.</summary>
    public Decided<T> WhenNew(Func<T?, Decision> decide) => new(kind, stream, past, decide);
}

/// <summary>A decision made on a past.</summary>
public sealed class Decided<T>(StreamKind<T> kind, StreamId stream, object[] past, Func<T?, Decision> decide) where T : class
{
    /// <summary>What the decision came to.</summary>
    public Decision Decision { get; } = decide(kind.Fold(past, Sample.Monday));

    /// <summary>Exactly these events in this order. A plain event is expected on the scenario's own stream, a <see cref="Fact"/> on its stream.</summary>
    public Decided<T> Then(params object[] events)
    {
        Decision.Refusals.Select(r => r.Code).ShouldBeEmpty("refused");
        events.ShouldNotBeEmpty("no event is expected by ThenNothing");
        Decision.Facts.Select(Scenario.Text).ShouldBe(Scenario.Flat(events).Select(e => Scenario.Text(e is Fact f ? f : new Fact(stream, e))));
        return this;
    }

    /// <summary>Refused with exactly these codes, in this order.</summary>
    public void ThenRefused(params string[] codes)
    {
        codes.ShouldNotBeEmpty("a refusal has a code");
        Decision.Facts.ShouldBeEmpty();
        Decision.Refusals.Select(r => r.Code).ShouldBe(codes);
    }

    /// <summary>Refused with exactly these codes at these fields, in this order.</summary>
    public void ThenRefused(params (string Code, string Field)[] refusals)
    {
        refusals.ShouldNotBeEmpty("a refusal has a code");
        Decision.Facts.ShouldBeEmpty();
        Decision.Refusals.Select(r => (r.Code, r.Field)).ShouldBe(refusals.Select(r => (r.Code, (string?)r.Field)));
    }

    /// <summary>Neither refused nor anything recorded: it is already so.</summary>
    public void ThenNothing()
    {
        Decision.Refusals.Select(r => r.Code).ShouldBeEmpty("refused");
        Decision.Facts.Select(Scenario.Text).ShouldBeEmpty();
    }

    /// <summary>The same command sent again after its events: nothing happens.</summary>
    public Decided<T> AgainNothing()
    {
        Scenario.Given(kind, stream, After()).WhenNew(decide).ThenNothing();
        return this;
    }

    /// <summary>The stream with the decision's events added to its past.</summary>
    public Scenario<T> And() => Scenario.Given(kind, stream, After());

    /// <summary>What the state is after the decision.</summary>
    public Decided<T> WithState(Action<T> check)
    {
        check(And().State);
        return this;
    }

    object[] After()
    {
        Decision.Refusals.Select(r => r.Code).ShouldBeEmpty("refused");
        return [.. past, .. Decision.On(stream)];
    }
}
