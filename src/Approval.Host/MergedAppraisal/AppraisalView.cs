using Approval.Directory;
using Approval.EventStore;
using Approval.Policies;

namespace Approval.MergedAppraisal;

/// <summary>Where an appraisal stands.</summary>
public enum AppraisalStatus
{
    /// <summary>待组建专家组: the panel is not appointed, or a seat is vacant.</summary>
    [Words("待组建专家组", "panel incomplete")]
    PanelIncomplete,

    /// <summary>评分中.</summary>
    [Words("评分中", "scoring")]
    Scoring,

    /// <summary>评分已公开.</summary>
    [Words("评分已公开", "sheets disclosed")]
    Disclosed,

    /// <summary>已有结论.</summary>
    [Words("已有结论", "concluded")]
    Concluded,

    /// <summary>已撤销.</summary>
    [Words("已撤销", "dissolved")]
    Dissolved,
}

/// <summary>An appraisal in the list.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Proposals">The proposals.</param>
/// <param name="Titles">Their titles.</param>
/// <param name="Requested">What they ask for together.</param>
/// <param name="Recommended">What is recommended for them together; null before the conclusion.</param>
/// <param name="Merged">How many were merged into others.</param>
/// <param name="Saved">What merging saved.</param>
/// <param name="Seats">The panel's seats.</param>
/// <param name="Panel">The experts.</param>
/// <param name="SheetsIn">How many sheets are in.</param>
/// <param name="HandedIn">The sheets that are in, by whom and for which revision.</param>
/// <param name="WaitsFor">Whose turn it is, as keys of <see cref="Wait"/>.</param>
/// <param name="Waits">What it waits for, and since when.</param>
/// <param name="Opened">When it was opened.</param>
/// <param name="Changed">When it last changed.</param>
public sealed record AppraisalRow(
    AppraisalId Id, [property: Indexed] AppraisalStatus Status, [property: Indexed] IReadOnlyList<ProposalId> Proposals, IReadOnlyList<string> Titles, Money Requested, Money? Recommended,
    int Merged, Money Saved, int Seats, [property: Indexed] IReadOnlyList<PersonId> Panel, int SheetsIn, IReadOnlyList<SheetIn> HandedIn, [property: Indexed] IReadOnlyList<string> WaitsFor, IReadOnlyList<Wait> Waits,
    DateTimeOffset Opened, DateTimeOffset Changed);

/// <summary>A person and the unit.</summary>
public sealed record UnitPersonRow(PersonId Person, [property: Indexed] UnitId Unit);

/// <summary>The views of appraisals.</summary>
public static class AppraisalView
{
    /// <summary>One row per appraisal; nothing of what its sheets say.</summary>
    public static readonly View<Appraisal, AppraisalRow> List = new("appraisals", Appraisal.Kind, (a, info) =>
    [
        new(a.Id, StatusOf(a), [.. a.Proposals.Select(p => p.Proposal)], [.. a.Proposals.Select(p => p.Title)],
            Money.Sum(a.Proposals.Select(p => p.Requested)), a.Conclusions.IsEmpty ? null : Money.Sum(a.Conclusions.Select(c => c.Amount ?? Money.Zero)),
            a.Merges.Sum(m => m.Absorbed.Length), Money.Sum(a.Merges.Select(m => m.Saved)), a.Seats, a.Panel, a.Sheets.Length,
            SheetIn.Of(a), [.. a.Waits.Select(w => w.Key).Distinct()], a.Waits, info.Created, info.Changed),
    ]);

    /// <summary>Who belongs to which unit, to find the people of the proposing units.</summary>
    public static readonly View<Person, UnitPersonRow> UnitPeople = new("unit_people", Person.Kind, (p, _) => p.Removed ? [] : [new(p.Id, p.Unit)]);

    /// <summary>Where an appraisal stands.</summary>
    public static AppraisalStatus StatusOf(Appraisal a) =>
        a.Dissolved ? AppraisalStatus.Dissolved
        : a.Concluded ? AppraisalStatus.Concluded
        : a.Disclosed ? AppraisalStatus.Disclosed
        : a.PanelComplete ? AppraisalStatus.Scoring
        : AppraisalStatus.PanelIncomplete;
}

