using Approval.Http;
using Approval.Pages;

namespace Approval.Directory;

/// <summary>A person of the directory: unit, roles, ties, and what the reader may change of them. How to reach the person is not shown: that reading is written down, and the API gives it.</summary>
public sealed class PersonModel(Queries queries, People people) : StagePage
{
    /// <summary>The person.</summary>
    public Person Person { get; private set; } = null!;

    /// <summary>The version, for changes.</summary>
    public long Version { get; private set; }

    /// <summary>The units to choose from.</summary>
    public IReadOnlyList<UnitRow> Units { get; private set; } = [];

    /// <summary>The others to choose from.</summary>
    public IReadOnlyList<ListedPerson> Others { get; private set; } = [];

    /// <summary>Whether the reader looks at their own entry.</summary>
    public bool Own => Person.Id == Me.Person;

    /// <summary>Whether the reader may declare ties here: the administrator anybody's, everybody else their own.</summary>
    public bool MayDeclareTies => May(nameof(DeclareTies)) && (Own || Me.Is(Role.Administrator));

    /// <summary>Shows the page.</summary>
    public async Task OnGet(string id)
    {
        await Enter("ReadPeople");
        var seen = await queries.Load(Me.Jurisdiction, Approval.Directory.Person.Kind, new PersonId(id).Stream, cancel: Cancel);
        (Person, Version) = (seen.State, seen.Info.Version);
        Units = await people.Units(Me.Jurisdiction).OrderBy("id").All(Cancel);
        Others = [.. (await people.List(Me.Jurisdiction, Cancel)).Where(p => p.Id != Person.Id)];
    }
}
