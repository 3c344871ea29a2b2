using Approval.Deadlines;
using Approval.Directory;
using Approval.EventStore;

namespace Approval.Intake;

/// <summary>A proposal in the list of proposals, with what the inbox and the committee's figures need.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">Its title.</param>
/// <param name="Unit">The unit that proposes.</param>
/// <param name="Stage">Where it stands.</param>
/// <param name="Track">Its track once classified.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Category">New, rebuild, expand or operate.</param>
/// <param name="Revision">The newest revision.</param>
/// <param name="Requested">The total asked for.</param>
/// <param name="Recommended">The amount recommended.</param>
/// <param name="Approved">The amount approved.</param>
/// <param name="Held">What a fund holds for it.</param>
/// <param name="Committed">Whether that is committed.</param>
/// <param name="Fund">The fund that holds it.</param>
/// <param name="Batch">The batch it is in.</param>
/// <param name="Meeting">The meeting on whose agenda it stands.</param>
/// <param name="Appraisal">The appraisal over it.</param>
/// <param name="MergedInto">The lead into which it was merged.</param>
/// <param name="Absorbed">The proposals that it took in.</param>
/// <param name="AbsorbedRequested">What those had asked for.</param>
/// <param name="Number">The approval's number.</param>
/// <param name="Policy">The version of the policy that judges it.</param>
/// <param name="Year">The year in which it was drafted.</param>
/// <param name="Submitted">When it was first submitted.</param>
/// <param name="StageEntered">Since when it stands in its stage.</param>
/// <param name="Paused">Whether the unit corrects, which stops the clock.</param>
/// <param name="Corrections">How many corrections were asked for.</param>
/// <param name="Stay">The stay that lasts.</param>
/// <param name="Stays">The stays that have ended.</param>
/// <param name="FullCheckDue">By when the full check of a key project is due.</param>
/// <param name="Slot">The key project's month.</param>
/// <param name="Evaluation">The days between which its self-evaluation is waited for.</param>
/// <param name="DeferredOn">The day of the meeting that deferred it, while it waits for the next.</param>
/// <param name="Created">When it was drafted.</param>
/// <param name="Changed">When it last changed.</param>
/// <param name="Version">Its version, as in the ETag.</param>
/// <param name="WaitsFor">The keys of those whose turn it is.</param>
/// <param name="Waits">What it waits for.</param>
/// <param name="Withheld">The resources that it promised to share and withholds.</param>
/// <param name="Readers">The keys of those who may see it beside its unit and the office.</param>
/// <param name="Words">What it is found in, in lower case.</param>
public sealed record ProposalRow(
    ProposalId Id, string Title, [property: Indexed] UnitId Unit, [property: Indexed] Stage Stage, Track? Track, Outcome? Outcome, Category Category, int Revision,
    Money Requested, Money? Recommended, Money? Approved, Money? Held, bool Committed, FundId? Fund, [property: Indexed] BatchId? Batch, MeetingId? Meeting,
    AppraisalId? Appraisal, ProposalId? MergedInto, IReadOnlyList<ProposalId> Absorbed, Money AbsorbedRequested, string? Number, int? Policy,
    int Year, DateTimeOffset? Submitted, DateTimeOffset StageEntered, bool Paused, int Corrections, StageVisit Stay, IReadOnlyList<StageVisit> Stays, DateOnly? FullCheckDue, DateOnly? Slot,
    EvaluationWindow? Evaluation, DateOnly? DeferredOn, DateTimeOffset Created, DateTimeOffset Changed, long Version,
    IReadOnlyList<string> WaitsFor, IReadOnlyList<Wait> Waits, IReadOnlyList<string> Withheld, [property: Indexed] IReadOnlyList<string> Readers, string Words);

/// <summary>A departmental CIO, by unit.</summary>
public sealed record EndorserRow(PersonId Person, [property: Indexed] UnitId Unit);

/// <summary>The views of intake.</summary>
public static class ProposalView
{
    static readonly TimeSpan China = TimeSpan.FromHours(8);

    /// <summary>One row per proposal.</summary>
    public static readonly View<Proposal, ProposalRow> List = new("proposals", Proposal.Kind, (p, info) =>
    {
        var (waits, searched) = (Waiting.On(p).ToList(), Searched(p));
        return
        [
            new(p.Id, p.Content.Title, p.Unit, p.Stage, p.Track, p.Outcome, p.Content.Category, p.Revision,
                p.Content.Total, p.Appraisal.Recommended, p.Committee.Approved, p.Held?.Amount, p.Held?.Committed ?? false, p.Held?.Fund, p.BatchReview.Batch, p.Committee.Meeting,
                p.Appraisal.Appraisal, p.Appraisal.MergedInto, [.. p.Appraisal.Absorbed.Select(a => a.Absorbed)], Money.Sum(p.Appraisal.Absorbed.Select(a => a.Requested)),
                p.Issuance.Approval?.Number, p.Policy?.Version, info.Created.ToOffset(China).Year,
                p.Clock.Visits.FirstOrDefault(v => v.Stage == Stage.FormCheck)?.Entered, p.Clock.Now.Entered, p.Clock.Paused, p.Intake.Corrections, p.Clock.Now, [.. p.Clock.Visits.SkipLast(1)], p.Scheduling.FullCheckDue, p.Scheduling.Slot, EvaluationWindow.Of(p), p.Committee.DeferredOn, info.Created, info.Changed, info.Version,
                [.. waits.Select(w => w.Key).Distinct().Order(StringComparer.Ordinal)], waits,
                [.. p.Supervision.Promises.Where(s => !s.Value).Select(s => s.Key)], [.. Visibility.Readers(p).Distinct().Order(StringComparer.Ordinal)],
                string.Join(' ', searched.SelectMany(SearchedWords.Runs))),
        ];
    }, revision: 3);

    /// <summary>The departmental CIOs.</summary>
    public static readonly View<Person, EndorserRow> Endorsers = new("endorsers", Person.Kind, (p, _) =>
        !p.Removed && p.Roles.Contains(Role.DepartmentalCio) ? [new(p.Id, p.Unit)] : []);

    static string[] Searched(Proposal p) =>
    [
        p.Content.Title, p.Content.Objective, p.Unit.Value, p.Issuance.Approval?.Number ?? "",
        .. p.Content.Resources.Select(r => r.Name), .. p.Content.Interfaces.Select(i => i.Data), .. p.Content.Systems.Select(s => s.Name),
    ];
}
