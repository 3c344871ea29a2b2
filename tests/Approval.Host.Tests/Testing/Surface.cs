using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Approval.Testing;

/// <summary>One operation of the API as its OpenAPI document describes it.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">The address with its places, such as <c>/api/funds/{id}</c>.</param>
/// <param name="Deeds">The rows of the permission table on which it stands.</param>
/// <param name="Parameters">The names of its query parameters.</param>
/// <param name="Body">The schema of its JSON body; null if it takes none.</param>
internal sealed record Operation(HttpMethod Method, string Path, IReadOnlyList<string> Deeds, IReadOnlyList<string> Parameters, JsonElement? Body)
{
    /// <summary>Whether it concerns one proposal.</summary>
    public bool OnProposal => Path.StartsWith("/api/proposals/{id}", StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => $"{Method} {Path}";
}

/// <summary>All operations that a running host offers to people, read from its own OpenAPI document, with bodies made from the document's schemas.</summary>
internal sealed partial class Surface
{
    private readonly JsonElement schemas;

    private Surface(JsonElement document)
    {
        schemas = document.GetProperty("components").GetProperty("schemas");
        Operations =
        [
            .. from path in document.GetProperty("paths").EnumerateObject()
               where path.Name.StartsWith("/api/", StringComparison.Ordinal) && !path.Name.StartsWith("/api/notes", StringComparison.Ordinal)
               from operation in path.Value.EnumerateObject()
               select new Operation(
                   HttpMethod.Parse(operation.Name), path.Name,
                   operation.Value.TryGetProperty("x-deeds", out var deeds) ? [.. deeds.EnumerateArray().Select(d => d.GetString()!)] : [],
                   operation.Value.TryGetProperty("parameters", out var parameters)
                       ? [.. parameters.EnumerateArray().Where(p => p.GetProperty("in").GetString() == "query").Select(p => p.GetProperty("name").GetString()!)] : [],
                   operation.Value.TryGetProperty("requestBody", out var body) && body.GetProperty("content").TryGetProperty("application/json", out var json) ? json.GetProperty("schema") : null),
        ];
    }

    /// <summary>The operations.</summary>
    public IReadOnlyList<Operation> Operations { get; }

    /// <summary>Reads the document of a host.</summary>
    public static async Task<Surface> Of(HostFixture host)
    {
        using var client = host.Anonymous();
        return new(await client.GetFromJsonAsync<JsonElement>("/openapi/v1.json"));
    }

    /// <summary>A body of the right shape, every optional member left out unless <paramref name="random"/> adds it.</summary>
    public JsonNode? Body(Operation operation, Random? random = null) => operation.Body is { } schema ? Value(schema, "", random, 0) : null;

    /// <summary>A request for an operation; <paramref name="place"/> gives the value of each place in the address.</summary>
    public static HttpRequestMessage Request(Operation operation, Func<string, string> place, JsonNode? body)
    {
        var request = new HttpRequestMessage(operation.Method, Places().Replace(operation.Path, m => place(m.Groups["place"].Value)));
        if (operation.Method != HttpMethod.Get)
        {
            request.Headers.TryAddWithoutValidation("If-Match", operation.OnProposal ? "\"5\"" : "\"1\"");
            request.Content = body is null ? new ByteArrayContent("%PDF-1.7"u8.ToArray()) { Headers = { ContentType = new("application/pdf") } }
                : new StringContent(body.ToJsonString(), new MediaTypeHeaderValue("application/json"));
        }

        return request;
    }

    private JsonNode? Value(JsonElement schema, string name, Random? random, int depth)
    {
        while (schema.TryGetProperty("$ref", out var reference)) schema = schemas.GetProperty(reference.GetString()!.Split('/')[^1]);
        foreach (var choice in new[] { "oneOf", "anyOf", "allOf" })
        {
            if (!schema.TryGetProperty(choice, out var options)) continue;
            var taken = options.EnumerateArray().Where(o => !IsNull(o)).ToList();
            return Value(taken[random?.Next(taken.Count) ?? 0], name, random, depth);
        }

        if (schema.TryGetProperty("enum", out var values))
        {
            var known = values.EnumerateArray().Where(v => v.ValueKind == JsonValueKind.String).ToList();
            return known[random?.Next(known.Count) ?? 0].GetString();
        }

        return TypeOf(schema) switch
        {
            "object" => Object(schema, random, depth),
            "array" => schema.TryGetProperty("items", out var items) && depth < 6
                ? new JsonArray([.. Enumerable.Range(0, random?.Next(3) ?? 1).Select(_ => Value(items, name, random, depth + 1))])
                : new JsonArray(),
            "integer" => random?.Next(1, 4) ?? 1,
            "number" => random is null ? 1 : Math.Round(random.NextDouble() * 1_000_000, 2),
            "boolean" => random is null || random.Next(2) == 0,
            _ => (schema.TryGetProperty("format", out var format) ? format.GetString() : null) switch
            {
                "date" => "2026-03-02",
                "date-time" => "2026-03-02T01:00:00Z",
                _ => name.Length > 0 ? name : "a",
            },
        };
    }

    private JsonObject Object(JsonElement schema, Random? random, int depth)
    {
        var made = new JsonObject();
        if (!schema.TryGetProperty("properties", out var properties)) return made;
        var required = schema.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(n => n.GetString()).ToHashSet() : [];
        foreach (var property in properties.EnumerateObject())
        {
            if (required.Contains(property.Name) || (depth < 6 && random?.Next(2) == 0)) made[property.Name] = Value(property.Value, property.Name, random, depth + 1);
        }

        return made;
    }

    private static string? TypeOf(JsonElement schema) =>
        !schema.TryGetProperty("type", out var type) ? schema.TryGetProperty("properties", out _) ? "object" : null
        : type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(t => t.GetString()).First(t => t != "null")
        : type.GetString();

    private static bool IsNull(JsonElement schema) => schema.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.GetString() == "null";

    [GeneratedRegex(@"\{(?<place>\w+)[^}]*\}", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Places();
}
