using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Approval.EventStore;
using Approval.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Approval.History;

/// <summary>The history over everything: who did what when, found by Chinese words of two characters.</summary>
public sealed class HistoryTests(HostFixture host) : IClassFixture<HostFixture>
{
    private readonly HttpClient office = host.ClientFor(new Actor(new("chief"), HostFixture.Demo, new("cio"), [Role.CioOffice]));

    [Fact]
    public async Task Events_are_found_by_a_word_of_two_characters_newest_first()
    {
        await Write("w1", "智慧停车系统");
        await Write("w2", "停车场改造");
        await Write("w3", "车停不下");
        await Seen("note-w3");

        Streams(await Get("q=停车")).ShouldBe(["note-w2", "note-w1"]);
        Streams(await Get("q=智慧停车")).ShouldBe(["note-w1"]);
        Streams(await Get("q=停")).ShouldContain("note-w3");
    }

    [Fact]
    public async Task Events_are_found_by_person_type_unit_and_time_and_read_page_by_page()
    {
        for (var i = 0; i < 5; i++) await Write($"page{i}", "分页", new Actor(new("walker"), HostFixture.Demo, new("u7"), [Role.UnitOfficer]));
        await Seen("note-page4");

        var first = await Get("actor=walker&type=note-opened.v1&unit=u7&limit=3");
        Streams(first).ShouldBe(["note-page4", "note-page3", "note-page2"]);
        var second = await Get($"actor=walker&type=note-opened.v1&unit=u7&limit=3&cursor={first.GetProperty("next").GetString()}");
        Streams(second).ShouldBe(["note-page1", "note-page0"]);
        second.TryGetProperty("next", out _).ShouldBeFalse();
        Streams(await Get("actor=walker&to=2020-01-01T00:00:00Z")).ShouldBeEmpty();
        Streams(await Get("actor=walker&from=2020-01-01T00:00:00Z")).Length.ShouldBe(5);
    }

    [Fact]
    public async Task Another_jurisdictions_history_is_not_seen()
    {
        await Write("mine", "本区事项");
        await Seen("note-mine");
        var elsewhere = host.ClientFor(new Actor(new("chief"), new("other"), new("cio"), [Role.CioOffice]));

        (await elsewhere.GetFromJsonAsync<JsonElement>("/api/history")).GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task A_draft_never_submitted_is_shown_to_the_auditor_only()
    {
        await using (var insert = host.Database.DataSource.CreateCommand(
            """
            with s as (insert into mt_streams (tenant_id, id, version) values ('demo', 'proposal-secret', 1)),
                 t as (insert into mt_streams (tenant_id, id, version) values ('demo', 'proposal-open', 2))
            insert into mt_events (seq_id, id, tenant_id, stream_id, version, type, data, timestamp)
            select nextval('mt_events_sequence'), gen_random_uuid(), 'demo', stream, version, type, data::jsonb, now()
            from (values ('proposal-secret', 1, 'proposal-drafted.v1', '{"proposal": "secret", "unit": "u1", "content": {"title": "未报草稿"}}'),
                         ('proposal-open', 1, 'proposal-drafted.v1', '{"proposal": "open", "unit": "u1", "content": {"title": "已报项目"}}'),
                         ('proposal-open', 2, 'proposal-submitted.v1', '{"revision": 1}')) as e (stream, version, type, data)
            """)) await insert.ExecuteNonQueryAsync();
        await Seen("proposal-open");

        Streams(await Get("q=草稿")).ShouldBeEmpty();
        var open = await Get("proposal=open");
        Streams(open).ShouldBe(["proposal-open", "proposal-open"]);
        open.GetProperty("items")[0].GetProperty("proposalTitle").GetString().ShouldBe("已报项目");
        open.GetProperty("items")[0].GetProperty("proposalUnit").GetString().ShouldBe("u1");
        var auditor = host.ClientFor(new Actor(new("a"), HostFixture.Demo, new("audit"), [Role.Auditor]));
        Streams(await auditor.GetFromJsonAsync<JsonElement>("/api/history?q=草稿")).ShouldBe(["proposal-secret"]);
    }

    [Fact]
    public async Task A_unit_officer_may_not_read_the_history_of_all()
    {
        var officer = host.ClientFor(new Actor(new("o"), HostFixture.Demo, new("u1"), [Role.UnitOfficer]));
        (await officer.GetAsync("/api/history")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await office.GetAsync("/api/history?cursor=xx")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task The_export_holds_what_the_query_finds_and_no_formula()
    {
        await Write("export1", "=1+1 导出甲");
        await Write("export2", "导出乙");
        await Seen("note-export2");

        using var answer = await office.GetAsync("/api/history/export?format=csv&q=导出");
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/csv");
        var lines = (await answer.Content.ReadAsStringAsync()).TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(3);
        lines[0].ShouldStartWith("序号,登记时间,生效时间,事项");
        lines[1].ShouldContain("导出乙");
        lines[2].ShouldContain(",'=1+1 导出甲,");

        var table = await office.GetByteArrayAsync("/api/history/export?format=xlsx&q=导出");
        table[..2].ShouldBe("PK"u8.ToArray());
        var officer = host.ClientFor(new Actor(new("o"), HostFixture.Demo, new("u1"), [Role.UnitOfficer]));
        (await officer.GetAsync("/api/history/export")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await office.GetAsync("/api/history/export?format=pdf")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task As_of_an_instant_only_what_was_known_then_is_found()
    {
        await Write("early", "早晚");
        var then = host.Clock.GetUtcNow();
        host.Clock.Advance(TimeSpan.FromHours(1));
        await Write("late", "早晚");
        await Seen("note-late");

        Streams(await Get($"q=早晚&asOf={then:yyyy-MM-ddTHH:mm:ss.ffffff}Z")).ShouldBe(["note-early"]);
    }

    [Theory]
    [InlineData("停车", "停车")]
    [InlineData("停 车", "")]
    [InlineData("Ab1", "ab,b1")]
    [InlineData("𠮷野家", "野家,𠮷")]
    public void Bigrams_are_neighbouring_letters(string text, string expected) =>
        string.Join(',', Bigrams.Of(text).Select(b => new string([(char)(b >> 16), (char)b])).Order(StringComparer.Ordinal)).ShouldBe(expected);

    [Fact]
    public async Task While_the_table_of_another_release_is_rebuilt_the_history_says_so()
    {
        await host.Database.Run("update approval.async_views set hash = 'earlier', rebuild_error = 'not now' where name = 'history'");
        var answer = await office.GetAsync("/api/history");
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter.ShouldNotBeNull();
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString().ShouldBe("being-built");

        await host.Database.Run("update approval.async_views set rebuild_error = null where name = 'history'");
        await Eventually.Holds(async () => (await office.GetAsync("/api/history")).IsSuccessStatusCode, "the history is rebuilt");
    }

    private Task<CommandOutcome> Write(string key, string title, Actor? by = null) => host.Services.GetRequiredService<CommandRunner>()
        .Run(by ?? Actor.Engine(HostFixture.Demo), new(), _ => Task.FromResult(Note.Open(key, new(title, NoteKind.Call, new Money(1)))));

    private Task Seen(string stream) => Eventually.Holds(
        async () => await host.Database.Number($"select count(*) from approval.history where stream = '{stream}'") == await host.Database.Number($"select count(*) from mt_events where stream_id = '{stream}'"),
        "history catches up");

    private Task<JsonElement> Get(string query) => office.GetFromJsonAsync<JsonElement>($"/api/history?{query}");

    private static string[] Streams(JsonElement page) => [.. page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("stream").GetString()!)];
}
