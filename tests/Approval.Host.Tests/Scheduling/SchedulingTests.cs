using System.Net;
using System.Text.Json;
using Approval.Intake;
using Approval.Testing;

namespace Approval.Scheduling;

/// <summary>Early scheduling over HTTP, as the persons who may.</summary>
public sealed class SchedulingTests(HostFixture host) : IClassFixture<HostFixture>
{
    private static readonly object Key = new { track = "key", reason = "市政府年度重点工作", document = "示府〔2026〕1号" };
    private static readonly object General = new { track = "general" };

    private string Month => $"{host.Clock.GetUtcNow().AddHours(8):yyyy-MM}-01";

    private object Slot(County county) => new { slot = Month, fund = county.Fund.Value };

    private static async Task<string> Consented(County county, decimal yuan = 1_000_000m)
    {
        var id = await county.Accepted(yuan);
        await county.Office.Act($"/api/proposals/{id}/classification", Key).Gives();
        await county.DistrictCio.Act($"/api/proposals/{id}/consent", new { revision = 1, consent = true }).Gives();
        return id;
    }

    [Fact]
    public async Task A_key_project_is_classified_consented_to_scheduled_and_fully_checked()
    {
        var county = await County.Found(host);
        for (var i = 0; i < 4; i++) await county.Office.Act($"/api/proposals/{await county.Accepted()}/classification", General).Gives();
        var id = await Consented(county, 8_000_000m);

        await county.Office.Act($"/api/proposals/{id}/schedule", Slot(county)).Gives();
        var again = await county.Office.Act($"/api/proposals/{id}/schedule", Slot(county)).Gives();

        var fund = await county.Office.Read($"/api/funds/{county.Fund.Value}");
        fund.GetProperty("reserved").GetRawText().ShouldBe("8000000.00");
        fund.GetProperty("heldByKey").GetRawText().ShouldBe("8000000.00");
        var schedule = await county.Office.Read("/api/schedule");
        (schedule.GetProperty("accepted").GetInt32(), schedule.GetProperty("mostKey").GetInt32()).ShouldBe((5, 1));
        var slot = schedule.GetProperty("slots").EnumerateArray().ShouldHaveSingleItem();
        (slot.GetProperty("proposal").GetString(), slot.GetProperty("slot").GetString(), slot.GetProperty("stage").GetString()).ShouldBe((id, Month, "merged-appraisal"));

        var done = await county.Office.Act($"/api/proposals/{id}/full-check", new { findings = "材料齐备" }).Gives();
        done.GetProperty("version").GetInt64().ShouldBe(again.GetProperty("version").GetInt64() + 1);
    }

    [Fact]
    public async Task Classification_consent_and_scheduling_rest_on_the_version_seen()
    {
        var county = await County.Found(host);
        var id = await county.Accepted();
        (await county.Office.Act($"/api/proposals/{id}/classification", Key, match: "").Refused(HttpStatusCode.PreconditionRequired)).ShouldBe("if-match-required");
        (await county.Office.Act($"/api/proposals/{id}/classification", Key, match: "\"4\"").Refused(HttpStatusCode.PreconditionFailed)).ShouldBe("version-moved");
        (await county.DistrictCio.Act($"/api/proposals/{id}/consent", new { revision = 1, consent = true }, match: "").Refused(HttpStatusCode.PreconditionRequired)).ShouldBe("if-match-required");
        (await county.Office.Act($"/api/proposals/{id}/schedule", Slot(county), match: "").Refused(HttpStatusCode.PreconditionRequired)).ShouldBe("if-match-required");
    }

    [Fact]
    public async Task A_general_proposal_joins_the_open_batch_at_once()
    {
        var county = await County.Found(host);
        var opened = await county.Office.Act("/api/batches", new { title = "第一批", opens = Month, closes = $"{host.Clock.GetUtcNow().AddDays(40):yyyy-MM-dd}", fund = county.Fund.Value, bodies = new[] { "finance", "reform" } }).Gives(HttpStatusCode.Created);
        var id = await county.Accepted();
        await county.Office.Act($"/api/proposals/{id}/classification", General).Gives();

        var batch = await county.Office.Read($"/api/batches/{opened.GetProperty("id").GetString()}");
        batch.GetProperty("members").EnumerateArray().ShouldHaveSingleItem().GetProperty("proposal").GetString().ShouldBe(id);
    }

