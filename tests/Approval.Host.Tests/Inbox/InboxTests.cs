using System.Text.Json;
using Approval.BatchReview;
using Approval.Committee;
using Approval.Http;
using Approval.Intake;
using Approval.MergedAppraisal;
using Approval.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Extensions.DependencyInjection;

namespace Approval.Inbox;

public sealed class InboxTests(HostFixture host) : IClassFixture<HostFixture>
{
    [Fact]
    public async Task An_expert_whose_sheet_is_older_than_the_proposal_finds_it_before_disclosure()
    {
        var stage = await new AppraisalStage(host).Founded();
        var proposal = await stage.Shortlisted("health", "居民健康档案");
        var appraisal = await stage.Empanelled(proposal);
        await stage.Sheet(appraisal, 1, proposal);
        (await Of(stage.Expert(1))).ShouldBeEmpty();
        (await Of(stage.Expert(2))).Single().GetProperty("action").GetString().ShouldBe("提交评分表");

        host.Clock.Advance(TimeSpan.FromHours(1));
        var revised = AppraisalStage.Content("居民健康档案", 950_000m);
        await stage.Record(proposal.Stream, new ProposalReturned(Stage.MergedAppraisal, 1, "核减投资", [], null), new ProposalRevised(2, revised, [ContentPart.Budget]), new CorrectionAnswered(Stage.MergedAppraisal, 2, "已核减"));
        var again = (await Of(stage.Expert(1))).Single();
        again.GetProperty("deed").GetString().ShouldBe("SubmitScoreSheet");
        again.GetProperty("action").GetString().ShouldBe("项目已修改，须重新评分");
        again.GetProperty("since").GetDateTimeOffset().ShouldBe(host.Clock.GetUtcNow());
        await stage.Sheet(appraisal, 1, proposal);
        (await Of(stage.Expert(1))).ShouldBeEmpty();
        (await Of(stage.Expert(2))).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_meeting_waits_for_each_since_the_turn_came()
    {
        var d = new District(host, "inbox");
        await d.Found();
        var first = await d.Propose("first", "health");
        var second = await d.Propose("second", "police");
        var meeting = (await d.Post(d.Chair, "/api/meetings", new { date = "2026-03-02", place = "区政府会议室", extraordinary = "集中审议" }, System.Net.HttpStatusCode.Created)).GetProperty("id").GetString()!;
        var convened = Meeting(await Of(d.Office)).GetProperty("since").GetDateTimeOffset();
        host.Clock.Advance(TimeSpan.FromHours(1));
        foreach (var proposal in new[] { first, second }) await d.Post(d.Office, $"/api/meetings/{meeting}/agenda", new { proposal = proposal.Value });
        Meeting(await Of(d.Office)).GetProperty("since").GetDateTimeOffset().ShouldBe(convened); // what else happens does not make it younger

        foreach (var member in d.Members) await d.Post(d.Office, $"/api/meetings/{meeting}/attendance", new { member = member.Person.Value, present = true });
        var chair = Meeting(await Of(d.Chair));
        chair.GetProperty("deed").GetString().ShouldBe("ResolveItem");
        chair.GetProperty("since").GetDateTimeOffset().ShouldBe(host.Clock.GetUtcNow());
        await d.Post(d.Chair, $"/api/meetings/{meeting}/agenda/1/vote", new { motion = "approve", amount = 4_000_000m, conditions = Array.Empty<string>() });
        Meeting(await Of(d.Finance)).GetProperty("deed").GetString().ShouldBe("CastVote");
    }

    [Fact]
    public async Task A_proposal_in_the_inbox_names_the_version_that_a_decision_about_it_rests_on()
    {
        var stage = await new AppraisalStage(host).Founded();
        var proposal = await stage.Submitted("health", "妇幼保健");
        var item = (await Of(stage.Office)).Single(i => i.GetProperty("id").GetString() == proposal.Value);
        item.GetProperty("deed").GetString().ShouldBe("AcceptProposal");
        var accepted = await stage.Post(stage.Office, $"/api/proposals/{proposal.Value}/acceptance", new { }, version: item.GetProperty("version").GetInt64());
        accepted.GetProperty("version").GetInt64().ShouldBeGreaterThan(item.GetProperty("version").GetInt64());
        (await Of(stage.Office)).Single(i => i.GetProperty("id").GetString() == proposal.Value).GetProperty("deed").GetString().ShouldBe("ClassifyProposal");
    }

    [Fact]
    public void What_is_done_at_once_in_the_inbox_goes_to_the_operation_of_its_deed()
    {
        var open = new BatchRow(new("b1"), "第一批", default, default, null, false, new("special"), [], 0, 0, Money.Zero, default);
        var operations = host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("POST") == true).ToList();
        foreach (var (deed, stage, operation) in new[]
        {
            ("Sign", Stage.Endorsement, "SignFor"), ("Sign", Stage.EarlyScheduling, "SignFor"), ("Sign", Stage.BatchReview, "SignFor"), ("SubmitProposal", Stage.Endorsement, "SubmitProposal"),
            ("AcceptProposal", Stage.FormCheck, "AcceptProposal"), ("ClassifyProposal", Stage.FormCheck, "ClassifyProposal"), ("JoinBatch", Stage.BatchReview, "JoinBatch"),
            ("AdoptChanges", Stage.MergedAppraisal, "AdoptChanges"), ("CompleteProject", Stage.Supervision, "CompleteProject"),
        })
        {
            var command = AtOnce.Of(new(InboxKind.Proposal, "p1", "项目", deed, deed, new("health"), stage, null, null, null, new("r1"), 1, 1), open).ShouldNotBeNull(deed);
            operations.Where(e => new TemplateMatcher(TemplateParser.Parse(e.RoutePattern.RawText!), new()).TryMatch(command.Address, new())).SelectMany(e => e.Metadata.GetMetadata<Deeds>()!.Names)
                .ShouldContain(operation, command.Address);
        }

        AtOnce.Of(new(InboxKind.Proposal, "p1", "项目", "Sign", "签署", new("health"), Stage.Issuance, null, null, null, new("r1"), 1, 1), open).ShouldBeNull(); // its document is read first
    }

    static JsonElement Meeting(IEnumerable<JsonElement> items) => items.Single(i => i.GetProperty("kind").GetString() == "meeting");

    async Task<IReadOnlyList<JsonElement>> Of(Actor person)
    {
        using var client = host.ClientFor(person);
        using var answer = await client.GetAsync("/api/inbox");
        return [.. (await AppraisalStage.Read(answer)).EnumerateArray()];
    }
}