/// <summary>A sheet that is in; not what it says.</summary>
public sealed record SheetIn(PersonId Expert, ProposalId Proposal, int Revision)
{
    /// <summary>The sheets that are in.</summary>
    public static IReadOnlyList<SheetIn> Of(Appraisal a) => [.. a.Sheets.Select(s => new SheetIn(s.Expert, s.Proposal, s.Revision))];
}

/// <summary>A sheet that the reader may read.</summary>
/// <param name="Expert">The expert.</param>
/// <param name="Proposal">The proposal.</param>
/// <param name="Revision">The revision seen.</param>
/// <param name="Scores">0 to 100 by criterion.</param>
/// <param name="Weighted">The weighted score.</param>
/// <param name="Opinion">The opinion.</param>
/// <param name="Suggested">The amount suggested.</param>
public sealed record SheetAnswer(PersonId Expert, ProposalId Proposal, int Revision, IReadOnlyDictionary<string, int> Scores, decimal Weighted, string Opinion, Money Suggested);

/// <summary>What the disclosed sheets come to for one proposal.</summary>
/// <param name="Proposal">The proposal.</param>
/// <param name="Mean">The mean of the weighted scores, with one digit.</param>
/// <param name="Suggested">The median of the amounts suggested.</param>
public sealed record ProposalScore(ProposalId Proposal, decimal Mean, Money Suggested);

/// <summary>An appraisal as a reader sees it: sheets only where the reader may read them.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Version">Its version, as in the ETag.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Policy">The policy that judges.</param>
/// <param name="Proposals">The proposals.</param>
/// <param name="Criteria">What is scored, with weights.</param>
/// <param name="PanelAtLeast">The smallest panel.</param>
/// <param name="Seats">The panel's seats; 0 before it is appointed.</param>
/// <param name="Panel">The experts.</param>
/// <param name="Left">The experts who left it.</param>
/// <param name="HandedIn">Who has handed in for which proposal.</param>
/// <param name="Sheets">The sheets that the reader may read.</param>
/// <param name="Scores">What the sheets come to; empty before disclosure.</param>
/// <param name="Conclusions">The conclusions.</param>
/// <param name="Merges">The merges, with what each saved.</param>
public sealed record AppraisalAnswer(
    AppraisalId Id, long Version, AppraisalStatus Status, PolicyRef Policy, IReadOnlyList<AppraisedProposal> Proposals, IReadOnlyList<Criterion> Criteria, int PanelAtLeast,
    int Seats, IReadOnlyList<PersonId> Panel, IReadOnlyList<PersonId> Left, IReadOnlyList<SheetIn> HandedIn, IReadOnlyList<SheetAnswer> Sheets,
    IReadOnlyList<ProposalScore> Scores, IReadOnlyList<ConclusionDrawn> Conclusions, IReadOnlyList<ProposalsMerged> Merges)
{
    /// <summary>The answer for a reader.</summary>
    public static AppraisalAnswer Of(Appraisal a, long version, Actor reader)
    {
        var visible = a.SheetsVisibleTo(reader).ToList();
        return new(
            a.Id, version, AppraisalView.StatusOf(a), a.Policy, a.Proposals, a.Criteria, a.PanelAtLeast, a.Seats, a.Panel, a.Left,
            SheetIn.Of(a),
            [.. visible.Select(s => new SheetAnswer(s.Expert, s.Proposal, s.Revision, s.Scores, a.Score(s), s.Opinion, s.Suggested))],
            a.Disclosed && visible.Count == a.Sheets.Length ? [.. a.Sheets.GroupBy(s => s.Proposal).Select(g => ScoreOf(a, g.Key, [.. g]))] : [],
            a.Conclusions, a.Merges);
    }

    static ProposalScore ScoreOf(Appraisal a, ProposalId proposal, IReadOnlyList<ScoreSheetSubmitted> sheets) => new(
        proposal, decimal.Round(sheets.Average(a.Score), 1, MidpointRounding.AwayFromZero), sheets.Select(s => s.Suggested).Order().ElementAt(sheets.Count / 2));
}
