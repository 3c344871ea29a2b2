using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Approval.EventStore;
using Approval.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Approval.Http;

/// <summary>The same command again answers the same and changes nothing; a version that moved is told; a race lost is run again.</summary>
public sealed class RepeatedCommandTests(HostFixture host) : IClassFixture<HostFixture>
{
    private const string Body = """{"title":"a","kind":"call","cost":1}""";

    private static readonly Actor Someone = new(new("p1"), HostFixture.Demo, new("u1"), [Role.CioOffice]);

    private readonly HttpClient client = host.ClientFor(Someone);

    [Fact]
    public async Task The_same_key_gives_the_very_same_answer_and_nothing_happens()
    {
        using var first = await Post("/api/notes/same", Body, key: "k1");
        await Line("same", "in between");
        using var second = await Post("/api/notes/same", Body, key: "k1");

        second.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await second.Content.ReadAsStringAsync()).ShouldBe(await first.Content.ReadAsStringAsync());
        second.Headers.ETag.ShouldBe(first.Headers.ETag);
        second.Headers.Location.ShouldBe(first.Headers.Location);
        (await Versions("same")).ShouldBe([1, 2]);
    }

    [Fact]
    public async Task A_command_that_could_be_done_twice_is_done_once_under_one_key()
    {
        using var made = await Post("/api/notes/twice", Body);
        using var first = await Post("/api/notes/twice/lines", """{"text":"x"}""", key: "k2");
        using var close = await Post("/api/notes/twice/closure", "", match: "\"2\"");
        close.StatusCode.ShouldBe(HttpStatusCode.OK);

        // By now the command itself would be refused.
        using var second = await Post("/api/notes/twice/lines", """{"text":"x"}""", key: "k2");

        second.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await second.Content.ReadAsStringAsync()).ShouldBe("""{"id":"twice","version":2}""");
    }

    [Fact]
    public async Task An_answer_is_forgotten_after_thirty_days_and_not_before()
    {
        await using var other = await HostFixture.Start(host.Database);
        using var made = await Post("/api/notes/forgotten", Body, key: "k-old");
        var (keys, remembered) = (other.Services.GetRequiredService<ForgottenKeys>(), "select count(*) from approval.repeated_commands where key = 'k-old'");

        other.Clock.Set(host.Clock.GetUtcNow() + ForgottenKeys.Kept);
        await keys.Forget();
        (await host.Database.Number(remembered)).ShouldBe(1);

        other.Clock.Advance(TimeSpan.FromSeconds(1));
        await keys.Forget();
        (await host.Database.Number(remembered)).ShouldBe(0);
    }

    [Fact]
    public async Task Two_at_the_same_moment_under_one_key_are_one()
    {
        using var made = await Post("/api/notes/moment", Body);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Post("/api/notes/moment/lines", """{"text":"x"}""", key: "k3")));

        answers.ShouldAllBe(a => a.StatusCode == HttpStatusCode.OK);
        (await Task.WhenAll(answers.Select(a => a.Content.ReadAsStringAsync()))).Distinct().Count().ShouldBe(1);
        (await Versions("moment")).ShouldBe([1, 2]);
    }

    [Fact]
    public async Task A_key_used_for_another_request_is_refused()
    {
        using var made = await Post("/api/notes/other", Body, key: "k4");
        using var other = await Post("/api/notes/other", Body.Replace("\"a\"", "\"b\"", StringComparison.Ordinal), key: "k4");

        await Refused(other, HttpStatusCode.Conflict, "idempotency-key-reused");
    }

    [Fact]
    public async Task A_key_belongs_to_one_person()
    {
        using var made = await Post("/api/notes/mine", Body, key: "k5");
        using var neighbour = host.ClientFor(Someone with { Person = new("p2") });
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/notes/theirs") { Content = new StringContent(Body, new MediaTypeHeaderValue("application/json")) };
        request.Headers.Add("Idempotency-Key", "k5");
        using var theirs = await neighbour.SendAsync(request);

        theirs.StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_refusal_is_not_remembered()
    {
        using var early = await Post("/api/notes/early/lines", """{"text":"x"}""", key: "k6");
        early.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var made = await Post("/api/notes/early", Body);

        using var again = await Post("/api/notes/early/lines", """{"text":"x"}""", key: "k6");
        again.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_version_that_moved_is_told_and_the_newest_is_taken()
    {
        using var made = await Post("/api/notes/moved", Body);
        await Line("moved", "one");

        using var stale = await Post("/api/notes/moved/lines", """{"text":"two"}""", match: "\"1\"");
        await Refused(stale, HttpStatusCode.PreconditionFailed, "version-moved");

        using var newest = await Post("/api/notes/moved/lines", """{"text":"two"}""", match: "\"2\"");
        newest.StatusCode.ShouldBe(HttpStatusCode.OK);
        newest.Headers.ETag!.Tag.ShouldBe("\"3\"");
    }

    [Fact]
    public async Task A_decision_without_the_version_it_rests_on_is_refused()
    {
        using var made = await Post("/api/notes/decision", Body);
        using var answer = await Post("/api/notes/decision/closure", "");

        await Refused(answer, HttpStatusCode.PreconditionRequired, "if-match-required");
    }

    [Fact]
    public async Task A_rule_refuses_with_its_code_and_its_data()
    {
        using var made = await Post("/api/notes/rule", Body);
        using var closed = await Post("/api/notes/rule/closure", "", match: "\"1\"");
        using var answer = await Post("/api/notes/rule/lines", """{"text":"x"}""");

        (await Refused(answer, HttpStatusCode.Conflict, "note-closed")).GetProperty("detail").GetString().ShouldBe("记录 a 已关闭。");
    }

    [Fact]
    public async Task Sending_what_is_already_so_changes_nothing()
    {
        using var made = await Post("/api/notes/already", Body);
        await Line("already", "one");
        using var again = await Post("/api/notes/already/lines", """{"text":"one"}""");

        again.StatusCode.ShouldBe(HttpStatusCode.OK);
        again.Headers.ETag!.Tag.ShouldBe("\"2\"");
        (await Versions("already")).ShouldBe([1, 2]);
    }

    [Fact]
    public async Task A_thing_that_exists_is_not_made_again()
    {
        using var made = await Post("/api/notes/made", Body);
        using var again = await Post("/api/notes/made", Body);

        await Refused(again, HttpStatusCode.Conflict, "exists-already");
        (await Versions("made")).ShouldBe([1]);
    }

    private async Task<IEnumerable<long>> Versions(string key) =>
        (await host.Services.GetRequiredService<Store>().Load(HostFixture.Demo, Note.IdOf(key))).Select(e => e.Version);

    private async Task Line(string key, string text)
    {
        using var answer = await Post($"/api/notes/{key}/lines", JsonSerializer.Serialize(new { text }));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private async Task<HttpResponseMessage> Post(string address, string body, string? key = null, string? match = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address);
        if (body.Length > 0) request.Content = new StringContent(body, new MediaTypeHeaderValue("application/json"));
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        if (match is not null) request.Headers.Add("If-Match", match);
        return await client.SendAsync(request);
    }

    private static async Task<JsonElement> Refused(HttpResponseMessage answer, HttpStatusCode status, string code)
    {
        answer.StatusCode.ShouldBe(status, await answer.Content.ReadAsStringAsync());
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        problem.GetProperty("code").GetString().ShouldBe(code);
        return problem;
    }
}
