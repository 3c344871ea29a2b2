using Approval.Testing;
using static Approval.Testing.Sample;
using static Approval.Testing.Scenario;

namespace Approval.Intake;


public sealed class ContentRulesTests
{
    static readonly string Hash = new('0', 64);

    static IEnumerable<(string, string?)> Wrong(ProposalContent content, params string[] stored) =>
        ContentRules.Check(content, stored.ToHashSet()).Select(r => (r.Code, r.Field));

    [Fact]
    public void The_sample_lacks_nothing() => Wrong(Content).ShouldBeEmpty();

    [Fact]
    public void Long_texts_and_long_lists_are_refused()
    {
        Wrong(Content with { Title = new('长', 201), Objective = new('长', 20_001) }).ShouldBe([("text-too-long", "content.title"), ("text-too-long", "content.objective")]);
        Wrong(Content with { Budget = [.. Enumerable.Repeat(new BudgetLine(BudgetKind.Data, Money.Zero), 301)] }).ShouldBe([("too-many-lines", "content.budget")]);
    }

    [Fact]
    public void Control_characters_are_refused() => Wrong(Content with { Title = "a\u0000b" }).ShouldBe([("control-characters", "content.title")]);

    [Fact]
    public void Negative_amounts_are_refused() =>
        Wrong(Content with { Total = new(-1m), Budget = [new(BudgetKind.Data, new(-1m))] })
            .ShouldBe([("negative-amount", "content.budget[0].amount"), ("negative-amount", "content.total")]);

    [Fact]
    public void Dates_beyond_the_years_taken_are_refused() =>
        Wrong(Content with { Start = new(1999, 12, 31), Finish = new(2101, 1, 1) })
            .ShouldBe([("date-implausible", "content.start"), ("date-implausible", "content.finish")]);

    [Fact]
    public void A_protection_level_is_one_to_four() => Wrong(Content with { ProtectionLevel = 5 }).ShouldBe([("protection-level-unknown", "content.protectionLevel")]);

    [Fact]
    public void Interface_line_numbers_are_positive_and_differ()
    {
        var line = Content.Interfaces[0];
        Wrong(Content with { Interfaces = [line, line] }).ShouldBe([("interface-line-number", "content.interfaces[0].line"), ("interface-line-number", "content.interfaces[1].line")]);
        Wrong(Content with { Interfaces = [line with { Line = 0 }] }).ShouldBe([("interface-line-number", "content.interfaces[0].line")]);
    }

    [Fact]
    public void An_empty_line_is_named() => Wrong(Content with { Budget = [null!] }).ShouldBe([("line-missing", "content.budget[0]")]);

    [Fact]
    public void An_attachment_is_stored_before_it_is_named()
    {
        var content = Content with { Attachments = [new("可研报告.pdf", "application/pdf", 10, Hash)] };
        Wrong(content, Hash).ShouldBeEmpty();
        Wrong(content).ShouldBe([("attachment-not-stored", "content.attachments[0].sha256")]);
    }

    [Theory]
    [InlineData("../x", "text/plain", 1L)]
    [InlineData("x", "text/plain\r\nX: y", 1L)]
    [InlineData("x", "text", 1L)]
    [InlineData("x", "text/plain", 0L)]
    [InlineData("x", "text/plain", (50L << 20) + 1)]
    public void A_malformed_attachment_is_refused(string name, string mediaType, long length) =>
        Wrong(Content with { Attachments = [new(name, mediaType, length, Hash)] }, Hash).ShouldBe([("attachment-malformed", "content.attachments[0]")]);

    [Fact]
    public void A_hash_is_lower_case_hex_of_sixty_four_digits()
    {
        ContentRules.IsSha256(Hash).ShouldBeTrue();
        ContentRules.IsSha256(new('A', 64)).ShouldBeFalse();
        ContentRules.IsSha256(new('0', 63)).ShouldBeFalse();
        ContentRules.IsSha256(null).ShouldBeFalse();
    }
}
