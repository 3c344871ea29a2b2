namespace Approval.History;

/// <summary>Every two neighbouring characters of a text, the way in which Chinese words of two characters are found by an index.</summary>
public static class Bigrams
{
    /// <summary>Adds the bigrams of a text: letters and digits only, in lower case, the first in the high half of each number.</summary>
    public static void Add(HashSet<int> found, string text)
    {
        var before = '\0';
        foreach (var c in text)
        {
            var letter = char.IsLetterOrDigit(c) || char.IsSurrogate(c) ? char.ToLowerInvariant(c) : '\0';
            if (before != '\0' && letter != '\0' && Whole(before, letter)) found.Add((before << 16) | letter);
            before = letter;
        }
    }

    /// <summary>The bigrams of a text.</summary>
    public static IReadOnlyCollection<int> Of(string text)
    {
        var found = new HashSet<int>();
        Add(found, text);
        return found;
    }

    /// <summary>Halves of characters are not torn apart: a pair of halves stands for its character.</summary>
    static bool Whole(char first, char second) =>
        char.IsSurrogate(first) || char.IsSurrogate(second) ? char.IsSurrogatePair(first, second) : true;
}
