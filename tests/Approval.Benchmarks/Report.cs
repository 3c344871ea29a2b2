using System.Globalization;
using System.Text.Json;

namespace Approval.Benchmarks;

/// <summary>One line of the table.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Value">The figure.</param>
/// <param name="Unit">Its unit; <c>× floor</c> for a ratio within this run.</param>
/// <param name="Reach">What is to be reached, if anything.</param>
/// <param name="AtMost">Whether less is better.</param>
sealed record Figure(string Name, double Value, string Unit, double? Reach = null, bool AtMost = false)
{
    public bool? Reached => Reach is not { } reach ? null : AtMost ? Value <= reach : Value >= reach;
}

/// <summary>Gathers the figures, prints the table, writes the JSON.</summary>
sealed class Report
{
    static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    readonly List<Figure> figures = [];

    public void Add(Figure figure)
    {
        figures.Add(figure);
        var reach = figure.Reach is { } r ? $"{(figure.AtMost ? "≤" : "≥")} {Number(r)}" : "";
        Console.WriteLine($"{figure.Name,-52} {Number(figure.Value),12} {figure.Unit,-10} {reach,-10} {figure.Reached switch { true => "reached", false => "NOT REACHED", null => "" }}");
    }

    public void Write(string file, bool quick) => File.WriteAllText(file, JsonSerializer.Serialize(
        new { quick, processors = Environment.ProcessorCount, figures = figures.Select(f => new { f.Name, f.Value, f.Unit, f.Reach, f.AtMost, f.Reached }) },
        Indented));

    static string Number(double value) => value.ToString(Math.Abs(value) >= 100 ? "#,0" : "0.###", CultureInfo.InvariantCulture);
}