    [Fact]
    public async Task A_refused_consent_sends_a_project_the_general_way()
    {
        var county = await County.Found(host);
        var id = await county.Accepted();
        await county.Office.Act($"/api/proposals/{id}/classification", Key).Gives();
        (await county.DistrictCio.Act($"/api/proposals/{id}/consent", new { revision = 1, consent = false }).Refused(HttpStatusCode.BadRequest)).ShouldBe("text-required");
        await county.DistrictCio.Act($"/api/proposals/{id}/consent", new { revision = 1, consent = false, reason = "不急" }).Gives();

        (await county.Office.Act($"/api/proposals/{id}/schedule", Slot(county)).Refused()).ShouldBe("wrong-stage");
        (await county.Office.Act($"/api/proposals/{id}/classification", Key).Refused()).ShouldBe("general-stays-general");
    }

    [Fact]
    public async Task Scheduled_at_once_on_two_hosts_key_projects_keep_within_their_share()
    {
        var county = await County.Found(host);
        for (var i = 0; i < 4; i++) await county.Office.Act($"/api/proposals/{await county.Accepted()}/classification", General).Gives();
        var keys = new List<string>();
        for (var i = 0; i < 6; i++) keys.Add(await Consented(county));
        await using var second = await HostFixture.Start(host.Database);
        second.Clock.Set(host.Clock.GetUtcNow());
        var office = county.OfficeOn(second);

        var answers = await Task.WhenAll(keys.Select((id, i) => (i % 2 == 0 ? county.Office : office).Act($"/api/proposals/{id}/schedule", Slot(county))));

        // Ten accepted, three tenths of which may be key.
        answers.Count(a => a.StatusCode == HttpStatusCode.OK).ShouldBe(3);
        answers.Count(a => a.StatusCode == HttpStatusCode.Conflict).ShouldBe(3);
        (await county.Office.Read("/api/schedule")).GetProperty("slots").GetArrayLength().ShouldBe(3);
    }

    [Fact]
    public async Task No_key_project_goes_in_front_of_one_that_has_waited_longer_than_promised()
    {
        var county = await County.Found(host);
        var waiting = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            waiting.Add(await county.Accepted());
            await county.Office.Act($"/api/proposals/{waiting[i]}/classification", General).Gives();
        }

        host.Clock.Advance(TimeSpan.FromDays(91 * 7 / 5.0 + 2));
        var id = await Consented(county);
        (await county.Office.Act($"/api/proposals/{id}/schedule", Slot(county)).Refused()).ShouldBe("ordinary-wait-exceeded");

        foreach (var one in waiting) await county.Happens(one, new ProposalWithdrawn("另行安排"));
        await county.Office.Act($"/api/proposals/{id}/schedule", Slot(county)).Gives();
    }

    [Fact]
    public async Task Whoever_may_not_is_told_so_and_whoever_may_not_see_is_told_nothing()
    {
        var county = await County.Found(host);
        var elsewhere = await County.Found(host);
        var id = await county.Accepted();
        (await county.Officer.Act($"/api/proposals/{id}/classification", Key).Refused(HttpStatusCode.Forbidden)).ShouldBe("not-permitted");
        (await elsewhere.Office.Act($"/api/proposals/{id}/classification", Key).Refused(HttpStatusCode.NotFound)).ShouldBe("unknown");
        (await county.Office.Act("/api/proposals/none/classification", Key).Refused(HttpStatusCode.NotFound)).ShouldBe("unknown");
        (await county.Officer.Act($"/api/proposals/{id}/full-check", new { findings = "可行" }).Refused(HttpStatusCode.Forbidden)).ShouldBe("not-permitted");
        (await county.Officer.Get("/api/schedule")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        var draft = new ProposalId($"{county.Id.Value}-draft");
        await county.Record(Decision.Of(draft.Stream, new ProposalDrafted(draft, new("health"), new() { Title = "草稿" })));
        (await county.Office.Act($"/api/proposals/{draft.Value}/classification", Key).Refused(HttpStatusCode.NotFound)).ShouldBe("unknown");
    }

    [Fact]
    public async Task A_project_that_was_not_classified_key_is_asked_no_consent()
    {
        var county = await County.Found(host);
        var id = await county.Accepted();
        (await county.Office.Act($"/api/proposals/{id}/consent-request").Refused()).ShouldBe("wrong-stage");
        (await county.DistrictCio.Act($"/api/proposals/{id}/consent", new { revision = 1, consent = true }).Refused(HttpStatusCode.NotFound)).ShouldBe("round-unknown");
    }
}
