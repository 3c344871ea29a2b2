using System.Globalization;
using Approval.Http.Tables;
using Approval.Intake;
using Approval.InterfaceUnification;

namespace Approval.Systems;

/// <summary>A cell of an imported table that cannot be taken.</summary>
/// <param name="Row">The row's number in the file.</param>
/// <param name="Column">The column's name in the file.</param>
/// <param name="Code">The stable code.</param>
/// <param name="Chinese">Why, in Chinese.</param>
/// <param name="English">Why, in English.</param>
public sealed record RejectedCell(int Row, string Column, string Code, string Chinese, string English);

/// <summary>The register as a table: read from a file somebody sent, written to one somebody asked for. What is written can be read again.</summary>
public static class SystemTable
{
    static readonly (string Field, string Chinese, string[] Names)[] Columns =
    [
        ("code", "系统编号", ["系统编号", "编号", "code"]),
        ("name", "系统名称", ["系统名称", "名称", "name"]),
        ("owner", "主管单位", ["主管单位", "所属单位", "单位", "owner"]),
        ("yearlyOperationCost", "年运维费", ["年运维费", "年运维费元", "年运行维护费", "yearly operation cost"]),
        ("inUseSince", "启用日期", ["启用日期", "投入使用日期", "in use since"]),
        ("resources", "信息资源", ["信息资源", "resources"]),
        ("interfaces", "接口", ["接口", "系统接口", "interfaces"]),
    ];

    static readonly string[] Needed = ["code", "name", "owner", "yearlyOperationCost"];

    /// <summary>A column that every table of systems has is missing.</summary>
    public static readonly RefusalKind ColumnMissing = new("import-column-missing", RefusalSort.Form, "缺少“{0}”列。", "The column \"{0}\" is missing.");

    /// <summary>The cell is no amount of yuan.</summary>
    public static readonly RefusalKind BadAmount = new("import-amount-malformed", RefusalSort.Form, "“{0}”不是金额（元，最多两位小数）。", "\"{0}\" is no amount of yuan with at most two digits after the point.");

    /// <summary>The cell is no date.</summary>
    public static readonly RefusalKind BadDate = new("import-date-malformed", RefusalSort.Form, "“{0}”不是日期，应如 2020-07-01。", "\"{0}\" is no date such as 2020-07-01.");

    /// <summary>The cell is no list of resources.</summary>
    public static readonly RefusalKind BadResource = new("import-resource-malformed", RefusalSort.Form,
        "“{0}”应为“名称”或“名称(无条件共享|有条件共享|不予共享)”，以分号分隔。", "\"{0}\" should be a name, or a name with (unconditional|conditional|none), separated by semicolons.");

    /// <summary>The cell is no list of interfaces.</summary>
    public static readonly RefusalKind BadInterface = new("import-interface-malformed", RefusalSort.Form,
        "“{0}”应为“提供|使用:数据:api|file|database|message”，以分号分隔。", "\"{0}\" should be provide|consume:data:api|file|database|message, separated by semicolons.");

    /// <summary>The header in Chinese, as it is written.</summary>
    public static IReadOnlyList<string> Header { get; } = [.. Columns.Select(c => c.Chinese)];

    /// <summary>A system as a row.</summary>
    public static IReadOnlyList<object?> Row(SystemRow system, string owner) =>
    [
        system.Code.Value, system.Name, owner, system.YearlyOperationCost, system.InUseSince,
        string.Join(';', system.Resources.Select(r => $"{r.Name}({Words.Of(r.Sharing, chinese: true)})")),
        string.Join(';', system.Interfaces.Select(i => $"{Words.Of(i.Direction, chinese: true)}:{i.Data}:{CodeOf(i.Mode)}")),
    ];

