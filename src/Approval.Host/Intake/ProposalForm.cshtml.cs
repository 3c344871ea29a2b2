using System.Globalization;
using System.Text.Json;
using Approval.Directory;
using Approval.Http;
using Approval.Pages;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Approval.Intake;

/// <summary>The form of a proposal: a new draft, or the next revision of one that is with its unit.</summary>
public sealed class ProposalFormModel(Queries queries, People people) : PageModel
{
    /// <summary>The proposal; null for a new one.</summary>
    public Proposal? P { get; private set; }

    /// <summary>Its version.</summary>
    public long Version { get; private set; }

    /// <summary>What stands in the form.</summary>
    public ProposalContent Written { get; private set; } = new() { Title = "" };

    /// <summary>The units' names by code, for the scripts.</summary>
    public IReadOnlyDictionary<string, string> Units { get; private set; } = new Dictionary<string, string>();

    /// <summary>The unit that proposes.</summary>
    public string UnitName { get; private set; } = "";

    /// <summary>Shows the form to who may fill it in.</summary>
    /// <exception cref="ProblemException">The person may not, or the proposal is not with its unit.</exception>
    public async Task OnGet(string? id)
    {
        var actor = await HttpContext.Actor();
        var units = await people.Units(actor.Jurisdiction).OrderBy("name").All(HttpContext.RequestAborted);
        Units = units.Where(u => !u.Retired).ToDictionary(u => u.Id.Value, u => u.Name);
        if (id is null)
        {
            if (Permissions.Check(nameof(DraftProposal), actor) is { } no) throw new ProblemException(no);
        }
        else
        {
            var seen = await queries.Visible(HttpContext, id);
            (P, Version, Written) = (seen.State, seen.Info.Version, seen.State.Content);
            if (Permissions.Check(nameof(ReviseProposal), actor, P) is { } no) throw new ProblemException(no);
            if (!P.PenWithUnit()) throw new ProblemException(IntakeRefusals.PenNotWithUnit.With());
        }

        UnitName = Units.GetValueOrDefault((P?.Unit ?? actor.Unit).Value, (P?.Unit ?? actor.Unit).Value);
    }

    /// <summary>A code as the API writes it.</summary>
    public static string Code(Enum value) => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    /// <summary>A sum as a number field takes it.</summary>
    public static string Yuan(Money money) => money.Yuan.ToString("0.00", CultureInfo.InvariantCulture);
}
