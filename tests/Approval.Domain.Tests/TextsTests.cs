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

    [Theory]
    [InlineData("GIS系统")]
    [InlineData("ＧＩＳ系统（Ⅱ期）")]
    [InlineData("“互联网+”政务服务平台 2.0")]
    [InlineData("③号机房 CO₂ 监测（-10℃，500㎡，№ 7）")]
    [InlineData("阿卜杜拉·买买提")]
    [InlineData("Müller & Søn")]
    [InlineData("西藏自治区 བོད་ལྗོངས།")]
    [InlineData("内蒙古 ᠮᠣᠩᠭᠣᠯ")]
    [InlineData("新疆 شىنجاڭ")]
    [InlineData("延边 연변")]
    [InlineData("カタカナ入りの名前")]
    [InlineData("𠮷野区")]
    public void A_name_is_written_as_offices_write(string name) => Names(name).ShouldBeEmpty();

    [Theory]
    [InlineData("市卫生局РС系统", "\u0420", "0420")] // Cyrillic
    [InlineData("раураl", "\u0440", "0440")]
    [InlineData("раура", "\u0440", "0440")] // nothing but Cyrillic, and reads as Latin
    [InlineData("ΑΤΜ", "\u0391", "0391")] // nothing but Greek
    [InlineData("GΙS系统", "\u0399", "0399")] // Greek
    [InlineData("⼯程管理系统", "\u2f2f", "2F2F")] // a radical
    [InlineData("𝐆𝐈𝐒系统", "\ud835\udc06", "1D406")] // mathematics
    [InlineData("ɡis系统", "\u0261", "0261")] // phonetic
    [InlineData("\uf900不", "\uf900", "F900")] // kept for old computers
    [InlineData("ꓮpi系统", "\ua4ee", "A4EE")] // Lisu
    [InlineData("Ꭺpi系统", "\u13aa", "13AA")] // Cherokee
    public void A_name_that_passes_for_another_is_refused_with_the_character(string name, string character, string code)
    {
        var refusal = Texts.CheckName("name", name).ShouldHaveSingleItem();
        refusal.Code.ShouldBe("look-alike-characters");
        refusal.Message(chinese: false).ShouldContain($"\"{character}\" (U+{code})");
    }

    [Theory]
    [InlineData("卫生\u200b局", "200B")]
    [InlineData("报告\u202efdp.exe", "202E")]
    [InlineData("卫生局\ufeff", "FEFF")]
    [InlineData("卫\u00ad生局", "00AD")]
    [InlineData("卫生局\u3164", "3164")]
    [InlineData("卫生局\ue000", "E000")]
    public void A_name_holds_nothing_that_is_not_seen(string name, string code)
    {
        var refusal = Texts.CheckName("name", name).ShouldHaveSingleItem();
        (refusal.Code, refusal.Field).ShouldBe(("invisible-characters", "name"));
        refusal.Message(chinese: false).ShouldContain($"U+{code}");
    }

    [Fact]
    public void A_name_is_a_text_of_at_most_two_hundred_characters()
    {
        Names("").ShouldBe(["text-required name"]);
        Texts.CheckName("name", null, required: false).ShouldBeEmpty();
        Names(new string('р', 201)).ShouldBe(["text-too-long name"]);
    }

    static string[] Names(string name) => [.. Texts.CheckName("name", name).Select(r => $"{r.Code} {r.Field}")];
}
