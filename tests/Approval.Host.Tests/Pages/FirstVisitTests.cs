using System.Text.RegularExpressions;
using Approval.Committee;
using Approval.Testing;

namespace Approval.Pages;

/// <summary>What a first visit transfers: the page and all that it loads, compressed as a browser asks for it.</summary>
public sealed partial class FirstVisitTests(HostFixture host) : IClassFixture<HostFixture>
{
    private const int Most = 500_000;

    [Fact]
    public async Task A_first_visit_transfers_at_most_500_kilobytes_and_what_is_addressed_by_content_is_kept()
    {
        var d = new District(host, "visited");
        await d.Found();
        var proposal = await d.Propose("health", "health");
        var meeting = await d.Approve("2026-03-02", proposal);
        using var client = host.ClientFor(d.Person("chief", "cio-office", Role.CioOffice, Role.DistrictCio));
        client.DefaultRequestHeaders.AcceptEncoding.ParseAdd("gzip, br");
        client.DefaultRequestHeaders.Accept.ParseAdd("text/html");

        foreach (var path in new[] { "/sign-in", "/", "/proposals", $"/proposals/{proposal.Value}", "/batches", "/appraisals", "/interfaces", "/meetings", $"/meetings/{meeting}", "/dashboard", "/history", "/operations" })
        {
            var (size, html) = await Fetch(path);
            foreach (var asset in Assets().Matches(html).Select(m => m.Groups["asset"].Value).Distinct()) size += (await Fetch(asset)).Size;
            if (html.Contains("data-chart", StringComparison.Ordinal)) size += (await Fetch($"/lib/{Path.GetFileName(Charts())}")).Size;
            size.ShouldBeLessThan(Most, path);
        }

        async Task<(long Size, string Text)> Fetch(string path)
        {
            using var answer = await client.GetAsync(path);
            answer.IsSuccessStatusCode.ShouldBeTrue(path);
            if (path.StartsWith("/lib/", StringComparison.Ordinal) && !path.EndsWith(".svg", StringComparison.Ordinal))
                (answer.Headers.CacheControl?.ToString()).ShouldBe("public, max-age=31536000, immutable", path);
            var sent = await answer.Content.ReadAsByteArrayAsync();
            if (!path.StartsWith("/lib/", StringComparison.Ordinal)) answer.Content.Headers.ContentEncoding.ShouldNotBeEmpty(path);
            await using Stream plain = answer.Content.Headers.ContentEncoding.SingleOrDefault() switch
            {
                "br" => new System.IO.Compression.BrotliStream(new MemoryStream(sent), System.IO.Compression.CompressionMode.Decompress),
                "gzip" => new System.IO.Compression.GZipStream(new MemoryStream(sent), System.IO.Compression.CompressionMode.Decompress),
                _ => new MemoryStream(sent),
            };
            using var reader = new StreamReader(plain);
            return (sent.Length, await reader.ReadToEndAsync());
        }
    }

    /// <summary>The part with the charts, the largest that a page may load beside the rest.</summary>
    private static string Charts() =>
        System.IO.Directory.GetFiles(Path.Combine(Conventions.Repository.Root, "src", "Approval.Host", "wwwroot", "lib"), "part-*.js").MaxBy(f => new FileInfo(f).Length)!;

    [GeneratedRegex("(href|src)=\"(?<asset>/lib/[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Assets();
}
