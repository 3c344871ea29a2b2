using Approval.Http;
using Approval.Pages;

namespace Approval.Directory;

/// <summary>The people of the jurisdiction, by unit, role and name.</summary>
public sealed class PeopleModel(People people) : StagePage
{
    /// <summary>Those who fit.</summary>
    public IReadOnlyList<ListedPerson> Found { get; private set; } = [];

    /// <summary>The units to choose from.</summary>
    public IReadOnlyList<UnitRow> Units { get; private set; } = [];

    /// <summary>The unit asked for.</summary>
    public string? Unit { get; private set; }

    /// <summary>The role asked for.</summary>
    public Role? Role { get; private set; }

    /// <summary>Part of the name or id asked for.</summary>
    public string? Q { get; private set; }

    /// <summary>Shows the page.</summary>
    public async Task OnGet()
    {
        await Enter("ReadPeople");
        (Unit, Role, Q) = (HttpContext.Text("unit"), HttpContext.Code<Role>("role"), HttpContext.Text("q"));
        Units = await people.Units(Me.Jurisdiction).Where($"not retired").OrderBy("id").All(Cancel);
        Found =
        [
            .. (await people.List(Me.Jurisdiction, Cancel)).Where(p => Unit is null || p.Unit.Value == Unit).Where(p => Role is not { } role || p.Roles.Contains(role))
                .Where(p => Q is null || p.Id.Value.Contains(Q, StringComparison.OrdinalIgnoreCase) || p.Name?.Contains(Q, StringComparison.OrdinalIgnoreCase) == true),
        ];
    }
}
