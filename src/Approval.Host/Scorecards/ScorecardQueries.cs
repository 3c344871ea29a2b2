using Approval.Calendars;
using Approval.Committee;
using Approval.EventStore;
using Approval.Http;

namespace Approval.Scorecards;

/// <summary>Adds the scorecards up, for the API and the page.</summary>
public sealed class ScorecardQueries(Queries queries, TimeProvider clock)
{
    /// <summary>The scorecards that a person may see, by unit: all, or the own unit's.</summary>
    /// <param name="actor">Who reads.</param>
    /// <param name="year">The year of submission and of meetings; null for all.</param>
    /// <param name="asOf">As of which instant; null for now.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="ProblemException">The person may see none.</exception>
    public async Task<IReadOnlyList<Scorecard>> Of(Actor actor, int? year, AsOf? asOf, CancellationToken cancel)
    {
        var own = Permissions.Check("ReadScorecards", actor) is not null;
        if (own && Permissions.Check("ReadOwnScorecard", actor) is { } no) throw new ProblemException(no);

        var calendar = await queries.Calendar(actor.Jurisdiction, asOf, cancel);
        var today = calendar.DateOf(asOf?.At ?? clock.GetUtcNow());
        var proposals = (await queries.In(ScorecardEndpoints.Proposals, actor.Jurisdiction, asOf).Where($"unit = {actor.Unit}", own).All(cancel))
            .Where(p => year is null || calendar.DateOf(p.Submitted).Year == year).ToLookup(p => p.Unit);
        var members = (await queries.In(MeetingViews.Attendance, actor.Jurisdiction, asOf).Where($"unit = {actor.Unit}", own).All(cancel))
            .Where(m => m.Closed && (year is null || m.Date.Year == year)).ToLookup(m => m.Unit);

        List<Scorecard> cards = [];
        foreach (var unit in proposals.Select(p => p.Key).Union(members.Select(m => m.Key)).OrderBy(u => u.Value, StringComparer.Ordinal))
        {
            var name = (await queries.Find(actor.Jurisdiction, Directory.Unit.Kind, unit.Stream, asOf, cancel))?.State.Name;
            var scored = proposals[unit].ToList();
            cards.Add(new(unit, name ?? unit.Value, scored.Count, scored.Count(p => OnTime(p, today)), scored.Sum(p => p.Corrections), scored.Sum(p => p.Kept), scored.Sum(p => p.Broken),
                [.. members[unit].GroupBy(m => m.Member).OrderBy(g => g.Key.Value, StringComparer.Ordinal).Select(g => new AttendanceScore(g.Key, g.Count(), g.Count(m => m.Attended)))]));
        }

        return cards;
    }

    static bool OnTime(ScoredProposalRow p, DateOnly today) => !p.Lapsed && (p.Finish is not { } finish || (p.Accepted ?? today) <= finish);
}
