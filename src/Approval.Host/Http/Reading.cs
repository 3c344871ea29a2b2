using System.Globalization;
using System.Text;
using System.Text.Json;
using Approval.EventStore;

namespace Approval.Http;

/// <summary>How much of a list is asked for, and from where on.</summary>
/// <param name="Limit">At most this many, 1 to 200; 50 unless asked otherwise.</param>
/// <param name="After">The sort values of the last row seen; null from the beginning.</param>
public sealed record Paging(int Limit, IReadOnlyList<JsonElement>? After);

/// <summary>What decides whether a fact belongs to the past asked for.</summary>
public enum AsOfBy
{
    /// <summary>When the engine learnt it.</summary>
    Recorded,

    /// <summary>When it holds.</summary>
    Effective,
}

/// <summary>A part of a list.</summary>
/// <typeparam name="T">The items.</typeparam>
/// <param name="Items">The items in a stable order.</param>
/// <param name="Next">The cursor of the next part; absent at the end.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>Reads the query parameters that all routes share, each with a clear refusal.</summary>
public static class Reading
{
    const int Longest = 200;
    const int LongestCursor = 4000; // it holds sort values, such as a title

    /// <summary><c>?limit=&amp;cursor=</c></summary>
    public static Paging Paging(this HttpContext http)
    {
        var limit = 50;
        if (http.Text("limit") is { } asked && (!int.TryParse(asked, NumberStyles.None, null, out limit) || limit is < 1 or > Longest))
            throw new ProblemException(Faults.InvalidParameter.At("limit", $"1–{Longest}"));
        return new(limit, http.Text("cursor", LongestCursor) is { } cursor ? Cursor.Read(cursor) : null);
    }

    /// <summary><c>?asOf=</c>, an instant with its offset or in UTC; <c>&amp;asOfBy=effective</c> asks for what held then instead of what was known then.</summary>
    public static AsOf? AsOf(this HttpContext http)
    {
        var by = http.Code<AsOfBy>("asOfBy");
        return http.Instant("asOf") is { } at ? new AsOf(at, by == AsOfBy.Effective) : null;
    }

    /// <summary>An instant such as <c>2026-03-01T00:00:00Z</c>.</summary>
    public static DateTimeOffset? Instant(this HttpContext http, string name)
    {
        if (http.Text(name) is not { } text) return null;
        // A plus sign that was not encoded arrives as a space.
        return DateTimeOffset.TryParseExact(
            text.Replace(' ', '+'), ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK"], CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at)
            ? at : throw new ProblemException(Faults.InvalidParameter.At(name, "2026-03-01T00:00:00Z"));
    }

    /// <summary>A date such as <c>2026-03-01</c>.</summary>
    public static DateOnly? Date(this HttpContext http, string name) =>
        http.Text(name) is not { } text ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", out var date) ? date
        : throw new ProblemException(Faults.InvalidParameter.At(name, "2026-03-01"));

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public static bool? Truth(this HttpContext http, string name) => http.Text(name) switch
    {
        null => null,
        "true" => true,
        "false" => false,
        _ => throw new ProblemException(Faults.InvalidParameter.At(name, "true | false")),
    };

    /// <summary>A whole number.</summary>
    public static int? Number(this HttpContext http, string name, int from, int to) =>
        http.Text(name) is not { } text ? null
        : int.TryParse(text, NumberStyles.AllowLeadingSign, null, out var number) && number >= from && number <= to ? number
        : throw new ProblemException(Faults.InvalidParameter.At(name, $"{from}–{to}"));

    /// <summary>One of an enum's codes, kebab-case.</summary>
    public static T? Code<T>(this HttpContext http, string name) where T : struct, Enum
    {
        if (http.Text(name) is not { } text) return null;
        foreach (var value in Enum.GetValues<T>())
        {
            if (JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString()) == text) return value;
        }

        throw new ProblemException(Faults.InvalidParameter.At(name, string.Join(" | ", Enum.GetNames<T>().Select(JsonNamingPolicy.KebabCaseLower.ConvertName))));
    }

    /// <summary>Whoever misspells a filter must not take the unfiltered list for the answer: a parameter that the operation does not take is refused.</summary>
    /// <exception cref="ProblemException">There are some.</exception>
    internal static void CheckParameters(HttpContext http)
    {
        if (http.GetEndpoint() is not { } endpoint || endpoint.Metadata.GetMetadata<Does>() is null) return;
        var known = endpoint.Metadata.GetOrderedMetadata<Takes>().SelectMany(t => t.Names).ToHashSet(StringComparer.OrdinalIgnoreCase);
        Refusal[] wrong = [.. http.Request.Query.Keys.Where(k => !known.Contains(k)).Select(k => Faults.UnknownParameter.At(k.Length <= Longest ? k : k[..Longest]))];
        if (wrong.Length > 0) throw new ProblemException(wrong);
    }

    /// <summary>Text of at most <paramref name="longest"/> characters, 200 unless given; null if absent or empty.</summary>
    public static string? Text(this HttpContext http, string name, int longest = Longest)
    {
        if (!http.Request.Query.TryGetValue(name, out var given) || given is [null or ""]) return null;
        if (given is [{ } text] && text.Length <= longest && !text.Any(c => char.IsControl(c) || c == '\uFFFD')) return text;
        throw new ProblemException(Faults.InvalidParameter.At(name, $"1–{longest} 个字符 / characters"));
    }
}

/// <summary>The place in a list at which the next part begins, opaque to callers.</summary>
public static class Cursor
{
    /// <summary>The cursor behind a row.</summary>
    /// <param name="values">The row's sort values.</param>
    public static string Write(IReadOnlyList<object?> values) =>
        Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(values, Json.Events)).Replace('+', '-').Replace('/', '_').TrimEnd('=');

    /// <summary>The sort values that a cursor holds.</summary>
    /// <exception cref="ProblemException">It is not one of ours.</exception>
    public static IReadOnlyList<JsonElement> Read(string cursor)
    {
        try
        {
            var padded = cursor.Replace('-', '+').Replace('_', '/').PadRight((cursor.Length + 3) / 4 * 4, '=');
            var values = JsonSerializer.Deserialize<JsonElement[]>(Encoding.UTF8.GetString(Convert.FromBase64String(padded))) ?? throw Invalid();
            foreach (var text in values.Where(v => v.ValueKind == JsonValueKind.String)) _ = text.GetString();
            return values;
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException)
        {
            throw Invalid();
        }
    }

    /// <summary>The one number that a cursor holds; null from the beginning.</summary>
    /// <exception cref="ProblemException">It holds something else.</exception>
    public static long? Number(Paging paging) => paging.After switch
    {
        null => null,
        [{ ValueKind: JsonValueKind.Number } last] when last.TryGetInt64(out var number) => number,
        _ => throw Invalid(),
    };

    internal static ProblemException Invalid() => new(Faults.InvalidParameter.At("cursor", "next"));
}
