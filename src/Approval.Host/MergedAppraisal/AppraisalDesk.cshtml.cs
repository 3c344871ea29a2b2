using Approval.Access;
using Approval.Directory;
using Approval.EventStore;
using Approval.Http;
using Approval.Intake;
using Approval.Pages;

namespace Approval.MergedAppraisal;

/// <summary>The appraisal desk: proposals side by side, panel, sheets, spread of scores, conclusion.</summary>
public sealed class AppraisalDeskModel(Queries queries, People people, Readings readings, Reader reader) : StagePage
{
    static readonly int[] BoxWidth = [30, 60];

    /// <summary>A proposal on the desk with what it shares with the others on it.</summary>
    /// <param name="Proposal">The proposal.</param>
    /// <param name="Version">Its version.</param>
    /// <param name="Shared">What it shares, by reason.</param>
    /// <param name="Systems">Existing systems similar to it.</param>
    public sealed record OnDesk(Proposal Proposal, long Version, ILookup<SimilarReasonCode, string> Shared, IReadOnlyList<SimilarCandidate> Systems);

    /// <summary>An expert who may sit on the panel.</summary>
    /// <param name="Person">The expert.</param>
    /// <param name="Tied">Whether the expert must not judge these units' proposals.</param>
    public sealed record Candidate(PersonId Person, bool Tied);

    /// <summary>The appraisal.</summary>
    public Appraisal Appraisal { get; private set; } = null!;

    /// <summary>The appraisal as the reader may see it.</summary>
    public AppraisalAnswer Answer { get; private set; } = null!;

    /// <summary>The proposals.</summary>
    public IReadOnlyList<OnDesk> Desk { get; private set; } = [];

    /// <summary>Why pairs of them are similar.</summary>
    public IReadOnlyList<(OnDesk First, OnDesk Second, SimilarCandidate Why)> Pairs { get; private set; } = [];

    /// <summary>The experts to choose from.</summary>
    public IReadOnlyList<Candidate> Candidates { get; private set; } = [];

    /// <summary>The proposals that wait for a conclusion.</summary>
    public IReadOnlyList<OnDesk> Open => [.. Desk.Where(d => Appraisal.UnderAppraisal([d.Proposal]).Any())];

    /// <summary>Whether the reader sits on the panel and sheets are still taken.</summary>
    public bool MayScore => !Appraisal.Disclosed && Appraisal.Panel.Contains(Me.Person) && May(nameof(SubmitScoreSheet));

    /// <summary>Whether the conclusion can be recorded.</summary>
    public bool MayConclude => Appraisal is { Disclosed: true, Concluded: false } && Open.Count > 0 && May(nameof(ConcludeAppraisal));

    /// <summary>The sheets that a full panel hands in.</summary>
    public int SheetsNeeded => Appraisal.Seats * Desk.Count;

    /// <summary>Shows the page.</summary>
    public async Task OnGet(string id)
    {
        await Enter("ReadAppraisals");
        var seen = await queries.Load(Me.Jurisdiction, Appraisal.Kind, new AppraisalId(id).Stream, HttpContext.AsOf(), Cancel);
        if (!seen.State.MayRead(Me)) throw new NotFoundException(new AppraisalId(id).Stream);
        Appraisal = seen.State;
        Answer = AppraisalAnswer.Of(Appraisal, seen.Info.Version, Me);
        if (Answer.Sheets.Any(s => s.Expert != Me.Person)) await readings.Record(HttpContext, ReadingKind.ScoreSheets);
        if (Me.Is(Role.Administrator)) return; // an administrator sees where it stands, not what the proposals say

        var proposals = new List<Seen<Proposal>>();
        foreach (var p in Appraisal.Proposals) proposals.Add(await queries.Load(Me.Jurisdiction, Proposal.Kind, p.Proposal.Stream, HttpContext.AsOf(), Cancel));
        var profiles = proposals.Select(p => SimilarityProfile.Of(p.State.Id, p.State.Unit, p.State.Content)).ToList();
        Desk =
        [
            .. proposals.Select((p, i) => new OnDesk(
                p.State, p.Info.Version,
                profiles.Where((_, j) => j != i).SelectMany(o => Similarity.Compare(profiles[i], o).Reasons).SelectMany(r => r.Shared.Select(s => (r.Code, s))).ToLookup(s => s.Code, s => s.s),
                [.. p.State.Appraisal.Similar.Where(s => s.Subject == SimilarSubject.System)])),
        ];
        Pairs = [.. from i in Enumerable.Range(0, Desk.Count) from j in Enumerable.Range(i + 1, Desk.Count - i - 1) select (Desk[i], Desk[j], Similarity.Compare(profiles[i], profiles[j]))];
        if (!Appraisal.Disclosed && May(nameof(AppointPanel))) Candidates = await Experts();
    }

