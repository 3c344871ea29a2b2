using Approval.Directory;
using Approval.Http;
using Approval.Pages;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Approval.Intake;

/// <summary>The proposals that the reader may see, by stage, track, unit, year and words.</summary>
public sealed class ProposalsModel(Queries queries, People people) : PageModel
{
    /// <summary>Who reads.</summary>
    public Actor Actor { get; private set; } = null!;

    /// <summary>What people and units are called.</summary>
    public Names Names { get; private set; } = null!;

    /// <summary>The proposals of this part of the list.</summary>
    public Page<ListedProposal> Found { get; private set; } = new([], null);

    /// <summary>The units to choose from.</summary>
    public IReadOnlyList<UnitRow> Units { get; private set; } = [];

    /// <summary>Shows the page, or only more rows of it.</summary>
    public async Task OnGet()
    {
        Actor = await HttpContext.Actor();
        Names = await HttpContext.Names();
        Found = await IntakeEndpoints.List(HttpContext, queries);
        Units = await people.Units(Actor.Jurisdiction).Where($"not retired").OrderBy("name").All(HttpContext.RequestAborted);
    }

    /// <summary>What was asked for.</summary>
    public string Asked(string name) => HttpContext.Request.Query[name].ToString();

    /// <summary>The address of the next part.</summary>
    public string More => $"/proposals{QueryString.Create(HttpContext.Request.Query.Where(q => q.Key != "cursor").SelectMany(q => q.Value, (q, v) => KeyValuePair.Create(q.Key, v)).Append(new("cursor", Found.Next)))}";
}
