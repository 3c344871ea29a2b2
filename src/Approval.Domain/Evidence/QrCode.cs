using System.Globalization;
using System.Text;

namespace Approval.Evidence;

/// <summary>
/// QR codes (ISO/IEC 18004) for short texts: byte mode, error correction level M, versions 1 to 10, which is up to 213 bytes.
/// </summary>
public sealed class QrCode
{
    const int FirstOfTwoByteLength = 10;
    const int Modes = 8;

    // Level M, by version: codewords of error correction per block, blocks of the first size and their data codewords, blocks with one more.
    static readonly (int Check, int Blocks, int Data, int Longer)[] Layouts =
        [default, (10, 1, 16, 0), (16, 1, 28, 0), (26, 1, 44, 0), (18, 2, 32, 0), (24, 2, 43, 0), (16, 4, 27, 0), (18, 4, 31, 0), (22, 2, 38, 2), (22, 3, 36, 2), (26, 4, 43, 1)];

    static readonly int[][] Alignments = [[], [], [6, 18], [6, 22], [6, 26], [6, 30], [6, 34], [6, 22, 38], [6, 24, 42], [6, 26, 46], [6, 28, 50]];

    readonly bool[,] dark;
    readonly bool[,] fixedModules;

    QrCode(int version)
    {
        Version = version;
        Size = 17 + (4 * version);
        (dark, fixedModules) = (new bool[Size, Size], new bool[Size, Size]);
    }

    /// <summary>The version, 1 to 10.</summary>
    public int Version { get; }

    /// <summary>Modules to a side, without the quiet zone.</summary>
    public int Size { get; }

    /// <summary>Whether a module is dark.</summary>
    public bool this[int row, int column] => dark[row, column];

    /// <summary>Encodes a text as UTF-8, with the mask that reads best.</summary>
    /// <exception cref="ArgumentException">It is too long.</exception>
    public static QrCode Of(string text) => Enumerable.Range(0, Modes).Select(mask => Of(text, mask)).MinBy(c => c.Penalty())!;

