using System.Net;
using Approval.Committee;
using Approval.Funds;
using Approval.Testing;

namespace Approval.Supervision;

/// <summary>What happens to an approved project, over HTTP, each person acting as such.</summary>
public sealed class SupervisionTests(HostFixture host) : IClassFixture<HostFixture>
{
    [Fact]
    public async Task A_project_is_followed_from_its_approval_to_its_completion()
    {
        var d = new District(host, "supervised");
        await d.Found();
        var proposal = await d.Propose("health", "health");
        await d.Approve("2026-03-02", proposal);
        var at = $"/api/proposals/{proposal.Value}";
        var unit = d.Officer("health");

        await d.Post(unit, $"{at}/progress", new { on = "2026-03-02", percentComplete = 10, report = "启动招标" });
        await d.Post(unit, $"{at}/change", new { total = 4_600_000m, goalChanged = false, what = "增加接入点" });
        (await d.State(Fund.Kind, d.Fund.Stream)).Committed.ShouldBe(new Money(4_600_000m));
        await d.Refused(unit, $"{at}/change", new { total = 4_600_001m, goalChanged = false, what = "再增加" }, HttpStatusCode.Conflict, "change-needs-approval");
        await d.Refused(d.Officer("police"), $"{at}/progress", new { on = "2026-03-02", percentComplete = 10, report = "启动" }, HttpStatusCode.NotFound, "unknown");
        await d.Refused(d.Office, $"{at}/project-acceptance", new { on = "2026-03-02", findings = "合格" }, HttpStatusCode.Conflict, "conditions-open", await d.Version(proposal.Stream));
        await d.Post(d.Office, $"{at}/conditions/1", new { evidence = "联调记录" });
        await d.Refused(d.Office, $"{at}/project-acceptance", new { on = "2026-03-02", findings = "合格" }, HttpStatusCode.PreconditionRequired, "if-match-required");
        await d.Post(d.Office, $"{at}/project-acceptance", new { on = "2026-03-02", findings = "合格" }, ifMatch: await d.Version(proposal.Stream));

        await d.Refused(unit, $"{at}/self-evaluation", new { score = 90, report = "良好" }, HttpStatusCode.Conflict, "evaluation-too-early");
        host.Clock.Advance(TimeSpan.FromDays(400));
        await d.Post(unit, $"{at}/self-evaluation", new { score = 90, report = "良好" });
        await d.Post(d.Office, $"{at}/sharing-promises", new { resource = "电子健康档案", kept = false, finding = "停供" });
        (await d.Get(d.Office, "/api/approvals")).GetProperty("items")[0].GetProperty("withheld")[0].GetString().ShouldBe("电子健康档案");
        await d.Refused(d.Office, $"{at}/completion", new { }, HttpStatusCode.Conflict, "promises-open", await d.Version(proposal.Stream));
        await d.Post(d.Office, $"{at}/sharing-promises", new { resource = "电子健康档案", kept = true, finding = "恢复" });
        await d.Post(d.Office, $"{at}/completion", new { }, ifMatch: await d.Version(proposal.Stream));
        (await d.State(Proposal.Kind, proposal.Stream)).Outcome.ShouldBe(Outcome.Completed);
        var card = (await d.Get(unit, "/api/scorecards")).GetProperty("items")[0];
        (card.GetProperty("promisesKept").GetInt32(), card.GetProperty("promisesBroken").GetInt32(), card.GetProperty("onTime").GetInt32()).ShouldBe((1, 0, 1));
    }

    [Fact]
    public async Task An_approved_project_is_given_up_by_its_unit_and_its_money_is_free_again()
    {
        var d = new District(host, "given-up");
        await d.Found();
        var proposal = await d.Propose("health", "health");
        await d.Approve($"{host.Clock.GetUtcNow():yyyy-MM-dd}", proposal);
        var at = $"/api/proposals/{proposal.Value}";

        await d.Refused(d.Officer("health"), $"{at}/withdrawal", new { reason = "改由省统建" }, HttpStatusCode.Conflict, "wrong-stage");
        await d.Refused(d.Office, $"{at}/abandonment", new { reason = "改由省统建" }, HttpStatusCode.Forbidden, "not-permitted", await d.Version(proposal.Stream));
        await d.Post(d.Officer("health"), $"{at}/abandonment", new { reason = "改由省统建" }, ifMatch: await d.Version(proposal.Stream));

        (await d.State(Proposal.Kind, proposal.Stream)).Outcome.ShouldBe(Outcome.Withdrawn);
        (await d.State(Fund.Kind, d.Fund.Stream)).Held.ShouldBe(Money.Zero);
        await d.Refused(d.Officer("health"), $"{at}/progress", new { on = "2026-03-02", percentComplete = 10, report = "启动" }, HttpStatusCode.Conflict, "wrong-stage");
    }

    [Fact]
    public async Task A_large_change_goes_back_to_the_committee_and_its_rejection_leaves_the_approval_in_force()
    {
        var d = new District(host, "changed");
        await d.Found();
        var proposal = await d.Propose("health", "health");
        var day = DateOnly.FromDateTime(host.Clock.GetUtcNow().UtcDateTime).ToString("yyyy-MM-dd");
        await d.Approve(day, proposal);
        var at = $"/api/proposals/{proposal.Value}";
        await d.Post(d.Officer("health"), $"{at}/change-request", new { total = 6_000_000m, goalChanged = true, what = "扩大范围" });
        (await d.State(Proposal.Kind, proposal.Stream)).Stage.ShouldBe(Stage.Committee);

        var meeting = await d.Sit(day, proposal);
        await d.Resolve(meeting, 1, "rejected", "against", "against", "against", "for");
        var after = await d.State(Proposal.Kind, proposal.Stream);
        (after.Stage, after.Committee.Approved, after.Supervision.Pending).ShouldBe((Stage.Supervision, new Money(4_000_000m), null));
        (await d.State(Fund.Kind, d.Fund.Stream)).Committed.ShouldBe(new Money(4_000_000m));
    }
}
