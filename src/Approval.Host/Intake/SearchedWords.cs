namespace Approval.Intake;

/// <summary>How proposals are found by words: each run of letters and digits that is looked for stands somewhere in theirs, so that Chinese words are found without a dictionary.</summary>
public static class SearchedWords
{
    /// <summary>The runs of letters and digits, in lower case.</summary>
    public static IEnumerable<string> Runs(string text) =>
        string.Create(text.Length, text, (lowered, from) =>
        {
            for (var i = 0; i < from.Length; i++) lowered[i] = char.IsLetterOrDigit(from[i]) ? char.ToLowerInvariant(from[i]) : ' ';
        }).Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
