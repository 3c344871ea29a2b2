namespace Approval.Intake;

/// <summary>How proposals are found by words: every two neighbouring characters of a run of letters and digits, so that two-character Chinese words are found without a dictionary. A single character has no term: it is looked for in the words themselves.</summary>
public static class SearchTerms
{
    /// <summary>The terms of texts, for an index, in order.</summary>
    public static IReadOnlyList<string> Of(IEnumerable<string> texts)
    {
        var terms = new HashSet<string>();
        var found = terms.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var run in texts.SelectMany(Runs))
        {
            for (var i = 1; i < run.Length; i++) found.Add(run.AsSpan(i - 1, 2));
        }

        return [.. terms.Order(StringComparer.Ordinal)];
    }

    /// <summary>The terms that a search asks for; empty if it holds no two letters or digits that are neighbours.</summary>
    public static string[] Asked(string search) => [.. Runs(search).SelectMany(Pairs).Distinct()];

    /// <summary>The runs of letters and digits, in lower case.</summary>
    public static IEnumerable<string> Runs(string text) =>
        string.Create(text.Length, text, (lowered, from) =>
        {
            for (var i = 0; i < from.Length; i++) lowered[i] = char.IsLetterOrDigit(from[i]) ? char.ToLowerInvariant(from[i]) : ' ';
        }).Split(' ', StringSplitOptions.RemoveEmptyEntries);

    static IEnumerable<string> Pairs(string run) => Enumerable.Range(0, run.Length - 1).Select(i => run.Substring(i, 2));
}
