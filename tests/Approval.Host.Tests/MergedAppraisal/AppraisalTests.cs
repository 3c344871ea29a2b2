using System.Net;
using System.Text.Json;
using Approval.Testing;

namespace Approval.MergedAppraisal;

/// <summary>Appraisals over HTTP, as the persons who take part and those who do not.</summary>
public sealed class AppraisalTests(HostFixture host) : IClassFixture<HostFixture>
{
    private readonly AppraisalStage stage = new(host);

    private static string Code(JsonElement problem) => problem.GetProperty("code").GetString()!;

    [Fact]
    public async Task An_appraisal_goes_from_opening_to_a_merge_and_back()
    {
        await stage.Founded();
        var (lead, other) = (await stage.Shortlisted("health", "市民卡工程"), await stage.Shortlisted("civil", "社会保障卡系统"));
        var (id, version) = await stage.Disclosed(lead, other);

        var concluded = await stage.Post(stage.Office, $"/api/appraisals/{id}/conclusion", new
        {
            conclusions = new object[]
            {
                new { proposal = lead.Value, kind = "recommended", amount = 1_500_000m, reason = "论证通过" },
                new { proposal = other.Value, kind = "merged-into", lead = lead.Value, reason = "内容重复" },
            },
        }, version: version);

        concluded.GetProperty("status").GetString().ShouldBe("concluded");
        concluded.GetProperty("merges")[0].GetProperty("saved").GetRawText().ShouldBe("500000.00");
        (await stage.Fund()).Held.ShouldBe(new Money(1_500_000m));
        (await stage.Proposal(other)).Appraisal.MergedInto.ShouldBe(lead);

        var undone = await stage.Post(stage.Office, $"/api/appraisals/{id}/merge-undoing", new { lead = lead.Value, reason = "分期建设" }, version: concluded.GetProperty("version").GetInt64());
        undone.GetProperty("status").GetString().ShouldBe("disclosed");
        (await stage.Fund()).Held.ShouldBe(new Money(2_000_000m));
        (await stage.Proposal(other)).Stage.ShouldBe(Stage.MergedAppraisal);

        var row = (await stage.Get(stage.Office, $"/api/appraisals?proposal={lead.Value}")).GetProperty("items")[0];
        (row.GetProperty("status").GetString(), row.GetProperty("merged").GetInt32()).ShouldBe(("disclosed", 0));
    }

    [Fact]
    public async Task An_appraisal_over_the_wrong_proposals_is_dissolved_and_they_are_grouped_anew()
    {
        await stage.Founded();
        var (one, other) = (await stage.Shortlisted("health", "健康码"), await stage.Shortlisted("civil", "殡葬管理"));
        var id = await stage.Empanelled(one, other);
        var version = (await stage.Get(stage.Office, $"/api/appraisals/{id}")).GetProperty("version").GetInt64();

        Code(await stage.Post(stage.Office, $"/api/appraisals/{id}/dissolution", new { reason = "并不相似" }, (HttpStatusCode)428)).ShouldBe("if-match-required");
        Code(await stage.Post(stage.Expert(1), $"/api/appraisals/{id}/dissolution", new { reason = "并不相似" }, HttpStatusCode.Forbidden, version)).ShouldBe("not-permitted");
        var dissolved = await stage.Post(stage.Office, $"/api/appraisals/{id}/dissolution", new { reason = "并不相似" }, version: version);

        dissolved.GetProperty("status").GetString().ShouldBe("dissolved");
        Code(await stage.Sheet(id, 1, one, status: HttpStatusCode.Conflict)).ShouldBe("appraisal-dissolved");
        await stage.Opened(one);
        await stage.Opened(other);
    }

    [Fact]
    public async Task Before_disclosure_no_answer_to_anybody_shows_what_another_wrote()
    {
        await stage.Founded();
        var proposal = await stage.Shortlisted("health", "产业地图");
        var id = await stage.Empanelled(proposal);
        await stage.Sheet(id, 1, proposal);

        foreach (var reader in new[] { stage.Office, stage.Administrator, stage.Auditor, stage.Expert(2), stage.Person("cio", "d", Role.DistrictCio, Role.CommitteeMember, Role.Administrator) })
        {
            var answer = await stage.Get(reader, $"/api/appraisals/{id}");
            answer.GetProperty("sheets").GetArrayLength().ShouldBe(0, reader.Person.Value);
            answer.GetProperty("scores").GetArrayLength().ShouldBe(0);
            answer.GetProperty("handedIn")[0].GetProperty("expert").GetString().ShouldBe("expert-1");
            answer.GetRawText().ShouldNotContain("机密");
            (await stage.Get(reader, "/api/appraisals")).GetRawText().ShouldNotContain("机密");
        }

        (await stage.Get(stage.Expert(1), $"/api/appraisals/{id}")).GetProperty("sheets")[0].GetProperty("opinion").GetString().ShouldBe("机密意见1");
    }

