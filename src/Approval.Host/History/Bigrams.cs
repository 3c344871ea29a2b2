namespace Approval.History;

/// <summary>Every two neighbouring characters of a text, the way in which Chinese words of two characters are found by an index.</summary>
public static class Bigrams
{
    /// <summary>The bigrams of a text: letters and digits only, in lower case, each once and sorted.</summary>
    public static IReadOnlyList<string> Of(string text)
    {
        var found = new HashSet<(char, char)>();
        var before = '\0';
        foreach (var c in text)
        {
            var letter = char.IsLetterOrDigit(c) || char.IsSurrogate(c) ? char.ToLowerInvariant(c) : '\0';
            if (before != '\0' && letter != '\0' && Whole(before, letter)) found.Add((before, letter));
            before = letter;
        }

        var sorted = found.Select(p => new string([p.Item1, p.Item2])).ToArray();
        Array.Sort(sorted, StringComparer.Ordinal);
        return sorted;
    }

    /// <summary>Halves of characters are not torn apart: a pair of halves stands for its character.</summary>
    static bool Whole(char first, char second) =>
        char.IsSurrogate(first) || char.IsSurrogate(second) ? char.IsSurrogatePair(first, second) : true;
}
