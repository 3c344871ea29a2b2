using System.Collections.Immutable;
using Approval.Intake;

namespace Approval.Systems;

/// <summary>What holds for every entry of the register, whether typed or imported.</summary>
public static class SystemRules
{
    /// <summary>The most resources, and the most interfaces, of one system.</summary>
    public const int MostLines = 200;

    /// <summary>The code cannot name a system.</summary>
    public static readonly RefusalKind BadCode = new("system-code-malformed", RefusalSort.Form,
        "系统编号须为1至64位的字母、数字、“-”、“_”或“.”，并以字母或数字开头。", "A system's code has 1 to 64 letters, digits, '-', '_' or '.', and begins with a letter or digit.");

    /// <summary>The owner is no unit of the jurisdiction.</summary>
    public static readonly RefusalKind UnknownOwner = new("system-owner-unknown", RefusalSort.Form, "没有“{0}”这一单位。", "There is no unit \"{0}\".");

    /// <summary>The cost is negative.</summary>
    public static readonly RefusalKind NegativeCost = new("system-cost-negative", RefusalSort.Form, "年运维费不得为负数。", "The yearly cost of operation must not be negative.");

    /// <summary>A resource or an interface stands twice.</summary>
    public static readonly RefusalKind Repeated = new("system-line-repeated", RefusalSort.Form, "“{0}”重复。", "\"{0}\" stands twice.");

    /// <summary>Too many resources or interfaces.</summary>
    public static readonly RefusalKind TooMany = new("system-lines-too-many", RefusalSort.Form, "不得超过 {0} 项。", "At most {0} are allowed.");

    /// <summary>The system is out of use.</summary>
    public static readonly RefusalKind OutOfUse = new("system-out-of-use", RefusalSort.Rule, "该系统已停用。", "The system is out of use.");

    /// <summary>What is wrong with an entry, all at once; empty if nothing is.</summary>
    /// <param name="system">The code.</param>
    /// <param name="content">What is to be entered.</param>
    /// <param name="units">The units of the jurisdiction.</param>
    public static ImmutableArray<Refusal> Check(SystemId system, SystemContent content, IReadOnlySet<UnitId> units)
    {
        var wrong = ImmutableArray.CreateBuilder<Refusal>();
        if (!IsCode(system.Value)) wrong.Add(BadCode.At("code"));
        wrong.AddRange(Texts.CheckName("name", content.Name));
        if (!units.Contains(content.Owner)) wrong.Add(UnknownOwner.At("owner", content.Owner.Value));
        if (content.YearlyOperationCost < Money.Zero) wrong.Add(NegativeCost.At("yearlyOperationCost"));
        CheckLines("resources", [.. content.Resources.Select(r => r.Name)], [.. content.Resources.Select(r => r.Name)]);
        CheckLines("interfaces", [.. content.Interfaces.Select(i => i.Data)], [.. content.Interfaces.Select(i => $"{i.Direction} {i.Data} {i.Mode}")]);
        return wrong.ToImmutable();

        void CheckLines(string field, string[] names, string[] keys)
        {
            if (names.Length > MostLines) wrong.Add(TooMany.At(field, MostLines));
            var met = new HashSet<string>(StringComparer.Ordinal);
            for (var i = 0; i < names.Length; i++)
            {
                wrong.AddRange(Texts.CheckName($"{field}[{i}]", names[i]));
                if (!met.Add(keys[i])) wrong.Add(Repeated.At($"{field}[{i}]", names[i]));
            }
        }
    }

    /// <summary>Enters or changes: registers a new code, updates a known one, does nothing where the register already says so.</summary>
    internal static Decision Enter(SystemId id, SystemContent content, ExistingSystem? system) => system switch
    {
        null => Decision.Of(id.Stream, new SystemRegistered(id, content)),
        { Retired: false } when system.Content == content => Decision.Nothing,
        _ => Decision.Of(id.Stream, new SystemUpdated(content)),
    };

    static bool IsCode(string? code) =>
        code is { Length: >= 1 and <= 64 } && char.IsAsciiLetterOrDigit(code[0]) && code.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
}
