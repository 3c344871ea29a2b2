using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Approval.EventStore;
using Approval.Intake;
using Approval.Systems;
using Approval.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Approval.MergedAppraisal;

/// <summary>What is similar, over HTTP and on submission and revision.</summary>
public sealed class SimilarTests(HostFixture host) : IClassFixture<HostFixture>
{
    private readonly AppraisalStage stage = new(host);

    private SimilarityIndex Index => host.Services.GetRequiredService<SimilarityIndex>();

    private static IEnumerable<string?> Keys(JsonElement list) => list.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("key").GetString());

    /// <summary>Submits a draft as the submitting route does: the look completes the decision.</summary>
    private async Task<Proposal> Submit(ProposalId id, params object[] events)
    {
        var runner = host.Services.GetRequiredService<CommandRunner>();
        var outcome = await runner.Run(stage.Office, new CommandOptions(), async s =>
            await Index.Complete(s, await s.Load(Proposal.Kind, id.Stream), Decision.Of(id.Stream, events)));
        outcome.ShouldBeOfType<CommandOutcome.Done>();
        return await stage.Proposal(id);
    }

    private async Task<ProposalId> Drafted(string unit, string title)
    {
        var id = new ProposalId(Guid.CreateVersion7().ToString("N"));
        await stage.Record(id.Stream, new ProposalDrafted(id, new(unit), AppraisalStage.Content(title, 1m)), new EndorsementAsked(1), new ProposalEndorsed(1));
        return id;
    }

    [Fact]
    public async Task Similar_proposals_and_systems_are_named_with_reasons_in_both_languages()
    {
        var one = await stage.Submitted("health", "宏观经济管理信息系统", "宏观经济指标");
        var other = await stage.Submitted("statistics", "宏观经济数据库", "宏观经济指标");
        await stage.Submitted("traffic", "交通信息系统");
        await stage.Record(new SystemId("s1").Stream, new SystemRegistered(new("s1"), new()
        {
            Name = "宏观经济监测系统", Owner = new("statistics"), YearlyOperationCost = new(1m), Resources = [new("宏观经济指标", Sharing.Conditional)],
        }));

        var found = await stage.Get(stage.Officer("health"), $"/api/proposals/{one.Value}/similar");

        Keys(found).ShouldBe([other.Value, "s1"], ignoreOrder: true);
        var reason = found.GetProperty("items").EnumerateArray().First(i => i.GetProperty("key").GetString() == other.Value).GetProperty("reasons")[0];
        reason.GetProperty("code").GetString().ShouldBe("shared-title");
        reason.GetProperty("chinese").GetString().ShouldBe("标题相近：宏观经济");
        reason.GetProperty("english").GetString().ShouldBe("shared title phrases: 宏观经济");
    }

    [Fact]
    public async Task Drafts_withdrawn_proposals_and_other_jurisdictions_are_never_shown()
    {
        var one = await stage.Submitted("health", "信用联合奖惩应用");
        await Drafted("police", "信用联合奖惩平台");
        var withdrawn = await stage.Submitted("police", "信用联合奖惩系统");
        await stage.Record(withdrawn.Stream, new ProposalWithdrawn("不再需要"));
        await new AppraisalStage(host).Submitted("health", "信用联合奖惩应用");

        Keys(await stage.Get(stage.Office, $"/api/proposals/{one.Value}/similar")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_draft_asks_while_it_is_written()
    {
        var other = await stage.Submitted("police", "社区服务网", "社区居民信息");

        Keys(await stage.Post(stage.Officer("civil"), "/api/proposals/similar", new { title = "社区信息化系统", resources = new[] { "社区居民信息" } })).ShouldBe([other.Value]);
        (await stage.Post(stage.Officer("civil"), "/api/proposals/similar", new { title = "" }, HttpStatusCode.BadRequest)).GetProperty("errors")[0].GetProperty("field").GetString().ShouldBe("title");
        (await stage.Post(stage.Auditor, "/api/proposals/similar", new { title = "社区" }, HttpStatusCode.Forbidden)).GetProperty("code").GetString().ShouldBe("not-permitted");
    }

    [Fact]
    public async Task Another_units_draft_is_unknown()
    {
        var draft = await Drafted("health", "产业地图");

        (await stage.Get(stage.Officer("police"), $"/api/proposals/{draft.Value}/similar", HttpStatusCode.NotFound)).GetProperty("code").GetString().ShouldBe("unknown");
        (await stage.Get(stage.Office, $"/api/proposals/{draft.Value}/similar", HttpStatusCode.NotFound)).GetProperty("code").GetString().ShouldBe("unknown");
        await stage.Get(stage.Officer("health"), $"/api/proposals/{draft.Value}/similar");
    }

    [Fact]
    public async Task Submission_and_each_revision_after_it_record_what_was_found()
    {
        var other = await stage.Submitted("police", "市民卡工程");
        var id = await Drafted("civil", "市民卡项目");

        (await Submit(id, new ProposalSubmitted(1))).Appraisal.Similar.Select(c => c.Key).ShouldBe([other.Value]);
        var revised = await Submit(id, new ProposalRevised(2, AppraisalStage.Content("产业地图", 1m), [ContentPart.Title]));

        revised.Appraisal.ShouldSatisfyAllConditions(a => a.Similar.ShouldBeEmpty(), a => a.LookedAt.ShouldBe(2));
    }

    [Fact]
    public async Task A_look_that_fails_does_not_hold_the_submission_up_and_queues_it_for_a_person_who_looks()
    {
        await using var alone = new HostFixture();
        await alone.InitializeAsync();
        var failing = new SimilarTests(alone);
        await failing.LookFails();
    }

    private async Task LookFails()
    {
        var id = await Drafted("civil", "市民卡项目");
        await using (var command = host.Database.DataSource.CreateCommand("alter table approval.similar_systems rename to away")) await command.ExecuteNonQueryAsync();

        (await Submit(id, new ProposalSubmitted(1))).ShouldSatisfyAllConditions(
            p => p.Stage.ShouldBe(Stage.FormCheck), p => p.Appraisal.AwaitsLookByHand.ShouldBeTrue(), p => p.Appraisal.LookedAt.ShouldBeNull());

        await stage.Post(stage.Officer("civil"), $"/api/proposals/{id.Value}/similarity-look", new { findings = "未发现" }, HttpStatusCode.Forbidden);
        await stage.Post(stage.Office, $"/api/proposals/{id.Value}/similarity-look", new { findings = "未发现类似项目" });
        (await stage.Proposal(id)).Appraisal.ShouldSatisfyAllConditions(a => a.AwaitsLookByHand.ShouldBeFalse(), a => a.LookedAt.ShouldBe(1));
    }

    [Fact]
    public async Task Among_ten_thousand_proposals_a_look_takes_less_than_its_patience()
    {
        var other = await stage.Submitted("police", "市民卡工程", "持卡人信息");
        await using (var command = host.Database.DataSource.CreateCommand(
            """
            insert into approval.similar_proposals (jurisdiction, stream, keys, profile)
            select jurisdiction, 'proposal-copy-' || n,
                   case when n % 20 = 0 then keys else array['t:' || chr(19968 + n % 2000) || chr(20000 + n % 3000), 'r:' || n] end,
                   jsonb_set(profile, '{key}', to_jsonb('copy-' || n))
            from approval.similar_proposals, generate_series(1, 10000) n where stream = $1
            """))
        {
            command.Parameters.Add(new() { Value = other.Stream.Value });
            (await command.ExecuteNonQueryAsync()).ShouldBe(10_000);
        }

        var watch = Stopwatch.StartNew();
        var found = await stage.Post(stage.Officer("civil"), "/api/proposals/similar", new { title = "市民卡项目", resources = new[] { "持卡人信息" } });

        found.GetProperty("items").GetArrayLength().ShouldBe(Similarity.MostCandidates);
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(3));
        TestContext.Current.TestOutputHelper?.WriteLine($"{watch.ElapsedMilliseconds} ms");
    }
}
