namespace Approval.History;

/// <summary>
/// What the history is found by: whole numbers in an index, each standing for one value (a person, a kind of event, a word) in one span of
/// the record of one jurisdiction. Two values may share a number: what is found by numbers is looked at again.
/// </summary>
static class HistoryMarks
{
    const int SpanBits = 13, StretchBits = 10;

    /// <summary>How many places of the record a span has.</summary>
    public const int SpanLength = 1 << SpanBits;

    /// <summary>The span in which a place lies, as SQL over a column.</summary>
    public const string SpanOfSeq = "(seq >> 13)";

    /// <summary>The span in which a place lies.</summary>
    public static long SpanOf(long seq) => seq >> SpanBits;

    /// <summary>How many places a stretch has, at whose end the words of its events are written; spans are made of whole ones.</summary>
    public const int StretchLength = 1 << StretchBits;

    /// <summary>The stretch in which a place lies.</summary>
    public static long StretchOf(long seq) => seq >> StretchBits;

    /// <summary>Who recorded an event.</summary>
    public static int Actor(JurisdictionId jurisdiction, long span, string actor) => Of(Begin(jurisdiction, span), 'a', actor);

    /// <summary>What kind of event it is.</summary>
    public static int Type(JurisdictionId jurisdiction, long span, string type) => Of(Begin(jurisdiction, span), 't', type);

    /// <summary>A unit it has to do with.</summary>
    public static int Unit(JurisdictionId jurisdiction, long span, string unit) => Of(Begin(jurisdiction, span), 'u', unit);

    /// <summary>What it is about: the proposal's stream if it concerns one, else its own.</summary>
    public static int Subject(JurisdictionId jurisdiction, long span, string subject) => Of(Begin(jurisdiction, span), 's', subject);

    /// <summary>A bigram of its words.</summary>
    public static int Word(JurisdictionId jurisdiction, long span, int bigram) => Final(Next(Next(Next(Begin(jurisdiction, span), 'w'), bigram), bigram >> 16));

    static int Of(ulong begun, char kind, string value)
    {
        var hash = Next(begun, kind);
        foreach (var c in value) hash = Next(hash, c);
        return Final(hash);
    }

    static ulong Begin(JurisdictionId jurisdiction, long span)
    {
        var hash = Next(14695981039346656037, (int)span);
        foreach (var c in jurisdiction.Value) hash = Next(hash, c);
        return hash;
    }

    /// <summary>FNV-1a, two bytes at a time.</summary>
    static ulong Next(ulong hash, int value) => (hash ^ (ushort)value ^ ((ulong)(value >>> 16) << 32)) * 1099511628211;

    /// <summary>Spreads what the last steps left in the low bits.</summary>
    static int Final(ulong hash)
    {
        hash ^= hash >> 33;
        hash *= 0xff51afd7ed558ccd;
        hash ^= hash >> 33;
        return (int)hash;
    }
}
