using System.Security.Claims;
using Approval.Directory;
using Approval.EventStore;
using Approval.Http;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Approval.SignIn;

/// <summary>Somebody whom the demo can be.</summary>
/// <param name="Jurisdiction">The jurisdiction.</param>
/// <param name="Person">The person's id.</param>
/// <param name="Name">The display name.</param>
/// <param name="Unit">The unit's code.</param>
/// <param name="UnitName">The unit's name.</param>
/// <param name="Roles">The roles.</param>
public sealed record DemoPerson(JurisdictionId Jurisdiction, PersonId Person, string? Name, UnitId Unit, string UnitName, IReadOnlyList<Role> Roles);

/// <summary>Whom to be.</summary>
/// <param name="Person">The person's id.</param>
/// <param name="Jurisdiction">The jurisdiction; where there is one only, it need not be named.</param>
public sealed record DemoSignIn(PersonId Person, JurisdictionId? Jurisdiction = null);

/// <summary>A token of the demo's issuer.</summary>
/// <param name="Token">To be sent as <c>Authorization: Bearer …</c>.</param>
public sealed record DemoToken(string Token);

/// <summary>The demo's clock.</summary>
/// <param name="Now">What it shows.</param>
public sealed record DemoTime(DateTimeOffset Now);

/// <summary>The routes of demo mode.</summary>
public static class DemoEndpoints
{
    /// <summary>The clock cannot go before what is recorded, nor into the future.</summary>
    public static readonly RefusalKind ClockOutOfRange = new("demo-clock-out-of-range", RefusalSort.Rule,
        "演示时钟须在最近一次记录（{0}）与当前实际时间之间。", "The demo's clock must stand between the newest record ({0}) and real time.");

    /// <summary>Adds the routes, in demo mode only.</summary>
    public static void MapDemo(this WebApplication app)
    {
        if (app.Services.GetService<DemoClock>() is not { } clock) return;
        var demo = app.MapGroup("/demo").AllowAnonymous().WithTags("demo");

        demo.MapGet("/people", async (Jurisdictions jurisdictions, People people, CancellationToken cancel) =>
            {
                var found = new List<DemoPerson>();
                foreach (var jurisdiction in await jurisdictions.All(cancel))
                {
                    var units = (await people.Units(jurisdiction.Code).All(cancel)).ToDictionary(u => u.Id, u => u.Name);
                    found.AddRange((await people.List(jurisdiction.Code, cancel)).Select(p => new DemoPerson(jurisdiction.Code, p.Id, p.Name, p.Unit, units[p.Unit], p.Roles)));
                }

                return TypedResults.Ok(found);
            })
            .Does("演示人员名单", "The people whom the demo can be");

        demo.MapPost("/tokens", async (Body<DemoSignIn> body, DemoIssuer issuer, Jurisdictions jurisdictions, Queries queries, CancellationToken cancel) =>
            {
                var jurisdiction = await Find(body.Value, jurisdictions, queries, cancel);
                return TypedResults.Ok(new DemoToken(issuer.Issue(jurisdiction, body.Value.Person)));
            })
            .Does("签发演示令牌", "Issues a token for a person of the demo", Faults.Unknown);

        demo.MapPost("/session", async (Body<DemoSignIn> body, HttpContext http, Jurisdictions jurisdictions, Queries queries) =>
            {
                var jurisdiction = await Find(body.Value, jurisdictions, queries, http.RequestAborted);
                var identity = DemoIssuer.Identity(jurisdiction, body.Value.Person, CookieAuthenticationDefaults.AuthenticationScheme);
                await http.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, new ClaimsPrincipal(identity));
                return TypedResults.Ok(body.Value with { Jurisdiction = jurisdiction });
            })
            .Does("以演示人员身份登录页面", "Signs in to the pages as a person of the demo", Faults.Unknown);

        demo.MapGet("/clock", () => TypedResults.Ok(new DemoTime(clock.GetUtcNow()))).Does("演示时钟", "What the demo's clock shows");

        demo.MapPost("/clock", async (Body<DemoTime> body, HttpContext http, Store store) =>
            {
                var newest = await store.Newest(http.RequestAborted);
                if (body.Value.Now < newest || body.Value.Now > TimeProvider.System.GetUtcNow())
                    return Problems.Of(http, ClockOutOfRange.At("now", newest?.ToString("O") ?? "-"));
                clock.Set(body.Value.Now);
                return TypedResults.Ok(new DemoTime(clock.GetUtcNow()));
            })
            .Produces<DemoTime>().Does("设置演示时钟", "Sets the demo's clock: not before the newest record, not after real time", ClockOutOfRange);

        demo.MapPost("/jurisdictions", async (Body<NewJurisdiction> body, HttpContext http, Jurisdictions jurisdictions) =>
            {
                var refusals = await jurisdictions.Found(body.Value, http.RequestAborted);
                return refusals.Count == 0 ? TypedResults.Ok(body.Value) : Problems.Of(http, refusals);
            })
            .Produces<NewJurisdiction>().Does("建立演示辖区", "Founds a jurisdiction for the demo", FoundJurisdiction.Founded, DirectoryRules.InvalidCode, DirectoryRules.InvalidSubject);
    }

    static async Task<JurisdictionId> Find(DemoSignIn who, Jurisdictions jurisdictions, Queries queries, CancellationToken cancel)
    {
        var known = await jurisdictions.All(cancel);
        var asked = who.Jurisdiction ?? (known.Count == 1 ? known[0].Code : null);
        return asked is { } jurisdiction && await queries.Find(jurisdiction, Person.Kind, who.Person.Stream, cancel: cancel) is { State.Removed: false }
            ? jurisdiction
            : throw new ProblemException(Faults.Unknown.With());
    }
}
