using Approval.Pages;

namespace Approval.Systems;

/// <summary>Takes a table of systems in: checked first, with every cell that cannot be taken, and stored when the person says so.</summary>
public sealed class SystemImportModel : StagePage
{
    /// <summary>Shows the page.</summary>
    public Task OnGet() => Enter(nameof(ImportSystems));
}
