using System.Text.Json;
using Approval.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Approval.Pages;

/// <summary>What the pages of the stages share: who looks, what everybody is called, and which forms the reader finds.</summary>
public abstract class StagePage : PageModel
{
    /// <summary>Who looks.</summary>
    public Actor Me { get; private set; } = null!;

    /// <summary>What people and units are called.</summary>
    public Names Names { get; private set; } = null!;

    /// <summary>Given up when the reader goes away.</summary>
    protected CancellationToken Cancel => HttpContext.RequestAborted;

    /// <summary>Lets in who may do this read by the permission table.</summary>
    /// <exception cref="ProblemException">The person may not.</exception>
    protected async Task Enter(string read)
    {
        await HttpContext.ActorWho(read);
        await Enter();
    }

    /// <summary>Lets in everybody of the directory; what is read asks the permission table itself.</summary>
    protected async Task Enter() => (Me, Names) = (await HttpContext.Actor(), await HttpContext.Names());

    /// <summary>Whether the reader may do a deed, so that its form is shown; the deed itself checks again.</summary>
    public bool May(string deed) => Permissions.Check(deed, Me) is null;

    /// <summary>A value as the API writes it.</summary>
    public static string Code(Enum value) => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    /// <summary>A sum in 万元 for fields and charts, without grouping.</summary>
    public static string Wan(Money? money) => money is { } m ? (m.Yuan / 10_000m).ToString("0.######") : "";
}
