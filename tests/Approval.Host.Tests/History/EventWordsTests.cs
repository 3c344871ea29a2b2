using Approval.EventStore;

namespace Approval.History;

/// <summary>People read of every event in both languages.</summary>
public sealed class EventWordsTests
{
    private static readonly string[] Names = [.. EventTypes.In(typeof(StreamId).Assembly).All.Select(t => t.Name).Order(StringComparer.Ordinal)];

    [Fact]
    public void Every_event_has_words() => Names.Where(n => !EventWords.Has(n)).ShouldBeEmpty();

    [Fact]
    public void Every_word_belongs_to_an_event() =>
        EventWords.All.SelectMany(g => g.Events).Select(w => w.Name).Except(Names.Select(n => n[..n.LastIndexOf(".v", StringComparison.Ordinal)])).ShouldBeEmpty();

    [Fact]
    public void A_strangers_event_is_called_by_its_name() => EventWords.Of("tax-paid.v3", chinese: true).ShouldBe("tax-paid.v3");
}
