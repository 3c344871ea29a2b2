namespace Approval.Intake;

/// <summary>How proposals are found by words: every character and every two neighbouring characters of a run of letters and digits, so that two-character Chinese words are found without a dictionary.</summary>
public static class SearchTerms
{
    /// <summary>The terms of texts, for an index, in order.</summary>
    public static IReadOnlyList<string> Of(IEnumerable<string> texts) =>
        [.. texts.SelectMany(Runs).SelectMany(run => Characters(run).Concat(Pairs(run))).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The terms that a search asks for; empty if it holds no letter or digit.</summary>
    public static string[] Asked(string search) => [.. Runs(search).SelectMany(run => run.Length == 1 ? Characters(run) : Pairs(run)).Distinct()];

    /// <summary>The runs of letters and digits, in lower case.</summary>
    public static IEnumerable<string> Runs(string text) =>
        string.Concat(text.Select(c => char.IsLetterOrDigit(c) ? char.ToLowerInvariant(c) : ' ')).Split(' ', StringSplitOptions.RemoveEmptyEntries);

    static IEnumerable<string> Characters(string run) => run.Select(c => c.ToString());

    static IEnumerable<string> Pairs(string run) => Enumerable.Range(0, run.Length - 1).Select(i => run.Substring(i, 2));
}
