using Approval.Testing;
using static Approval.Testing.Scenario;

namespace Approval.Calendars;

public sealed class AdoptCalendarTests
{
    static readonly YearArrangement Year = new(2027, "通知", [new(new(2027, 1, 1), "元旦")], [new(2027, 1, 3)]);

    static Decided<WorkingCalendar> Adopt(YearArrangement year, Actor? by = null, params object[] past) =>
        Given(WorkingCalendar.Kind, JurisdictionStreams.Calendar, past)
            .WhenNew(calendar => AdoptCalendar.Decide(new(year), calendar, (by ?? Sample.Administrator).Acts()));

    [Fact]
    public void The_administrator_adopts_a_year_and_its_days_are_sorted() =>
        Adopt(StateCouncil.Year2026 with { DaysOff = [.. StateCouncil.Year2026.DaysOff.Reverse()] })
            .Then(new CalendarAdopted(1, StateCouncil.Year2026)).AgainNothing();

    [Fact]
    public void A_changed_year_is_a_new_version() =>
        Adopt(Year with { MakeUpDays = [] }, null, new CalendarAdopted(1, Year)).Then(new CalendarAdopted(2, Year with { MakeUpDays = [] }));

    [Fact]
    public void Nobody_else_adopts_a_calendar()
    {
        foreach (var person in new[] { Sample.Office, Sample.DistrictCio, Sample.Auditor, Sample.Officer })
            Adopt(Year, person).ThenRefused("not-permitted");
    }

    [Fact]
    public void The_year_is_one_that_can_be_planned() =>
        Adopt(Year with { Year = 1999, DaysOff = [], MakeUpDays = [] }).ThenRefused(("calendar-year-out-of-range", "year"));

    [Fact]
    public void An_arrangement_names_its_source() => Adopt(Year with { Source = "" }).ThenRefused(("text-required", "source"));

    [Fact]
    public void A_day_off_has_a_name() =>
        Adopt(Year with { DaysOff = [new(new(2027, 1, 1), "")] }).ThenRefused(("text-required", "daysOff[0].name"));

    [Fact]
    public void Days_lie_in_the_year_or_the_December_before()
    {
        Adopt(Year with { DaysOff = [new(new(2026, 12, 31), "元旦")] }).Then(new CalendarAdopted(1, Year with { DaysOff = [new(new(2026, 12, 31), "元旦")] }));
        Adopt(Year with { DaysOff = [new(new(2026, 11, 30), "元旦")] }).ThenRefused(("calendar-day-outside-year", "daysOff[0].date"));
        Adopt(Year with { MakeUpDays = [new(2028, 1, 1)] }).ThenRefused(("calendar-day-outside-year", "makeUpDays[0]"));
    }

    [Fact]
    public void No_day_is_both_off_and_worked() =>
        Adopt(Year with { DaysOff = [new(new(2027, 1, 3), "元旦")] }).ThenRefused(("calendar-day-twice", "makeUpDays[0]"));

    [Fact]
    public void Only_a_weekend_day_is_made_up() =>
        Adopt(Year with { MakeUpDays = [new(2027, 1, 4)] }).ThenRefused(("calendar-make-up-on-weekday", "makeUpDays[0]"));
}
