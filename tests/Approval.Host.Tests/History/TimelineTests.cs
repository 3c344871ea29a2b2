using System.Net;
using System.Text.Json;
using Approval.Committee;
using Approval.Intake;
using Approval.Testing;

namespace Approval.History;

/// <summary>How one proposal came about, told from its stream.</summary>
public sealed class TimelineTests(HostFixture host) : IClassFixture<HostFixture>
{
    [Fact]
    public async Task Tells_who_changed_what_from_what_to_what_under_which_policy()
    {
        var d = new District(host, "told");
        await d.Found();
        var proposal = await d.Propose("health", "health");
        var day = host.Clock.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).Date;
        await d.Approve($"{day:yyyy-MM-dd}", proposal);

        var told = await d.Get(d.Auditor, $"/api/proposals/{proposal.Value}/history");

        told.GetProperty("title").GetString().ShouldBe("health平台 <一期>");
        var entries = told.GetProperty("entries").EnumerateArray().ToList();
        Single(entries, "proposal-drafted.v1").GetProperty("stream").GetString().ShouldBe(proposal.Stream.Value);
        Changes(Single(entries, "proposal-drafted.v1")).ShouldContain(("stage", null, "draft"));
        Changes(Single(entries, "proposal-accepted.v1")).ShouldBe([("policy", null, "1")]);
        Changes(Single(entries, "proposal-shortlisted.v1")).ShouldBe([("stage", "batch-review", "merged-appraisal"), ("reserved", null, "5000000.00"), ("rank", null, "1")]);
        Changes(Single(entries, "proposal-recommended.v1")).ShouldBe([("stage", "merged-appraisal", "interface-unification"), ("recommended", null, "4500000.00"), ("reserved", "5000000.00", "4500000.00")]);
        var approved = Single(entries, "approved-by-committee.v1");
        Changes(approved).Take(4).ShouldBe([("stage", "committee", "issuance"), ("approved", null, "4000000.00"), ("reserved", "4500000.00", null), ("committed", null, "4000000.00")]);
        approved.GetProperty("changes")[4].GetProperty("to").GetProperty("for").GetInt32().ShouldBe(4);
        approved.GetProperty("policy").GetProperty("version").GetInt32().ShouldBe(1);
        approved.GetProperty("remarks")[0].GetProperty("text").GetString().ShouldBe("接入统一身份认证");
        (approved.GetProperty("by").GetString(), approved.GetProperty("unit").GetString(), approved.GetProperty("words").GetString()).ShouldBe(("chair", "district", "委员会同意立项"));
        approved.GetProperty("effective").GetDateTimeOffset().ToOffset(TimeSpan.FromHours(8)).Date.ShouldBe(day);
        entries.Count(e => e.GetProperty("type").GetString() == "vote-cast.v1").ShouldBe(4);
    }

    [Fact]
    public async Task Tells_what_a_revision_changed_part_by_part()
    {
        var d = new District(host, "parts");
        await d.Found();
        var id = new ProposalId("parts-1");
        var first = new ProposalContent { Title = "停车", Total = new(100m), Budget = [new(BudgetKind.Software, new(60m)), new(BudgetKind.Hardware, new(40m))] };
        var second = first with { Title = "停车诱导", Total = new(110m), Budget = [new(BudgetKind.Software, new(70m)), new(BudgetKind.Hardware, new(40m))], Finish = new(2027, 5, 1) };
        await d.Record(Decision.Of(id.Stream, new ProposalDrafted(id, new("health"), first), new ProposalRevised(2, second, ProposalContent.Differences(first, second))));

        var revised = Single([.. (await d.Get(d.Officer("health"), $"/api/proposals/{id.Value}/history")).GetProperty("entries").EnumerateArray()], "proposal-revised.v1");

        Changes(revised).Where(c => c.Field != "budget").ShouldBe([("revision", "1", "2"), ("title", "停车", "停车诱导"), ("requested", "100.00", "110.00"), ("finish", null, "2027-05-01")]);
        var budget = revised.GetProperty("changes").EnumerateArray().Single(c => c.GetProperty("field").GetString() == "budget");
        budget.GetProperty("from").EnumerateArray().Single().GetProperty("amount").GetDecimal().ShouldBe(60m);
        budget.GetProperty("to").EnumerateArray().Single().GetProperty("amount").GetDecimal().ShouldBe(70m);
    }

    [Fact]
    public async Task Votes_are_told_once_the_item_is_resolved_and_only_to_readers_of_meetings()
    {
        var d = new District(host, "votes");
        await d.Found();
        var proposal = await d.Propose("water", "water");
        var meeting = await d.Sit("2026-03-02", proposal);
        await d.Post(d.Chair, $"/api/meetings/{meeting}/agenda/1/vote", new { motion = "approve", amount = 4_000_000m });
        await d.Post(d.Finance, $"/api/meetings/{meeting}/agenda/1/ballot", new { vote = "for" });
        var path = $"/api/proposals/{proposal.Value}/history";
        Types(await d.Get(d.Auditor, path)).ShouldNotContain("vote-cast.v1");

        foreach (var member in new[] { d.Chair, d.Health, d.Police, d.Education }) await d.Post(member, $"/api/meetings/{meeting}/agenda/1/ballot", new { vote = "against" });
        await d.Post(d.Chair, $"/api/meetings/{meeting}/agenda/1/resolution", new { resolution = "rejected", reason = "重复建设" }, ifMatch: await d.Version(new MeetingId(meeting).Stream));

        var told = Types(await d.Get(d.Auditor, path));
        told.Count(t => t == "vote-cast.v1").ShouldBe(5);
        told.IndexOf("vote-opened.v1").ShouldBeLessThan(told.IndexOf("rejected-by-committee.v1"));
        Types(await d.Get(d.Officer("water"), path)).ShouldNotContain("vote-cast.v1");
    }

    [Fact]
    public async Task Tells_what_was_known_then()
    {
        var d = new District(host, "then");
        await d.Found();
        var proposal = await d.Propose("health", "health");
        var then = host.Clock.GetUtcNow();
        host.Clock.Advance(TimeSpan.FromDays(3));
        await d.Sit("2026-03-02", proposal);

        var path = $"/api/proposals/{proposal.Value}/history";
        Types(await d.Get(d.Office, path)).ShouldContain("agenda-item-placed.v1");
        Types(await d.Get(d.Office, $"{path}?asOf={then:yyyy-MM-ddTHH:mm:ss.ffffff}Z")).ShouldNotContain("agenda-item-placed.v1");
    }

    [Fact]
    public async Task Who_may_not_see_the_proposal_finds_no_timeline()
    {
        var d = new District(host, "unseen");
        await d.Found();
        var proposal = await d.Propose("health", "health");
        await d.Get(d.Officer("water"), $"/api/proposals/{proposal.Value}/history", HttpStatusCode.NotFound);
        await d.Get(d.Person("expert", "university", Role.Expert), $"/api/proposals/{proposal.Value}/history", HttpStatusCode.NotFound);
        await d.Get(d.Office, "/api/proposals/nobody/history", HttpStatusCode.NotFound);
    }

    private static JsonElement Single(IReadOnlyList<JsonElement> entries, string type) => entries.Single(e => e.GetProperty("type").GetString() == type);

    private static List<string> Types(JsonElement timeline) => [.. timeline.GetProperty("entries").EnumerateArray().Select(e => e.GetProperty("type").GetString()!)];

    private static List<(string Field, string? From, string? To)> Changes(JsonElement entry) =>
        [.. entry.GetProperty("changes").EnumerateArray().Select(c => (c.GetProperty("field").GetString()!, Side(c, "from"), Side(c, "to")))];

    private static string? Side(JsonElement change, string side) =>
        !change.TryGetProperty(side, out var value) ? null : value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText();
}
