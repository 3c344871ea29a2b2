using System.Collections.Immutable;
using Approval.Policies;

namespace Approval.MergedAppraisal;

/// <summary>What a panel can come to.</summary>
public enum ConclusionKind
{
    /// <summary>建议立项.</summary>
    [Words("建议立项", "recommended")]
    Recommended,

    /// <summary>修改后立项.</summary>
    [Words("修改后立项", "recommended with changes")]
    RecommendedWithChanges,

    /// <summary>不建议立项.</summary>
    [Words("不建议立项", "not recommended")]
    NotRecommended,

    /// <summary>并入牵头项目.</summary>
    [Words("并入牵头项目", "merged into a lead")]
    MergedInto,
}

/// <summary>An appraisal over one or several proposals.</summary>
public sealed record Appraisal
{
    /// <summary>The kind of stream.</summary>
    public static readonly StreamKind<Appraisal> Kind = new("appraisal", (appraisal, e, at) => Evolve(appraisal, e).Timed(at));

    /// <summary>Its id.</summary>
    public required AppraisalId Id { get; init; }

    /// <summary>The proposals under appraisal.</summary>
    public required ImmutableArray<AppraisedProposal> Proposals { get; init; }

    /// <summary>What the sheets score.</summary>
    public required ImmutableArray<Criterion> Criteria { get; init; }

    /// <summary>The smallest panel.</summary>
    public required int PanelAtLeast { get; init; }

    /// <summary>The policy that judges: the newest of its proposals'.</summary>
    public required PolicyRef Policy { get; init; }

    /// <summary>How many seats the panel has; 0 before it is appointed.</summary>
    public int Seats { get; init; }

    /// <summary>The experts in those seats; fewer than <see cref="Seats"/> while one who recused is not replaced.</summary>
    public ImmutableArray<PersonId> Panel { get; init; } = [];

    /// <summary>The experts who left the panel, and do not come back.</summary>
    public ImmutableArray<PersonId> Left { get; init; } = [];

    /// <summary>The newest sheet of each expert for each proposal.</summary>
    public ImmutableArray<ScoreSheetSubmitted> Sheets { get; init; } = [];

    /// <summary>Whether the sheets are disclosed.</summary>
    public bool Disclosed { get; init; }

    /// <summary>The proposals for which new sheets were asked for and the disclosure waits.</summary>
    public ImmutableArray<ProposalId> Reopened { get; init; } = [];

    /// <summary>The conclusions that stand.</summary>
    public ImmutableArray<ConclusionDrawn> Conclusions { get; init; } = [];

    /// <summary>The merges that stand.</summary>
    public ImmutableArray<ProposalsMerged> Merges { get; init; } = [];

    /// <summary>The leads whose merge was undone.</summary>
    public ImmutableHashSet<ProposalId> TakenBack { get; init; } = [];

    /// <summary>Whether every proposal is settled.</summary>
    public bool Concluded { get; init; }

    /// <summary>Whether it was dissolved, after which nothing happens to it.</summary>
    public bool Dissolved { get; init; }

    /// <summary>What it waits for, and since when.</summary>
    public ImmutableArray<Wait> Waits { get; init; } = [];

    /// <summary>Whether every seat of an appointed panel is taken.</summary>
    public bool PanelComplete => Seats > 0 && Panel.Length == Seats;

    /// <summary>Whether the proposal is under this appraisal.</summary>
    public bool Covers(ProposalId proposal) => Proposals.Any(p => p.Proposal == proposal);

    /// <summary>The expert's sheet for a proposal, if handed in.</summary>
    public ScoreSheetSubmitted? SheetOf(PersonId expert, ProposalId proposal) =>
        Sheets.FirstOrDefault(s => s.Expert == expert && s.Proposal == proposal);

    /// <summary>The weighted score of a sheet, 0 to 100 with one digit.</summary>
    public decimal Score(ScoreSheetSubmitted sheet) =>
        decimal.Round(Criteria.Sum(c => c.Weight * sheet.Scores[c.Key]) / 100m, 1, MidpointRounding.AwayFromZero);

