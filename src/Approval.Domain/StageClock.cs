using System.Collections.Immutable;

namespace Approval;

/// <summary>A pause of the clock: the unit corrects.</summary>
/// <param name="From">When the correction was asked for.</param>
/// <param name="Until">When it was answered; null while it is open.</param>
public sealed record ClockPause(DateTimeOffset From, DateTimeOffset? Until);

/// <summary>A stay in one stage.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Entered">When the proposal came to it.</param>
/// <param name="Left">When it went on; null while it stands there.</param>
/// <param name="Pauses">The pauses in it, in order.</param>
public sealed record StageVisit(Stage Stage, DateTimeOffset Entered, DateTimeOffset? Left, ImmutableList<ClockPause> Pauses);

/// <summary>The times of a proposal's path, as recorded. A stage visited twice stands twice.</summary>
/// <param name="Visits">The stays, in order; the last is where the proposal stands.</param>
public sealed record StageClock(ImmutableList<StageVisit> Visits)
{
    /// <summary>Before the first event.</summary>
    public static readonly StageClock Empty = new([]);

    /// <summary>The stay that lasts.</summary>
    public StageVisit Now => Visits[^1];

    /// <summary>Whether the clock stands still.</summary>
    public bool Paused => Visits.Count > 0 && Now.Pauses is [.., { Until: null }];

    /// <summary>The clock after an event: the stage then, and whether the unit corrects.</summary>
    internal StageClock At(Stage stage, bool corrects, DateTimeOffset at)
    {
        var clock = Visits.Count == 0 ? new StageClock([Enter(stage, at)])
            : Now.Stage == stage ? this
            : new(Visits.SetItem(Visits.Count - 1, Resume(Now, at) with { Left = at }).Add(Enter(stage, at)));
        if (corrects == clock.Paused) return clock;
        var now = corrects ? clock.Now with { Pauses = clock.Now.Pauses.Add(new(at, null)) } : Resume(clock.Now, at);
        return new(clock.Visits.SetItem(clock.Visits.Count - 1, now));
    }

    static StageVisit Enter(Stage stage, DateTimeOffset at) => new(stage, at, null, []);

    static StageVisit Resume(StageVisit visit, DateTimeOffset at) =>
        visit.Pauses is [.., { Until: null } open] ? visit with { Pauses = visit.Pauses.SetItem(visit.Pauses.Count - 1, open with { Until = at }) } : visit;
}
