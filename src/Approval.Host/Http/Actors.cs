using Approval.EventStore;

namespace Approval.Http;

/// <summary>
/// Who is asking: the signed-in person with the roles, unit and jurisdiction that the directory gives; where it is not asked anew, as this host remembers it.
/// Throws a <see cref="ProblemException"/> with <see cref="Faults.Unauthenticated"/> or <see cref="Faults.Forbidden"/> when there is none.
/// </summary>
public delegate Task<Acting> ActorOf(HttpContext http, bool anew);

/// <summary>Asks who is asking.</summary>
public static class Actors
{
    /// <summary>The person asking, as the directory has it; looked up once per request.</summary>
    public static async Task<Actor> Actor(this HttpContext http) =>
        (http.Items[typeof(Acting)] is Acting { Remembered: not null } ? await http.Permitted(anew: true) : await http.Acting(anew: true)).Actor;

    /// <summary>The person asking, who may do this read by the permission table.</summary>
    /// <exception cref="ProblemException">The person may not.</exception>
    public static async Task<Actor> ActorWho(this HttpContext http, string deed)
    {
        var actor = await http.Actor();
        return Permissions.Check(deed, actor) is { } no ? throw new ProblemException(no) : actor;
    }

    /// <summary>
    /// The person asking, who may do one of the deeds of the route. A command takes the person as remembered and is recorded only if the directory still says the same;
    /// whom memory would refuse the directory is asked about.
    /// </summary>
    /// <param name="http">The request.</param>
    /// <param name="anew">Whether the directory is asked, unless it was for this request.</param>
    /// <exception cref="ProblemException">The person may do none of them.</exception>
    public static async Task<Acting> Permitted(this HttpContext http, bool anew)
    {
        var acting = await http.Acting(anew);
        if (http.GetEndpoint()?.Metadata.GetMetadata<Deeds>() is not { } deeds || Permissions.Allow(deeds.Names, acting.Actor)) return acting;
        return acting.Remembered is null ? throw new ProblemException(Permissions.NotPermitted.With()) : await http.Permitted(anew: true);
    }

    static async Task<Acting> Acting(this HttpContext http, bool anew)
    {
        var known = http.Items[typeof(Acting)] as Acting;
        if (known is { Remembered: null } || (known is not null && !anew)) return known;
        var acting = await http.RequestServices.GetRequiredService<ActorOf>()(http, anew);
        if (known is null) http.RequestServices.GetRequiredService<Pace>().Count(acting.Actor);
        http.Items[typeof(Acting)] = acting;
        return acting;
    }
}
