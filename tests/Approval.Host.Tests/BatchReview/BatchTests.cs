using System.Net;
using System.Text.Json;
using Approval.Intake;
using Approval.Testing;

namespace Approval.BatchReview;

/// <summary>Batch review over HTTP, as the persons who may.</summary>
public sealed class BatchTests(HostFixture host) : IClassFixture<HostFixture>
{
    private string Today => $"{host.Clock.GetUtcNow().AddHours(8):yyyy-MM-dd}";

    private async Task<string> Open(County county) => (await county.Office.Act("/api/batches", new
    {
        title = "2026年第一批", opens = Today, closes = Today, fund = county.Fund.Value, bodies = new[] { "finance", "reform" },
    }).Gives(HttpStatusCode.Created)).GetProperty("id").GetString()!;

    private static async Task<string> Joined(County county, decimal yuan = 1_000_000m)
    {
        var id = await county.Accepted(yuan);
        await county.Office.Act($"/api/proposals/{id}/classification", new { track = "general" }).Gives();
        return id;
    }

    private static Task<JsonElement> Read(County county, string batch, string query = "") => county.Office.Read($"/api/batches/{batch}{query}");

    private static async Task Review(County county, string batch, params string[] members)
    {
        await county.Office.Act($"/api/batches/{batch}/closure", new { }).Gives();
        await county.Office.Act($"/api/batches/{batch}/pre-review-request").Gives();
        foreach (var body in new[] { "finance", "reform" })
        {
            var results = await county.Body(body).Act($"/api/batches/{batch}/pre-review", new { items = members.Select(m => new { proposal = m, revision = 1, support = true }) }).Gives();
            results.GetProperty("items").EnumerateArray().ShouldAllBe(i => i.GetProperty("signed").GetBoolean());
        }

        await county.Office.Replace($"/api/batches/{batch}/ranking", new { ranking = members.Select(m => new { proposal = m, reason = "急需" }) }).Gives();
    }

    private static object Settled(string proposal, string outcome, string? reason = null) => new { proposal, outcome, reason };

