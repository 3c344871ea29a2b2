using Approval.Http;
using Approval.Intake;
using Approval.Pages;

namespace Approval.MergedAppraisal;

/// <summary>The appraisals, and for the office the proposals that wait for one, the similar ones beside each other.</summary>
public sealed class AppraisalsModel(Queries queries) : StagePage
{
    const int MostWaiting = 200;

    /// <summary>A proposal that waits for an appraisal.</summary>
    /// <param name="Row">The proposal.</param>
    /// <param name="Similar">Proposals and systems similar to it.</param>
    /// <param name="LookByHand">Whether a person must look for similar ones first.</param>
    public sealed record WaitingProposal(ProposalRow Row, IReadOnlyList<SimilarCandidate> Similar, bool LookByHand);

    /// <summary>The appraisals, the newest first; an expert's own.</summary>
    public Page<AppraisalRow> Appraisals { get; private set; } = null!;

    /// <summary>The proposals that wait; similar ones follow each other.</summary>
    public IReadOnlyList<WaitingProposal> Waiting { get; private set; } = [];

    /// <summary>Shows the page.</summary>
    public async Task OnGet()
    {
        await Enter("ReadAppraisals");
        Appraisals = await queries.In(AppraisalView.List, Me.Jurisdiction, HttpContext.AsOf())
            .Where($"panel @> {new[] { Me.Person.Value }}", Permissions.Of("ReadAppraisals").Roles.Where(Me.Is).All(r => r == Role.Expert))
            .OrderBy("opened", descending: true).Page(HttpContext.Paging(), Cancel);
        if (May(nameof(OpenAppraisal))) Waiting = Grouped(await Load());
    }

    async Task<List<WaitingProposal>> Load()
    {
        var rows = await queries.In(ProposalView.List, Me.Jurisdiction).Where($"stage = {Stage.MergedAppraisal} and appraisal is null").OrderBy("stage_entered").Page(new(MostWaiting, null), Cancel);
        var proposals = await queries.All(Me.Jurisdiction, Proposal.Kind, rows.Items.Select(r => r.Id.Stream), cancel: Cancel);
        return [.. rows.Items.Select(row => new WaitingProposal(row, proposals[row.Id.Stream].Appraisal.Similar, proposals[row.Id.Stream].Appraisal.LookedAt is null))];
    }

    /// <summary>The longest waiting first, each followed by those similar to it.</summary>
    static List<WaitingProposal> Grouped(List<WaitingProposal> waiting)
    {
        var grouped = new List<WaitingProposal>();
        foreach (var first in waiting)
        {
            if (grouped.Contains(first)) continue;
            grouped.Add(first);
            grouped.AddRange(waiting.Where(w => !grouped.Contains(w) && first.Similar.Any(s => s.Subject == SimilarSubject.Proposal && s.Key == w.Row.Id.Value)));
        }

        return grouped;
    }
}
