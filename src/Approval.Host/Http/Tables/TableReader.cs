using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;

namespace Approval.Http.Tables;

/// <summary>One row of a table that somebody sent.</summary>
/// <param name="Number">Its number in the file, as a spreadsheet shows it.</param>
/// <param name="Cells">The cells in order.</param>
public sealed record TableRow(int Number, IReadOnlyList<string> Cells);

/// <summary>The file is no table that can be read.</summary>
public sealed class TableException(Refusal refusal) : Exception(refusal.Code)
{
    /// <summary>Why.</summary>
    public Refusal Refusal { get; } = refusal;
}

/// <summary>Reads CSV (UTF-8 or GB18030) and XLSX. Nothing in a file is computed: of a formula the stored value counts.</summary>
public static class TableReader
{
    /// <summary>The longest file: 50 MiB.</summary>
    public const int MostBytes = 50 << 20;

    /// <summary>The longest that a compressed part may become: 200 MiB for the whole file.</summary>
    const long MostUnpacked = 200L << 20;

    /// <summary>The most rows below the header.</summary>
    public const int MostRows = 50_000;

    const int MostColumns = 200;
    const int LongestCell = 32_767;

    /// <summary>The file cannot be read.</summary>
    public static readonly RefusalKind Unreadable = new("table-unreadable", RefusalSort.Form, "文件无法读取：{0}。", "The file cannot be read: {0}.");

    /// <summary>The file is beyond the limits.</summary>
    public static readonly RefusalKind TooBig = new("table-too-big", RefusalSort.Form,
        "文件超出限制：最多 {0} 行、{1} 列，解压后不超过 200 MiB。", "The file is beyond the limits: at most {0} rows and {1} columns, 200 MiB unpacked.");

