using Approval.EventStore;
using Approval.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Approval.Issuance;

/// <summary>An approval (批复) as a printed page.</summary>
public sealed class ApprovalPageModel(Queries queries, Store store) : PageModel
{
    /// <summary>The approval.</summary>
    public ApprovalAnswer Approval { get; private set; } = null!;

    /// <summary>Shows the page.</summary>
    public async Task OnGet(string number)
    {
        Approval = await IssuanceEndpoints.Find(HttpContext, queries, store, number);
    }
}
