using System.Collections.Immutable;
using Approval.Http;

namespace Approval.Calendars;

/// <summary>A year's arrangement, as the notice orders it.</summary>
/// <param name="Source">The notice it rests on.</param>
/// <param name="DaysOff">The days off, weekend days inside a holiday included.</param>
/// <param name="MakeUpDays">The weekend days that are worked.</param>
public sealed record YearRequest(string Source, IReadOnlyList<DayOff> DaysOff, IReadOnlyList<DateOnly> MakeUpDays);

/// <summary>The working-day calendar.</summary>
/// <param name="Version">The newest version adopted; 0 before the first.</param>
/// <param name="Years">The arrangement of each year; other years follow the weekend.</param>
public sealed record CalendarAnswer(int Version, IReadOnlyList<YearArrangement> Years)
{
    internal static CalendarAnswer Of(WorkingCalendar calendar) => new(calendar.Version, [.. calendar.Years.Values]);
}

/// <summary>Working days counted.</summary>
/// <param name="From">The day from which is counted; it does not count.</param>
/// <param name="To">The last day, which counts.</param>
/// <param name="WorkingDays">The working days between.</param>
public sealed record WorkingDayCount(DateOnly From, DateOnly To, int WorkingDays);

/// <summary>The routes of the working-day calendar: <c>/api/calendar</c>.</summary>
public static class CalendarEndpoints
{
    const int LongestSpan = 3660;

    /// <summary>Adds the routes.</summary>
    public static void MapCalendar(this WebApplication app)
    {
        var calendar = app.MapGroup("/api/calendar").WithTags("calendar");

        calendar.MapGet("", async (HttpContext http, Queries queries) =>
            {
                var (state, version) = await Calendar(http, queries);
                http.Response.Headers.ETag = ETags.Of(version);
                return TypedResults.Ok(CalendarAnswer.Of(state));
            })
            .TakesAsOf().As("ReadCalendar").Does("工作日历", "The working-day calendar");

        calendar.MapPut("/{year:int}", (int year, Body<YearRequest> body, HttpContext http, Commands commands) =>
            {
                var command = new AdoptCalendar(new(year, body.Value.Source, [.. body.Value.DaysOff], [.. body.Value.MakeUpDays]));
                return commands.Run(http, JurisdictionStreams.Calendar,
                    async s => AdoptCalendar.Decide(command, await s.Find(WorkingCalendar.Kind, JurisdictionStreams.Calendar), s.Occasion),
                    s => CalendarAnswer.Of(s.After(WorkingCalendar.Kind, JurisdictionStreams.Calendar)!));
            })
            .IsCommand<CalendarAnswer>()
            .As("AdoptCalendar").Does("颁布某年的节假日与调休安排", "Adopts a year's holidays and make-up days", Permissions.NotPermitted, AdoptCalendar.YearOutOfRange, AdoptCalendar.DayOutsideYear,
                AdoptCalendar.DayTwice, AdoptCalendar.MakeUpOnWeekday, Texts.Required, Texts.TooLong);

        calendar.MapGet("/working-days", async (HttpContext http, Queries queries) =>
            {
                var (state, _) = await Calendar(http, queries);
                if (http.Date("from") is not { Year: > 1000 and < 9000 } from) throw new ProblemException(Faults.InvalidParameter.At("from", "2026-03-01"));
                if (http.Number("days", -LongestSpan, LongestSpan) is { } days) return TypedResults.Ok(new WorkingDayCount(from, state.AddWorkingDays(from, days), days));

                var to = http.Date("to") ?? throw new ProblemException(Faults.InvalidParameter.At("to", "2026-03-31"));
                if (Math.Abs(to.DayNumber - from.DayNumber) > LongestSpan) throw new ProblemException(Faults.InvalidParameter.At("to", $"±{LongestSpan}"));
                return TypedResults.Ok(new WorkingDayCount(from, to, state.WorkingDaysBetween(from, to)));
            })
            .TakesAsOf().Takes<DateOnly>("from", "to").Takes<int>("days").As("ReadCalendar").Does("计算工作日", "Counts working days: between `from` and `to`, or `days` after `from`", Faults.InvalidParameter);
    }

    static async Task<(WorkingCalendar Calendar, long Version)> Calendar(HttpContext http, Queries queries)
    {
        var actor = await http.Actor();
        if (Permissions.Check("ReadCalendar", actor) is { } no) throw new ProblemException(no);
        var seen = await queries.Find(actor.Jurisdiction, WorkingCalendar.Kind, JurisdictionStreams.Calendar, http.AsOf(), http.RequestAborted);
        return seen is null ? (WorkingCalendar.WeekendsOnly, 0) : (seen.State, seen.Info.Version);
    }
}