    [Fact]
    public async Task History_names_a_sheet_handed_in_and_never_its_words()
    {
        await stage.Founded();
        var proposal = await stage.Shortlisted("health", "产业地图");
        await stage.Sheet(await stage.Empanelled(proposal), 1, proposal);

        JsonElement lines = default;
        await Eventually.Holds(
            async () => (lines = (await stage.Get(stage.Auditor, "/api/history?type=score-sheet-submitted.v1")).GetProperty("items")).GetArrayLength() > 0, "history catches up");

        lines[0].GetProperty("text").GetString().ShouldBe("");
        (await stage.Get(stage.Auditor, "/api/history?q=机密")).GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task After_disclosure_the_sheets_are_read_with_what_they_come_to_but_not_as_of_a_time_before()
    {
        await stage.Founded();
        var proposal = await stage.Shortlisted("health", "产业地图");
        var id = await stage.Empanelled(proposal);
        foreach (var (e, score) in new[] { (1, 70), (2, 80) }) await stage.Sheet(id, e, proposal, score);
        var before = Uri.EscapeDataString(host.Clock.GetUtcNow().ToString("O"));
        host.Clock.Advance(TimeSpan.FromHours(1));
        await stage.Sheet(id, 3, proposal, 90);

        var now = await stage.Get(stage.Office, $"/api/appraisals/{id}");
        now.GetProperty("sheets").GetArrayLength().ShouldBe(3);
        now.GetProperty("scores")[0].GetProperty("mean").GetDecimal().ShouldBe(80m);
        now.GetProperty("scores")[0].GetProperty("suggested").GetRawText().ShouldBe("900000.00");
        (await stage.Get(stage.Office, $"/api/appraisals/{id}?asOf={before}")).GetProperty("sheets").GetArrayLength().ShouldBe(0);
        (await stage.Get(stage.Administrator, $"/api/appraisals/{id}")).GetProperty("sheets").GetArrayLength().ShouldBe(0);

        using var member = stage.As(stage.Person("member", "finance", Role.CommitteeMember));
        (await member.GetAsync($"/appraisals/{id}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await stage.Get(stage.Auditor, "/api/operations/readings?kind=score-sheets&person=member")).GetProperty("items")[0].GetProperty("subject").GetString().ShouldBe($"/appraisals/{id}");
    }

    [Fact]
    public async Task An_expert_sees_only_appraisals_assigned_and_a_unit_none()
    {
        await stage.Founded();
        var mine = await stage.Empanelled(await stage.Shortlisted("health", "产业地图"));
        var others = await stage.Opened(await stage.Shortlisted("civil", "社区服务网"));

        (await stage.Get(stage.Expert(1), "/api/appraisals")).GetProperty("items").EnumerateArray().Select(a => a.GetProperty("id").GetString()).ShouldBe([mine]);
        Code(await stage.Get(stage.Expert(1), $"/api/appraisals/{others}", HttpStatusCode.NotFound)).ShouldBe("unknown");
        Code(await stage.Get(stage.Officer("health"), $"/api/appraisals/{mine}", HttpStatusCode.Forbidden)).ShouldBe("not-permitted");
        Code(await stage.Get(host.ActorElsewhere(), $"/api/appraisals/{mine}", HttpStatusCode.NotFound)).ShouldBe("unknown");
    }

    [Fact]
    public async Task An_expert_who_recuses_is_replaced_and_the_new_one_scores()
    {
        await stage.Founded();
        var proposal = await stage.Shortlisted("health", "产业地图");
        var id = await stage.Empanelled(proposal);

        await stage.Post(stage.Expert(2), $"/api/appraisals/{id}/recusals", new { reason = "曾任该单位顾问" });
        (await stage.Post(stage.Expert(2), $"/api/appraisals/{id}/recusals", new { reason = "曾任该单位顾问" })).GetProperty("status").GetString().ShouldBe("panel-incomplete");
        Code(await stage.Sheet(id, 2, proposal, status: HttpStatusCode.Forbidden)).ShouldBe("not-on-panel");
        await stage.Post(stage.Office, $"/api/appraisals/{id}/replacements", new { leaving = "expert-2", joining = "expert-4", reason = "回避" });
        (await stage.Sheet(id, 4, proposal)).GetProperty("handedIn")[0].GetProperty("expert").GetString().ShouldBe("expert-4");
        (await stage.Proposal(proposal)).Appraisal.Panel.ShouldContain(new PersonId("expert-4"));
    }

    [Fact]
    public async Task Nobody_of_a_proposing_unit_or_tied_to_its_people_is_appointed()
    {
        await stage.Founded();
        var id = await stage.Opened(await stage.Shortlisted("health", "产业地图"));
        await stage.Record(new PersonId("officer-health").Stream, new Directory.PersonAppointed(new("officer-health"), new("health"), [Role.UnitOfficer]));
        await stage.Record(new PersonId("expert-3").Stream, new Directory.TiesDeclared(new([], ["officer-health"])));

        var problem = await stage.Post(stage.Office, $"/api/appraisals/{id}/panel", new { experts = new[] { "expert-1", "expert-2", "expert-3" } }, HttpStatusCode.Conflict);

        Code(problem).ShouldBe("expert-tied");
        problem.GetProperty("errors")[0].GetProperty("field").GetString().ShouldBe("experts[2]");
    }

    [Fact]
    public async Task Who_was_not_appointed_for_a_conflict_of_interest_stands_in_a_log_and_the_record_is_as_it_was()
    {
        await stage.Founded();
        var id = await stage.Opened(await stage.Shortlisted("health", "产业地图"));
        await stage.Record(new PersonId("expert-3").Stream, new Directory.TiesDeclared(new(["health"], [])));
        var before = await stage.Get(stage.Office, $"/api/appraisals/{id}");

        await stage.Post(stage.Office, $"/api/appraisals/{id}/panel", new { experts = new[] { "expert-1", "expert-2", "expert-3" } }, HttpStatusCode.Conflict);
        await stage.Post(stage.Office, $"/api/appraisals/{id}/panel", new { experts = new[] { "expert-1", "expert-2" } }, HttpStatusCode.Conflict);

        var logged = (await stage.Get(stage.Auditor, "/api/operations/conflicts")).GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        (logged.GetProperty("askedBy").GetString(), logged.GetProperty("person").GetString(), logged.GetProperty("code").GetString(), logged.GetProperty("subject").GetString())
            .ShouldBe(("office", "expert-3", "expert-tied", $"/api/appraisals/{id}/panel"));
        (await stage.Get(stage.Auditor, "/api/operations/conflicts?person=expert-1")).GetProperty("items").GetArrayLength().ShouldBe(0);
        (await stage.Get(stage.Office, $"/api/appraisals/{id}")).GetRawText().ShouldBe(before.GetRawText());
    }

    [Fact]
    public async Task Conclusions_rest_on_a_version_and_bad_input_names_its_field()
    {
        await stage.Founded();
        var proposal = await stage.Shortlisted("health", "产业地图");
        var (id, version) = await stage.Disclosed(proposal);
        object Body(object amount) => new { conclusions = new[] { new { proposal = proposal.Value, kind = "recommended", amount, reason = "论证通过" } } };

        Code(await stage.Post(stage.Office, $"/api/appraisals/{id}/conclusion", Body(1m), HttpStatusCode.PreconditionRequired)).ShouldBe("if-match-required");
        Code(await stage.Post(stage.Office, $"/api/appraisals/{id}/conclusion", Body(1m), HttpStatusCode.PreconditionFailed, version - 1)).ShouldBe("version-moved");
        Code(await stage.Post(stage.Office, $"/api/appraisals/{id}/conclusion", Body(0.001m), HttpStatusCode.BadRequest, version)).ShouldBe("invalid-amount");
        Code(await stage.Post(stage.Office, $"/api/appraisals/{id}/conclusion", Body(1_000_000.01m), HttpStatusCode.Conflict, version)).ShouldBe("amount-above-requested");
        Code(await stage.Post(stage.Expert(1), $"/api/appraisals/{id}/conclusion", Body(1m), HttpStatusCode.Forbidden, version)).ShouldBe("not-permitted");
        Code(await stage.Post(stage.Office, "/api/appraisals/unknown/conclusion", Body(1m), HttpStatusCode.NotFound, version)).ShouldBe("unknown");
        Code(await stage.Post(stage.Office, "/api/appraisals", new { proposals = new[] { "unknown" } }, HttpStatusCode.NotFound)).ShouldBe("unknown");
    }

    [Fact]
    public async Task Changes_asked_for_are_answered_by_the_unit_and_found_adopted_by_the_office()
    {
        await stage.Founded();
        var proposal = await stage.Shortlisted("health", "产业地图");
        var (id, version) = await stage.Disclosed(proposal);
        await stage.Post(stage.Office, $"/api/appraisals/{id}/conclusion", new
        {
            conclusions = new[] { new { proposal = proposal.Value, kind = "recommended-with-changes", amount = 800_000m, changes = new[] { "改用政务云" }, reason = "论证通过" } },
        }, version: version);
        await stage.Record(proposal.Stream, new Intake.CorrectionAnswered(Stage.MergedAppraisal, 1, "已改用政务云"));

        await stage.Post(stage.Office, $"/api/proposals/{proposal.Value}/changes-adoption", null, version: await Version(proposal));

        (await stage.Proposal(proposal)).ShouldSatisfyAllConditions(p => p.Stage.ShouldBe(Stage.InterfaceUnification), p => p.Held!.Amount.ShouldBe(new Money(800_000m)));
    }

    [Fact]
    public async Task What_was_revised_after_the_scoring_is_scored_anew_before_the_conclusion()
    {
        await stage.Founded();
        var proposal = await stage.Shortlisted("health", "产业地图");
        var (id, version) = await stage.Disclosed(proposal);
        var at = $"/api/appraisals/{id}";
        Code(await stage.Post(stage.Office, $"{at}/sheets-reopening", new { reason = "已核减" }, HttpStatusCode.Conflict)).ShouldBe("nothing-revised");
        await stage.Record(proposal.Stream, new Intake.ProposalRevised(2, AppraisalStage.Content("产业地图", 900_000m), [Intake.ContentPart.Budget]));
        var conclusion = new { conclusions = new[] { new { proposal = proposal.Value, kind = "recommended", amount = 800_000m, reason = "论证通过" } } };
        Code(await stage.Post(stage.Office, $"{at}/conclusion", conclusion, HttpStatusCode.Conflict, version)).ShouldBe("sheets-overrun");

        (await stage.Post(stage.Office, $"{at}/sheets-reopening", new { reason = "已核减" })).GetProperty("status").GetString().ShouldBe("scoring");
        (await stage.Get(stage.Office, at)).GetProperty("sheets").GetArrayLength().ShouldBe(0);
        foreach (var expert in new[] { 1, 2, 3 }) version = (await stage.Sheet(id, expert, proposal)).GetProperty("version").GetInt64();
        var concluded = await stage.Post(stage.Office, $"{at}/conclusion", conclusion, version: version);
        concluded.GetProperty("conclusions")[0].GetProperty("revision").GetInt32().ShouldBe(2);
    }

    [Fact]
    public async Task Sheets_handed_in_at_the_same_moment_are_disclosed_once()
    {
        await stage.Founded();
        var proposal = await stage.Shortlisted("health", "产业地图");
        var id = await stage.Empanelled(proposal);

        await Task.WhenAll(Enumerable.Range(1, 3).Select(e => stage.Sheet(id, e, proposal)));

        var answer = await stage.Get(stage.Office, $"/api/appraisals/{id}");
        answer.GetProperty("status").GetString().ShouldBe("disclosed");
        answer.GetProperty("version").GetInt64().ShouldBe(6, "opened, panel, three sheets, disclosed");
    }

    private async Task<long> Version(ProposalId proposal)
    {
        await using var command = host.Database.DataSource.CreateCommand("select version from mt_streams where id = $1");
        command.Parameters.Add(new() { Value = proposal.Stream.Value });
        return (long)(await command.ExecuteScalarAsync())!;
    }
}

file static class Elsewhere
{
    public static Actor ActorElsewhere(this HostFixture _) => new(new("office"), new("elsewhere"), new("cio-office"), [Role.CioOffice]);
}