    [Fact]
    public async Task A_batch_goes_from_its_window_to_its_conclusion()
    {
        var county = await County.Found(host);
        var batch = await Open(county);
        string[] members = [await Joined(county, 60_000_000m), await Joined(county, 50_000_000m), await Joined(county, 10_000_000m)];
        await Review(county, batch, members);

        var ranked = await Read(county, batch);
        ranked.GetProperty("free").GetRawText().ShouldBe("100000000.00");
        ranked.GetProperty("members").EnumerateArray().Select(m => (m.GetProperty("proposal").GetString(), m.GetProperty("rank").GetInt32(), m.GetProperty("withinEnvelope").GetBoolean()))
            .ShouldBe([(members[0], 1, true), (members[1], 2, false), (members[2], 3, false)]);
        ranked.GetProperty("members")[0].GetProperty("signedFor").EnumerateArray().Select(s => s.GetString()).ShouldBe(["finance", "reform"]);

        var before = host.Clock.GetUtcNow();
        host.Clock.Advance(TimeSpan.FromMinutes(5));
        object[] settlement = [Settled(members[0], "shortlist"), Settled(members[1], "hold-over", "资金不足"), Settled(members[2], "turn-down", "重复建设")];
        (await county.Office.Act($"/api/batches/{batch}/conclusion", new { members = settlement }, match: "").Refused(HttpStatusCode.PreconditionRequired)).ShouldBe("if-match-required");
        await county.Office.Act($"/api/batches/{batch}/conclusion", new { members = settlement }).Gives();
        await county.Office.Act($"/api/batches/{batch}/conclusion", new { members = settlement }).Gives();

        var concluded = await Read(county, batch);
        concluded.GetProperty("members").EnumerateArray().Select(m => m.GetProperty("outcome").GetString()).ShouldBe(["shortlist", "hold-over", "turn-down"]);
        concluded.GetProperty("members").EnumerateArray().Select(m => m.GetProperty("withinEnvelope").GetBoolean()).ShouldBe([true, false, false]);
        (await Read(county, batch, $"?asOf={before:yyyy-MM-ddTHH:mm:ss.ffffff}Z")).GetProperty("concluded").GetBoolean().ShouldBeFalse();
        var fund = await county.Office.Read($"/api/funds/{county.Fund.Value}");
        fund.GetProperty("reserved").GetRawText().ShouldBe("60000000.00");
        var row = (await county.Office.Read("/api/batches")).GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        (row.GetProperty("members").GetInt32(), row.GetProperty("shortlisted").GetInt32(), row.GetProperty("concluded").GetBoolean()).ShouldBe((3, 1, true));

        var next = await Open(county);
        await county.Office.Act($"/api/batches/{next}/members", new { proposal = members[1] }).Gives();
        (await Read(county, next)).GetProperty("members").EnumerateArray().ShouldHaveSingleItem().GetProperty("heldOver").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task A_unit_learns_when_batches_take_proposals_in_and_nothing_more()
    {
        var county = await County.Found(host);
        var batch = await Open(county);
        var before = host.Clock.GetUtcNow();
        var windows = (await county.Officer.Read("/api/batches/windows")).GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        windows.EnumerateObject().Select(p => (p.Name, p.Value.GetString())).ShouldBe([("id", batch), ("title", "2026年第一批"), ("opens", Today), ("closes", Today)]);

        host.Clock.Advance(TimeSpan.FromMinutes(5));
        await county.Office.Act($"/api/batches/{batch}/closure", new { }).Gives();
        (await county.Officer.Read("/api/batches/windows")).GetProperty("items").GetArrayLength().ShouldBe(0);
        (await county.Officer.Read($"/api/batches/windows?asOf={before:yyyy-MM-ddTHH:mm:ss.ffffff}Z")).GetProperty("items").GetArrayLength().ShouldBe(1);
        (await (await County.Found(host)).Officer.Read("/api/batches/windows")).GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Nothing_is_settled_unless_everybody_is()
    {
        var county = await County.Found(host);
        var batch = await Open(county);
        string[] members = [await Joined(county), await Joined(county)];
        await Review(county, batch, members);

        (await county.Office.Act($"/api/batches/{batch}/conclusion", new { members = new[] { Settled(members[0], "shortlist") } }).Refused()).ShouldBe("member-unsettled");
        var after = await Read(county, batch);
        after.GetProperty("concluded").GetBoolean().ShouldBeFalse();
        after.GetProperty("free").GetRawText().ShouldBe("100000000.00");
    }

    [Fact]
    public async Task Every_refusal_names_its_field()
    {
        var county = await County.Found(host);
        var batch = await Open(county);
        string[] members = [await Joined(county)];
        await Review(county, batch, members);

        var problem = await county.Office.Act($"/api/batches/{batch}/conclusion", new { members = new[] { Settled(members[0], "turn-down"), Settled("nobody", "shortlist") } }).Gives(HttpStatusCode.BadRequest);
        problem.GetProperty("errors").EnumerateArray().Select(e => (e.GetProperty("code").GetString(), e.GetProperty("field").GetString()))
            .ShouldBe([("not-a-batch-member", "members[1].proposal"), ("text-required", "members[0].reason")], ignoreOrder: true);
    }

    [Fact]
    public async Task A_body_signs_many_and_hears_of_each()
    {
        var county = await County.Found(host);
        var batch = await Open(county);
        string[] members = [await Joined(county), await Joined(county)];
        await county.Office.Act($"/api/batches/{batch}/closure", new { }).Gives();
        await county.Office.Act($"/api/batches/{batch}/pre-review-request").Gives();

        var results = await county.Body("finance").Act($"/api/batches/{batch}/pre-review", new
        {
            items = new object[]
            {
                new { proposal = members[0], revision = 1, support = true },
                new { proposal = members[1], revision = 1, support = false },
                new { proposal = members[1], revision = 7, support = true },
                new { proposal = "nobody", revision = 1, support = true },
            },
        }).Gives();
        results.GetProperty("items").EnumerateArray().Select(i => i.TryGetProperty("code", out var code) ? code.GetString() : "signed")
            .ShouldBe(["signed", "text-required", "revision-moved", "not-a-batch-member"]);

        (await county.Body("health").Act($"/api/proposals/{members[0]}/pre-review", new { revision = 1, support = true }).Refused(HttpStatusCode.Forbidden)).ShouldBe("no-seat");
        await county.Body("reform").Act($"/api/proposals/{members[0]}/pre-review", new { revision = 1, support = true }).Gives();
        var read = (await Read(county, batch)).GetProperty("members").EnumerateArray().First(m => m.GetProperty("proposal").GetString() == members[0]);
        read.GetProperty("supported").GetBoolean().ShouldBeTrue();

        (await county.Body("finance").Act($"/api/batches/{batch}/pre-review", new { items = Array.Empty<object>() }).Refused(HttpStatusCode.BadRequest)).ShouldBe("pre-review-items");
        (await county.Office.Act($"/api/batches/{batch}/pre-review-request").Gives()).GetProperty("version").GetInt64().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_member_that_withdraws_needs_no_word_to_the_batch()
    {
        var county = await County.Found(host);
        var batch = await Open(county);
        string[] members = [await Joined(county), await Joined(county)];
        await Review(county, batch, members);
        await county.Happens(members[1], new ProposalWithdrawn("另行安排"));

        (await Read(county, batch)).GetProperty("members").EnumerateArray().Select(m => m.GetProperty("left").GetBoolean()).ShouldBe([false, true]);
        (await county.Office.Act($"/api/batches/{batch}/conclusion", new { members = members.Select(m => Settled(m, "shortlist")) }).Refused()).ShouldBe("not-a-batch-member");
        await county.Office.Act($"/api/batches/{batch}/conclusion", new { members = new[] { Settled(members[0], "shortlist") } }).Gives();
    }

    [Fact]
    public async Task Two_conclusions_at_once_settle_everybody_once()
    {
        var county = await County.Found(host);
        var batch = await Open(county);
        string[] members = [await Joined(county, 60_000_000m), await Joined(county, 40_000_000m)];
        await Review(county, batch, members);
        await using var second = await HostFixture.Start(host.Database);
        second.Clock.Set(host.Clock.GetUtcNow());
        var other = county.OfficeOn(second);

        object[][] ways = [[Settled(members[0], "shortlist"), Settled(members[1], "shortlist")], [Settled(members[0], "shortlist"), Settled(members[1], "turn-down", "重复建设")]];
        var seen = $"\"{(await Read(county, batch)).GetProperty("version").GetInt64()}\"";

        var answers = await Task.WhenAll(
            county.Office.Act($"/api/batches/{batch}/conclusion", new { members = ways[0] }, seen), other.Act($"/api/batches/{batch}/conclusion", new { members = ways[1] }, seen));

        answers.Select(a => a.StatusCode).Order().ShouldBe([HttpStatusCode.OK, HttpStatusCode.PreconditionFailed]);
        var outcome = (await Read(county, batch)).GetProperty("members").EnumerateArray().First(m => m.GetProperty("proposal").GetString() == members[1]).GetProperty("outcome").GetString();
        var fund = await county.Office.Read($"/api/funds/{county.Fund.Value}");
        fund.GetProperty("reserved").GetRawText().ShouldBe(outcome == "shortlist" ? "100000000.00" : "60000000.00");
    }

    [Fact]
    public async Task After_closing_nobody_joins()
    {
        var county = await County.Found(host);
        var batch = await Open(county);
        await county.Office.Act($"/api/batches/{batch}/closure", new { }).Gives();
        var late = await Joined(county);

        (await county.Office.Act($"/api/batches/{batch}/members", new { proposal = late }).Refused()).ShouldBe("batch-closed");
        (await Read(county, batch)).GetProperty("members").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task A_batch_is_the_offices_and_of_one_jurisdiction()
    {
        var county = await County.Found(host);
        var elsewhere = await County.Found(host);
        var batch = await Open(county);
        (await elsewhere.Office.Get($"/api/batches/{batch}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await elsewhere.Office.Act($"/api/batches/{batch}/closure", new { }).Refused(HttpStatusCode.NotFound)).ShouldBe("unknown");
        (await county.Officer.Get($"/api/batches/{batch}")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await county.Body("finance").Act($"/api/batches/{batch}/closure", new { }).Refused(HttpStatusCode.Forbidden)).ShouldBe("not-permitted");
        (await county.Officer.Act($"/api/batches/{batch}/pre-review", new { items = new[] { new { proposal = "x", revision = 1, support = true } } }).Gives())
            .GetProperty("items")[0].GetProperty("code").GetString().ShouldBe("not-a-batch-member");
        (await county.Office.Act("/api/batches", new { title = "第二批", opens = Today, closes = Today, fund = "none", bodies = new[] { "finance", "reform" } }).Refused(HttpStatusCode.NotFound)).ShouldBe("unknown");
        (await county.Office.Act("/api/batches", new { title = "第二批", opens = Today, closes = Today, fund = county.Fund.Value, bodies = new[] { "finance", "mars" } }).Refused()).ShouldBe("batch-body-unknown");
    }
}
