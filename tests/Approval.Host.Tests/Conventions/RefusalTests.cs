using System.Reflection;
using System.Text.RegularExpressions;
using Approval.EventStore;

namespace Approval.Conventions;

/// <summary>Every way of saying no has a stable code, both languages and a test.</summary>
public sealed partial class RefusalTests
{
    private static readonly IReadOnlyList<(string Name, RefusalKind Kind)> Kinds =
    [
        .. new[] { typeof(StreamId).Assembly, typeof(Store).Assembly }
            .SelectMany(a => a.GetTypes())
            .SelectMany(t => t.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly).Where(f => f.FieldType == typeof(RefusalKind)))
            .Select(f => (f.Name, (RefusalKind)f.GetValue(null)!)),
    ];

    [Fact]
    public void A_code_is_kebab_case_and_means_one_thing()
    {
        Kinds.ShouldAllBe(k => Kebab().IsMatch(k.Kind.Code));
        Kinds.GroupBy(k => k.Kind.Code).Where(g => g.Distinct().Count() > 1).Select(g => g.Key).ShouldBeEmpty();
    }

    [Fact]
    public void A_refusal_speaks_both_languages_about_the_same_things()
    {
        foreach (var (_, kind) in Kinds)
        {
            kind.Chinese.Any(c => c is >= '\u4e00' and <= '\u9fff').ShouldBeTrue(kind.Code);
            kind.English.Any(char.IsAsciiLetter).ShouldBeTrue(kind.Code);
            Places(kind.Chinese).ShouldBe(Places(kind.English), kind.Code);
        }
    }

    [Fact]
    public void Every_refusal_is_named_by_a_test()
    {
        var tests = string.Join('\n', Repository.Sources("tests").Select(File.ReadAllText));

        Kinds.Where(k => !tests.Contains($"\"{k.Kind.Code}\"") && !Regex.IsMatch(tests, $@"\.{k.Name}\b", RegexOptions.None, TimeSpan.FromSeconds(5)))
            .Select(k => k.Kind.Code).ShouldBeEmpty();
    }

    private static IEnumerable<string> Places(string message) => Place().Matches(message).Select(m => m.Value).Distinct().Order();

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Kebab();

    [GeneratedRegex(@"\{\d+\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Place();
}
