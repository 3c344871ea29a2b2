using System.Text.Json;

namespace Approval.Demo;

/// <summary>The demonstration's input: names, owners and stated sums come from public reports, the rest is illustrative (see the file's own note).</summary>
sealed record DemoInput(
    string About, DemoInput.Place Jurisdiction, DemoInput.Money Fund, string[] Units, string[] Bodies, string[][] LikelyMerges, DemoInput.Project[] Projects)
{
    public sealed record Place(string Code, string Name);

    public sealed record Money(string Code, string Name, int Year, decimal CeilingYuan, string Note);

    public sealed record Resource(string Name, string Sharing);

    public sealed record Interface(string Data, string Counterpart, string Mode, string Frequency, string Network);

    public sealed record Project(
        string Ref, string Title, string Unit, string Category, string Objective, decimal RequestedYuan, string AmountBasis,
        string SuggestedTrack, int ProtectionLevel, Resource[] Resources, Interface[] Provides, Interface[] Consumes, string? Note = null);

    /// <summary>Reads the file that is built into the program.</summary>
    public static DemoInput Read()
    {
        using var file = typeof(DemoInput).Assembly.GetManifestResourceStream("projects.json")!;
        return JsonSerializer.Deserialize<DemoInput>(file, JsonSerializerOptions.Web)!;
    }
}