    /// <summary>Encodes a text with a given mask, 0 to 7.</summary>
    public static QrCode Of(string text, int mask)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var version = Enumerable.Range(1, Layouts.Length - 1).FirstOrDefault(v => 4 + LengthBits(v) + (8 * bytes.Length) <= 8 * Capacity(v));
        if (version == 0) throw new ArgumentException("The text is too long for a QR code of version 10.", nameof(text));
        var code = new QrCode(version);
        code.DrawPatterns(mask);
        code.Place(Interleave(version, Data(version, bytes)), mask);
        return code;
    }

    /// <summary>An image for HTML and print, four modules of quiet zone around it; without script and style.</summary>
    /// <param name="name">What it says, for those who do not see it.</param>
    public string Svg(string name)
    {
        var path = new StringBuilder();
        for (var row = 0; row < Size; row++)
        {
            for (var column = 0; column < Size; column++)
            {
                if (dark[row, column]) path.Append(CultureInfo.InvariantCulture, $"M{column + 4} {row + 4}h1v1h-1z");
            }
        }

        return $"""<svg xmlns="http://www.w3.org/2000/svg" class="qr" role="img" aria-label="{name}" viewBox="0 0 {Size + 8} {Size + 8}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{Size + 8}v{Size + 8}H0z"/><path d="{path}"/></svg>""";
    }

    static int Capacity(int version) => (Layouts[version].Blocks * Layouts[version].Data) + (Layouts[version].Longer * (Layouts[version].Data + 1));

    static int LengthBits(int version) => version < FirstOfTwoByteLength ? 8 : 16;

    static byte[] Data(int version, byte[] bytes)
    {
        var bits = new List<bool>();
        Add(0b0100, 4);
        Add(bytes.Length, LengthBits(version));
        foreach (var b in bytes) Add(b, 8);
        var capacity = 8 * Capacity(version);
        Add(0, Math.Min(4, capacity - bits.Count));
        Add(0, (8 - (bits.Count % 8)) % 8);
        for (var pad = 0xec; bits.Count < capacity; pad ^= 0xec ^ 0x11) Add(pad, 8);
        return [.. bits.Chunk(8).Select(c => (byte)c.Aggregate(0, (all, bit) => (all << 1) | (bit ? 1 : 0)))];

        void Add(int value, int count)
        {
            for (var i = count - 1; i >= 0; i--) bits.Add(((value >> i) & 1) == 1);
        }
    }

    static List<byte> Interleave(int version, byte[] data)
    {
        var (check, few, length, more) = Layouts[version];
        var (blocks, at) = (new List<byte[]>(), 0);
        for (var i = 0; i < few + more; i++)
        {
            var size = i < few ? length : length + 1;
            blocks.Add(data[at..(at + size)]);
            at += size;
        }

        var checks = blocks.ConvertAll(b => Remainder(b, check));
        var words = new List<byte>();
        for (var i = 0; i <= length; i++) words.AddRange(blocks.Where(b => i < b.Length).Select(b => b[i]));
        for (var i = 0; i < check; i++) words.AddRange(checks.Select(c => c[i]));
        return words;
    }

    /// <summary>The Reed-Solomon codewords over GF(256) with the polynomial 0x11d.</summary>
    static byte[] Remainder(byte[] data, int degree)
    {
        var divisor = new byte[degree];
        divisor[^1] = 1;
        byte root = 1;
        for (var i = 0; i < degree; i++)
        {
            for (var j = 0; j < degree; j++) divisor[j] = (byte)(Multiply(divisor[j], root) ^ (j + 1 < degree ? divisor[j + 1] : 0));
            root = Multiply(root, 2);
        }

        var remainder = new byte[degree];
        foreach (var b in data)
        {
            var factor = (byte)(b ^ remainder[0]);
            Array.Copy(remainder, 1, remainder, 0, degree - 1);
            remainder[^1] = 0;
            for (var i = 0; i < degree; i++) remainder[i] ^= Multiply(divisor[i], factor);
        }

        return remainder;
    }

    static byte Multiply(byte x, byte y)
    {
        var product = 0;
        for (var i = 7; i >= 0; i--) product = (product << 1) ^ ((product >> 7) * 0x11d) ^ (((y >> i) & 1) * x);
        return (byte)product;
    }

    void DrawPatterns(int mask)
    {
        for (var i = 0; i < Size; i++)
        {
            Fix(6, i, i % 2 == 0);
            Fix(i, 6, i % 2 == 0);
        }

        foreach (var (row, column) in new[] { (3, 3), (3, Size - 4), (Size - 4, 3) }) Square(row, column, 4);
        var centres = Alignments[Version];
        foreach (var row in centres)
        {
            foreach (var column in centres)
            {
                if (!((row == 6 && column == 6) || (row == 6 && column == centres[^1]) || (row == centres[^1] && column == 6))) Square(row, column, 2);
            }
        }

        // Level M is 00, so the five bits are the mask's number.
        var format = ((mask << 10) | Bch(mask, 10, 0x537)) ^ 0x5412;
        for (var i = 0; i < 15; i++)
        {
            var bit = ((format >> i) & 1) == 1;
            Fix(i < 6 ? i : i < 8 ? i + 1 : Size - 15 + i, 8, bit);
            Fix(8, i < 8 ? Size - 1 - i : i == 8 ? 7 : 14 - i, bit);
        }

        Fix(Size - 8, 8, true);
        if (Version < 7) return;
        var version = (Version << 12) | Bch(Version, 12, 0x1f25);
        for (var i = 0; i < 18; i++)
        {
            var bit = ((version >> i) & 1) == 1;
            Fix(Size - 11 + (i % 3), i / 3, bit);
            Fix(i / 3, Size - 11 + (i % 3), bit);
        }
    }

    static int Bch(int value, int degree, int generator)
    {
        var remainder = value;
        for (var i = 0; i < degree; i++) remainder = (remainder << 1) ^ ((remainder >> (degree - 1)) * generator);
        return remainder;
    }

    /// <summary>A finder (radius 4, with its separator) or an alignment pattern (radius 2).</summary>
    void Square(int row, int column, int radius)
    {
        for (var y = -radius; y <= radius; y++)
        {
            for (var x = -radius; x <= radius; x++)
            {
                if (row + y < 0 || row + y >= Size || column + x < 0 || column + x >= Size) continue;
                var ring = Math.Max(Math.Abs(x), Math.Abs(y));
                Fix(row + y, column + x, radius == 4 ? ring is not (2 or 4) : ring != 1);
            }
        }
    }

    void Fix(int row, int column, bool value) => (dark[row, column], fixedModules[row, column]) = (value, true);

    void Place(List<byte> words, int mask)
    {
        var at = 0;
        var upwards = true;
        for (var right = Size - 1; right > 0; right -= 2, upwards = !upwards)
        {
            if (right == 6) right = 5;
            for (var i = 0; i < Size; i++)
            {
                var row = upwards ? Size - 1 - i : i;
                for (var column = right; column > right - 2; column--)
                {
                    if (fixedModules[row, column]) continue;
                    dark[row, column] = (at < 8 * words.Count && ((words[at / 8] >> (7 - (at % 8))) & 1) == 1) ^ Masked(mask, row, column);
                    at++;
                }
            }
        }
    }

    static bool Masked(int mask, int y, int x) => mask switch
    {
        0 => (y + x) % 2 == 0,
        1 => y % 2 == 0,
        2 => x % 3 == 0,
        3 => (y + x) % 3 == 0,
        4 => ((y / 2) + (x / 3)) % 2 == 0,
        5 => (y * x % 2) + (y * x % 3) == 0,
        6 => ((y * x % 2) + (y * x % 3)) % 2 == 0,
        _ => (((y + x) % 2) + (y * x % 3)) % 2 == 0,
    };

    /// <summary>How hard it reads, by the four rules of the standard.</summary>
    int Penalty()
    {
        var penalty = 0;
        for (var i = 0; i < Size; i++)
        {
            penalty += OfLine(j => dark[i, j]) + OfLine(j => dark[j, i]);
        }

        var count = 0;
        for (var row = 0; row < Size; row++)
        {
            for (var column = 0; column < Size; column++)
            {
                if (dark[row, column]) count++;
                if (row + 1 < Size && column + 1 < Size && dark[row, column] == dark[row, column + 1] && dark[row, column] == dark[row + 1, column] && dark[row, column] == dark[row + 1, column + 1])
                    penalty += 3;
            }
        }

        return penalty + (10 * (Math.Abs((count * 20) - (Size * Size * 10)) / (Size * Size)));
    }

    int OfLine(Func<int, bool> module)
    {
        const int Finder = 0b10111010000, Mirrored = 0b00001011101, Eleven = (1 << 11) - 1;
        var (penalty, run, last) = (0, 1, Convert.ToInt32(module(0)));
        for (var i = 1; i <= Size; i++)
        {
            if (i < Size && module(i) == module(i - 1))
            {
                run++;
            }
            else
            {
                if (run >= 5) penalty += run - 2;
                run = 1;
            }

            if (i == Size) break;
            last = ((last << 1) | (module(i) ? 1 : 0)) & Eleven;
            if (i >= 10 && last is Finder or Mirrored) penalty += 40;
        }

        return penalty;
    }
}
