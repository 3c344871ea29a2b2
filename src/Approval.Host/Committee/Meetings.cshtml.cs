using Approval.Http;
using Approval.Pages;

namespace Approval.Committee;

/// <summary>The committee's meetings, and for the District CIO the form that convenes one.</summary>
public sealed class MeetingsModel(Queries queries) : StagePage
{
    /// <summary>The meetings, the latest first.</summary>
    public Page<MeetingRow> Meetings { get; private set; } = null!;

    /// <summary>Shows the page.</summary>
    public async Task OnGet()
    {
        await Enter("ReadMeetings");
        Meetings = await queries.In(MeetingViews.Meetings, Me.Jurisdiction, HttpContext.AsOf()).OrderBy("date", descending: true).Page(HttpContext.Paging(), Cancel);
    }
}
