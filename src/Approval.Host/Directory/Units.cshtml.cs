using Approval.Pages;

namespace Approval.Directory;

/// <summary>The units of the jurisdiction.</summary>
public sealed class UnitsModel(People people) : StagePage
{
    /// <summary>The units, the retired ones last.</summary>
    public IReadOnlyList<UnitRow> Units { get; private set; } = [];

    /// <summary>How many people each has.</summary>
    public IReadOnlyDictionary<UnitId, int> Heads { get; private set; } = new Dictionary<UnitId, int>();

    /// <summary>Shows the page.</summary>
    public async Task OnGet()
    {
        await Enter("ReadUnits");
        Units = [.. (await people.Units(Me.Jurisdiction).OrderBy("id").All(Cancel)).OrderBy(u => u.Retired)];
        Heads = (await people.List(Me.Jurisdiction, Cancel)).CountBy(p => p.Unit).ToDictionary();
    }
}
