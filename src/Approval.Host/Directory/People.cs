using Approval.EventStore;
using Approval.Http;
using Npgsql;

namespace Approval.Directory;

/// <summary>A unit as a row.</summary>
public sealed record UnitRow([property: Indexed] UnitId Id, string Name, bool Retired);

/// <summary>A person as a row: nothing personal but the id.</summary>
public sealed record PersonRow([property: Indexed] PersonId Id, [property: Indexed] UnitId Unit, IReadOnlyList<Role> Roles, bool Removed);

/// <summary>How to reach a person. Personal data: kept beside the record, so that it can be erased.</summary>
/// <param name="Name">The display name.</param>
/// <param name="Phone">The telephone number.</param>
/// <param name="Email">The e-mail address.</param>
public sealed record Contact(string Name, string? Phone = null, string? Email = null);

/// <summary>A person as the directory lists them.</summary>
/// <param name="Id">The person's id.</param>
/// <param name="Name">The display name; absent if none is kept.</param>
/// <param name="Unit">The unit's code.</param>
/// <param name="Roles">The roles.</param>
/// <param name="Removed">Whether the person was removed.</param>
public sealed record ListedPerson(PersonId Id, string? Name, UnitId Unit, IReadOnlyList<Role> Roles, bool Removed);

/// <summary>Looks units and people up.</summary>
public sealed class People(NpgsqlDataSource database, Queries queries)
{
    /// <summary>The units, current.</summary>
    public static readonly View<Unit, UnitRow> UnitsView = new("units", Unit.Kind, (u, _) => [new(u.Id, u.Name, u.Retired)]);

    /// <summary>The people, current.</summary>
    public static readonly View<Person, PersonRow> PeopleView = new("people", Person.Kind, (p, _) => [new(p.Id, p.Unit, [.. p.Roles.Order()], p.Removed)]);

    /// <summary>Asks for units.</summary>
    public ViewQuery<UnitRow> Units(JurisdictionId jurisdiction, AsOf? asOf = null) => queries.In(UnitsView, jurisdiction, asOf);

    /// <summary>Asks for people.</summary>
    public ViewQuery<PersonRow> Rows(JurisdictionId jurisdiction, AsOf? asOf = null) => queries.In(PeopleView, jurisdiction, asOf);

    /// <summary>The people who are not removed, with their names.</summary>
    public async Task<IReadOnlyList<ListedPerson>> List(JurisdictionId jurisdiction, CancellationToken cancel = default) =>
        await Named(jurisdiction, await Rows(jurisdiction).Where($"not removed").OrderBy("unit").All(cancel), cancel);

    /// <summary>Rows with the names that are kept.</summary>
    public async Task<IReadOnlyList<ListedPerson>> Named(JurisdictionId jurisdiction, IReadOnlyList<PersonRow> rows, CancellationToken cancel = default)
    {
        var names = await Names(jurisdiction, cancel);
        return [.. rows.Select(r => new ListedPerson(r.Id, names.GetValueOrDefault(r.Id), r.Unit, r.Roles, r.Removed))];
    }

    /// <summary>The display names of all people of a jurisdiction who have one.</summary>
    public async Task<IReadOnlyDictionary<PersonId, string>> Names(JurisdictionId jurisdiction, CancellationToken cancel = default)
    {
        await using var command = database.CreateCommand("select person, name from approval.person_contacts where jurisdiction = $1");
        command.Parameters.Add(new() { Value = jurisdiction.Value });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var names = new Dictionary<PersonId, string>();
        while (await reader.ReadAsync(cancel)) names.Add(new(reader.GetString(0)), reader.GetString(1));
        return names;
    }

    /// <summary>How to reach a person; null if nothing is kept.</summary>
    public async Task<Contact?> ContactOf(JurisdictionId jurisdiction, PersonId person, CancellationToken cancel = default)
    {
        await using var command = database.CreateCommand("select name, phone, email from approval.person_contacts where jurisdiction = $1 and person = $2");
        command.Parameters.Add(new() { Value = jurisdiction.Value });
        command.Parameters.Add(new() { Value = person.Value });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        return await reader.ReadAsync(cancel)
            ? new(reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2))
            : null;
    }

    /// <summary>Keeps how to reach a person, in place of what was kept.</summary>
    public async Task Keep(JurisdictionId jurisdiction, PersonId person, Contact contact, CancellationToken cancel = default)
    {
        await using var command = database.CreateCommand("""
            insert into approval.person_contacts (jurisdiction, person, name, phone, email) values ($1, $2, $3, $4, $5)
            on conflict (jurisdiction, person) do update set name = excluded.name, phone = excluded.phone, email = excluded.email
            """);
        foreach (var value in new[] { jurisdiction.Value, person.Value, contact.Name, contact.Phone, contact.Email })
            command.Parameters.Add(new() { Value = value ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Erases how to reach a person. What the person did stays on the record, under the id.</summary>
    public async Task Erase(JurisdictionId jurisdiction, PersonId person, CancellationToken cancel = default)
    {
        await using var command = database.CreateCommand("delete from approval.person_contacts where jurisdiction = $1 and person = $2");
        command.Parameters.Add(new() { Value = jurisdiction.Value });
        command.Parameters.Add(new() { Value = person.Value });
        await command.ExecuteNonQueryAsync(cancel);
    }
}
