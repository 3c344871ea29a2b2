using System.Text.Json.Nodes;

namespace Approval.Demo;

/// <summary>The committee decides in person; the District CIO signs; supervision follows.</summary>
sealed partial class Journey
{

    /// <summary>What the chair puts to the vote and what comes of it.</summary>
    enum Verdict { Approved, Deferred, Rejected }

    async Task FirstMeeting()
    {
        await OnDay(94);
        var meeting = await Convene();
        await api.Refused(Cast.Office, $"/api/meetings/{meeting}/agenda", new { proposal = ids["SH-03"] }, "full-check-open");
        foreach (var reference in new[] { "SH-03", "NB-14", "NB-21", "NB-03", "NB-20", "SH-02" })
            await api.Post(Cast.Office, $"{Of(reference)}/full-check", new { findings = "形式与内容全面审查完成，符合要求。" });
        await Hold(meeting, absent: "tjj-cio",
            ("SH-03", Verdict.Approved), ("NB-14", Verdict.Approved), ("NB-21", Verdict.Approved), ("NB-03", Verdict.Approved), ("NB-20", Verdict.Deferred));
        await OnDay(98);
        foreach (var reference in new[] { "SH-03", "NB-14", "NB-21", "NB-03" }) await Issue(reference);
    }

    async Task SecondMeeting()
    {
        await OnDay(162);
        var meeting = await Convene();

        // What the first meeting deferred stands on the agenda already, as its first item.
        await Hold(meeting, absent: "czj-cio",
            ("NB-20", Verdict.Rejected), ("SH-02", Verdict.Approved), ("NB-13", Verdict.Approved), ("NB-02", Verdict.Approved), ("NB-05", Verdict.Approved), ("NB-18", Verdict.Approved));
        await OnDay(166);
        foreach (var reference in new[] { "SH-02", "NB-13", "NB-02", "NB-05", "NB-18" }) await Issue(reference);
    }

    async Task ThirdMeeting()
    {
        await OnDay(200);
        foreach (var reference in new[] { "NB-15", "NB-09", "NB-17", "PD-03", "FY-02" })
        {
            await Arrange(reference);
            await Unify(reference);
        }

        await OnDay(230);
        var meeting = await Convene();
        await Hold(meeting, absent: "gtj-cio", ("NB-15", Verdict.Approved), ("NB-09", Verdict.Approved), ("NB-17", Verdict.Approved), ("PD-03", Verdict.Approved), ("FY-02", Verdict.Deferred));
        await OnDay(234);
        foreach (var reference in new[] { "NB-15", "NB-09", "NB-17" }) await Issue(reference);
        await Supervise();
    }

    async Task<string> Convene()
    {
        return (await api.Post(Cast.DistrictCio, "/api/meetings", new { date = Today, place = "市政府第一会议室" })).Id;
    }

    async Task Hold(string meeting, string absent, params (string Reference, Verdict Verdict)[] agenda)
    {
        var path = $"/api/meetings/{meeting}";
        foreach (var (reference, _) in agenda) await api.Post(Cast.Office, $"{path}/agenda", new { proposal = ids[reference] });
        foreach (var member in Cast.Committee.Where(m => m != absent)) await api.Post(Cast.Office, $"{path}/attendance", new { member, present = true });

        // A member whose own office was absorbed into the lead recuses.
        if (agenda[0].Reference == "SH-03") await api.Post(Cast.Office, $"{path}/agenda/1/recusal", new { member = "gaj-cio", reason = "本单位项目并入该项目，申请回避。" });
        foreach (var (number, (reference, verdict)) in agenda.Select((a, i) => (i + 1, a))) await Decide(path, number, reference, verdict, absent);
        await api.Post(Cast.Office, $"{path}/closure", new { remarks = "会议议定事项由CIO办公室督办。" });
    }

    async Task Decide(string meeting, int number, string reference, Verdict verdict, string absent)
    {
        var item = $"{meeting}/agenda/{number}";
        var recommended = (await Proposal(reference))["appraisal"]!["recommended"]!.GetValue<decimal>();
        await api.Post(Cast.DistrictCio, $"{item}/vote", verdict == Verdict.Deferred
            ? new { motion = "defer" }
            : new { motion = "approve", amount = recommended, conditions = new[] { "接入共享交换平台", "按目录共享信息资源" } });

        // Only who is in the room may vote.
        await api.Refused(absent, $"{item}/ballot", new { vote = "for" }, "not-present");
        var voting = (await api.Get(Cast.Office, meeting)).Body["items"]!.AsArray().Single(i => i!["number"]!.GetValue<int>() == number)!;
        var recused = voting["recused"]!.AsArray().Select(r => r!["member"]!.GetValue<string>()).ToHashSet();
        var present = voting["present"]!.AsArray().Select(p => p!.GetValue<string>()).Where(m => !recused.Contains(m)).ToArray();
        foreach (var (i, member) in present.Index())
        {
            var vote = verdict == Verdict.Rejected ? (i < 2 ? "for" : "against") : i == present.Length - 1 ? "abstain" : "for";
            await api.Post(member, $"{item}/ballot", new { vote });
        }

        var seen = await api.Get(Cast.DistrictCio, meeting);
        await api.Post(Cast.DistrictCio, $"{item}/resolution", verdict switch
        {
            Verdict.Approved => new JsonObject { ["resolution"] = "approved" },
            Verdict.Deferred => new JsonObject { ["resolution"] = "deferred", ["reason"] = "与上级规划衔接后再议。" },
            _ => new JsonObject { ["resolution"] = "rejected", ["reason"] = "现有网络可满足近期需要。" },
        }, seen.ETag);
    }

    async Task Issue(string reference)
    {
        var proposal = (await api.Get(Cast.DistrictCio, Of(reference))).Body;
        if (OpenRound(proposal, "issuance")?["id"]?.GetValue<string>() is not { } round) return;
        await api.Post(Cast.DistrictCio, $"{Of(reference)}/rounds/{round}/signature", new { revision = proposal["revision"]!.GetValue<int>(), opinion = "同意" });
        await api.Decide(Cast.Office, Of(reference), "issuance");
    }

    async Task Supervise()
    {
        await OnDay(250);
        foreach (var (reference, percent) in new[] { ("SH-03", 40), ("NB-14", 55), ("NB-21", 70), ("NB-03", 100), ("SH-02", 25), ("NB-18", 60) })
            await api.Post(Officer(reference), $"{Of(reference)}/progress", new { on = Today, percentComplete = percent, report = "按计划推进，主要功能已完成开发。" });
        await api.Post(Officer("NB-21"), $"{Of("NB-21")}/change", new { total = 15_900_000m, goalChanged = false, what = "增加灾备存储容量" });
        await api.Refused(Officer("NB-21"), $"{Of("NB-21")}/change", new { total = 18_900_000m, goalChanged = false, what = "增加机房" }, "change-needs-approval");
        foreach (var condition in new[] { 1, 2 }) await api.Post(Cast.Office, $"{Of("NB-03")}/conditions/{condition}", new { evidence = "现场核验通过" });
        await api.Decide(Cast.Office, Of("NB-03"), "project-acceptance", new { on = Today, findings = "功能与性能符合批复要求，通过验收。" });
        await api.Post(Cast.Office, $"{Of("NB-03")}/sharing-promises", new { resource = "政务信息资源目录", kept = true, finding = "已在共享交换平台提供查询" });
    }
}
