using Approval.Calendars;

namespace Approval.Directory;

/// <summary>The operator founds a jurisdiction: its first unit, its first administrator and the State Council's calendar. Everything else is the administrator's and the District CIO's.</summary>
/// <param name="Unit">The code of the administrator's unit.</param>
/// <param name="UnitName">Its name.</param>
/// <param name="Administrator">The identity provider's subject of the first administrator.</param>
public sealed record FoundJurisdiction(UnitId Unit, string UnitName, PersonId Administrator)
{
    /// <summary>The jurisdiction has people already.</summary>
    public static readonly RefusalKind Founded = new("jurisdiction-founded", RefusalSort.Rule,
        "该辖区已建立。", "The jurisdiction is founded already.");

    /// <summary>Decides.</summary>
    public static Decision Decide(FoundJurisdiction command, Person? administrator, WorkingCalendar? calendar, Occasion on)
    {
        if (Permissions.Check(nameof(FoundJurisdiction), on.By) is { } no) return no;

        Refusal[] wrong =
        [
            .. DirectoryRules.IsCode(command.Unit.Value) ? [] : new[] { DirectoryRules.InvalidCode.At("unit") },
            .. Texts.CheckName("unitName", command.UnitName),
            .. DirectoryRules.IsSubject(command.Administrator.Value) ? [] : new[] { DirectoryRules.InvalidSubject.At("administrator") },
        ];
        if (wrong.Length > 0) return Decision.Refuse(wrong);
        if (administrator is { Removed: false } && administrator.Roles.Contains(Role.Administrator)) return Decision.Nothing;
        if (administrator is not null || calendar is not null) return Founded.With();
        return Decision.Of(command.Unit.Stream, new UnitRegistered(command.Unit, command.UnitName))
            .And(command.Administrator.Stream, new PersonAppointed(command.Administrator, command.Unit, [Role.Administrator]))
            .And(JurisdictionStreams.Calendar, new CalendarAdopted(1, StateCouncil.Year2025), new CalendarAdopted(2, StateCouncil.Year2026));
    }
}
