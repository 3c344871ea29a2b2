using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Approval.Testing;

namespace Approval.Http;

/// <summary>One small stage from HTTP to view: what every stage stands on.</summary>
public sealed class NotesTests(HostFixture host) : IClassFixture<HostFixture>
{
    private readonly HttpClient client = host.ClientFor(new Actor(new("p1"), HostFixture.Demo, new("u1"), [Role.CioOffice]));

    [Fact]
    public async Task A_command_is_recorded_answered_and_seen_at_once()
    {
        var made = await client.PostAsJsonAsync("/api/notes/a1", new { title = "机房巡查", kind = "site-visit", cost = 1200.5 });
        made.StatusCode.ShouldBe(HttpStatusCode.Created, await made.Content.ReadAsStringAsync());
        made.Headers.ETag!.Tag.ShouldBe("\"1\"");
        made.Headers.Location!.ToString().ShouldBe("/api/notes/a1");

        var line = await client.PostAsJsonAsync("/api/notes/a1/lines", new { text = "一切正常" });
        (await line.Content.ReadFromJsonAsync<JsonElement>()).ToString().ShouldBe("""{"id":"a1","version":2}""");

        var read = await client.GetFromJsonAsync<JsonElement>("/api/notes/a1");
        read.GetProperty("cost").GetRawText().ShouldBe("1200.50");
        var list = await client.GetFromJsonAsync<JsonElement>("/api/notes?kind=site-visit");
        list.GetProperty("items")[0].GetProperty("lines")[0].GetString().ShouldBe("一切正常");
    }

    [Fact]
    public async Task The_next_part_of_a_list_is_found_behind_the_longest_title()
    {
        var titles = Enumerable.Range(0, 3).Select(n => new string('长', 199) + n).ToList();
        foreach (var (title, n) in titles.Select((t, n) => (t, n))) await client.PostAsJsonAsync($"/api/notes/long-{n}", new { title, kind = "call", cost = 0 });

        var found = new List<string>();
        var cursor = (string?)"";
        do
        {
            var page = await client.GetFromJsonAsync<JsonElement>($"/api/notes?kind=call&limit=1{cursor}");
            found.AddRange(page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("title").GetString()!));
            cursor = page.TryGetProperty("next", out var next) && next.ValueKind == JsonValueKind.String ? $"&cursor={next.GetString()}" : null;
        }
        while (cursor is not null);

        found.ShouldBe(titles);
    }

    [Fact]
    public async Task What_does_not_exist_is_unknown()
    {
        var answer = await client.PostAsJsonAsync("/api/notes/none/lines", new { text = "?" });

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString().ShouldBe("unknown");
    }
}
