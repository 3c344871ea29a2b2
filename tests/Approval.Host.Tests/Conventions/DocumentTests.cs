using System.Text.RegularExpressions;

namespace Approval.Conventions;

/// <summary>What the documents point to is there.</summary>
public sealed partial class DocumentTests
{
    [Fact]
    public void Every_rule_names_a_test_that_exists()
    {
        var tests = Repository.Sources("tests").ToLookup(f => Path.GetFileNameWithoutExtension(f)!, File.ReadAllText);
        var rules = File.ReadLines(Path.Combine(Repository.Root, "docs", "rules.md")).Where(l => l.StartsWith("| ", StringComparison.Ordinal) && l != "| Rule | Test |").ToList();

        rules.Count.ShouldBeGreaterThan(100);
        rules.Where(r => TestName().Match(r) is not { Success: true } named || !tests[named.Groups["class"].Value].Any(t => t.Contains($" {named.Groups["method"].Value}(")))
            .ShouldBeEmpty();
    }

    [Fact]
    public void Every_threat_names_a_test_that_holds_it_off()
    {
        var tests = Repository.Sources("tests").ToLookup(f => Path.GetFileNameWithoutExtension(f)!, File.ReadAllText);
        var lines = File.ReadAllLines(Path.Combine(Repository.Root, "docs", "threat-model.md"));
        var threats = lines.Where(l => l.StartsWith("| ", StringComparison.Ordinal) && !l.StartsWith("| Threat ", StringComparison.Ordinal)).ToList();

        threats.Count.ShouldBeGreaterThan(30);
        threats.Where(t => !AnyTestName().IsMatch(t)).ShouldBeEmpty();
        threats.SelectMany(t => AnyTestName().Matches(t)).Where(n => !tests[n.Groups["class"].Value].Any(t => t.Contains($" {n.Groups["method"].Value}("))).Select(n => n.Value)
            .ShouldBeEmpty();
        lines.Length.ShouldBeLessThan(120, "two pages");
    }

    [Fact]
    public void No_relative_link_is_broken()
    {
        var broken =
            from file in Documents()
            from Match link in Link().Matches(File.ReadAllText(file))
            let target = link.Groups["target"].Value.Split('#')[0]
            where target.Length > 0 && !target.Contains("://") && !Path.Exists(Path.Combine(Path.GetDirectoryName(file)!, target))
            select $"{Path.GetFileName(file)}: {target}";

        broken.ShouldBeEmpty();
    }

    [Fact]
    public void Every_decision_has_a_number_of_its_own_and_stands_in_the_index()
    {
        var folder = Path.Combine(Repository.Root, "docs", "adr");
        var index = File.ReadAllText(Path.Combine(folder, "README.md"));
        var names = System.IO.Directory.EnumerateFiles(folder, "0*.md").Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal).ToList();

        names.Select(n => n[..4]).ShouldBeUnique();
        foreach (var name in names) index.ShouldContain($"| [{name[..4]}]({name}) | {File.ReadLines(Path.Combine(folder, name)).First()[2..]} |");
    }

    static IEnumerable<string> Documents() =>
        [Path.Combine(Repository.Root, "README.md"), .. System.IO.Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories)];

    [GeneratedRegex(@"\| `(?<class>\w+)\.(?<method>\w+)` \|$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TestName();

    [GeneratedRegex(@"`(?<class>\w+Tests)\.(?<method>\w+)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex AnyTestName();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();
}
