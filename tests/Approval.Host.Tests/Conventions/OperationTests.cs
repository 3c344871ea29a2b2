using System.Net.Http.Json;
using System.Text.Json;
using Approval.Testing;

namespace Approval.Conventions;

/// <summary>The OpenAPI document says of every operation what it does, what it answers and why it refuses.</summary>
public sealed class OperationTests(HostFixture host) : IClassFixture<HostFixture>
{
    [Fact]
    public async Task Every_operation_has_a_summary_a_typed_answer_and_its_refusals()
    {
        using var client = host.Anonymous();
        var document = await client.GetFromJsonAsync<JsonElement>("/openapi/v1.json");
        document.GetProperty("openapi").GetString()!.ShouldStartWith("3.1");

        var wrong = new List<string>();
        foreach (var path in document.GetProperty("paths").EnumerateObject())
        {
            foreach (var operation in path.Value.EnumerateObject().Where(o => o.Name is "get" or "put" or "post" or "delete" or "patch"))
            {
                var name = $"{operation.Name} {path.Name}";
                if (!operation.Value.TryGetProperty("summary", out _)) wrong.Add($"{name}: no summary; use .Does(…)");
                if (!operation.Value.GetProperty("responses").EnumerateObject().Any(r => r.Name[0] == '2' && IsTyped(r.Value))) wrong.Add($"{name}: no typed answer");
                if (operation.Value.TryGetProperty("x-refusals", out var refusals) && refusals.GetArrayLength() == 0) wrong.Add($"{name}: empty x-refusals");
                if (operation.Name != "get" && !operation.Value.GetProperty("responses").EnumerateObject().Any(r => r.Name[0] == '4')) wrong.Add($"{name}: no problems; use .IsCommand()");
            }
        }

        wrong.ShouldBeEmpty();
    }

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

    private static bool IsTyped(JsonElement response) =>
        !response.TryGetProperty("content", out var content) ? false
        : content.EnumerateObject().Any(c => c.Value.TryGetProperty("schema", out _) || c.Name is not "application/json");
}
