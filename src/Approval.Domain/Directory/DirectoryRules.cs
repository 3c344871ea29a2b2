using System.Collections.Immutable;

namespace Approval.Directory;

/// <summary>Rules and refusals that the directory's commands share.</summary>
public static class DirectoryRules
{
    /// <summary>The longest code of a unit.</summary>
    public const int LongestCode = 40;

    /// <summary>The longest subject of a person.</summary>
    public const int LongestSubject = 100;

    /// <summary>The unit's code is not one.</summary>
    public static readonly RefusalKind InvalidCode = new("unit-code-invalid", RefusalSort.Form,
        "单位代码由小写字母、数字和连字符组成，以字母开头，不超过 40 个字符。", "A unit's code is made of lower-case letters, digits and hyphens, begins with a letter and has at most 40 characters.");

    /// <summary>The person's subject is not one.</summary>
    public static readonly RefusalKind InvalidSubject = new("person-id-invalid", RefusalSort.Form,
        "人员标识由字母、数字和 . _ - @ : | 组成，不超过 100 个字符，且不得为保留名称。", "A person's id is made of letters, digits and . _ - @ : | , has at most 100 characters and is not a reserved name.");

    /// <summary>There is no such unit.</summary>
    public static readonly RefusalKind UnitUnknown = new("unit-unknown", RefusalSort.Rule,
        "单位“{0}”未登记。", "The unit \"{0}\" is not registered.");

    /// <summary>The unit was retired.</summary>
    public static readonly RefusalKind UnitRetired = new("unit-retired", RefusalSort.Rule,
        "单位“{0}”已撤销。", "The unit \"{0}\" was retired.");

    /// <summary>There is no such person in the directory, or the person was removed.</summary>
    public static readonly RefusalKind PersonRemoved = new("person-removed", RefusalSort.Rule,
        "该人员已移出名录。", "The person was removed from the directory.");

    /// <summary>A person without a role is nobody.</summary>
    public static readonly RefusalKind RolesMissing = new("roles-missing", RefusalSort.Form,
        "至少应有一个角色。", "At least one role is needed.");

    /// <summary>An administrator decides nothing.</summary>
    public static readonly RefusalKind AdministratorDecides = new("administrator-decides", RefusalSort.Rule,
        "管理员不得兼任参与审批的角色（{0}）。", "An administrator may not also decide (as {0}).");

    /// <summary>An auditor is nothing else.</summary>
    public static readonly RefusalKind AuditorExclusive = new("auditor-exclusive", RefusalSort.Rule,
        "审计员不得兼任其他角色。", "An auditor may hold no other role.");

    /// <summary>Nobody changes their own place in the directory.</summary>
    public static readonly RefusalKind OwnRoles = new("own-roles", RefusalSort.Rule,
        "不得变更本人的角色或单位。", "Nobody changes their own roles or unit.");

    /// <summary>The roles that decide: none of them goes with the administrator's.</summary>
    public static readonly ImmutableArray<Role> Deciding =
        [Role.DepartmentalCio, Role.CioOffice, Role.Expert, Role.CommitteeMember, Role.DistrictCio];

    /// <summary>Separation of duties: what forbids holding these roles together.</summary>
    internal static IEnumerable<Refusal> CheckRoles(IReadOnlyCollection<Role> roles)
    {
        if (roles.Count == 0) yield return RolesMissing.At("roles");
        if (roles.Contains(Role.Administrator))
        {
            foreach (var role in Deciding.Intersect(roles)) yield return AdministratorDecides.At("roles", role);
        }

        if (roles.Contains(Role.Auditor) && roles.Distinct().Count() > 1) yield return AuditorExclusive.At("roles");
    }

    /// <summary>What forbids appointing to this unit.</summary>
    internal static IEnumerable<Refusal> CheckUnit(UnitId id, Unit? unit)
    {
        if (unit is null) yield return UnitUnknown.At("unit", id.Value);
        else if (unit.Retired) yield return UnitRetired.At("unit", unit.Name);
    }

    /// <summary>Whether a text can be a unit's code.</summary>
    public static bool IsCode(string code) =>
        code is [>= 'a' and <= 'z', ..] && code.Length <= LongestCode && code.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    /// <summary>Whether a text can be a person's subject. The engine's name is taken.</summary>
    public static bool IsSubject(string id) =>
        id.Length is > 0 and <= LongestSubject && id != Actor.EngineId.Value && id.All(c => char.IsAsciiLetterOrDigit(c) || ".-_@:|".Contains(c));
}
