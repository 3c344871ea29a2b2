using System.Diagnostics;
using System.Text.RegularExpressions;
using Approval.Conventions;

namespace Approval.Evidence;

/// <summary>Reads the QR code of a page with somebody else's decoder.</summary>
internal static partial class Camera
{
    private const int Scale = 4;

    /// <summary>What the code on the page says.</summary>
    public static async Task<string> Reads(string html)
    {
        var image = Image().Match(html);
        image.Success.ShouldBeTrue("a QR code stands on the page");
        var side = int.Parse(image.Groups["side"].Value) * Scale;
        var pixels = new byte[side * side];
        Array.Fill(pixels, (byte)'.');
        foreach (Match module in Module().Matches(image.Groups["path"].Value))
        {
            var (x, y) = (int.Parse(module.Groups["x"].Value) * Scale, int.Parse(module.Groups["y"].Value) * Scale);
            for (var row = y; row < y + Scale; row++) Array.Fill(pixels, (byte)'#', (row * side) + x, Scale);
        }

        const string Decode = """
            const text = require('fs').readFileSync(0, 'latin1'), side = Math.sqrt(text.length), pixels = new Uint8ClampedArray(4 * text.length).fill(255);
            for (let i = 0; i < text.length; i++) if (text[i] === '#') pixels.fill(0, 4 * i, 4 * i + 3);
            process.stdout.write(require('jsqr')(pixels, side, side)?.data ?? 'unreadable');
            """;
        using var node = Process.Start(new ProcessStartInfo("node", ["-e", Decode])
        {
            WorkingDirectory = Path.Combine(Repository.Root, "src", "Approval.Host"), UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true,
        })!;
        await node.StandardInput.BaseStream.WriteAsync(pixels);
        node.StandardInput.Close();
        var read = await node.StandardOutput.ReadToEndAsync();
        await node.WaitForExitAsync();
        return read;
    }

    [GeneratedRegex("<svg[^>]* class=\"qr\"[^>]* viewBox=\"0 0 (?<side>\\d+) .*?<path d=\"(?<path>[^\"]+)\"/></svg>", RegexOptions.ExplicitCapture | RegexOptions.Singleline, 1000)]
    private static partial Regex Image();

    [GeneratedRegex(@"M(?<x>\d+) (?<y>\d+)h1v1h-1z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Module();
}
