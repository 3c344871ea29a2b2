using System.Collections.Immutable;

namespace Approval;

/// <summary>What a person may be in a jurisdiction. One person may hold several, never <see cref="Administrator"/> together with one that decides.</summary>
public enum Role
{
    /// <summary>项目单位经办人: drafts, revises, submits and withdraws the own unit's proposals.</summary>
    [Words("项目单位经办人", "Unit officer")]
    UnitOfficer,

    /// <summary>部门首席信息官: endorses the own unit's proposals; sits on the committee.</summary>
    [Words("部门首席信息官", "Departmental CIO")]
    DepartmentalCio,

    /// <summary>CIO办公室: runs the workflow.</summary>
    [Words("CIO办公室", "CIO office")]
    CioOffice,

    /// <summary>专家: appraises the proposals assigned.</summary>
    [Words("专家", "Expert")]
    Expert,

    /// <summary>CIO委员会委员: votes in a meeting attended.</summary>
    [Words("委员会委员", "Committee member")]
    CommitteeMember,

    /// <summary>区级首席信息官: consents, chairs, adopts policy, signs approvals.</summary>
    [Words("区级首席信息官", "District CIO")]
    DistrictCio,

    /// <summary>审计员: reads everything, commands nothing.</summary>
    [Words("审计员", "Auditor")]
    Auditor,

    /// <summary>管理员: units, people, calendars, projections; no approval decision.</summary>
    [Words("管理员", "Administrator")]
    Administrator,
}

/// <summary>Who acts: a person, in a jurisdiction, for a unit, in the roles that the directory gave.</summary>
/// <param name="Person">The person.</param>
/// <param name="Jurisdiction">The jurisdiction in which the person acts.</param>
/// <param name="Unit">The person's unit.</param>
/// <param name="Roles">The roles held.</param>
public sealed record Actor(PersonId Person, JurisdictionId Jurisdiction, UnitId Unit, ImmutableHashSet<Role> Roles)
{
    /// <summary>The engine itself, which reminds and escalates when time runs out, and never decides.</summary>
    public static Actor Engine(JurisdictionId jurisdiction) => new(EngineId, jurisdiction, new UnitId("engine"), []);

    /// <summary>The name under which the engine acts; no person can be appointed by it.</summary>
    public static readonly PersonId EngineId = new("engine");

    /// <summary>Whether it is the engine that acts.</summary>
    public bool IsEngine => Person == EngineId;

    /// <summary>Whether the person holds a role.</summary>
    public bool Is(Role role) => Roles.Contains(role);
}

/// <summary>Who acts and when: the two facts of every decision that come from outside.</summary>
/// <param name="By">The actor.</param>
/// <param name="At">The moment at which the decision is recorded.</param>
public sealed record Occasion(Actor By, DateTimeOffset At);
