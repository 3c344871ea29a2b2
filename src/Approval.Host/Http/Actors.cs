namespace Approval.Http;

/// <summary>Who is asking: the signed-in person with the roles, unit and jurisdiction that the directory gives. Throws a <see cref="ProblemException"/> with <see cref="Faults.Unauthenticated"/> or <see cref="Faults.Forbidden"/> when there is none.</summary>
public delegate Task<Actor> ActorOf(HttpContext http);

/// <summary>Asks who is asking.</summary>
public static class Actors
{
    /// <summary>The person asking; looked up once per request.</summary>
    public static async Task<Actor> Actor(this HttpContext http)
    {
        if (http.Items[typeof(Actor)] is Actor known) return known;
        var actor = await http.RequestServices.GetRequiredService<ActorOf>()(http);
        http.RequestServices.GetRequiredService<Pace>().Count(actor);
        http.Items[typeof(Actor)] = actor;
        return actor;
    }

    /// <summary>The person asking, who may do this read by the permission table.</summary>
    /// <exception cref="ProblemException">The person may not.</exception>
    public static async Task<Actor> ActorWho(this HttpContext http, string deed)
    {
        var actor = await http.Actor();
        return Permissions.Check(deed, actor) is { } no ? throw new ProblemException(no) : actor;
    }
}
