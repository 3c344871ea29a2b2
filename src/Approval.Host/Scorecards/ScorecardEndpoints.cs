using Approval.EventStore;
using Approval.Http;

namespace Approval.Scorecards;

/// <summary>What a submitted proposal adds to its unit's scorecard.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Submitted">The day of the first submission, in UTC.</param>
/// <param name="Corrections">How many corrections it needed.</param>
/// <param name="Lapsed">Whether the unit let it lapse.</param>
/// <param name="Finish">The finish planned, once approved.</param>
/// <param name="Accepted">The day on which the finished project was accepted.</param>
/// <param name="Kept">Promises to share found kept.</param>
/// <param name="Broken">Promises to share found broken.</param>
public sealed record ScoredProposalRow([property: Indexed] UnitId Unit, DateTimeOffset Submitted, int Corrections, bool Lapsed, DateOnly? Finish, DateOnly? Accepted, int Kept, int Broken);

/// <summary>A committee member's attendance in person.</summary>
/// <param name="Member">The member.</param>
/// <param name="Meetings">Meetings held to which the member was entitled.</param>
/// <param name="Attended">Those attended in person.</param>
public sealed record AttendanceScore(PersonId Member, int Meetings, int Attended);

/// <summary>A unit's scorecard.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Name">Its name.</param>
/// <param name="Proposals">Proposals submitted.</param>
/// <param name="OnTime">Of these, those that the unit neither let lapse nor is late with: an approved project is accepted by its planned finish, or that day has not come.</param>
/// <param name="Corrections">Corrections needed.</param>
/// <param name="PromisesKept">Promises to share found kept.</param>
/// <param name="PromisesBroken">Promises to share found broken.</param>
/// <param name="Members">The attendance of its committee members, the departmental CIO among them.</param>
public sealed record Scorecard(
    UnitId Unit, string Name, int Proposals, int OnTime, int Corrections, int PromisesKept, int PromisesBroken, IReadOnlyList<AttendanceScore> Members);

/// <summary>The scorecards of all units that one may see.</summary>
/// <param name="Items">By unit.</param>
public sealed record ScorecardsAnswer(IReadOnlyList<Scorecard> Items);

/// <summary>Scorecards 记分卡, per unit and departmental CIO.</summary>
public static class ScorecardEndpoints
{
    /// <summary>Submitted proposals as they score.</summary>
    public static readonly View<Proposal, ScoredProposalRow> Proposals = new("scored_proposals", Proposal.Kind, (p, _) =>
        p.Clock.Visits.FirstOrDefault(v => v.Stage == Stage.FormCheck) is { } submitted
            ? [new(p.Unit, submitted.Entered, p.Intake.Corrections, p.Outcome == Outcome.Lapsed, p.Issuance.Approval is null ? null : p.Content.Finish,
                p.Supervision.Accepted?.On, p.Supervision.Promises.Values.Count(kept => kept), p.Supervision.Promises.Values.Count(kept => !kept))]
            : []);

    /// <summary>Adds the view and the route.</summary>
    public static void MapScorecards(this WebApplication app)
    {
        app.AddView(Proposals);
        app.MapGet("/api/scorecards", async (HttpContext http, ScorecardQueries scorecards) =>
                TypedResults.Ok(new ScorecardsAnswer(await scorecards.Of(await http.Actor(), http.Number("year", 1900, 9999), http.AsOf(), http.RequestAborted))))
            .TakesAsOf().Takes<int>("year").As("ReadScorecards", "ReadOwnScorecard").Does("各单位及部门首席信息官记分卡", "The scorecards of units and departmental CIOs", Permissions.NotPermitted);
    }
}
