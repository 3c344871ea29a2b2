using Approval.Http;
using Approval.Pages;

namespace Approval.Programmes;

/// <summary>The programmes.</summary>
public sealed class ProgrammesModel(Queries queries) : StagePage
{
    /// <summary>The programmes, the newest period first.</summary>
    public IReadOnlyList<ProgrammeRow> Programmes { get; private set; } = [];

    /// <summary>Shows the page.</summary>
    public async Task OnGet()
    {
        await Enter("ReadProgrammes");
        Programmes = await queries.In(ProgrammeProgress.List, Me.Jurisdiction, HttpContext.AsOf()).OrderBy("first_day", descending: true).All(Cancel);
    }
}
