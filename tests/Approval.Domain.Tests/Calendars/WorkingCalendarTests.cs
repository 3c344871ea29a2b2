namespace Approval.Calendars;

public sealed class WorkingCalendarTests
{
    static readonly WorkingCalendar Calendar = WorkingCalendar.Kind.Fold([new CalendarAdopted(1, StateCouncil.Year2025), new CalendarAdopted(2, StateCouncil.Year2026)])!;

    static DateOnly Day(string day) => DateOnly.Parse(day);

    [Theory]
    [InlineData("2026-03-02", true)] // a Monday
    [InlineData("2026-03-07", false)] // a Saturday
    [InlineData("2026-02-17", false)] // 春节, a Tuesday
    [InlineData("2026-02-14", true)] // 调休, a Saturday
    [InlineData("2026-10-10", true)] // 调休, a Saturday
    [InlineData("2025-10-08", false)] // 国庆节, a Wednesday
    public void Days_off_are_not_worked_and_make_up_days_are(string day, bool worked) =>
        Calendar.IsWorkingDay(Day(day)).ShouldBe(worked);

    [Fact]
    public void The_year_2026_has_248_working_days() =>
        Calendar.WorkingDaysBetween(Day("2025-12-31"), Day("2026-12-31")).ShouldBe(248);

    [Fact]
    public void The_year_2025_has_248_working_days() =>
        Calendar.WorkingDaysBetween(Day("2024-12-31"), Day("2025-12-31")).ShouldBe(248);

    [Theory]
    [InlineData("2026-02-12", 1, "2026-02-13")]
    [InlineData("2026-02-12", 2, "2026-02-14")] // the made-up Saturday
    [InlineData("2026-02-12", 3, "2026-02-24")] // after nine days off
    [InlineData("2026-02-24", -2, "2026-02-13")]
    [InlineData("2026-02-15", 0, "2026-02-15")]
    public void The_first_day_does_not_count(string from, int days, string due) =>
        Calendar.AddWorkingDays(Day(from), days).ShouldBe(Day(due));

    [Fact]
    public void Adding_and_counting_agree_over_two_years()
    {
        for (var from = Day("2025-01-01"); from < Day("2026-12-01"); from = from.AddDays(1))
            for (var n = 1; n < 30; n += 7)
                Calendar.WorkingDaysBetween(from, Calendar.AddWorkingDays(from, n)).ShouldBe(n);
    }

    [Fact]
    public void A_year_without_an_arrangement_follows_the_weekend()
    {
        Calendar.IsWorkingDay(Day("2027-01-01")).ShouldBeTrue();
        Calendar.IsWorkingDay(Day("2027-01-02")).ShouldBeFalse();
    }

    [Fact]
    public void The_local_date_is_that_of_China()
    {
        Calendar.DateOf(new(2026, 3, 1, 15, 59, 59, TimeSpan.Zero)).ShouldBe(Day("2026-03-01"));
        Calendar.DateOf(new(2026, 3, 1, 16, 0, 0, TimeSpan.Zero)).ShouldBe(Day("2026-03-02"));
    }

    [Fact]
    public void A_later_arrangement_of_a_year_replaces_the_earlier()
    {
        var changed = WorkingCalendar.Evolve(Calendar, new CalendarAdopted(3, StateCouncil.Year2026 with { MakeUpDays = [] }));
        changed.Version.ShouldBe(3);
        changed.IsWorkingDay(Day("2026-02-14")).ShouldBeFalse();
        changed.IsWorkingDay(Day("2025-10-11")).ShouldBeTrue();
    }

    [Fact]
    public void Every_make_up_day_is_a_weekend_day_and_no_day_off()
    {
        foreach (var year in new[] { StateCouncil.Year2025, StateCouncil.Year2026 })
        {
            year.MakeUpDays.ShouldAllBe(d => d.DayOfWeek == DayOfWeek.Saturday || d.DayOfWeek == DayOfWeek.Sunday);
            year.DaysOff.Select(d => d.Date).Intersect(year.MakeUpDays).ShouldBeEmpty();
        }
    }
}
