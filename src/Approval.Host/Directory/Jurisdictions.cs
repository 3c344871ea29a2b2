using Approval.Calendars;
using Approval.EventStore;
using Npgsql;

namespace Approval.Directory;

/// <summary>A jurisdiction.</summary>
/// <param name="Code">Its code: the tenant of every stream and row.</param>
/// <param name="Name">Its name.</param>
public sealed record Jurisdiction(JurisdictionId Code, string Name);

/// <summary>What founds a jurisdiction.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Name">Its name.</param>
/// <param name="Administrator">The subject of its first administrator.</param>
/// <param name="Unit">The code of the administrator's unit.</param>
/// <param name="UnitName">The name of the administrator's unit.</param>
public sealed record NewJurisdiction(JurisdictionId Code, string Name, PersonId Administrator, UnitId? Unit = null, string? UnitName = null);

/// <summary>The jurisdictions of this host. They are founded by whoever runs it, not by a person of theirs.</summary>
public sealed class Jurisdictions(NpgsqlDataSource database, CommandRunner runner)
{
    const string FirstUnit = "cio-office";
    const string FirstUnitName = "CIO办公室";

    /// <summary>All jurisdictions.</summary>
    public async Task<IReadOnlyList<Jurisdiction>> All(CancellationToken cancel = default)
    {
        await using var command = database.CreateCommand("select code, name from approval.jurisdictions order by code");
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var found = new List<Jurisdiction>();
        while (await reader.ReadAsync(cancel)) found.Add(new(new(reader.GetString(0)), reader.GetString(1)));
        return found;
    }

    /// <summary>The name of a jurisdiction; its code if it has none.</summary>
    public async Task<string> NameOf(JurisdictionId code, CancellationToken cancel = default) =>
        (await All(cancel)).FirstOrDefault(j => j.Code == code)?.Name ?? code.Value;

    /// <summary>Founds a jurisdiction; again is nothing to do.</summary>
    /// <returns>Why not; empty when it is founded.</returns>
    public async Task<IReadOnlyList<Refusal>> Found(NewJurisdiction founding, CancellationToken cancel = default)
    {
        Refusal[] wrong =
        [
            .. DirectoryRules.IsCode(founding.Code.Value) ? [] : new[] { DirectoryRules.InvalidCode.At("code") },
            .. Texts.CheckName("name", founding.Name),
        ];
        if (wrong.Length > 0) return wrong;

        var command = new FoundJurisdiction(founding.Unit ?? new(FirstUnit), founding.UnitName ?? FirstUnitName, founding.Administrator);
        var outcome = await runner.Run(Actor.Engine(founding.Code), new(Cancel: cancel), async s => FoundJurisdiction.Decide(
            command,
            await s.Find(Person.Kind, command.Administrator.Stream),
            await s.Find(WorkingCalendar.Kind, JurisdictionStreams.Calendar),
            s.Occasion));
        if (outcome is CommandOutcome.Refused refused) return refused.Refusals;

        await using var insert = database.CreateCommand("insert into approval.jurisdictions (code, name, founded) values ($1, $2, $3) on conflict (code) do nothing");
        insert.Parameters.Add(new() { Value = founding.Code.Value });
        insert.Parameters.Add(new() { Value = founding.Name });
        insert.Parameters.Add(new() { Value = runner.Now(Actor.Engine(founding.Code)).At });
        await insert.ExecuteNonQueryAsync(cancel);
        return [];
    }
}
