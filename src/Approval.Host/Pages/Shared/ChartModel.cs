namespace Approval.Pages;

/// <summary>A chart with the numbers that it draws.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Option">The ECharts option; data may carry an <c>href</c> to the list behind it.</param>
/// <param name="Heads">The numbers' column heads.</param>
/// <param name="Rows">The numbers, as text.</param>
/// <param name="Size">A class of height: <c>low</c>, <c>tall</c> or none.</param>
/// <param name="Links">For each row the list behind its numbers, if there is one.</param>
public sealed record ChartModel(string Title, object Option, IReadOnlyList<string> Heads, IReadOnlyList<IReadOnlyList<string>> Rows, string Size = "", IReadOnlyList<string?>? Links = null);
