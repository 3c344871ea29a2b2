using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using Approval.EventStore;

namespace Approval.Conventions;

/// <summary>
/// Events are a storage format. The shape of each is fixed by a file in <c>Golden</c>, written once with APPROVAL_WRITE_GOLDEN=1 and never changed
/// after release: a new shape gets a new version of the wire name, and the old one stays readable. A member may be added that an older event lacks;
/// the shape without it then lies in <c>Golden/Earlier</c>.
/// </summary>
public sealed partial class EventShapeTests
{
    private static readonly EventTypes Types = EventTypes.In(typeof(StreamId).Assembly);
    private static readonly string Golden = Path.Combine(Repository.Root, "tests", "Approval.Host.Tests", "Golden");
    private static readonly JsonSerializerOptions Indented = new(Json.Events) { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes what is missing when asked to.</summary>
    public EventShapeTests()
    {
        if (Environment.GetEnvironmentVariable("APPROVAL_WRITE_GOLDEN") == "1") WriteMissing();
    }

    [Fact]
    public void Every_event_reads_and_writes_its_golden_file()
    {
        var wrong = new List<string>();
        foreach (var (name, type) in Types.All.OrderBy(t => t.Name))
        {
            var file = Path.Combine(Golden, $"{name}.json");
            if (!File.Exists(file))
            {
                wrong.Add($"{name}: has no golden file; write it with APPROVAL_WRITE_GOLDEN=1");
                continue;
            }

            var text = File.ReadAllText(file);
            try
            {
                var again = JsonSerializer.Serialize(JsonSerializer.Deserialize(text, type, Json.Events), type, Indented) + "\n";
                if (again != text) wrong.Add($"{name}: is read and written as\n{again}");
            }
            catch (JsonException e)
            {
                wrong.Add($"{name}: {e.Message}");
            }
        }

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void Every_golden_file_belongs_to_an_event_that_is_still_readable()
    {
        foreach (var file in System.IO.Directory.EnumerateFiles(Golden)) Types.Knows(Path.GetFileNameWithoutExtension(file)).ShouldBeTrue(file);
    }

    [Fact]
    public void Every_earlier_shape_is_still_read_and_says_what_it_said()
    {
        foreach (var file in System.IO.Directory.EnumerateFiles(Path.Combine(Golden, "Earlier")))
        {
            var (text, type) = (File.ReadAllText(file), Types.All.Single(t => t.Name == Path.GetFileNameWithoutExtension(file)).Type);
            (JsonSerializer.Serialize(JsonSerializer.Deserialize(text, type, Json.Events), type, Indented) + "\n").ShouldBe(text, file);
        }
    }

    [Fact]
    public void A_wire_name_is_kebab_case_with_a_version()
    {
        Types.All.ShouldAllBe(t => WireName().IsMatch(t.Name));
    }

    [Fact]
    public void Every_event_of_a_stream_is_named()
    {
        // An event is a sealed record under an abstract <What>Event.
        var nameless = typeof(StreamId).Assembly.GetTypes()
            .Where(t => t is { IsAbstract: false, BaseType: { IsAbstract: true } parent } && parent.Name.EndsWith("Event", StringComparison.Ordinal))
            .Where(t => t.GetCustomAttribute<WireNameAttribute>() is null);

        nameless.ShouldBeEmpty();
    }

    private static void WriteMissing()
    {
        System.IO.Directory.CreateDirectory(Golden);
        foreach (var (name, type) in Types.All)
        {
            var file = Path.Combine(Golden, $"{name}.json");
            if (!File.Exists(file)) File.WriteAllText(file, JsonSerializer.Serialize(Samples.Of(type), type, Indented) + "\n");
        }
    }

    [GeneratedRegex(@"^[a-z0-9]+(-[a-z0-9]+)*\.v[1-9][0-9]*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex WireName();
}
