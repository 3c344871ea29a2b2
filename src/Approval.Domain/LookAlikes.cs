using System.Globalization;
using System.Text;

namespace Approval;

/// <summary>
/// Characters by which one name passes for another, after Unicode's UTS #39: letters of scripts that look like each other in one name, letters made to look like others,
/// and what cannot be seen. Chinese with Latin letters, as in <c>GIS系统</c>, Roman numerals, full-width letters and the scripts of the minorities are everyday writing.
/// </summary>
static class LookAlikes
{
    /// <summary>Names with such characters or marks are written by hand in no office.</summary>
    public static readonly RefusalKind Disguised = new("look-alike-characters", RefusalSort.Form,
        "名称混用了形近的文字：“{0}”（U+{1}）。请改用汉字或拉丁字母。", "The name mixes in a character that looks like another: \"{0}\" (U+{1}). Write it in Chinese or Latin letters.");

    /// <summary>Something that is not seen.</summary>
    public static readonly RefusalKind Invisible = new("invisible-characters", RefusalSort.Form, "名称含有不可见字符（U+{0}）。", "The name holds a character that is not seen (U+{0}).");

    enum Script
    {
        /// <summary>Digits, punctuation, marks: at home in every script.</summary>
        Common,

        /// <summary>Latin, Han and what is written together with them.</summary>
        Plain,

        /// <summary>Scripts of the minorities, whose letters look like no Latin or Han ones.</summary>
        Minority,

        /// <summary>Imitations of other letters.</summary>
        Imitation,

        Greek, Cyrillic, Armenian, Other,
    }

    const int FirstRadical = 0x2E80, LastRadical = 0x2FDF;

    static readonly (int From, int To, Script Script)[] Letters =
    [
        (0x0041, 0x024F, Script.Plain), // Latin
        (0x0250, 0x02AF, Script.Imitation), // phonetic letters
        (0x0370, 0x03FF, Script.Greek),
        (0x0400, 0x052F, Script.Cyrillic),
        (0x0530, 0x058F, Script.Armenian),
        (0x0600, 0x077F, Script.Minority), // Arabic: 维吾尔文、哈萨克文
        (0x0F00, 0x0FFF, Script.Minority), // 藏文
        (0x1100, 0x11FF, Script.Minority), // 朝鲜文
        (0x1800, 0x18AF, Script.Minority), // 蒙古文
        (0x1950, 0x19DF, Script.Minority), // 傣文
        (0x1C80, 0x1C8F, Script.Cyrillic),
        (0x1D00, 0x1DBF, Script.Imitation), // phonetic letters
        (0x1E00, 0x1EFF, Script.Plain), // Latin
        (0x1F00, 0x1FFF, Script.Greek),
        (0x2071, 0x209C, Script.Imitation), // raised and lowered letters
        (0x2100, 0x214F, Script.Imitation), // letter-like signs
        (0x2150, 0x218F, Script.Common), // Roman numerals
        (0x24B6, 0x24E9, Script.Common), // circled letters
        (0x2C60, 0x2C7F, Script.Imitation),
        (0x2DE0, 0x2DFF, Script.Cyrillic),
        (FirstRadical, LastRadical, Script.Imitation), // radicals, which a careless copy puts in the place of characters
        (0x3005, 0x3007, Script.Plain),
        (0x3040, 0x318F, Script.Plain), // kana, Bopomofo, Korean
        (0x31A0, 0x31BF, Script.Plain), // Bopomofo
        (0x31F0, 0x31FF, Script.Plain), // kana
        (0x3400, 0x4DBF, Script.Plain), // Han
        (0x4E00, 0x9FFF, Script.Plain), // Han
        (0xA000, 0xA4CF, Script.Minority), // 彝文
        (0xA4D0, 0xA4FF, Script.Other), // Lisu, made of turned Latin capitals
        (0xA640, 0xA69F, Script.Cyrillic),
        (0xA720, 0xA7FF, Script.Imitation),
        (0xAB30, 0xAB6F, Script.Imitation),
        (0xAC00, 0xD7FF, Script.Plain), // Korean
        (0xF900, 0xFAFF, Script.Imitation), // characters kept for old computers
        (0xFB50, 0xFDFF, Script.Imitation),
        (0xFE70, 0xFEFC, Script.Imitation),
        (0xFF21, 0xFF5A, Script.Plain), // full-width Latin
        (0xFF66, 0xFF9F, Script.Plain), // half-width kana
        (0x1D400, 0x1D7FF, Script.Imitation), // letters of mathematics
        (0x20000, 0x2F7FF, Script.Plain), // Han
        (0x2F800, 0x2FA1F, Script.Imitation),
        (0x30000, 0x3FFFF, Script.Plain), // Han
    ];

    /// <summary>What is wrong with a name; null if nothing is.</summary>
    /// <param name="field">The field that holds it.</param>
    /// <param name="name">The name.</param>
    public static Refusal? In(string field, string name)
    {
        Script? alone = null;
        var others = false;
        Rune? first = null;
        foreach (var rune in name.EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned || IsBlank(rune))
                return Invisible.At(field, $"{rune.Value:X4}");
            switch (ScriptOf(rune))
            {
                case Script.Common: break;
                case Script.Imitation: return Say(rune);
                case Script.Plain or Script.Minority: others = true; break;
                case var script:
                    if (alone is { } before && before != script) return Say(rune);
                    alone = script;
                    first ??= rune;
                    break;
            }
        }

        return alone is not null && others ? Say(first!.Value) : null;

        Refusal Say(Rune rune) => Disguised.At(field, rune, $"{rune.Value:X4}");
    }

    static Script ScriptOf(Rune rune)
    {
        foreach (var (from, to, script) in Letters)
        {
            if (rune.Value < from) break;
            if (rune.Value <= to) return Rune.IsLetter(rune) || rune.Value is >= FirstRadical and <= LastRadical ? script : Script.Common;
        }

        return Rune.IsLetter(rune) ? Script.Other : Script.Common;
    }

    /// <summary>Letters and marks that show nothing: the Hangul fillers, the Braille blank, the Mongolian vowel separator.</summary>
    static bool IsBlank(Rune rune) => rune.Value is 0x115F or 0x1160 or 0x3164 or 0xFFA0 or 0x2800 or 0x180E;
}
