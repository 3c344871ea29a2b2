using Approval.Directory;
using Approval.Http;
using Approval.Pages;

namespace Approval.Systems;

/// <summary>A system of the register, or the form of a new one.</summary>
public sealed class SystemModel(Queries queries, People people) : StagePage
{
    /// <summary>The system; null while it is a new one.</summary>
    public ExistingSystem? System { get; private set; }

    /// <summary>The version, for changes.</summary>
    public long? Version { get; private set; }

    /// <summary>The units to choose from.</summary>
    public IReadOnlyList<UnitRow> Units { get; private set; } = [];

    /// <summary>Where the fields of the content stand in the command: under <c>system</c> in a registration.</summary>
    public string At => System is null ? "system." : "";

    /// <summary>Shows the page.</summary>
    public async Task OnGet(string code)
    {
        await Enter(code == "new" ? nameof(RegisterSystem) : "ReadSystems");
        Units = await people.Units(Me.Jurisdiction).Where($"not retired").OrderBy("id").All(Cancel);
        if (code == "new") return;
        var seen = await queries.Load(Me.Jurisdiction, ExistingSystem.Kind, new SystemId(code).Stream, HttpContext.AsOf(), Cancel);
        (System, Version) = (seen.State, seen.Info.Version);
    }
}