    static readonly Encoding Gb18030 = CodePagesEncodingProvider.Instance.GetEncoding("GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;

    /// <summary>The rows of the file, the header first, empty rows left out.</summary>
    /// <exception cref="TableException">The file is no table, or beyond the limits.</exception>
    public static IReadOnlyList<TableRow> Read(ReadOnlyMemory<byte> file)
    {
        try
        {
            var rows = (file.Span.StartsWith("PK"u8) ? Workbook(file) : Csv(file)).Where(r => r.Cells.Any(c => c.Length > 0)).Take(MostRows + 2).ToList();
            return rows.Count > MostRows + 1 ? throw Big() : rows;
        }
        catch (Exception e) when (e is InvalidDataException or XmlException or FormatException or DecoderFallbackException or NotSupportedException or OverflowException)
        {
            throw new TableException(Unreadable.With(e is DecoderFallbackException ? "UTF-8 / GB18030" : e is FormatException ? "CSV" : "XLSX"));
        }
    }

    /// <summary>RFC 4180: cells in quotes may hold commas, line breaks and doubled quotes. A row's number is that of its first line.</summary>
    static IEnumerable<TableRow> Csv(ReadOnlyMemory<byte> file)
    {
        var text = Decode(file.Span);
        var (cells, cell) = (new List<string>(), new StringBuilder());
        var (line, first, quoted) = (1, 1, false);
        for (var i = 0; i <= text.Length; i++)
        {
            var end = i == text.Length;
            var c = end ? '\n' : text[i];
            if (!end && c == '\n') line++;
            if (quoted && !end)
            {
                if (c != '"') cell.Append(c);
                else if (i + 1 < text.Length && text[i + 1] == '"') cell.Append(text[i++]);
                else quoted = false;
                if (cell.Length > LongestCell) throw Big();
                continue;
            }

            if (quoted) throw new FormatException();
            if (c == '"' && cell.Length == 0)
            {
                quoted = true;
            }
            else if (c is ',' or '\n')
            {
                cells.Add(cell.ToString().Trim());
                cell.Clear();
                if (cells.Count > MostColumns) throw Big();
                if (c == ',') continue;
                yield return new(first, cells);
                (cells, first) = ([], line);
            }
            else
            {
                cell.Append(c);
                if (cell.Length > LongestCell) throw Big();
            }
        }
    }

    /// <summary>UTF-8, with or without a byte order mark; whatever is not UTF-8 is taken for GB18030.</summary>
    static string Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith("\uFEFF"u8)) bytes = bytes[3..];
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return Gb18030.GetString(bytes);
        }
    }

    /// <summary>The first sheet. Read as a stream of XML without document types or outside references, each part bounded, so that no archive unpacks into more than the limit.</summary>
    static List<TableRow> Workbook(ReadOnlyMemory<byte> file)
    {
        using var archive = new ZipArchive(new MemoryStream(file.ToArray(), writable: false));
        if (archive.Entries.Count > 2_000) throw Big();
        var left = MostUnpacked;
        var strings = archive.GetEntry("xl/sharedStrings.xml") is { } shared ? Strings(Open(shared, ref left)) : [];
        var sheet = archive.GetEntry(FirstSheet(archive, ref left)) ?? throw new InvalidDataException();
        return Sheet(Open(sheet, ref left), strings);
    }

    static string FirstSheet(ZipArchive archive, ref long left)
    {
        const string relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        string? id = null;
        using (var workbook = Open(archive.GetEntry("xl/workbook.xml") ?? throw new InvalidDataException(), ref left))
        {
            while (id is null && workbook.Read())
            {
                if (workbook is { NodeType: XmlNodeType.Element, LocalName: "sheet" }) id = workbook.GetAttribute("id", relationships);
            }
        }

        using var links = Open(archive.GetEntry("xl/_rels/workbook.xml.rels") ?? throw new InvalidDataException(), ref left);
        while (links.Read())
        {
            if (links is { NodeType: XmlNodeType.Element, LocalName: "Relationship" } && links.GetAttribute("Id") == id && links.GetAttribute("Target") is { } target)
            {
                return target.StartsWith('/') ? target[1..] : $"xl/{target}";
            }
        }

        throw new InvalidDataException();
    }

    static List<string> Strings(XmlReader xml)
    {
        var strings = new List<string>();
        using (xml)
        {
            while (xml.Read())
            {
                if (xml is { NodeType: XmlNodeType.Element, LocalName: "si" }) strings.Add(TextOf(xml, "si"));
            }
        }

        return strings;
    }

    /// <summary>The text inside an element; phonetic hints (rPh) are no text of it.</summary>
    static string TextOf(XmlReader xml, string element)
    {
        if (xml.IsEmptyElement) return "";
        var text = new StringBuilder();
        var (inText, hint) = (false, 0);
        while (xml.Read() && !(xml.NodeType == XmlNodeType.EndElement && xml.LocalName == element))
        {
            if (xml.LocalName == "rPh" && !xml.IsEmptyElement) hint += xml.NodeType switch { XmlNodeType.Element => 1, XmlNodeType.EndElement => -1, _ => 0 };
            if (xml.LocalName == "t") inText = xml.NodeType == XmlNodeType.Element && !xml.IsEmptyElement;
            else if (inText && hint == 0 && xml.NodeType is XmlNodeType.Text or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace or XmlNodeType.CDATA) text.Append(xml.Value);
            if (text.Length > LongestCell) throw Big();
        }

        return text.ToString();
    }

    static List<TableRow> Sheet(XmlReader xml, List<string> strings)
    {
        var rows = new List<TableRow>();
        var (number, cells) = (0, new List<string>());
        using (xml)
        {
            while (xml.Read())
            {
                if (xml.NodeType != XmlNodeType.Element) continue;
                if (xml.LocalName == "row")
                {
                    number = int.TryParse(xml.GetAttribute("r"), NumberStyles.None, null, out var given) ? given : number + 1;
                    rows.Add(new(number, cells = []));
                    if (rows.Count > MostRows + 1) throw Big();
                }
                else if (xml.LocalName == "c")
                {
                    var column = ColumnOf(xml.GetAttribute("r")) ?? cells.Count;
                    if (column >= MostColumns) throw Big();
                    while (cells.Count < column) cells.Add("");
                    cells.Add(Cell(xml, strings).Trim());
                }
            }
        }

        return rows;
    }

    static string Cell(XmlReader xml, List<string> strings)
    {
        var type = xml.GetAttribute("t");
        if (xml.IsEmptyElement) return "";
        var value = "";
        while (xml.Read() && !(xml.NodeType == XmlNodeType.EndElement && xml.LocalName == "c"))
        {
            if (xml.NodeType != XmlNodeType.Element || xml.IsEmptyElement) continue;
            if (xml.LocalName == "is") value = TextOf(xml, "is");
            else if (xml.LocalName == "v") value = ValueOf(xml);
        }

        return type switch
        {
            "s" => int.TryParse(value, NumberStyles.None, null, out var i) && i < strings.Count ? strings[i] : throw new InvalidDataException(),
            "n" or null when double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var n) && value.Contains('E', StringComparison.Ordinal) && Math.Abs(n) < 1e15 =>
                ((decimal)n).ToString(CultureInfo.InvariantCulture),
            _ => value,
        };
    }

    static string ValueOf(XmlReader xml)
    {
        var text = "";
        while (xml.Read() && xml.NodeType != XmlNodeType.EndElement)
        {
            if (xml.NodeType is XmlNodeType.Text or XmlNodeType.SignificantWhitespace) text += xml.Value;
        }

        return text.Length > LongestCell ? throw Big() : text;
    }

    /// <summary>The column of a cell's reference, from 0: AB7 is 27.</summary>
    static int? ColumnOf(string? reference)
    {
        if (reference is null) return null;
        var column = 0;
        foreach (var c in reference.TakeWhile(char.IsAsciiLetterUpper))
        {
            column = (column * 26) + (c - 'A' + 1);
            if (column > MostColumns) throw Big();
        }

        return column == 0 ? null : column - 1;
    }

    static XmlReader Open(ZipArchiveEntry entry, ref long left)
    {
        left -= entry.Length;
        return left < 0
            ? throw Big()
            : XmlReader.Create(new Bounded(entry.Open(), entry.Length), new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, CloseInput = true, IgnoreComments = true });
    }

    static TableException Big() => new(TooBig.With(MostRows, MostColumns));

    /// <summary>Gives no more bytes than the archive said there are.</summary>
    sealed class Bounded(Stream inner, long most) : Stream
    {
        long left = most;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = inner.Read(buffer, offset, count);
            left -= read;
            return left < 0 ? throw Big() : read;
        }

        public override void Flush() => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing) inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
