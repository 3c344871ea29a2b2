using System.Collections.Concurrent;
using System.Reflection;

namespace Approval;

/// <summary>How a value of an enumeration is called in both languages.</summary>
/// <param name="chinese">In Chinese.</param>
/// <param name="english">In English.</param>
[AttributeUsage(AttributeTargets.Field)]
public sealed class WordsAttribute(string chinese, string english) : Attribute
{
    /// <summary>In Chinese.</summary>
    public string Chinese { get; } = chinese;

    /// <summary>In English.</summary>
    public string English { get; } = english;
}

/// <summary>Says values in the reader's language: in messages, pages, exports and printed documents alike.</summary>
public static class Words
{
    static readonly ConcurrentDictionary<Enum, WordsAttribute?> Known = new();

    /// <summary>The name of an enumeration's value.</summary>
    public static string Of(Enum value, bool chinese) =>
        Known.GetOrAdd(value, static v => v.GetType().GetField(v.ToString())?.GetCustomAttribute<WordsAttribute>()) is { } words
            ? chinese ? words.Chinese : words.English
            : value.ToString();

    /// <summary>A value as it stands in a sentence: an enumeration by its words, all else as it prints.</summary>
    public static object Say(object value, bool chinese) => value switch
    {
        Enum e => Of(e, chinese),
        DateOnly d => d.ToString("yyyy-MM-dd"),
        _ => value,
    };
}
