using System.Collections.Frozen;
using Approval.Committee;
using Approval.Http;
using Approval.MergedAppraisal;
using Approval.Signing;
using Npgsql;

namespace Approval.Access;

/// <summary>A conflict of interest kept somebody from something.</summary>
/// <param name="Number">Its place in the log.</param>
/// <param name="At">When.</param>
/// <param name="AskedBy">Who asked for it.</param>
/// <param name="Unit">The unit of who asked, at that time.</param>
/// <param name="Person">Whose conflict it is: the expert who was to be appointed, or who asked.</param>
/// <param name="Code">The code of the refusal.</param>
/// <param name="Subject">What was asked for: the address.</param>
public sealed record Conflict(long Number, DateTimeOffset At, PersonId AskedBy, UnitId Unit, PersonId Person, string Code, string Subject);

/// <summary>The log of what was refused for a conflict of interest, beside the record: a refusal changes nothing in it.</summary>
public sealed class Conflicts(NpgsqlDataSource database, TimeProvider clock)
{
    /// <summary>The refusals for a conflict of interest.</summary>
    public static readonly FrozenSet<RefusalKind> Grounds = new[] { PanelRules.Tied, Separation.Author, Separation.Endorser, CastVote.Recused }.ToFrozenSet();

    /// <summary>Writes down those refusals of a command that are for a conflict of interest.</summary>
    public async Task Record(HttpContext http, Actor actor, IReadOnlyList<Refusal> refusals)
    {
        foreach (var refusal in refusals.Where(r => Grounds.Contains(r.Kind)))
        {
            var person = refusal.Data.OfType<PersonId>().DefaultIfEmpty(actor.Person).First();
            await using var command = database.CreateCommand("insert into approval.conflicts (jurisdiction, at, asked_by, unit, person, code, subject) values ($1, $2, $3, $4, $5, $6, $7)");
            foreach (object value in new object[] { actor.Jurisdiction.Value, clock.GetUtcNow(), actor.Person.Value, actor.Unit.Value, person.Value, refusal.Code, http.Request.Path.Value! })
                command.Parameters.Add(new() { Value = value });
            await command.ExecuteNonQueryAsync(http.RequestAborted);
        }
    }

    /// <summary>The log of a jurisdiction, newest first, of one <c>person</c> if named.</summary>
    public async Task<Page<Conflict>> Find(HttpContext http, Actor actor)
    {
        var paging = http.Paging();
        await using var command = database.CreateCommand(
            """
            select id, at, asked_by, unit, person, code, subject from approval.conflicts
            where jurisdiction = $1 and id < $2 and ($3 = '' or person = $3) order by id desc limit $4
            """);
        foreach (object value in new object[] { actor.Jurisdiction.Value, Cursor.Number(paging) ?? long.MaxValue, http.Text("person") ?? "", paging.Limit + 1 }) command.Parameters.Add(new() { Value = value });
        var found = new List<Conflict>();
        await using var reader = await command.ExecuteReaderAsync(http.RequestAborted);
        while (await reader.ReadAsync(http.RequestAborted))
            found.Add(new(reader.GetInt64(0), reader.GetFieldValue<DateTimeOffset>(1), new(reader.GetString(2)), new(reader.GetString(3)), new(reader.GetString(4)), reader.GetString(5), reader.GetString(6)));
        return found.Count > paging.Limit ? new(found[..paging.Limit], Cursor.Write([found[paging.Limit - 1].Number])) : new(found, null);
    }
}

/// <summary>The route of the log of conflicts.</summary>
public static class ConflictRoutes
{
    /// <summary>Maps it.</summary>
    public static void MapConflicts(this WebApplication app) =>
        app.MapGet("/api/operations/conflicts", async (HttpContext http, Conflicts conflicts) => TypedResults.Ok(await conflicts.Find(http, await http.Actor())))
            .TakesPage().Takes<string>("person").As("ReadConflicts").Does(
                "利益冲突记录：因利益关系、已申报或已审签而被拒绝的操作，新的在前",
                "What was refused for a conflict of interest (a tie, having written or endorsed the proposal), newest first", Permissions.NotPermitted, Faults.InvalidParameter);
}
