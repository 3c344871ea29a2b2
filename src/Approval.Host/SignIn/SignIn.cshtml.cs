using Approval.Directory;
using Approval.Http;
using Approval.Pages;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Approval.SignIn;

/// <summary>The way in: in demo mode everybody of the demo by one click, otherwise the OpenID provider.</summary>
[AllowAnonymous]
public sealed class SignInModel(Jurisdictions jurisdictions, People people, IAuthenticationSchemeProvider schemes, DemoClock? demo = null) : PageModel
{
    /// <summary>A jurisdiction of the demo with its people by unit.</summary>
    /// <param name="Jurisdiction">The jurisdiction.</param>
    /// <param name="Units">The units that have people, the office first.</param>
    public sealed record Place(Jurisdiction Jurisdiction, IReadOnlyList<(string Unit, IReadOnlyList<ListedPerson> People)> Units);

    /// <summary>Where the person wanted to go.</summary>
    public string ReturnUrl { get; private set; } = "/";

    /// <summary>Whether this is demo mode.</summary>
    public bool Demo => demo is not null;

    /// <summary>Whether a provider for the pages is configured.</summary>
    public bool Provider { get; private set; }

    /// <summary>Why the last attempt came to nothing.</summary>
    public SignInProblem? Problem { get; private set; }

    /// <summary>Whom the demo can be.</summary>
    public IReadOnlyList<Place> Places { get; private set; } = [];

    /// <summary>Shows the page.</summary>
    public async Task OnGet([FromQuery] string? returnUrl)
    {
        ReturnUrl = PagesSetup.LocalPath(returnUrl);
        Problem = HttpContext.Code<SignInProblem>("problem");
        Provider = await schemes.GetSchemeAsync(OpenIdSignIn.Name) is not null;
        if (!Demo) return;
        var cancel = HttpContext.RequestAborted;
        var places = new List<Place>();
        foreach (var jurisdiction in await jurisdictions.All(cancel))
        {
            var units = (await people.Units(jurisdiction.Code).All(cancel)).ToDictionary(u => u.Id, u => u.Name);
            var listed = await people.List(jurisdiction.Code, cancel);
            places.Add(new(jurisdiction,
            [
                .. listed.GroupBy(p => p.Unit)
                    .OrderByDescending(g => g.Any(p => p.Roles.Contains(Role.DistrictCio))).ThenByDescending(g => g.Any(p => p.Roles.Contains(Role.CioOffice)))
                    .ThenBy(g => units[g.Key], StringComparer.Ordinal)
                    .Select(g => (units[g.Key], (IReadOnlyList<ListedPerson>)[.. g.OrderBy(p => p.Roles.DefaultIfEmpty().Min()).ThenBy(p => p.Id.Value, StringComparer.Ordinal)])),
            ]));
        }

        Places = places;
    }
}
