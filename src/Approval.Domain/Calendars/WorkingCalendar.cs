using System.Collections.Immutable;

namespace Approval.Calendars;

/// <summary>A jurisdiction's working days: Monday to Friday, less the days off, plus the make-up days (调休). A year without an adopted arrangement follows the weekend alone.</summary>
public sealed record WorkingCalendar
{
    /// <summary>The kind of stream.</summary>
    public static readonly StreamKind<WorkingCalendar> Kind = new("calendar", Evolve);

    /// <summary>The calendar before any arrangement is adopted.</summary>
    public static readonly WorkingCalendar WeekendsOnly = new();

    /// <summary>The newest version adopted; 0 before the first.</summary>
    public int Version { get; init; }

    /// <summary>The arrangement in force of each year.</summary>
    public ImmutableSortedDictionary<int, YearArrangement> Years { get; init; } = ImmutableSortedDictionary<int, YearArrangement>.Empty;

    /// <summary>The local time's distance from UTC: China time, without summer time.</summary>
    public TimeSpan Offset { get; init; } = TimeSpan.FromHours(8);

    ImmutableHashSet<DateOnly> DaysOff { get; init; } = [];

    ImmutableHashSet<DateOnly> MakeUpDays { get; init; } = [];

    /// <summary>The days that Monday to Friday alone would count otherwise: one more each, or one less.</summary>
    ImmutableArray<(DateOnly Day, int More)> Exceptions { get; init; } = [];

    /// <summary>The local date of a moment.</summary>
    public DateOnly DateOf(DateTimeOffset at) => DateOnly.FromDateTime(at.ToOffset(Offset).DateTime);

    /// <summary>Whether a day is worked.</summary>
    public bool IsWorkingDay(DateOnly day) =>
        MakeUpDays.Contains(day) || (IsWeekday(day) && !DaysOff.Contains(day));

    /// <summary>The n-th working day after a day, which itself does not count; with a negative n the n-th before it; with 0 the day itself.</summary>
    public DateOnly AddWorkingDays(DateOnly from, int workingDays)
    {
        var (day, step) = (from, Math.Sign(workingDays));
        for (var left = Math.Abs(workingDays); left > 0; left -= IsWorkingDay(day) ? 1 : 0) day = day.AddDays(step);
        return day;
    }

    /// <summary>The working days after one day up to and including another; negative if the other is earlier.</summary>
    public int WorkingDaysBetween(DateOnly from, DateOnly to) =>
        to < from ? -WorkingDaysBetween(to, from)
        : WeekdaysUpTo(to) - WeekdaysUpTo(from) + Exceptions.Sum(e => from < e.Day && e.Day <= to ? e.More : 0);

    static bool IsWeekday(DateOnly day) => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);

    /// <summary>The days from Monday to Friday since the first of all days, which was a Monday.</summary>
    static int WeekdaysUpTo(DateOnly day) => ((day.DayNumber + 1) / 7 * 5) + Math.Min((day.DayNumber + 1) % 7, 5);

    /// <summary>The state after an event.</summary>
    public static WorkingCalendar Evolve(WorkingCalendar? calendar, object @event) => (calendar ?? WeekendsOnly, @event) switch
    {
        ({ } c, CalendarAdopted e) => c.With(e.Version, c.Years.SetItem(e.Arrangement.Year, e.Arrangement)),
        _ => throw new UnknownEventException(Kind.Name, @event),
    };

    WorkingCalendar With(int version, ImmutableSortedDictionary<int, YearArrangement> years)
    {
        ImmutableHashSet<DateOnly> off = [.. years.Values.SelectMany(y => y.DaysOff, (_, d) => d.Date)], madeUp = [.. years.Values.SelectMany(y => y.MakeUpDays)];
        return this with
        {
            Version = version,
            Years = years,
            DaysOff = off,
            MakeUpDays = madeUp,
            Exceptions = [.. madeUp.Where(d => !IsWeekday(d)).Select(d => (d, 1)), .. off.Except(madeUp).Where(IsWeekday).Select(d => (d, -1))],
        };
    }
}
