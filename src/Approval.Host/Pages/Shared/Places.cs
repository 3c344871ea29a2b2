using Approval.Http;

namespace Approval.Pages;

/// <summary>Who looks at a page, for its head: the actor with the names that the directory keeps outside the record.</summary>
/// <param name="Actor">The actor.</param>
/// <param name="Name">The display name.</param>
/// <param name="UnitName">The unit's name.</param>
public sealed record PageReader(Actor Actor, string Name, string UnitName);

/// <summary>A place of the navigation.</summary>
/// <param name="Path">Its address.</param>
/// <param name="Chinese">Its name in Chinese.</param>
/// <param name="English">Its name in English.</param>
/// <param name="Roles">Who finds it in the navigation; empty: everybody.</param>
public sealed record Place(string Path, string Chinese, string English, params Role[] Roles)
{
    /// <summary>Whether an address lies in this place.</summary>
    public bool Holds(PathString path) => Path == "/" ? path == "/" : path.StartsWithSegments(Path, StringComparison.Ordinal);
}

/// <summary>The navigation: one list for all pages.</summary>
public static class Places
{
    static readonly Role[] Running = [Role.CioOffice, Role.DistrictCio, Role.CommitteeMember, Role.DepartmentalCio, Role.Auditor];

    static readonly Place[] All =
    [
        new("/", "待办", "Inbox"),
        new("/proposals", "项目", "Proposals", [Role.UnitOfficer, Role.Expert, .. Running]),
        new("/batches", "批次", "Batches", Running),
        new("/appraisals", "论证", "Appraisals", Role.Expert, Role.CioOffice, Role.Auditor),
        new("/interfaces", "接口", "Interfaces", [Role.UnitOfficer, .. Running]),
        new("/meetings", "会议", "Meetings", Running),
        new("/dashboard", "总览", "Dashboard", Running),
        new("/funds", "资金", "Funds", Running),
        new("/programmes", "规划", "Programmes", Running),
        new("/systems", "系统", "Systems", [Role.UnitOfficer, Role.Expert, .. Running]),
        new("/scorecards", "记分卡", "Scorecards", [Role.UnitOfficer, .. Running]),
        new("/history", "历史", "History", Role.CioOffice, Role.DistrictCio, Role.Auditor),
        new("/operations", "运维", "Operations", Role.Administrator, Role.CioOffice, Role.Auditor, Role.DistrictCio),
    ];

    /// <summary>Who looks at the page; null for nobody of the directory.</summary>
    public static async Task<PageReader?> PersonOf(HttpContext http)
    {
        try
        {
            var (actor, names) = (await http.Actor(), await http.Names());
            return new(actor, names.Of(actor.Person), names.Of(actor.Unit));
        }
        catch (ProblemException)
        {
            return null;
        }
    }

    /// <summary>The places that a person finds.</summary>
    public static IEnumerable<Place> For(Actor actor) => All.Where(p => p.Roles.Length == 0 || p.Roles.Any(actor.Is));
}
