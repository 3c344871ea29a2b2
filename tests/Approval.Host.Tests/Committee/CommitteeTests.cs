using System.Net;
using System.Net.Http.Json;
using Approval.Directory;
using Approval.Evidence;
using Approval.Funds;
using Approval.Issuance;
using Approval.Testing;

namespace Approval.Committee;

/// <summary>Meetings over HTTP, each person acting as such.</summary>
public sealed class CommitteeTests(HostFixture host) : IClassFixture<HostFixture>
{
    private async Task<District> Found(string name)
    {
        var district = new District(host, name);
        await district.Found();
        return district;
    }

    [Fact]
    public async Task A_whole_meeting_with_one_member_absent_one_recused_an_approval_a_deferral_and_a_rejection()
    {
        var d = await Found("whole");
        var approved = await d.Propose("health", "health");
        var deferred = await d.Propose("water", "water");
        var rejected = await d.Propose("parks", "parks");

        await d.Refused(d.Office, "/api/meetings", new { date = "2026-03-02", place = "区政府" }, HttpStatusCode.Forbidden, "not-permitted");
        var meeting = await d.Sit("2026-03-02", approved, deferred, rejected);
        var at = $"/api/meetings/{meeting}";
        var begun = await d.Get(d.Health, at);
        begun.GetProperty("begun").GetBoolean().ShouldBeTrue();
        begun.GetProperty("items")[0].GetProperty("recused")[0].GetProperty("member").GetString().ShouldBe("health-cio");
        begun.GetProperty("items")[1].GetProperty("recused").GetArrayLength().ShouldBe(0);
        begun.GetProperty("members").EnumerateArray().Single(m => !m.GetProperty("attended").GetBoolean()).GetProperty("person").GetString().ShouldBe("transport-cio");

        // The absent and the recused do not vote; nobody votes for another; nothing is declared without its votes or without the version seen.
        await d.Refused(d.Office, $"{at}/agenda/1/vote", new { motion = "approve", amount = 1m }, HttpStatusCode.Forbidden, "not-permitted");
        await d.Refused(d.Chair, $"{at}/agenda/1/vote", new { motion = "approve", amount = 4_500_000.01m }, HttpStatusCode.Conflict, "amount-out-of-bounds");
        await d.Refused(d.Finance, $"{at}/agenda/1/ballot", new { vote = "for" }, HttpStatusCode.Conflict, "no-vote-open");
        await d.Post(d.Chair, $"{at}/agenda/1/vote", new { motion = "approve", amount = 4_000_000m, conditions = new[] { "接入统一身份认证" } });
        await d.Refused(d.Transport, $"{at}/agenda/1/ballot", new { vote = "for" }, HttpStatusCode.Conflict, "not-present");
        await d.Refused(d.Health, $"{at}/agenda/1/ballot", new { vote = "for" }, HttpStatusCode.Conflict, "recused");
        await d.Refused(d.Person("deputy", "finance", Role.CommitteeMember), $"{at}/agenda/1/ballot", new { vote = "for" }, HttpStatusCode.Forbidden, "not-entitled");
        var voting = await d.Post(d.Finance, $"{at}/agenda/1/ballot", new { vote = "for" });
        voting.GetProperty("items")[0].GetProperty("motion").GetProperty("ballots")[0].TryGetProperty("vote", out _).ShouldBeFalse("a vote is told once the item is resolved");
        await d.Refused(d.Chair, $"{at}/agenda/1/resolution", new { resolution = "approved" }, HttpStatusCode.PreconditionRequired, "if-match-required");
        await d.Refused(d.Chair, $"{at}/agenda/1/resolution", new { resolution = "approved" }, HttpStatusCode.PreconditionFailed, "version-moved", ifMatch: 1);
        await d.Refused(d.Chair, $"{at}/agenda/1/resolution", new { resolution = "approved" }, HttpStatusCode.Conflict, "votes-outstanding", ifMatch: voting.GetProperty("version").GetInt64());
        await d.Refused(d.Office, $"{at}/closure", new { }, HttpStatusCode.Conflict, "items-undecided");

        var resolved = await d.Resolve(meeting, 1, "approved", "for", "for", "for", "against");
        resolved.GetProperty("items")[0].GetProperty("motion").GetProperty("ballots").EnumerateArray().Count(b => b.GetProperty("vote").GetString() == "for").ShouldBe(3);
        await d.Resolve(meeting, 2, "deferred", "for", "for", "against", "against", "abstain");
        await d.Resolve(meeting, 3, "rejected", "for", "against", "against", "against", "against");
        await d.Post(d.Office, $"{at}/closure", new { remarks = "会议顺利" });

        var fund = await d.State(Fund.Kind, d.Fund.Stream);
        (fund.Reserved, fund.Committed).ShouldBe((new Money(5_000_000m), new Money(4_000_000m)));
        (await d.State(Proposal.Kind, approved.Stream)).Stage.ShouldBe(Stage.Issuance);
        (await d.State(Proposal.Kind, deferred.Stream)).Committee.Deferred.ShouldBe(1);
        (await d.State(Proposal.Kind, rejected.Stream)).Outcome.ShouldBe(Outcome.Rejected);

        var minutes = (await d.Get(d.Auditor, $"{at}/minutes")).GetProperty("text").GetString()!;
        minutes.ShouldContain("缺席委员：transport-cio（transport）");
        minutes.ShouldContain("回避：health-cio，本单位项目");
        minutes.ShouldContain("（市卫生局）");
        var listed = (await d.Get(d.Auditor, "/api/meetings?closed=true&year=2026")).GetProperty("items").EnumerateArray().Single();
        (listed.GetProperty("approved").GetInt32(), listed.GetProperty("deferred").GetInt32(), listed.GetProperty("rejected").GetInt32()).ShouldBe((1, 1, 1));

        // What another district holds is not seen, and a unit officer reads no meeting.
        var other = await Found("whole-other");
        await other.Get(other.Auditor, at, HttpStatusCode.NotFound);
        (await other.Get(other.Auditor, "/api/meetings")).GetProperty("items").GetArrayLength().ShouldBe(0);
        await d.Get(d.Officer("health"), at, HttpStatusCode.Forbidden);

        var cards = (await d.Get(d.Auditor, "/api/scorecards")).GetProperty("items").EnumerateArray().ToList();
        var transport = cards.Single(c => c.GetProperty("unit").GetString() == "transport").GetProperty("members")[0];
        (transport.GetProperty("meetings").GetInt32(), transport.GetProperty("attended").GetInt32()).ShouldBe((1, 0));
        var health = cards.Single(c => c.GetProperty("unit").GetString() == "health");
        (health.GetProperty("name").GetString(), health.GetProperty("proposals").GetInt32(), health.GetProperty("onTime").GetInt32(), health.GetProperty("members")[0].GetProperty("attended").GetInt32())
            .ShouldBe(("市卫生局", 1, 1, 1));
        (await d.Get(d.Officer("health"), "/api/scorecards")).GetProperty("items").EnumerateArray().Select(c => c.GetProperty("unit").GetString()).ShouldBe(["health"]);
        await d.Get(d.Person("expert", "university", Role.Expert), "/api/scorecards", HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_deferred_item_stands_on_the_next_agenda_and_a_declared_tie_recuses()
    {
        var d = await Found("again");
        var proposal = await d.Propose("water", "water");
        var first = await d.Sit("2026-03-02", proposal);
        await d.Resolve(first, 1, "deferred", "for", "for", "against", "against", "abstain");

        var convened = await d.Post(d.Chair, "/api/meetings", new { date = "2026-03-03", place = "区政府", extraordinary = "补充审议" }, HttpStatusCode.Created);
        convened.GetProperty("items")[0].GetProperty("proposal").GetString().ShouldBe(proposal.Value);
        var second = convened.GetProperty("id").GetString();
        (await d.Post(d.Office, $"/api/meetings/{second}/agenda", new { proposal = proposal.Value })).GetProperty("items").GetArrayLength().ShouldBe(1);
        await d.Refused(d.Office, $"/api/meetings/{second}/attendance", new { member = "finance-cio", present = true }, HttpStatusCode.Conflict, "meeting-not-begun");
        await d.Refused(d.Chair, "/api/meetings", new { date = "2026-03-03", place = "区政府" }, HttpStatusCode.Conflict, "meeting-too-soon");
        await d.Post(d.Office, $"/api/meetings/{second}/agenda/1/removal", new { reason = "下次再议" });
        (await d.State(Proposal.Kind, proposal.Stream)).Committee.Meeting.ShouldBeNull();
    }

    [Fact]
    public async Task A_meeting_that_was_called_off_counts_against_nobody()
    {
        var d = await Found("called-off");
        var proposal = await d.Propose("water", "water");
        var meeting = (await d.Post(d.Chair, "/api/meetings", new { date = "2026-03-01", place = "区政府" }, HttpStatusCode.Created)).GetProperty("id").GetString();
        await d.Post(d.Office, $"/api/meetings/{meeting}/agenda", new { proposal = proposal.Value });
        await d.Post(d.Office, $"/api/meetings/{meeting}/agenda/1/removal", new { reason = "会议取消" });
        await d.Post(d.Office, $"/api/meetings/{meeting}/closure", new { remarks = "会议取消" });

        (await d.Get(d.Auditor, "/api/scorecards")).GetProperty("items").EnumerateArray().SelectMany(c => c.GetProperty("members").EnumerateArray()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Recorded_the_next_day_a_meetings_acts_hold_from_its_day()
    {
        var d = await Found("next-day");
        var proposal = await d.Propose("water", "water");
        var meeting = await d.Sit("2026-03-01", proposal);
        await d.Resolve(meeting, 1, "approved", "for", "for", "for", "for", "for");

        var end = new DateTimeOffset(2026, 3, 1, 23, 59, 59, TimeSpan.FromHours(8));
        var resolved = (await d.History(new MeetingId(meeting).Stream)).Single(e => e.Event is ItemResolved);
        resolved.Envelope.Effective.ShouldBe(end);
        resolved.Envelope.At.ShouldBeGreaterThan(end);
        (await d.History(proposal.Stream)).Single(e => e.Event is ApprovedByCommittee).Envelope.Effective.ShouldBe(end);
    }

    [Fact]
    public async Task A_rejected_proposal_is_reconsidered_once_with_its_money_reserved_anew()
    {
        var d = await Found("anew");
        var proposal = await d.Propose("water", "water");
        var meeting = await d.Sit("2026-03-02", proposal);
        await d.Resolve(meeting, 1, "rejected", "against", "against", "against", "against", "for");
        var at = $"/api/proposals/{proposal.Value}";

        await d.Refused(d.Officer("parks"), $"{at}/reconsideration-request", new { reason = "补充论证" }, HttpStatusCode.NotFound, "unknown");
        await d.Refused(d.Chair, $"{at}/reconsideration", new { reason = "同意" }, HttpStatusCode.Conflict, "reconsideration-not-asked", await d.Version(proposal.Stream));
        await d.Post(d.Officer("water"), $"{at}/reconsideration-request", new { reason = "补充论证" });
        await d.Refused(d.Chair, $"{at}/reconsideration", new { reason = "同意" }, HttpStatusCode.PreconditionRequired, "if-match-required");
        await d.Post(d.Chair, $"{at}/reconsideration", new { reason = "同意" }, ifMatch: await d.Version(proposal.Stream));
        (await d.State(Fund.Kind, d.Fund.Stream)).Reserved.ShouldBe(new Money(4_500_000m));
        (await d.State(Proposal.Kind, proposal.Stream)).Stage.ShouldBe(Stage.Committee);
        await d.Post(d.Office, $"{at}/unification", new { }, ifMatch: await d.Version(proposal.Stream));
        (await d.State(Proposal.Kind, proposal.Stream)).Interfaces.Unified.ShouldNotBeNull();
        await d.Refused(d.Officer("water"), $"{at}/reconsideration-request", new { reason = "再次" }, HttpStatusCode.Conflict, "wrong-stage");
    }

    [Fact]
    public async Task The_signed_approval_has_a_gapless_number_and_a_document_that_keeps_its_hash()
    {
        var d = await Found("issue");
        var (first, second) = (await d.Propose("health", "health"), await d.Propose("police", "police"));
        var meeting = await d.Sit("2026-03-02", first, second);
        await d.Resolve(meeting, 1, "approved", "for", "for", "for", "for");
        await d.Resolve(meeting, 2, "approved", "for", "for", "for", "for");
        var at = $"/api/proposals/{first.Value}";
        await d.Refused(d.Office, $"{at}/issuance", new { }, HttpStatusCode.Conflict, "approval-not-signed", await d.Version(first.Stream));
        await d.Refused(d.Office, $"{at}/approval", new { revision = 1 }, HttpStatusCode.Forbidden, "not-permitted", await d.Version(first.Stream));
        await d.Get(d.Office, $"{at}/approval", HttpStatusCode.NotFound);
        await d.Post(d.Chair, $"{at}/approval", new { revision = 1 }, ifMatch: await d.Version(first.Stream));
        await d.Post(d.Chair, $"/api/proposals/{second.Value}/approval", new { revision = 1 }, ifMatch: await d.Version(second.Stream));

        var approval = await d.Get(d.Officer("health"), $"{at}/approval");
        approval.GetProperty("document").GetProperty("number").GetString().ShouldBe("信批〔2026〕1号");
        approval.GetProperty("intact").GetBoolean().ShouldBeTrue();
        (await d.Get(d.Office, "/api/approvals/2026-2")).GetProperty("document").GetProperty("proposal").GetString().ShouldBe(second.Value);
        await d.Get(d.Office, "/api/approvals/2026-3", HttpStatusCode.NotFound);
        await d.Get(d.Officer("police"), "/api/approvals/2026-1", HttpStatusCode.NotFound);
        (await d.Get(d.Office, "/api/approvals")).GetProperty("items").GetArrayLength().ShouldBe(2);
        (await d.Get(d.Officer("police"), "/api/approvals")).GetProperty("items").EnumerateArray().Single().GetProperty("unit").GetString().ShouldBe("police");

        using var client = host.ClientFor(d.Office);
        var html = await client.GetStringAsync("/api/approvals/2026-1/document");
        html.ShouldContain("health平台 &lt;一期&gt;");
        html.ShouldContain("4,000,000.00 元");
        html.ShouldContain(approval.GetProperty("sha256").GetString()!);
        html.ShouldNotContain("<script");
        (await Camera.Reads(html)).ShouldBe($"approval {first.Value} sha-256 {approval.GetProperty("sha256").GetString()}");
        using var page = new HttpRequestMessage(HttpMethod.Get, "/approvals/2026-1") { Headers = { { "Accept", "text/html" } } };
        (await Camera.Reads(await (await client.SendAsync(page)).Content.ReadAsStringAsync())).ShouldBe($"approval {first.Value} sha-256 {approval.GetProperty("sha256").GetString()}");
        (await client.GetStringAsync("/api/approvals/print.css")).ShouldContain("size: A4");
    }

    [Fact]
    public async Task Approvals_signed_at_the_same_moment_get_numbers_without_a_gap()
    {
        var d = await Found("numbers");
        var proposals = new List<ProposalId>();
        foreach (var unit in new[] { "water", "parks", "roads", "trade" }) proposals.Add(await d.Propose(unit, unit));
        var meeting = await d.Sit("2026-03-02", [.. proposals]);
        for (var item = 1; item <= proposals.Count; item++) await d.Resolve(meeting, item, "approved", "for", "for", "for", "for", "for");

        await Task.WhenAll(proposals.Select(async p => await d.Post(d.Chair, $"/api/proposals/{p.Value}/approval", new { revision = 1 }, ifMatch: await d.Version(p.Stream))));
        (await d.Get(d.Office, "/api/approvals")).GetProperty("items").EnumerateArray().Select(a => a.GetProperty("serial").GetInt32()).Order().ShouldBe([1, 2, 3, 4]);
    }

    [Fact]
    public async Task A_meeting_waits_for_the_office_then_for_each_vote_then_for_its_chair()
    {
        var d = await Found("waits");
        var proposal = await d.Propose("water", "water");
        async Task<IEnumerable<string?>> Waits() => (await d.Get(d.Office, "/api/meetings")).GetProperty("items")[0].GetProperty("waitsFor").EnumerateArray().Select(w => w.GetString());

        var meeting = await d.Sit("2026-03-02", proposal);
        (await Waits()).ShouldBe(["district-cio/*/chair"]);
        var at = $"/api/meetings/{meeting}/agenda/1";
        await d.Post(d.Chair, $"{at}/vote", new { motion = "approve", amount = 1m });
        await d.Post(d.Finance, $"{at}/ballot", new { vote = "for" });
        (await Waits()).ShouldBe(["committee-member/*/chair", "committee-member/*/education-cio", "committee-member/*/health-cio", "committee-member/*/police-cio"], ignoreOrder: true);
        foreach (var member in d.Members.SkipLast(1)) await d.Post(member, $"{at}/ballot", new { vote = "for" });
        (await Waits()).ShouldBe(["district-cio/*/chair"]);
        await d.Post(d.Chair, $"{at}/resolution", new { resolution = "approved" }, ifMatch: await d.Version(new MeetingId(meeting).Stream));
        (await Waits()).ShouldBe(["cio-office/*/*"]);
        await d.Post(d.Office, $"/api/meetings/{meeting}/closure", new { });
        (await Waits()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_a_policy_in_force_no_meeting_is_convened()
    {
        var unfounded = new District(host, "unfounded");
        await unfounded.Refused(unfounded.Chair, "/api/meetings", new { date = "2026-03-02", place = "区政府" }, HttpStatusCode.Conflict, "no-policy-in-force");
    }

    [Fact]
    public async Task Bad_input_is_refused_with_its_field_and_stores_nothing()
    {
        var d = await Found("bad");
        var proposal = await d.Propose("water", "water");
        var meeting = await d.Sit("2026-03-02", proposal);
        var version = await d.Version(new MeetingId(meeting).Stream);
        await d.Post(d.Chair, $"/api/meetings/{meeting}/agenda/1/vote", new { motion = "approve", amount = -1m }, HttpStatusCode.BadRequest);
        await d.Post(d.Chair, $"/api/meetings/{meeting}/agenda/1/vote", new { motion = "perhaps" }, HttpStatusCode.BadRequest);
        await d.Post(d.Chair, $"/api/meetings/{meeting}/agenda/1/vote", new { motion = "approve", amount = 1.001m }, HttpStatusCode.BadRequest);
        await d.Post(d.Chair, "/api/meetings", new { date = "2026-02-30", place = "区政府" }, HttpStatusCode.BadRequest);
        await d.Refused(d.Chair, $"/api/meetings/{meeting}/agenda/9/vote", new { motion = "approve", amount = 1m }, HttpStatusCode.Conflict, "no-such-item");
        await d.Refused(d.Finance, $"/api/meetings/{meeting}/agenda/9/ballot", new { vote = "for" }, HttpStatusCode.Conflict, "no-such-item");
        await d.Refused(d.Office, "/api/meetings/unknown/agenda", new { proposal = proposal.Value }, HttpStatusCode.NotFound, "unknown");
        await d.Refused(d.Office, $"/api/meetings/{meeting}/agenda", new { proposal = "unknown" }, HttpStatusCode.NotFound, "unknown");
        (await d.Version(new MeetingId(meeting).Stream)).ShouldBe(version);
    }
}
