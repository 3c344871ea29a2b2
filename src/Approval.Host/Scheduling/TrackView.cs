using Approval.Calendars;
using Approval.EventStore;

namespace Approval.Scheduling;

/// <summary>A proposal put on a track, for the caps and the promise that key projects are held to.</summary>
/// <param name="Proposal">The proposal.</param>
/// <param name="Track">Its track now.</param>
/// <param name="Year">The year in which it was accepted and put on a track.</param>
/// <param name="WaitingSince">Since which day it has waited for a batch's conclusion, if it does.</param>
public sealed record TrackRow(ProposalId Proposal, [property: Indexed] Track Track, [property: Indexed] int Year, [property: Indexed] DateOnly? WaitingSince);

/// <summary>The proposals on their tracks.</summary>
public static class TrackView
{
    /// <summary>One row per proposal once classified.</summary>
    public static readonly View<Proposal, TrackRow> Tracks = new("tracks", Proposal.Kind, (p, _) => p.Track is { } track
        ? [new(p.Id, track,
            Day(p.Clock.Visits.First(v => v.Stage is Stage.EarlyScheduling or Stage.BatchReview).Entered).Year,
            p.Stage == Stage.BatchReview ? Day(p.Clock.Now.Entered) : null)]
        : []);

    static DateOnly Day(DateTimeOffset at) => WorkingCalendar.WeekendsOnly.DateOf(at);
}
