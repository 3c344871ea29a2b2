using System.Globalization;
using System.Text;

namespace Approval;

/// <summary>
/// Characters by which one name passes for another, after Unicode's UTS #39: letters of scripts that look like Latin ones, even in a name of their own, letters made to look like
/// others, and what cannot be seen. Chinese with Latin letters, as in <c>GIS系统</c>, Roman numerals, full-width letters and the scripts of the minorities are everyday writing.
/// </summary>
static class LookAlikes
{
    /// <summary>Names with such characters or marks are written by hand in no office.</summary>
    public static readonly RefusalKind Disguised = new("look-alike-characters", RefusalSort.Form,
        "名称含有形近的文字：“{0}”（U+{1}）。请改用汉字或拉丁字母。", "The name holds a character that looks like another: \"{0}\" (U+{1}). Write it in Chinese or Latin letters.");

    /// <summary>Something that is not seen.</summary>
    public static readonly RefusalKind Invisible = new("invisible-characters", RefusalSort.Form, "名称含有不可见字符（U+{0}）。", "The name holds a character that is not seen (U+{0}).");

    const int FirstRadical = 0x2E80, LastRadical = 0x2FDF;

    /// <summary>Where the letters stand that may be in a name: not Greek, Cyrillic, Armenian, Cherokee and Lisu, which look like Latin, nor letters of phonetics and mathematics, nor characters kept for old computers.</summary>
    static readonly (int From, int To)[] Letters =
    [
        (0x0041, 0x024F), // Latin
        (0x0600, 0x077F), // Arabic: 维吾尔文、哈萨克文
        (0x0F00, 0x0FFF), // 藏文
        (0x1100, 0x11FF), // 朝鲜文
        (0x1800, 0x18AF), // 蒙古文
        (0x1950, 0x19DF), // 傣文
        (0x1E00, 0x1EFF), // Latin
        (0x2150, 0x218F), // Roman numerals
        (0x24B6, 0x24E9), // circled letters
        (0x3005, 0x3007),
        (0x3040, 0x318F), // kana, Bopomofo, Korean
        (0x31A0, 0x31BF), // Bopomofo
        (0x31F0, 0x31FF), // kana
        (0x3400, 0x4DBF), // Han
        (0x4E00, 0x9FFF), // Han
        (0xA000, 0xA4CF), // 彝文
        (0xAC00, 0xD7FF), // Korean
        (0xFF21, 0xFF5A), // full-width Latin
        (0xFF66, 0xFF9F), // half-width kana
        (0x20000, 0x2F7FF), // Han
        (0x30000, 0x3FFFF), // Han
    ];

    /// <summary>What is wrong with a name; null if nothing is.</summary>
    /// <param name="field">The field that holds it.</param>
    /// <param name="name">The name.</param>
    public static Refusal? In(string field, string name)
    {
        foreach (var rune in name.EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned || IsBlank(rune))
                return Invisible.At(field, $"{rune.Value:X4}");
            if (!IsWritten(rune)) return Disguised.At(field, rune, $"{rune.Value:X4}");
        }

        return null;
    }

    /// <summary>Digits, punctuation and marks are at home in every script; radicals, which a careless copy puts in the place of characters, are marks to Unicode.</summary>
    static bool IsWritten(Rune rune) =>
        Rune.IsLetter(rune) ? Array.Exists(Letters, l => l.From <= rune.Value && rune.Value <= l.To) : rune.Value is < FirstRadical or > LastRadical;

    /// <summary>Letters and marks that show nothing: the Hangul fillers, the Braille blank, the Mongolian vowel separator.</summary>
    static bool IsBlank(Rune rune) => rune.Value is 0x115F or 0x1160 or 0x3164 or 0xFFA0 or 0x2800 or 0x180E;
}
