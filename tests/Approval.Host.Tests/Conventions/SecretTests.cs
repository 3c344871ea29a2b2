using System.Text.RegularExpressions;

namespace Approval.Conventions;

/// <summary>Nothing that opens a door lies in the repository.</summary>
public sealed partial class SecretTests
{
    private static readonly string[] Skipped = ["bin", "obj", "node_modules", ".git", ".data", "lib", "TestResults"];

    [Fact]
    public void No_file_holds_a_key_a_token_or_a_password()
    {
        var files = Files(new DirectoryInfo(Repository.Root)).ToList();
        var found = files.Where(f => f.Length < 2_000_000).SelectMany(f => Secret().Matches(File.ReadAllText(f.FullName)).Select(m => $"{Path.GetRelativePath(Repository.Root, f.FullName)}: {m.Value[..Math.Min(24, m.Length)]}…"));

        files.Count.ShouldBeGreaterThan(300);
        found.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ1hsZ3v", true)]
    [InlineData("whsec_9Y3ZbGk0b2m1n2b3v4c5x6z7a8s9d0f1g2h3j4k5l6o=", true)]
    [InlineData("eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhZG1pbiIsImlhdCI6MX0.c2lnbmF0dXJlLWJ5dGVz", true)]
    [InlineData("Host=db;Username=approval;Password=hunter2hunter2", true)]
    [InlineData("Host=db;Username=approval;Password={password}", false)]
    [InlineData("PRIVATE KEY in a PEM file", false)]
    public void What_a_secret_looks_like_is_known(string text, bool secret) => Secret().IsMatch(text).ShouldBe(secret);

    private static IEnumerable<FileInfo> Files(DirectoryInfo folder) =>
        folder.EnumerateFiles().Where(f => f.Name != $"{nameof(SecretTests)}.cs").Concat(folder.EnumerateDirectories().Where(d => !Skipped.Contains(d.Name) && !d.Name.StartsWith('.')).SelectMany(Files));

    [GeneratedRegex(
        @"-----BEGIN (RSA |EC |OPENSSH |ENCRYPTED )?PRIVATE KEY-----\s+(?!c2VjcmV0)[A-Za-z0-9+/]{20,}|whsec_[A-Za-z0-9+/]{20,}|\beyJ[\w-]{15,}\.eyJ[\w-]{15,}\.[\w-]{15,}|\bAKIA[A-Z0-9]{16}\b|(?i:password)=(?!secret\b)[A-Za-z0-9!#%+]{8,}",
        RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex Secret();
}
