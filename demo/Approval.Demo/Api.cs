using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Approval.Demo;

/// <summary>The demonstration cannot go on: a step was not answered as the rules promise.</summary>
sealed class DemoFailed(string message) : Exception(message);

/// <summary>What the host answered: the body and the version.</summary>
sealed record Reply(JsonNode Body, string? ETag)
{
    public string Id => Body["id"]!.GetValue<string>();
}

/// <summary>The host as the demonstration's people use it: over HTTP, each signed in as a person. Every command carries a key of its own, so that a repeat would act once.</summary>
sealed class Api(HttpClient http)
{
    const int MostLooks = 5;

    readonly Dictionary<string, string> tokens = [];

    /// <summary>Commands rightly refused on the way.</summary>
    public int Refusals { get; private set; }

    /// <summary>Commands sent, refused ones included.</summary>
    public int Commands { get; private set; }

    public async Task<Reply> Get(string person, string path)
    {
        using var response = await Send(person, HttpMethod.Get, path, null, null, null);
        return await Read(response, person, $"GET {path}");
    }

    /// <summary>A command; with <paramref name="match"/> the version seen.</summary>
    public Task<Reply> Post(string person, string path, object? body = null, string? match = null) => Command(person, HttpMethod.Post, path, body, match);

    public Task<Reply> Put(string person, string path, object body, string? match = null) => Command(person, HttpMethod.Put, path, body, match);

    /// <summary>A command about what stands at <paramref name="resource"/>, decided on the version that the person has just read there.</summary>
    public async Task<Reply> Decide(string person, string resource, string command, object? body = null, HttpMethod? method = null)
    {
        var seen = await Get(person, resource);
        return await Command(person, method ?? HttpMethod.Post, $"{resource}/{command}", body, seen.ETag);
    }

    /// <summary>A command that the rules refuse.</summary>
    public async Task Refused(string person, string path, object? body, string code, HttpMethod? method = null, string? match = null)
    {
        Commands++;
        using var response = await LookAgain(person, method ?? HttpMethod.Post, path, body ?? new { }, match);
        var answer = await response.Content.ReadAsStringAsync();
        var refused = (int)response.StatusCode is >= 400 and < 500 && answer.Contains($"\"{code}\"", StringComparison.Ordinal);
        if (!refused) throw new DemoFailed($"{person}: {path} should have been refused with {code}, but the answer was {(int)response.StatusCode}: {answer}");
        Refusals++;
    }

    /// <summary>Founds the jurisdiction at a moment of the demonstration's clock; false if it was founded before.</summary>
    public async Task<bool> FoundJurisdiction(object jurisdiction, DateTimeOffset at)
    {
        using var clock = await http.PostAsJsonAsync("/demo/clock", new { now = at });
        if (clock.StatusCode == HttpStatusCode.Conflict) return false; // the record is younger than the story's beginning
        using var response = await http.PostAsJsonAsync("/demo/jurisdictions", jurisdiction);
        if (response.IsSuccessStatusCode) return true;
        throw new DemoFailed($"The jurisdiction was not founded: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
    }

    /// <summary>Moves the demonstration's clock forward to a moment.</summary>
    public async Task MoveClock(DateTimeOffset now)
    {
        using var response = await http.PostAsJsonAsync("/demo/clock", new { now });
        if (!response.IsSuccessStatusCode) throw new DemoFailed($"The demonstration's clock did not move: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
    }

    async Task<Reply> Command(string person, HttpMethod method, string path, object? body, string? match)
    {
        Commands++;
        using var response = await LookAgain(person, method, path, body ?? new { }, match);
        return await Read(response, person, $"{method} {path}");
    }

    /// <summary>Sends a decision; where the engine reminded of a deadline since the person looked, the person looks again and decides the same.</summary>
    async Task<HttpResponseMessage> LookAgain(string person, HttpMethod method, string path, object body, string? match)
    {
        var response = await Send(person, method, path, body, Key(), match);
        for (var looks = 1; match is not null && response.StatusCode == HttpStatusCode.PreconditionFailed && looks < MostLooks; looks++)
        {
            response.Dispose();
            match = (await Get(person, path[..path.LastIndexOf('/')])).ETag;
            response = await Send(person, method, path, body, Key(), match);
        }

        return response;
    }

    static string Key() => Guid.CreateVersion7().ToString("N");

    static async Task<Reply> Read(HttpResponseMessage response, string person, string what)
    {
        var text = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode) throw new DemoFailed($"{person}: {what} was answered {(int)response.StatusCode}: {text}");
        return new(text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!, response.Headers.ETag?.ToString());
    }

    async Task<HttpResponseMessage> Send(string person, HttpMethod method, string path, object? body, string? key, string? match)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await Token(person));
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        if (match is not null) request.Headers.TryAddWithoutValidation("If-Match", match);
        if (body is HttpContent content) request.Content = content;
        else if (body is not null) request.Content = JsonContent.Create(body, options: JsonSerializerOptions.Web);
        var response = await http.SendAsync(request);
        if (response.StatusCode != HttpStatusCode.Unauthorized || key is null) return response;
        tokens.Remove(person);
        return response;
    }

    async Task<string> Token(string person)
    {
        if (tokens.TryGetValue(person, out var token)) return token;
        using var response = await http.PostAsJsonAsync("/demo/tokens", new { person });
        if (!response.IsSuccessStatusCode) throw new DemoFailed($"{person} cannot sign in: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        var answer = await response.Content.ReadFromJsonAsync<JsonNode>();
        return tokens[person] = answer!["token"]!.GetValue<string>();
    }
}
