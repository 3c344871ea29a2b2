using Approval.Directory;
using Approval.EventStore;
using Approval.Http;

namespace Approval.SignIn;

/// <summary>Finds the person of a request in the directory.</summary>
public static class SignedIn
{
    /// <summary>The person signed in is not in the directory of the jurisdiction, or not any more.</summary>
    public static readonly RefusalKind PersonUnknown = new("person-unknown", RefusalSort.Authority,
        "您不在该辖区的人员名录中，请联系管理员。", "You are not in the directory of this jurisdiction: ask its administrator.");

    /// <summary>Marks a request whose token could not be judged, which is not a wrong one.</summary>
    internal static readonly object ProviderAway = new();

    /// <summary>The person, with the unit and the roles that the directory gives at this moment, or gave when this host last looked.</summary>
    /// <exception cref="ProblemException">Nobody is signed in, or nobody of the directory.</exception>
    internal static async Task<Acting> Actor(HttpContext http, bool anew)
    {
        if (http.User.Identity is not { IsAuthenticated: true })
            throw new ProblemException(http.Items.ContainsKey(ProviderAway) ? Faults.ProviderAway.With() : Faults.Unauthenticated.With());

        var (subject, jurisdiction) = (http.User.FindFirst(SignInSetup.PersonClaim)?.Value, http.User.FindFirst(SignInSetup.JurisdictionClaim)?.Value);
        if (string.IsNullOrEmpty(subject) || string.IsNullOrEmpty(jurisdiction)) throw new ProblemException(PersonUnknown.With());

        var (tenant, person) = (new JurisdictionId(jurisdiction), new PersonId(subject));
        var runner = http.RequestServices.GetRequiredService<CommandRunner>();
        if (!anew && runner.Remembered(tenant, Person.Kind, person.Stream) is { State: Person { Removed: false } before, Info: var info }) return new(before.In(tenant), info);
        var found = await runner.Look(tenant, Person.Kind, person.Stream, http.RequestAborted);
        return found is { Removed: false } now ? new(now.In(tenant)) : throw new ProblemException(PersonUnknown.With());
    }
}
