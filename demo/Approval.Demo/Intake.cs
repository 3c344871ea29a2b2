namespace Approval.Demo;

/// <summary>Drafts, endorsements, the form check with its refusals, corrections, acceptance and classification.</summary>
sealed partial class Journey
{
    static readonly string[] Returned = ["NB-07", "NB-10", "SH-04"];

    /// <summary>The key projects in the order in which they are scheduled.</summary>
    static readonly string[] Key = ["SH-03", "NB-06", "NB-14", "FY-01", "NB-03", "NB-20", "NB-21", "PD-01", "SH-02"];

    async Task Intake()
    {
        await OnDay(3);
        foreach (var p in input.Projects)
        {
            var content = Content.Of(p, Today.AddDays(Days));
            var drafted = await api.Post(Officer(p.Ref), "/api/proposals", new { content = WithMistakes(p.Ref, content) });
            ids[p.Ref] = drafted.Id;
        }

        // Whoever is not of the unit does not even learn that there is a draft.
        await api.Refused(Cast.Officer("jtj"), $"{Of("NB-12")}/endorsement-request", null, "unknown");

        await OnDay(8);
        foreach (var p in input.Projects)
        {
            await api.Post(Officer(p.Ref), $"{Of(p.Ref)}/endorsement-request");
            if (p.Ref == "NB-19") await SendBack(p.Ref);
            await Endorse(p.Ref);
        }

        await OnDay(10);
        foreach (var p in input.Projects)
        {
            if (Mistakes.TryGetValue(p.Ref, out var code)) await MendAfterFormCheck(p, code);
            await api.Post(Officer(p.Ref), $"{Of(p.Ref)}/submission");
        }

        await OnDay(12);
        foreach (var reference in Returned)
            await api.Post(Cast.Office, $"{Of(reference)}/return", new { reason = "投资概算说明不足，请补正。", items = new[] { "补充概算依据", "说明与现有系统的关系" } });
        await OnDay(16);
        foreach (var reference in Returned)
        {
            var p = projects[reference];
            var content = Content.Of(p, DateOnly.FromDateTime(begin.AddDays(3).AddHours(8).DateTime).AddDays(Days));
            content["justification"] = $"{content["justification"]}概算依据为同类项目市场询价与既有合同。";
            await api.Put(Officer(reference), Of(reference), new { content });
            await api.Post(Officer(reference), $"{Of(reference)}/endorsement-request");
            await Endorse(reference);
            await api.Post(Officer(reference), $"{Of(reference)}/correction", new { answer = "已补充概算依据，并说明与现有系统的关系。" });
        }

        await OnDay(18);
        foreach (var p in input.Projects) await api.Decide(Cast.Office, Of(p.Ref), "acceptance");
        await api.Post(Officer("NB-11"), $"{Of("NB-11")}/withdrawal", new { reason = "并入省级统一建设，本市不再单独立项。" });

        await OnDay(20);
        firstBatch = await OpenBatch("第一批", days: 35);
        foreach (var reference in Ranking.Where(r => r != Late)) await Classify(reference);
        foreach (var reference in Key)
        {
            await api.Decide(Cast.Office, Of(reference), "classification", new { track = "key", reason = "列入年度重点工作", document = "示府办〔2026〕8号" });
            var seen = await Proposal(reference);
            await api.Decide(Cast.DistrictCio, Of(reference), "consent", new { revision = seen["revision"]!.GetValue<int>(), consent = true });
        }
    }

    /// <summary>Mistakes made on purpose, each with the code by which the form check names it.</summary>
    static readonly Dictionary<string, string> Mistakes = new()
    {
        ["SH-02"] = "private-network", ["NB-12"] = "sharing-without-legal-basis", ["NB-22"] = "cryptography-plan-missing", ["FY-02"] = "budget-does-not-sum",
    };

    static Dictionary<string, object?> WithMistakes(string reference, Dictionary<string, object?> content)
    {
        switch (reference)
        {
            case "SH-02":
                content["interfaces"] = new[] { new { line = 1, direction = "consume", data = "人口户籍信息", counterpartSystem = "金盾信息系统", mode = "api", frequency = "daily", network = "private" } };
                break;
            case "NB-12":
                content["resources"] = new[] { new { name = "案事件信息", provider = "市公安局", sharing = "none" } };
                break;
            case "NB-22":
                content["cryptographyPlan"] = null;
                break;
            case "FY-02":
                content["total"] = 2_900_000m;
                break;
        }

        return content;
    }

    /// <summary>Submits as it is, is refused, mends it, and has it endorsed anew where the endorsement rested on what changed.</summary>
    async Task MendAfterFormCheck(DemoInput.Project p, string code)
    {
        await api.Refused(Officer(p.Ref), $"{Of(p.Ref)}/submission", null, code);
        await api.Put(Officer(p.Ref), Of(p.Ref), new { content = Content.Of(p, DateOnly.FromDateTime(begin.AddDays(3).AddHours(8).DateTime).AddDays(Days)) });
        await api.Refused(Officer(p.Ref), $"{Of(p.Ref)}/submission", null, "not-endorsed");
        await api.Post(Officer(p.Ref), $"{Of(p.Ref)}/endorsement-request");
        await Endorse(p.Ref);
    }

    /// <summary>The unit's chief information officer signs, if a signature is waited for: one that rested on nothing that changed still stands.</summary>
    async Task Endorse(string reference)
    {
        var proposal = (await api.Get(Cio(reference), Of(reference))).Body;
        if (OpenRound(proposal, "endorsement")?["id"]?.GetValue<string>() is not { } round) return;
        await api.Post(Cio(reference), $"{Of(reference)}/rounds/{round}/signature", new { revision = proposal["revision"]!.GetValue<int>(), opinion = "同意申报" });
    }

    async Task SendBack(string reference)
    {
        var proposal = (await api.Get(Cio(reference), Of(reference))).Body;
        if (OpenRound(proposal, "endorsement")?["id"]?.GetValue<string>() is not { } round) return;
        await api.Post(Cio(reference), $"{Of(reference)}/rounds/{round}/objection", new { revision = proposal["revision"]!.GetValue<int>(), reason = "请与宏观经济管理信息系统的建设单位先行沟通。" });
        await api.Post(Officer(reference), $"{Of(reference)}/endorsement-request");
    }
}
