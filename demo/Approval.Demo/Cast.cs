namespace Approval.Demo;

/// <summary>The demonstration's units and people, called what they do.</summary>
static class Cast
{
    public const string Administrator = "administrator";
    public const string Office = "office-1";
    public const string SecondOffice = "office-2";
    public const string DistrictCio = "district-cio";
    public const string Auditor = "auditor";
    public const string OfficeUnit = "cio-office";
    public const string ExpertUnit = "experts";

    /// <summary>Unit codes, by the pinyin initials of the units' names.</summary>
    static readonly Dictionary<string, string> Codes = new()
    {
        ["市交通局"] = "jtj", ["市人口和计划生育委员会"] = "rkjsw", ["市信息产业局"] = "xxcyj", ["市公安局"] = "gaj",
        ["市劳动和社会保障局"] = "ldbzj", ["市卫生局"] = "wsj", ["市发展和改革委员会"] = "fgw", ["市发展和改革局"] = "fgj",
        ["市口岸办"] = "kab", ["市国土资源局"] = "gtj", ["市城市管理局"] = "cgj", ["市委组织部"] = "zzb",
        ["市工商行政管理局"] = "gsj", ["市政府办公厅"] = "zfbgt", ["市民卡中心"] = "smkzx", ["市民政局"] = "mzj",
        ["市社会保险中心"] = "sbzx", ["市统计局"] = "tjj", ["市行政服务中心"] = "xzfwzx", ["新区市场监督管理局"] = "xqscj",
        ["新区政府办公室"] = "xqzfb", ["新区环境保护局"] = "xqhbj", ["新区经济和信息化委员会"] = "xqjxw", ["市财政局"] = "czj",
    };

    public static readonly string[] Experts = [.. Enumerable.Range(1, 9).Select(n => $"expert-{n}")];

    /// <summary>The committee: the District CIO in the chair and the chief information officers of these units.</summary>
    public static readonly string[] Committee = [DistrictCio, .. new[] { "fgw", "czj", "xxcyj", "zfbgt", "gaj", "gtj", "tjj", "gsj" }.Select(Cio)];

    /// <summary>A unit's code.</summary>
    public static string Code(string unit) => Codes[unit];

    /// <summary>A unit's officer.</summary>
    public static string Officer(string code) => $"{code}-officer";

    /// <summary>A unit's chief information officer.</summary>
    public static string Cio(string code) => $"{code}-cio";

    /// <summary>Every unit: code and name.</summary>
    public static IEnumerable<(string Code, string Name)> Units(DemoInput input) =>
        input.Units.Union(input.Bodies).Select(name => (Code(name), name)).Append((OfficeUnit, "CIO办公室")).Append((ExpertUnit, "专家咨询委员会"));

    /// <summary>Every person but the administrator: id, name, unit, roles.</summary>
    public static IEnumerable<(string Person, string Name, string Unit, string[] Roles)> People(DemoInput input)
    {
        foreach (var (code, name) in Units(input).Where(u => u.Code is not (OfficeUnit or ExpertUnit)))
        {
            yield return (Officer(code), $"{name}经办人", code, ["unit-officer"]);
            yield return (Cio(code), $"{name}首席信息官", code, Committee.Contains(Cio(code)) ? ["departmental-cio", "committee-member"] : ["departmental-cio"]);
        }

        yield return (Office, "CIO办公室主办", OfficeUnit, ["cio-office"]);
        yield return (SecondOffice, "CIO办公室协办", OfficeUnit, ["cio-office"]);
        yield return (DistrictCio, "区级首席信息官", OfficeUnit, ["district-cio", "committee-member"]);
        yield return (Auditor, "审计员", OfficeUnit, ["auditor"]);
        foreach (var (expert, n) in Experts.Zip("甲乙丙丁戊己庚辛壬")) yield return (expert, $"专家{n}", ExpertUnit, ["expert"]);
    }
}
