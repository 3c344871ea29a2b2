using Approval.Directory;
using Approval.Http;
using Approval.Pages;

namespace Approval.Systems;

/// <summary>The register of existing systems.</summary>
public sealed class SystemsModel(Queries queries, People people) : StagePage
{
    /// <summary>The systems of this part.</summary>
    public Page<SystemRow> Found { get; private set; } = new([], null);

    /// <summary>The units to choose from.</summary>
    public IReadOnlyList<UnitRow> Units { get; private set; } = [];

    /// <summary>How many fit, and what their operation costs in a year.</summary>
    public (int Count, Money Cost) Sum { get; private set; }

    /// <summary>Shows the page, or only more rows of it.</summary>
    public async Task OnGet()
    {
        await Enter("ReadSystems");
        Found = await SystemEndpoints.Asked(HttpContext, queries, Me).Page(HttpContext.Paging(), Cancel);
        Sum = (await SystemEndpoints.Asked(HttpContext, queries, Me).Figures(
            "count(*), coalesce(sum(yearly_operation_cost), 0)", r => ((int)r.GetInt64(0), new Money(r.GetDecimal(1))), cancel: Cancel)).Single();
        Units = await people.Units(Me.Jurisdiction).Where($"not retired").OrderBy("id").All(Cancel);
    }

    /// <summary>What was asked for.</summary>
    public string? Asked(string name) => HttpContext.Text(name);

    /// <summary>The address of the next part.</summary>
    public string More => $"/systems{With(("cursor", Found.Next))}";

    /// <summary>The address of the export of what is shown.</summary>
    public string Export(string format) => $"/api/systems/export{With(("format", format), ("cursor", null))}";

    string With(params (string Name, string? Value)[] changed) => QueryString.Create(
        HttpContext.Request.Query.Where(q => changed.All(c => c.Name != q.Key)).SelectMany(q => q.Value, (q, v) => KeyValuePair.Create(q.Key, v)).Where(q => !string.IsNullOrEmpty(q.Value))
            .Concat(changed.Where(c => c.Value is not null).Select(c => KeyValuePair.Create(c.Name, c.Value)))).ToString();
}
