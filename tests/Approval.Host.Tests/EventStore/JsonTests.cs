using System.Collections.Immutable;
using System.Text.Json;

namespace Approval.EventStore;

/// <summary>How values stand in events, and that an older or a newer release's events stay readable.</summary>
public sealed class JsonTests
{
    private sealed record Shape(string Title, Money Cost, UnitId Unit, Role Role, DateOnly? Due, ImmutableArray<string> Parts)
    {
        public bool IsDear => Cost > new Money(100);
    }

    [Fact]
    public void Values_are_plain()
    {
        JsonSerializer.Serialize(new Shape("巡查", new Money(12.5m), new("u1"), Role.CioOffice, null, ["a"]), Json.Events)
            .ShouldBe("""{"title":"巡查","cost":12.50,"unit":"u1","role":"cio-office","parts":["a"]}""");
    }

    [Fact]
    public void What_a_newer_release_added_is_passed_over()
    {
        JsonSerializer.Deserialize<Shape>("""{"colour":"red","title":"a","cost":1,"unit":"u1","role":"expert","parts":[]}""", Json.Events)!.Title.ShouldBe("a");
    }

    [Fact]
    public void An_array_that_an_older_release_did_not_have_is_empty()
    {
        JsonSerializer.Deserialize<Shape>("""{"title":"a","cost":1,"unit":"u1","role":"expert"}""", Json.Events)!.Parts.ShouldBe([]);
    }

    [Theory]
    [InlineData("""{"title":"a","cost":"1","unit":"u1","role":"expert"}""")]
    [InlineData("""{"title":"a","cost":1.005,"unit":"u1","role":"expert"}""")]
    [InlineData("""{"title":"a","cost":1,"unit":1,"role":"expert"}""")]
    [InlineData("""{"title":"a","cost":1,"unit":"u1","role":3}""")]
    public void What_is_of_another_kind_fails_loudly(string json)
    {
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize<Shape>(json, Json.Events));
    }
}
