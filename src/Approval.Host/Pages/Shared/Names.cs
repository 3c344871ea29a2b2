using Approval.Directory;
using Approval.Http;

namespace Approval.Pages;

/// <summary>What people and units of a jurisdiction are called. Names of people are kept beside the record and may be erased: the id stands in then.</summary>
/// <param name="People">The people's display names.</param>
/// <param name="Units">The units' names.</param>
public sealed record Names(IReadOnlyDictionary<PersonId, string> People, IReadOnlyDictionary<UnitId, string> Units)
{
    /// <summary>A person's name.</summary>
    public string Of(PersonId? person) => person is { } p ? People.GetValueOrDefault(p, p.Value) : "—";

    /// <summary>Titles of batches and proposals that the page has looked up, by id.</summary>
    public Dictionary<string, string> Titles { get; } = [];

    /// <summary>A unit's name.</summary>
    public string Of(UnitId? unit) => unit is { } u ? Units.GetValueOrDefault(u, u.Value) : "—";
}

/// <summary>Looks the names up.</summary>
public static class NamesOfRequest
{
    /// <summary>The names of the reader's jurisdiction; looked up once per request.</summary>
    public static async Task<Names> Names(this HttpContext http)
    {
        if (http.Items[typeof(Names)] is Names known) return known;
        var jurisdiction = (await http.Actor()).Jurisdiction;
        var people = http.RequestServices.GetRequiredService<People>();
        var names = new Names(
            await people.Names(jurisdiction, http.RequestAborted),
            (await people.Units(jurisdiction).All(http.RequestAborted)).ToDictionary(u => u.Id, u => u.Name));
        http.Items[typeof(Names)] = names;
        return names;
    }
}
