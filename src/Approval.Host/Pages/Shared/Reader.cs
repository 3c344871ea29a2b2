using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Approval.Pages;

/// <summary>How a reader reads: Chinese unless chosen otherwise; sums in 万元 with the exact yuan at hand; dates of the jurisdiction's clock.</summary>
/// <param name="Chinese">Whether in Chinese.</param>
public sealed record Reader(bool Chinese)
{
    /// <summary>The cookie that keeps the choice of language.</summary>
    public const string Cookie = "language";

    static readonly JsonSerializerOptions ForCharts = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>The reader of this request: the choice in the cookie, else what the browser prefers, else Chinese.</summary>
    public static Reader Of(HttpContext http)
    {
        if (http.Items[typeof(Reader)] is Reader known) return known;
        var choice = http.Request.Cookies[Cookie];
        var preferred = http.Request.Headers.AcceptLanguage.ToString().Split(',', 2)[0].Trim();
        var reader = new Reader(choice switch
        {
            "en" => false,
            "zh" => true,
            _ => !preferred.StartsWith("en", StringComparison.OrdinalIgnoreCase),
        });
        http.Items[typeof(Reader)] = reader;
        return reader;
    }

    /// <summary>The language tag of the page.</summary>
    public string Tag => Chinese ? "zh-CN" : "en";

    /// <summary>The sentence in the reader's language: both stand side by side where they are used.</summary>
    public string T(string chinese, string english) => Chinese ? chinese : english;

    /// <summary>The words of an enumeration's value.</summary>
    public string Say(Enum? value) => value is null ? "—" : Words.Of(value, Chinese);

    /// <summary>A sum for tables: 万元 in Chinese, thousands-grouped yuan in English.</summary>
    public string Sum(Money? money) => money is not { } m ? "—"
        : Chinese ? $"{m.Yuan / 10_000m:#,0.##} 万元" : $"¥{m.Yuan:#,0.##}";

    /// <summary>The exact sum, to the cent.</summary>
    public string Exact(Money? money) => money is not { } m ? "" : Chinese ? $"{m.Yuan:#,0.00} 元" : $"¥{m.Yuan:#,0.00}";

    /// <summary>A day.</summary>
    public string Day(DateOnly? day) => day is not { } d ? "—" : Chinese ? $"{d.Year}年{d.Month}月{d.Day}日" : d.ToString("yyyy-MM-dd");

    /// <summary>The day of an instant on the jurisdiction's clock (UTC+8).</summary>
    public string Day(DateTimeOffset? at) => at is not { } a ? "—" : Day(DateOnly.FromDateTime(a.ToOffset(China).DateTime));

    /// <summary>A moment to the minute on the jurisdiction's clock (UTC+8).</summary>
    public string Moment(DateTimeOffset? at) => at is not { } a ? "—" : $"{Day(a)} {a.ToOffset(China):HH:mm}";

    /// <summary>A share as a percentage.</summary>
    public static string Share(decimal part, decimal whole) => whole == 0 ? "—" : $"{part / whole * 100:0.#}%";

    /// <summary>A chart's option as it stands in a data attribute.</summary>
    public static string Chart(object option) => JsonSerializer.Serialize(option, ForCharts);

    static readonly TimeSpan China = TimeSpan.FromHours(8);
}
