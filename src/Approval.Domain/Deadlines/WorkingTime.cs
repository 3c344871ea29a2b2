using Approval.Calendars;

namespace Approval.Deadlines;

/// <summary>A stay in a stage, measured in working days.</summary>
public static class WorkingTime
{
    /// <summary>The working days used up by the end of a day. The day of entering does not count, nor do the days after a return up to and including the answer.</summary>
    public static int WorkingDaysUsed(this StageVisit visit, DateOnly day, WorkingCalendar calendar)
    {
        var until = visit.Left is { } left && calendar.DateOf(left) < day ? calendar.DateOf(left) : day;
        return Between(calendar.DateOf(visit.Entered), until, calendar)
            - visit.Pauses.Sum(p => Between(calendar.DateOf(p.From), p.Until is { } end && calendar.DateOf(end) < until ? calendar.DateOf(end) : until, calendar));
    }

    /// <summary>The day on which a limit of working days is used up; null while the clock is paused, for nobody knows until when.</summary>
    public static DateOnly? DueAfter(this StageVisit visit, int workingDays, WorkingCalendar calendar)
    {
        if (visit.Pauses is [.., { Until: null }]) return null;
        var (running, due) = (visit with { Left = null }, calendar.DateOf(visit.Entered));
        for (var missing = workingDays; missing > 0; missing = workingDays - running.WorkingDaysUsed(due, calendar)) due = calendar.AddWorkingDays(due, missing);
        return due;
    }

    static int Between(DateOnly from, DateOnly until, WorkingCalendar calendar) => until <= from ? 0 : calendar.WorkingDaysBetween(from, until);
}
