using Approval.Http;
using Approval.Pages;
using Microsoft.AspNetCore.Mvc;

namespace Approval.Evidence;

/// <summary>The operators' page of the evidence: what is sealed, which heads are signed and where they are kept, and the verification with its progress.</summary>
public sealed class EvidencePageModel(Logs logs, Verifications verifications) : StagePage
{
    /// <summary>How the evidence stands.</summary>
    public EvidenceStatus Evidence { get; private set; } = null!;

    /// <summary>Shows the page, or the part that follows a running verification.</summary>
    public async Task<IActionResult> OnGet()
    {
        await Enter("ReadEvidence");
        Evidence = await logs.Status(Me.Jurisdiction, verifications.Of(Me.Jurisdiction), Cancel);
        return HttpContext.Text("part") == "verification" ? Partial("/Evidence/_Verification.cshtml", this) : Page();
    }
}
