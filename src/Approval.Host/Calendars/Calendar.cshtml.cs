using Approval.Http;
using Approval.Pages;

namespace Approval.Calendars;

/// <summary>The working days of a year at a glance, with days off and make-up days (调休), and the form by which the administrator adopts its arrangement.</summary>
public sealed class CalendarModel(Queries queries, TimeProvider clock) : StagePage
{
    /// <summary>What a day is.</summary>
    public enum DayKind
    {
        /// <summary>Worked.</summary>
        [Words("工作日", "working day")]
        Worked,

        /// <summary>A weekend day.</summary>
        [Words("周末", "weekend")]
        Weekend,

        /// <summary>Off by the arrangement.</summary>
        [Words("放假", "day off")]
        Off,

        /// <summary>A weekend day that is worked.</summary>
        [Words("调休上班", "make-up day")]
        MakeUp,
    }

    /// <summary>The calendar.</summary>
    public WorkingCalendar Calendar { get; private set; } = WorkingCalendar.WeekendsOnly;

    /// <summary>The year shown.</summary>
    public int Year { get; private set; }

    /// <summary>Today in the jurisdiction.</summary>
    public DateOnly Today { get; private set; }

    /// <summary>The year's arrangement; null if none was adopted.</summary>
    public YearArrangement? Arrangement { get; private set; }

    HashSet<DateOnly> off = [];

    /// <summary>Shows the page.</summary>
    public async Task OnGet()
    {
        await Enter("ReadCalendar");
        Calendar = await queries.Calendar(Me.Jurisdiction, cancel: Cancel);
        Today = Calendar.DateOf(clock.GetUtcNow());
        Year = HttpContext.Number("year", 2000, 2100) ?? Today.Year;
        Arrangement = Calendar.Years.GetValueOrDefault(Year);
        off = [.. Calendar.Years.Values.SelectMany(y => y.DaysOff, (_, d) => d.Date)];
    }

    /// <summary>The weeks of a month, from Monday, with empty places before and after.</summary>
    public IEnumerable<IReadOnlyList<DateOnly?>> Weeks(int month)
    {
        var first = new DateOnly(Year, month, 1);
        var before = ((int)first.DayOfWeek + 6) % 7;
        return Enumerable.Repeat<DateOnly?>(null, before).Concat(Enumerable.Range(0, DateTime.DaysInMonth(Year, month)).Select(i => (DateOnly?)first.AddDays(i))).Chunk(7)
            .Select(week => (IReadOnlyList<DateOnly?>)[.. week, .. Enumerable.Repeat<DateOnly?>(null, 7 - week.Length)]);
    }

    /// <summary>What a day is.</summary>
    public DayKind KindOf(DateOnly day)
    {
        var weekend = day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
        return Calendar.IsWorkingDay(day) ? weekend ? DayKind.MakeUp : DayKind.Worked : off.Contains(day) ? DayKind.Off : DayKind.Weekend;
    }

    /// <summary>The working days of a month.</summary>
    public int WorkingDays(int month) => Enumerable.Range(1, DateTime.DaysInMonth(Year, month)).Count(d => Calendar.IsWorkingDay(new(Year, month, d)));
}
