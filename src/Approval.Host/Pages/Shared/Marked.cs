using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Html;

namespace Approval.Pages;

/// <summary>Marks phrases in a text.</summary>
public static class Marked
{
    static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>The text, encoded, with every occurrence of the phrases in a <c>mark</c>; occurrences that overlap are one.</summary>
    public static IHtmlContent Html(string text, IEnumerable<string> phrases)
    {
        var marked = new bool[text.Length];
        foreach (var phrase in phrases.Where(p => p.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            for (var at = text.IndexOf(phrase, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(phrase, at + 1, StringComparison.OrdinalIgnoreCase))
                Array.Fill(marked, true, at, phrase.Length);
        }

        var html = new StringBuilder();
        for (var from = 0; from < text.Length;)
        {
            var to = from;
            while (to < text.Length && marked[to] == marked[from]) to++;
            var part = Encoder.Encode(text[from..to]);
            html.Append(marked[from] ? $"<mark>{part}</mark>" : part);
            from = to;
        }

        return new HtmlString(html.ToString());
    }
}
