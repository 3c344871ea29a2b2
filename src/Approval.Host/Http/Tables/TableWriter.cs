using System.Globalization;
using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Approval.Http.Tables;

/// <summary>In which form a table is sent.</summary>
public enum TableFormat
{
    /// <summary>CSV in UTF-8 with a byte order mark, as spreadsheets expect it.</summary>
    Csv,

    /// <summary>XLSX.</summary>
    Xlsx,
}

/// <summary>Writes tables row by row. A text that a spreadsheet would take for a formula is written as text.</summary>
public static class TableWriter
{
    /// <summary>Answers with a file.</summary>
    /// <param name="format">The form.</param>
    /// <param name="name">The file's name without extension.</param>
    /// <param name="header">The names of the columns.</param>
    /// <param name="rows">The rows: texts, numbers, amounts, dates, instants or nothing.</param>
    public static IResult Send(TableFormat format, string name, IReadOnlyList<string> header, IAsyncEnumerable<IReadOnlyList<object?>> rows) => new File(format, name, header, rows);

    /// <summary>A text that a spreadsheet takes for text: what begins like a formula gets an apostrophe before it.</summary>
    public static string Harmless(string text) =>
        text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠' ? $"'{text}" : text;

    sealed class File(TableFormat format, string name, IReadOnlyList<string> header, IAsyncEnumerable<IReadOnlyList<object?>> rows) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.ContentType = format == TableFormat.Csv ? "text/csv; charset=utf-8" : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
            response.Headers.ContentDisposition = $"attachment; filename*=UTF-8''{Uri.EscapeDataString(name)}.{(format == TableFormat.Csv ? "csv" : "xlsx")}";
            if (format == TableFormat.Csv) await Csv(response.Body, httpContext.RequestAborted);
            else await Xlsx(response.Body, httpContext.RequestAborted);
        }

        async Task Csv(Stream body, CancellationToken cancel)
        {
            await using var text = new StreamWriter(body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), 1 << 16, leaveOpen: true);
            await Line(header.Select(Harmless));
            await foreach (var row in rows.WithCancellation(cancel)) await Line(row.Select(c => c is string s ? Harmless(s) : Plain(c)));

            Task Line(IEnumerable<string> cells) => text.WriteAsync(string.Join(',', cells.Select(Quoted)) + "\r\n");

            static string Quoted(string cell) => cell.AsSpan().IndexOfAny(",\"\r\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        }

        /// <summary>The archive needs a stream that can be sought, so it is made in a temporary file that goes with its handle.</summary>
        async Task Xlsx(Stream body, CancellationToken cancel)
        {
            await using var file = new FileStream(Path.GetTempFileName(), FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
            using (var document = SpreadsheetDocument.Create(file, SpreadsheetDocumentType.Workbook))
            {
                var workbook = document.AddWorkbookPart();
                var sheet = workbook.AddNewPart<WorksheetPart>();
                using (var xml = OpenXmlWriter.Create(sheet))
                {
                    xml.WriteStartElement(new Worksheet());
                    xml.WriteStartElement(new SheetData());
                    Line(xml, header);
                    await foreach (var row in rows.WithCancellation(cancel)) Line(xml, row);
                    xml.WriteEndElement();
                    xml.WriteEndElement();
                }

                workbook.Workbook = new Workbook(new Sheets(new Sheet { Id = workbook.GetIdOfPart(sheet), SheetId = 1, Name = "1" }));
            }

            file.Position = 0;
            await file.CopyToAsync(body, cancel);
        }

        static void Line(OpenXmlWriter xml, IEnumerable<object?> cells)
        {
            xml.WriteStartElement(new Row());
            foreach (var cell in cells)
            {
                xml.WriteElement(cell switch
                {
                    null => new Cell(),
                    int or long or decimal or Money => new Cell { CellValue = new(Plain(cell)), DataType = CellValues.Number },
                    // Text in a cell of type text is never computed, so it stands as it is.
                    _ => new Cell { InlineString = new(new Text(cell as string is { } s ? Printable(s) : Plain(cell)) { Space = SpaceProcessingModeValues.Preserve }), DataType = CellValues.InlineString },
                });
            }

            xml.WriteEndElement();
        }

        static string Printable(string text) => string.Concat(text.Where(c => System.Xml.XmlConvert.IsXmlChar(c) || char.IsSurrogate(c)));

        static string Plain(object? value) => value switch
        {
            null => "",
            DateOnly d => d.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            DateTimeOffset t => t.ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
            IFormattable f => f.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString() ?? "",
        };
    }
}
