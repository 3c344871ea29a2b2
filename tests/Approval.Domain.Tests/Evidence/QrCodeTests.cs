using System.Security.Cryptography;
using System.Text;

namespace Approval.Evidence;

/// <summary>QR codes module by module as another encoder draws them: the SHA-256 of its rows of 0 and 1, for the mask that it chose.</summary>
public sealed class QrCodeTests
{
    [Theory]
    [InlineData("APPROVAL", 1, 1, 2, "e2286ea8d177c5e7fde3cfb8fa5f29e1e7922bb4ee0eedb13bdd1cf815263bd5")]
    [InlineData("2026-1 abababababababababababababababababababababababababababababababab", 1, 5, 4, "180c0adb01e2db0b98dca152abd87d4bc2c6be196202426da719b1eabfce6b9c")]
    [InlineData("x", 120, 7, 2, "b53dbde69056aac4a9432d5838725efb62692c179075b1117607a1844047b49b")]
    [InlineData("approval ", 23, 10, 2, "9b7f86add9e51d6355099ed44734eaba24d2226e7b35daceece4182c0635effa")]
    public void Every_module_is_where_another_encoder_has_it(string text, int times, int version, int mask, string hash)
    {
        var code = QrCode.Of(string.Concat(Enumerable.Repeat(text, times)), mask);
        code.Version.ShouldBe(version);
        Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(Rows(code)))).ShouldBe(hash);
    }

    [Fact]
    public void The_best_mask_is_one_of_the_eight() =>
        Enumerable.Range(0, 8).Select(mask => Rows(QrCode.Of("APPROVAL", mask))).ShouldContain(Rows(QrCode.Of("APPROVAL")));

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        QrCode.Of(new string('x', 213)).Version.ShouldBe(10);
        Should.Throw<ArgumentException>(() => QrCode.Of(new string('x', 214)));
    }

    [Fact]
    public void The_image_has_neither_script_nor_style()
    {
        var svg = QrCode.Of("APPROVAL").Svg("批复摘要");
        svg.ShouldStartWith("<svg ");
        svg.ShouldContain("aria-label=\"批复摘要\"");
        svg.ShouldNotContain("style");
        svg.ShouldNotContain("script");
    }

    static string Rows(QrCode code)
    {
        var rows = new StringBuilder();
        for (var row = 0; row < code.Size; row++)
        {
            for (var column = 0; column < code.Size; column++) rows.Append(code[row, column] ? '1' : '0');
            rows.Append('\n');
        }

        return rows.ToString();
    }
}
