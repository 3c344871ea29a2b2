using System.Net.Http.Json;
using System.Text.Json;
using Approval.Testing;

namespace Approval.Conventions;

/// <summary>The OpenAPI document says of every operation what it does, what it answers and why it refuses.</summary>
public sealed class OperationTests(HostFixture host) : IClassFixture<HostFixture>
{
    /// <summary>What does not follow from the record has no past to be asked for: processes, logs beside the record, contact data, the feed, a proof of a whole stream.</summary>
    private static readonly string[] WithoutAPast = ["/health/", "/demo/", "/api/operations/", "/api/webhooks", "/api/feed", "/api/people/me", "/api/people/{id}/contact", "/api/policies/default", "/api/proposals/{id}/proof"];

    [Fact]
    public async Task Every_operation_has_a_summary_a_typed_answer_and_its_refusals()
    {
        var wrong = new List<string>();
        foreach (var (name, operation) in await Operations())
        {
            var responses = operation.GetProperty("responses").EnumerateObject().ToList();
            if (!operation.TryGetProperty("summary", out _)) wrong.Add($"{name}: no summary; use .Does(…)");
            if (!responses.Any(r => r.Name[0] == '2' && IsTyped(r.Value))) wrong.Add($"{name}: no typed answer");
            if (operation.TryGetProperty("x-refusals", out var refusals) && refusals.GetArrayLength() == 0) wrong.Add($"{name}: empty x-refusals");
            if (responses.All(r => r.Name[0] != '4')) wrong.Add($"{name}: no refusal");
            wrong.AddRange(responses.Where(r => r.Name[0] is '4' or '5' && !IsProblem(r.Value)).Select(r => $"{name}: {r.Name} is no problem with its codes"));
        }

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_operation_has_a_name_of_its_own_and_says_who_may_call_it()
    {
        var operations = await Operations();

        operations.Select(o => o.Operation.GetProperty("operationId").GetString()).ShouldBeUnique();
        operations.Where(o => !o.Name.Contains("/api/", StringComparison.Ordinal)).ShouldAllBe(o => o.Operation.GetProperty("security").GetArrayLength() == 0);
        operations.Where(o => o.Name.Contains("/api/", StringComparison.Ordinal) && !o.Operation.GetProperty("responses").TryGetProperty("401", out _)).Select(o => o.Name).ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_reading_of_the_record_can_be_asked_for_the_past() =>
        (await Operations()).Where(o => o.Name.StartsWith("get ", StringComparison.Ordinal) && !WithoutAPast.Any(p => o.Name[4..].StartsWith(p, StringComparison.Ordinal)))
            .Where(o => !Parameters(o.Operation).Contains("asOf")).Select(o => o.Name).ShouldBeEmpty();

    [Fact]
    public async Task Every_array_says_what_it_holds()
    {
        using var client = host.Anonymous();
        var schemas = (await client.GetFromJsonAsync<JsonElement>("/openapi/v1.json")).GetProperty("components").GetProperty("schemas");

        Arrays("", schemas).Where(a => !a.Schema.TryGetProperty("items", out _)).Select(a => a.Path).ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_page_of_a_list_takes_a_limit_and_a_cursor() =>
        (await Operations()).Where(o => o.Operation.GetProperty("responses").TryGetProperty("200", out var ok) && ok.ToString().Contains("schemas/PageOf", StringComparison.Ordinal))
            .Where(o => !Parameters(o.Operation).Contains("limit") || !Parameters(o.Operation).Contains("cursor")).Select(o => o.Name).ShouldBeEmpty();

    [Fact]
    public async Task A_command_shows_its_refusal_codes_and_headers()
    {
        using var client = host.Anonymous();
        var document = await client.GetFromJsonAsync<JsonElement>("/openapi/v1.json");
        var closure = document.GetProperty("paths").GetProperty("/api/notes/{id}/closure").GetProperty("post");
        var lines = document.GetProperty("paths").GetProperty("/api/notes/{id}/lines").GetProperty("post");

        lines.GetProperty("x-refusals").EnumerateArray().Select(c => c.GetString()).ShouldBe(["note-closed"]);
        lines.GetProperty("requestBody").GetProperty("content").GetProperty("application/json").TryGetProperty("schema", out _).ShouldBeTrue();
        closure.GetProperty("parameters").EnumerateArray().Select(p => p.GetProperty("name").GetString()).ShouldBe(["id", "If-Match", "Idempotency-Key"]);
        closure.GetProperty("responses").TryGetProperty("428", out _).ShouldBeTrue();
    }

    private async Task<List<(string Name, JsonElement Operation)>> Operations()
    {
        using var client = host.Anonymous();
        var document = await client.GetFromJsonAsync<JsonElement>("/openapi/v1.json");
        document.GetProperty("openapi").GetString()!.ShouldStartWith("3.1");
        return
        [
            .. from path in document.GetProperty("paths").EnumerateObject()
               from operation in path.Value.EnumerateObject()
               where operation.Name is "get" or "put" or "post" or "delete" or "patch"
               select ($"{operation.Name} {path.Name}", operation.Value),
        ];
    }

    private static IEnumerable<(string Path, JsonElement Schema)> Arrays(string path, JsonElement at) =>
        at.ValueKind != JsonValueKind.Object ? []
        : at.EnumerateObject().SelectMany(m => Arrays($"{path}/{m.Name}", m.Value))
            .Concat(at.TryGetProperty("type", out var type) && type.ValueKind != JsonValueKind.Object && type.ToString().Contains("array", StringComparison.Ordinal) ? [(path, at)] : []);

    private static IEnumerable<string?> Parameters(JsonElement operation) =>
        operation.TryGetProperty("parameters", out var all) ? all.EnumerateArray().Select(p => p.GetProperty("name").GetString()) : [];

    private static bool IsProblem(JsonElement response) =>
        response.GetProperty("description").GetString()!.Split(", ").All(c => c.Length > 0 && c.All(l => char.IsAsciiLetterLower(l) || char.IsAsciiDigit(l) || l == '-'))
        && response.TryGetProperty("content", out var content) && content.GetProperty("application/problem+json").GetProperty("schema").ToString().Contains("Problem", StringComparison.Ordinal);

    private static bool IsTyped(JsonElement response) =>
        !response.TryGetProperty("content", out var content) ? false
        : content.EnumerateObject().Any(c => c.Value.TryGetProperty("schema", out _) || c.Name is not "application/json");
}
