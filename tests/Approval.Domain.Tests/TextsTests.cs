namespace Approval;

public sealed class TextsTests
{
    static string[] Codes(string? text, bool required = true) => [.. Texts.Check("name", text, 5, required).Select(r => $"{r.Code} {r.Field}")];

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" 　\n")]
    public void A_required_text_says_something(string? text)
    {
        Codes(text).ShouldBe(["text-required name"]);
        Codes(text, required: false).ShouldBeEmpty();
    }

    [Fact]
    public void A_text_has_a_longest_length()
    {
        Codes("五个字以内").ShouldBeEmpty();
        Codes("超过了五个字").ShouldBe(["text-too-long name"]);
    }

    [Fact]
    public void A_text_holds_no_control_characters_but_breaks_lines()
    {
        Codes("a\r\n\tb").ShouldBeEmpty();
        Codes("a\0b").ShouldBe(["control-characters name"]);
        Codes("a\u0085b").ShouldBe(["control-characters name"]);
    }
}
