using Approval.Http;
using Approval.Pages;

namespace Approval.Committee;

/// <summary>A meeting's minutes (会议纪要) as a printed page.</summary>
public sealed class MeetingMinutesModel(Queries queries) : StagePage
{
    /// <summary>The meeting.</summary>
    public Meeting Meeting { get; private set; } = null!;

    /// <summary>Shows the page.</summary>
    public async Task OnGet(string id)
    {
        await Enter("ReadMeetings");
        Meeting = (await queries.Load(Me.Jurisdiction, Meeting.Kind, new MeetingId(id).Stream, HttpContext.AsOf(), Cancel)).State;
    }

    /// <summary>Members with their units, as the minutes list them.</summary>
    public string List(IEnumerable<EntitledMember> members) =>
        string.Join("、", members.Select(m => $"{Names.Of(m.Person)}（{Names.Of(m.Unit)}）")) is { Length: > 0 } list ? list : "无";
}