    /// <summary>Reads a table: the entries that are good, and every cell that is not.</summary>
    /// <param name="rows">The rows, the header first.</param>
    /// <param name="units">The units of the jurisdiction with their names.</param>
    /// <exception cref="TableException">A column is missing.</exception>
    public static (IReadOnlyList<RegisterSystem> Good, IReadOnlyList<RejectedCell> Rejected) Read(IReadOnlyList<TableRow> rows, IReadOnlyDictionary<UnitId, string> units)
    {
        var header = rows.Count > 0 ? rows[0].Cells : [];
        var places = Columns.ToDictionary(c => c.Field, c => header.Select((h, i) => (h, i)).Where(h => c.Names.Any(n => Naming.Same(n, h.h))).Select(h => h.i).DefaultIfEmpty(-1).First());
        if (Columns.FirstOrDefault(c => Needed.Contains(c.Field) && places[c.Field] < 0) is { Field: not null } missing) throw new TableException(ColumnMissing.With(missing.Chinese));

        var known = units.Keys.ToHashSet();
        var byName = units.GroupBy(u => Naming.Plain(u.Value)).ToDictionary(g => g.Key, g => g.First().Key);
        var met = new HashSet<string>(StringComparer.Ordinal);
        List<RegisterSystem> good = [];
        List<RejectedCell> rejected = [];
        foreach (var row in rows.Skip(1))
        {
            var wrong = new List<Refusal>();
            var owner = Cell("owner");
            var content = new SystemContent
            {
                Name = Cell("name"),
                Owner = byName.GetValueOrDefault(Naming.Plain(owner), new(owner)),
                YearlyOperationCost = Amount(Cell("yearlyOperationCost"), wrong),
                InUseSince = Date(Cell("inUseSince"), wrong),
                Resources = [.. Parts(Cell("resources")).Select(p => Resource(p, wrong)).OfType<SystemResource>()],
                Interfaces = [.. Parts(Cell("interfaces")).Select(p => Interface(p, wrong)).OfType<SystemInterface>()],
            };
            var code = Cell("code");
            wrong.AddRange(SystemRules.Check(new(code), content, known));
            if (!met.Add(code)) wrong.Add(ImportSystems.CodeRepeated.At("code", code));
            if (wrong.Count == 0) good.Add(new(new(code), content));
            rejected.AddRange(wrong.Select(r => new RejectedCell(row.Number, ColumnOf(r.Field!), r.Code, r.Message(chinese: true), r.Message(chinese: false))));

            string Cell(string field) => places[field] is >= 0 and var place && place < row.Cells.Count ? Unmarked(row.Cells[place]) : "";
        }

        return (good, rejected);

        string ColumnOf(string field)
        {
            var name = field.Split('[', '.')[0];
            return places[name] is >= 0 and var place ? header[place] : Columns.First(c => c.Field == name).Chinese;
        }
    }

    /// <summary>A text without the apostrophe that an export put before it.</summary>
    static string Unmarked(string cell) => cell.Length > 1 && cell[0] == '\'' && TableWriter.Harmless(cell[1..]) == cell ? cell[1..] : cell;

    static Money Amount(string text, List<Refusal> wrong)
    {
        if (decimal.TryParse(text, NumberStyles.AllowThousands | NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var yuan) && Money.Fits(yuan)) return new(yuan);
        wrong.Add(BadAmount.At("yearlyOperationCost", Short(text)));
        return Money.Zero;
    }

    /// <summary>A date as people write it, or as a spreadsheet keeps it: days since the end of 1899.</summary>
    static DateOnly? Date(string text, List<Refusal> wrong)
    {
        if (text.Length == 0) return null;
        if (DateOnly.TryParseExact(text, ["yyyy-MM-dd", "yyyy/M/d", "yyyy.M.d", "yyyy年M月d日", "yyyyMMdd"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) return date;
        if (int.TryParse(text, NumberStyles.None, null, out var days) && days is > 0 and < 100_000) return new DateOnly(1899, 12, 30).AddDays(days);
        wrong.Add(BadDate.At("inUseSince", Short(text)));
        return null;
    }

    static string[] Parts(string text) => text.Split([';', '；', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    static SystemResource? Resource(string text, List<Refusal> wrong)
    {
        var open = text.LastIndexOfAny(['(', '（']);
        if (open < 0 || text[^1] is not (')' or '）')) return new(text, Sharing.Conditional);
        var said = text[(open + 1)..^1].Trim();
        foreach (var sharing in Enum.GetValues<Sharing>())
        {
            if (said == Words.Of(sharing, chinese: true) || string.Equals(said, sharing.ToString(), StringComparison.OrdinalIgnoreCase)) return new(text[..open].Trim(), sharing);
        }

        wrong.Add(BadResource.At("resources", Short(text)));
        return null;
    }

    static SystemInterface? Interface(string text, List<Refusal> wrong)
    {
        var parts = text.Split([':', '：'], StringSplitOptions.TrimEntries);
        InterfaceDirection? direction = parts[0].ToLowerInvariant() switch { "提供" or "provide" => InterfaceDirection.Provide, "使用" or "consume" => InterfaceDirection.Consume, _ => null };
        InterfaceMode? mode = null;
        foreach (var m in Enum.GetValues<InterfaceMode>())
        {
            if (parts.Length == 3 && (string.Equals(parts[2], m.ToString(), StringComparison.OrdinalIgnoreCase) || parts[2] == Words.Of(m, chinese: true))) mode = m;
        }

        if (direction is { } d && mode is { } known) return new(d, parts[1], known);
        wrong.Add(BadInterface.At("interfaces", Short(text)));
        return null;
    }

    static string CodeOf(InterfaceMode mode) => mode.ToString().ToLowerInvariant();

    static string Short(string text) => text.Length <= 40 ? text : $"{text[..40]}…";
}
