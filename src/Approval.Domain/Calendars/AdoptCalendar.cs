namespace Approval.Calendars;

/// <summary>The administrator adopts a year's holidays and make-up days, as a notice orders them. Running limits follow it.</summary>
/// <param name="Arrangement">The arrangement.</param>
public sealed record AdoptCalendar(YearArrangement Arrangement)
{
    /// <summary>The year is not one that the engine plans with.</summary>
    public static readonly RefusalKind YearOutOfRange = new("calendar-year-out-of-range", RefusalSort.Form,
        "年份应在 2000 至 2100 之间。", "The year must lie between 2000 and 2100.");

    /// <summary>The day lies outside the year and the December before it.</summary>
    public static readonly RefusalKind DayOutsideYear = new("calendar-day-outside-year", RefusalSort.Form,
        "{0} 不属于 {1} 年的安排。", "{0} does not belong to the arrangement of {1}.");

    /// <summary>A day is named twice, as day off, as make-up day, or as both.</summary>
    public static readonly RefusalKind DayTwice = new("calendar-day-twice", RefusalSort.Form,
        "{0} 重复。", "{0} is named twice.");

    /// <summary>Only a weekend day can be made up.</summary>
    public static readonly RefusalKind MakeUpOnWeekday = new("calendar-make-up-on-weekday", RefusalSort.Form,
        "{0} 不是周末，无须调休上班。", "{0} is no weekend day and needs no make-up.");

    /// <summary>Decides.</summary>
    public static Decision Decide(AdoptCalendar command, WorkingCalendar? calendar, Occasion on)
    {
        if (Permissions.Check(nameof(AdoptCalendar), on.By) is { } no) return no;

        var given = command.Arrangement;
        Refusal[] wrong = [.. Check(given)];
        if (wrong.Length > 0) return Decision.Refuse(wrong);

        var sorted = given with { DaysOff = [.. given.DaysOff.OrderBy(d => d.Date)], MakeUpDays = [.. given.MakeUpDays.Order()] };
        return calendar?.Years.GetValueOrDefault(given.Year) is { } known && Same(known, sorted)
            ? Decision.Nothing
            : Decision.Of(JurisdictionStreams.Calendar, new CalendarAdopted((calendar?.Version ?? 0) + 1, sorted));
    }

    static IEnumerable<Refusal> Check(YearArrangement given)
    {
        if (given.Year is < 2000 or > 2100) yield return YearOutOfRange.At("year");
        foreach (var refusal in Texts.Check("source", given.Source, Texts.Name)) yield return refusal;

        var seen = new HashSet<DateOnly>();
        for (var i = 0; i < given.DaysOff.Length; i++)
        {
            foreach (var refusal in Texts.Check($"daysOff[{i}].name", given.DaysOff[i].Name, Texts.Name)) yield return refusal;
            foreach (var refusal in Day($"daysOff[{i}].date", given.DaysOff[i].Date)) yield return refusal;
        }

        for (var i = 0; i < given.MakeUpDays.Length; i++)
        {
            var day = given.MakeUpDays[i];
            foreach (var refusal in Day($"makeUpDays[{i}]", day)) yield return refusal;
            if (day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)) yield return MakeUpOnWeekday.At($"makeUpDays[{i}]", day);
        }

        // New Year's holiday may begin, and its make-up day lie, in the December before.
        IEnumerable<Refusal> Day(string field, DateOnly day)
        {
            if (day.Year != given.Year && (day.Year, day.Month) != (given.Year - 1, 12)) yield return DayOutsideYear.At(field, day, given.Year);
            if (!seen.Add(day)) yield return DayTwice.At(field, day);
        }
    }

    static bool Same(YearArrangement a, YearArrangement b) =>
        a.Source == b.Source && a.DaysOff.SequenceEqual(b.DaysOff) && a.MakeUpDays.SequenceEqual(b.MakeUpDays);
}
