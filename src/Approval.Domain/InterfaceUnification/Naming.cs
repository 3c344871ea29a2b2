namespace Approval.InterfaceUnification;

/// <summary>
/// How names of data and systems are compared: without regard to width, letter case, spaces and punctuation, and otherwise in full.
/// See the decision "Names match in full, and 各… means anybody".
/// </summary>
public static class Naming
{
    const int Short = 128;

    static readonly string[] Collective = ["各", "全市", "全区", "全县", "所有", "有关", "相关", "其他"];

    /// <summary>The name as it is compared.</summary>
    public static string Plain(string name)
    {
        var plain = name.Length <= Short ? stackalloc char[Short] : new char[name.Length];
        var length = 0;
        foreach (var c in name)
        {
            var narrow = c is >= '\uFF01' and <= '\uFF5E' ? (char)(c - 0xFEE0) : c;
            if (char.IsLetterOrDigit(narrow) || char.IsSurrogate(narrow)) plain[length++] = Lower(narrow);
        }

        return plain[..length].SequenceEqual(name) ? name : new(plain[..length]);
    }

    /// <summary>A Chinese character has no cases, and to look for them costs more than all else.</summary>
    static char Lower(char c) => c is >= '\u4E00' and <= '\u9FFF' ? c : char.ToLowerInvariant(c);

    /// <summary>Whether two names mean the same.</summary>
    public static bool Same(string a, string b) => Plain(a) == Plain(b);

    /// <summary>Whether a counterpart's name means anybody instead of one system: 各部门业务系统, 各执法部门.</summary>
    public static bool Anybody(string name) => Plain(name) is var plain && (plain.Length == 0 || Collective.Any(c => plain.StartsWith(c, StringComparison.Ordinal)));
}