    async Task<List<Candidate>> Experts()
    {
        var candidates = new List<Candidate>();
        foreach (var row in (await people.List(Me.Jurisdiction, Cancel)).Where(p => p.Roles.Contains(Role.Expert) && !Appraisal.Panel.Contains(p.Id) && !Appraisal.Left.Contains(p.Id)))
        {
            var person = (await queries.Load(Me.Jurisdiction, Person.Kind, row.Id.Stream, cancel: Cancel)).State;
            candidates.Add(new(row.Id, Appraisal.Proposals.Any(p => person.TiedTo(p.Unit))));
        }

        return candidates;
    }

    /// <summary>What the sheets come to for a proposal; null before disclosure.</summary>
    public ProposalScore? ScoreOf(ProposalId proposal) => Answer.Scores.FirstOrDefault(s => s.Proposal == proposal);

    /// <summary>The amount to begin with in the conclusion: what the experts suggest, at most what was asked for.</summary>
    public Money? Suggested(OnDesk d) => ScoreOf(d.Proposal.Id) is { } score ? score.Suggested < d.Proposal.Content.Total ? score.Suggested : d.Proposal.Content.Total : null;

    /// <summary>A criterion in the reader's language.</summary>
    public string NameOf(Criterion c) => reader.T(c.Chinese, c.English);

    /// <summary>How the weighted scores spread, each proposal a box and each sheet a point.</summary>
    public ChartModel Spread()
    {
        var scores = Desk.Select(d => (d.Proposal.Content.Title, All: Answer.Sheets.Where(s => s.Proposal == d.Proposal.Id).Select(s => s.Weighted).Order().ToList())).Where(s => s.All.Count > 0).ToList();
        return new(
            reader.T("评分分布", "The spread of scores"),
            new
            {
                grid = new { left = 8, right = 16, top = 32, bottom = 8, containLabel = true },
                xAxis = new { type = "category", data = scores.Select(s => s.Title), axisLabel = new { width = 160, overflow = "break", interval = 0 } },
                yAxis = new { type = "value", min = 0, max = 100, name = reader.T("加权分", "weighted score") },
                series = new object[]
                {
                    new { type = "boxplot", boxWidth = BoxWidth, itemStyle = new { color = "#dfe9f2", borderColor = "#1d4f7c" }, data = scores.Select(s => new[] { s.All[0], At(s.All, 0.25m), At(s.All, 0.5m), At(s.All, 0.75m), s.All[^1] }) },
                    new { type = "scatter", symbolSize = 9, itemStyle = new { color = "#c98a2b" }, data = scores.SelectMany((s, i) => s.All.Select(v => new object[] { i, v })) },
                },
            },
            [reader.T("项目", "Project"), reader.T("最低", "Lowest"), reader.T("中位", "Median"), reader.T("最高", "Highest"), reader.T("极差", "Spread")],
            [.. scores.Select(s => (IReadOnlyList<string>)[s.Title, $"{s.All[0]:0.0}", $"{At(s.All, 0.5m):0.0}", $"{s.All[^1]:0.0}", $"{s.All[^1] - s.All[0]:0.0}"])]);
    }

    /// <summary>A quantile of ordered values, between two of them by distance.</summary>
    static decimal At(List<decimal> ordered, decimal share)
    {
        var place = share * (ordered.Count - 1);
        var (low, high) = ((int)decimal.Floor(place), (int)decimal.Ceiling(place));
        return ordered[low] + ((ordered[high] - ordered[low]) * (place - low));
    }
}
