using System.Collections.Immutable;

namespace Approval.Calendars;

/// <summary>Facts about a jurisdiction's working-day calendar (工作日历).</summary>
public abstract record CalendarEvent
{
    private protected CalendarEvent() { }
}

/// <summary>The arrangement of one year was adopted; it replaces an earlier one of the same year.</summary>
/// <param name="Version">The calendar's version, counted from 1 over all years.</param>
/// <param name="Arrangement">Which days are off and which are made up.</param>
[WireName("calendar-adopted.v1")]
public sealed record CalendarAdopted(int Version, YearArrangement Arrangement) : CalendarEvent;

/// <summary>The holidays and make-up days of one year, as a notice orders them.</summary>
/// <param name="Year">The year.</param>
/// <param name="Source">The notice it rests on.</param>
/// <param name="DaysOff">The days off, weekend days inside a holiday included.</param>
/// <param name="MakeUpDays">调休: the weekend days that are worked.</param>
public sealed record YearArrangement(int Year, string Source, ImmutableArray<DayOff> DaysOff, ImmutableArray<DateOnly> MakeUpDays);

/// <summary>A day off.</summary>
/// <param name="Date">The day.</param>
/// <param name="Name">The holiday it belongs to: 春节.</param>
public sealed record DayOff(DateOnly Date, string Name);
