using System.Text.Json;
using Approval.EventStore;
using Approval.Http;
using Npgsql;

namespace Approval.Access;

/// <summary>What of the restricted was read.</summary>
public enum ReadingKind
{
    /// <summary>An appraisal with its score sheets.</summary>
    [Words("评分表", "score sheets")]
    ScoreSheets,

    /// <summary>How to reach somebody else.</summary>
    [Words("联系方式", "contact")]
    Contact,

    /// <summary>An attachment of another unit.</summary>
    [Words("附件", "attachment")]
    Attachment,

    /// <summary>An export.</summary>
    [Words("导出", "export")]
    Export,

    /// <summary>The proof of an approval.</summary>
    [Words("批复证明", "proof of an approval")]
    Proof,
}

/// <summary>Somebody read something restricted.</summary>
/// <param name="Number">Its place in the log.</param>
/// <param name="At">When.</param>
/// <param name="Person">Who.</param>
/// <param name="Unit">The unit of who read, at that time.</param>
/// <param name="Kind">What kind of thing.</param>
/// <param name="Subject">Which: the address read, with its query.</param>
public sealed record Reading(long Number, DateTimeOffset At, PersonId Person, UnitId Unit, ReadingKind Kind, string Subject);

/// <summary>The log of readings, beside the record: nothing restricted leaves the host before its reading is on disk.</summary>
public sealed class Readings(NpgsqlDataSource database, TimeProvider clock)
{
    const int LongestSubject = 500;

    /// <summary>Writes down that the person asking reads what stands at the address asked for.</summary>
    public async Task Record(HttpContext http, ReadingKind kind)
    {
        var actor = await http.Actor();
        var subject = http.Request.Path + http.Request.QueryString;
        await using var command = database.CreateCommand("insert into approval.readings (jurisdiction, person, unit, at, kind, subject) values ($1, $2, $3, $4, $5, $6)");
        foreach (object value in new object[] { actor.Jurisdiction.Value, actor.Person.Value, actor.Unit.Value, clock.GetUtcNow(), CodeOf(kind), subject[..Math.Min(subject.Length, LongestSubject)] })
            command.Parameters.Add(new() { Value = value });
        await command.ExecuteNonQueryAsync(http.RequestAborted);
    }

    /// <summary>The log of a jurisdiction, newest first: <c>person</c>, <c>kind</c>, <c>subject</c> (the address begins with it), <c>from</c>, <c>to</c>.</summary>
    public async Task<Page<Reading>> Find(HttpContext http, Actor actor)
    {
        var paging = http.Paging();
        var (kind, person, subject) = (http.Code<ReadingKind>("kind"), http.Text("person"), http.Text("subject"));
        var before = Cursor.Number(paging) ?? long.MaxValue;
        await using var command = database.CreateCommand(
            """
            select id, at, person, unit, kind, subject from approval.readings
            where jurisdiction = $1 and id < $2 and ($3 = '' or person = $3) and ($4 = '' or kind = $4) and starts_with(subject, $5) and at >= $6 and at < $7
            order by id desc limit $8
            """);
        object[] values =
        [
            actor.Jurisdiction.Value, before, person ?? "", kind is { } k ? CodeOf(k) : "", subject ?? "",
            (http.Instant("from") ?? DateTimeOffset.UnixEpoch).ToUniversalTime(), (http.Instant("to") ?? DateTimeOffset.MaxValue.AddYears(-1)).ToUniversalTime(), paging.Limit + 1,
        ];
        foreach (var value in values) command.Parameters.Add(new() { Value = value });

        var found = new List<Reading>();
        await using var reader = await command.ExecuteReaderAsync(http.RequestAborted);
        while (await reader.ReadAsync(http.RequestAborted))
        {
            found.Add(new(reader.GetInt64(0), reader.GetFieldValue<DateTimeOffset>(1), new(reader.GetString(2)), new(reader.GetString(3)),
                Enum.GetValues<ReadingKind>().First(v => CodeOf(v) == reader.GetString(4)), reader.GetString(5)));
        }

        return found.Count > paging.Limit ? new(found[..paging.Limit], Cursor.Write([found[paging.Limit - 1].Number])) : new(found, null);
    }

    static string CodeOf(ReadingKind kind) => JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString());
}

/// <summary>Routes whose reading is written down.</summary>
public static class ReadingRoutes
{
    /// <summary>Writes every reading of this route down before it is answered; what is refused or not found was not read.</summary>
    /// <param name="route">The route.</param>
    /// <param name="kind">What is read there.</param>
    /// <param name="unless">Who reads their own and leaves no trace.</param>
    public static RouteHandlerBuilder IsRecorded(this RouteHandlerBuilder route, ReadingKind kind, Func<Actor, HttpContext, bool>? unless = null) => route.AddEndpointFilter(async (context, next) =>
    {
        var answer = await next(context);
        var http = context.HttpContext;
        if (unless?.Invoke(await http.Actor(), http) != true) await http.RequestServices.GetRequiredService<Readings>().Record(http, kind);
        return answer;
    });

    /// <summary>Adds the auditor's route.</summary>
    public static void MapReadings(this WebApplication app) =>
        app.MapGet("/api/operations/readings", async (HttpContext http, Readings readings) => TypedResults.Ok(await readings.Find(http, await http.Actor())))
            .TakesPage().Takes<ReadingKind>("kind").Takes<string>("person", "subject").Takes<DateTimeOffset>("from", "to").As("ReadReadings").Does(
                "查阅记录：person、kind、subject（地址前缀）、from、to，新的在前",
                "Who read what is restricted, newest first, by person, kind, subject (how the address begins), from and to", Permissions.NotPermitted, Faults.InvalidParameter);
}