    /// <summary>Whether every expert has handed in a sheet for each of these proposals at its newest revision. A sheet for an older revision is not in.</summary>
    public bool AllIn(IEnumerable<Proposal> proposals) =>
        PanelComplete && UnderAppraisal(proposals).All(p => Panel.All(e => SheetOf(e, p.Id)?.Revision == p.Revision));

    /// <summary>Those of its proposals that are alive in this stage and not settled.</summary>
    public IEnumerable<Proposal> UnderAppraisal(IEnumerable<Proposal> proposals) =>
        proposals.Where(p => Covers(p.Id) && p.Stage == Stage.MergedAppraisal && p.Appraisal.Appraisal == Id && p.Appraisal.Recommended is null);

    /// <summary>The sheets that a person may read: nobody reads another's before disclosure, whatever the role; after it those who take part or oversee do.</summary>
    public IEnumerable<ScoreSheetSubmitted> SheetsVisibleTo(Actor reader) =>
        Disclosed && (Panel.Contains(reader.Person) || Overseers.Any(reader.Is)) ? Sheets : Sheets.Where(s => s.Expert == reader.Person);

    static readonly ImmutableArray<Role> Overseers = [Role.CioOffice, Role.CommitteeMember, Role.DistrictCio, Role.Auditor];

    /// <summary>Whether a person may read the appraisal at all, apart from its sheets: an expert only when assigned.</summary>
    public bool MayRead(Actor reader) =>
        Panel.Contains(reader.Person) || Overseers.Any(reader.Is) || reader.Is(Role.Administrator);

    /// <summary>The state after an event.</summary>
    public static Appraisal Evolve(Appraisal? appraisal, object @event) => (appraisal, @event) switch
    {
        (null, AppraisalOpened e) => new() { Id = e.Appraisal, Proposals = e.Proposals, Criteria = e.Criteria, PanelAtLeast = e.PanelAtLeast, Policy = e.Policy },
        ({ } a, PanelAppointed e) => a with { Seats = e.Experts.Length, Panel = e.Experts },
        ({ } a, ExpertRecused e) => a.Without(e.Expert),
        ({ } a, ExpertReplaced e) => a.Without(e.Leaving).With(e.Joining),
        ({ } a, ScoreSheetSubmitted e) => a with { Sheets = a.Sheets.RemoveAll(s => s.Expert == e.Expert && s.Proposal == e.Proposal).Add(e) },
        ({ } a, SheetsDisclosed) => a with { Disclosed = true, Reopened = [] },
        ({ } a, SheetsReopened e) => a with { Disclosed = false, Reopened = e.Proposals, Sheets = a.Sheets.RemoveAll(s => e.Proposals.Contains(s.Proposal)) },
        ({ } a, ConclusionDrawn e) => a with { Conclusions = a.Conclusions.Add(e) },
        ({ } a, ProposalsMerged e) => a with { Merges = a.Merges.Add(e), TakenBack = a.TakenBack.Remove(e.Lead) },
        ({ } a, AppraisalConcluded) => a with { Concluded = true },
        ({ } a, AppraisalDissolved) => a with { Dissolved = true },
        ({ } a, MergeTakenBack e) => a with
        {
            Concluded = false,
            Conclusions = a.Conclusions.RemoveAll(c => c.Proposal == e.Lead || c.Lead == e.Lead),
            Merges = a.Merges.RemoveAll(m => m.Lead == e.Lead),
            TakenBack = a.TakenBack.Add(e.Lead),
        },
        _ => throw new UnknownEventException(Kind.Name, @event),
    };

    Appraisal Timed(DateTimeOffset at) => this with { Waits = AppraisalWaiting.On(this, at).Lasting(Waits) };

    Appraisal With(PersonId expert) => this with { Panel = Panel.Add(expert) };

    Appraisal Without(PersonId expert) => this with
    {
        Panel = Panel.Remove(expert),
        Left = Left.Contains(expert) ? Left : Left.Add(expert),
        Sheets = Sheets.RemoveAll(s => s.Expert == expert),
    };
}
