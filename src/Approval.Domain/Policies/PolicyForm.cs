using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Approval.Policies;

/// <summary>
/// The canonical form of a policy's content: JSON with names in ordinal order, no blanks, numbers without trailing zeros, nothing for what is not set.
/// The same rules have the same form, so the hash on a decision proves by which rules it was made; a threshold that a later release adds leaves older hashes as they are.
/// </summary>
public static class PolicyForm
{
    static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower), new PlainDecimal(), new PlainMoney() },
    };

    /// <summary>The canonical JSON.</summary>
    public static string Canonical(PolicyContent content) => Sorted(JsonSerializer.SerializeToNode(content, Options))!.ToJsonString(Options);

    /// <summary>SHA-256 of the canonical JSON in UTF-8, lower-case hex.</summary>
    public static string Hash(PolicyContent content) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Canonical(content))));

    /// <summary>What differs between two contents, field by field in ordinal order.</summary>
    public static IReadOnlyList<PolicyDifference> Compare(PolicyContent from, PolicyContent to)
    {
        var (before, after) = (Fields(from), Fields(to));
        return [.. before.Keys.Union(after.Keys).Order(StringComparer.Ordinal)
            .Select(field => new PolicyDifference(field, before.GetValueOrDefault(field), after.GetValueOrDefault(field)))
            .Where(d => d.From != d.To)];
    }

    static Dictionary<string, string> Fields(PolicyContent content)
    {
        var fields = new Dictionary<string, string>();
        Walk("", JsonSerializer.SerializeToNode(content, Options));
        return fields;

        void Walk(string path, JsonNode? node)
        {
            switch (node)
            {
                case JsonObject o:
                    foreach (var (name, value) in o) Walk(path.Length == 0 ? name : $"{path}.{name}", value);
                    break;
                case JsonArray a when a.All(i => i is JsonObject):
                    foreach (var rule in a) Walk($"{path}.{rule!["stage"]}", rule);
                    break;
                case JsonArray a:
                    fields[path] = string.Join(", ", a);
                    break;
                default:
                    fields[path] = node!.ToJsonString(Options).Trim('"');
                    break;
            }
        }
    }

    static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject o => new JsonObject(o.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => KeyValuePair.Create(p.Key, Sorted(p.Value)))),
        JsonArray a => new JsonArray([.. a.Select(Sorted)]),
        _ => node?.DeepClone(),
    };

    /// <summary>Dividing by one with 28 zeros takes the trailing zeros off.</summary>
    static decimal Plain(decimal value) => value / 1.0000000000000000000000000000m;

    sealed class PlainDecimal : JsonConverter<decimal>
    {
        public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDecimal();

        public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) => writer.WriteNumberValue(Plain(value));
    }

    sealed class PlainMoney : JsonConverter<Money>
    {
        public override Money Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetDecimal());

        public override void Write(Utf8JsonWriter writer, Money value, JsonSerializerOptions options) => writer.WriteNumberValue(Plain(value.Yuan));
    }
}

/// <summary>One field in which two policies differ.</summary>
/// <param name="Field">The field's path: <c>stages.form-check.limitWorkingDays</c>.</param>
/// <param name="From">Its value in the first; null if it has none.</param>
/// <param name="To">Its value in the second; null if it has none.</param>
public sealed record PolicyDifference(string Field, string? From, string? To);
