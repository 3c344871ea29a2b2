using Approval.Http;
using Approval.Intake;
using Approval.Pages;

namespace Approval.Programmes;

/// <summary>A programme: its goals, how far each is, and the projects under them.</summary>
public sealed class ProgrammeModel(Queries queries) : StagePage
{
    const int MostChoices = 500;

    /// <summary>The programme with its progress.</summary>
    public ProgrammeProgress Programme { get; private set; } = null!;

    /// <summary>The proposals that may be put under a goal.</summary>
    public IReadOnlyList<ProposalRow> Choices { get; private set; } = [];

    /// <summary>Shows the page.</summary>
    public async Task OnGet(string id)
    {
        await Enter("ReadProgrammes");
        var (programme, info) = await queries.Load(Me.Jurisdiction, Programmes.Programme.Kind, new ProgrammeId(id).Stream, HttpContext.AsOf(), Cancel);
        var projects = new List<ProgrammeProject>();
        foreach (var key in programme.Projects.Keys)
        {
            if (await Find(new(key)) is { } project) projects.Add(ProgrammeProject.Of(project, project.Appraisal.MergedInto is { } lead ? await Find(lead) : null));
        }

        Programme = ProgrammeProgress.Of(programme, info.Version, projects);
        if (!May(nameof(AddProject)) || Programme.Closed) return;
        var inIt = Programme.Goals.SelectMany(g => g.Projects).Select(p => p.Id).ToHashSet();
        Choices =
        [
            .. (await queries.In(ProposalView.List, Me.Jurisdiction).Where($"submitted is not null and (outcome is null or outcome = {Outcome.Completed})").OrderBy("title").All(Cancel))
                .Where(p => !inIt.Contains(p.Id)).Take(MostChoices),
        ];
    }

    async Task<Proposal?> Find(ProposalId proposal) => (await queries.Find(Me.Jurisdiction, Proposal.Kind, proposal.Stream, HttpContext.AsOf(), Cancel))?.State;
}
