namespace Approval.Demo;

/// <summary>General projects in two batches: joint pre-review, ranking, the envelope line, the conclusion.</summary>
sealed partial class Journey
{
    /// <summary>The ranking; what the fund cannot carry is held over.</summary>
    static readonly string[] Ranking =
    [
        "SH-01", "NB-16", "NB-13", "FY-03", "NB-02", "NB-19", "NB-05", "PD-05", "NB-18", "NB-15", "SH-04", "NB-09", "PD-04", "NB-17", "NB-08", "NB-01",
        "PD-03", "FY-02", "NB-07", "NB-22", "NB-10", "PD-02", "FY-04", "NB-12", "NB-04",
    ];

    const string TurnedDown = "NB-04";

    /// <summary>The one classified after the first batch's window.</summary>
    const string Late = "NB-12";

    string firstBatch = "";

    async Task FirstBatch()
    {
        await OnDay(50);
        var seen = await api.Get(Cast.Office, Of("NB-17"));
        await api.Refused(Cast.Office, $"{Of("NB-17")}/schedule", new { slot = Slot, fund = input.Fund.Code }, "wrong-stage", match: seen.ETag);

        // The window is over: who is classified late waits for the next batch.
        await OnDay(56);
        await Classify(Late);
        await api.Refused(Cast.Office, $"/api/batches/{firstBatch}/members", new { proposal = ids[Late] }, "batch-closed");
        await PreReviewAndConclude(firstBatch, [.. Ranking.Where(r => r != Late)], day: 57);
    }

    async Task SecondBatch()
    {
        await OnDay(105);
        var batch = await OpenBatch("第二批", days: 20);
        var waiting = new List<string>();
        foreach (var reference in Ranking)
        {
            if ((await Proposal(reference))["stage"]!.GetValue<string>() != "batch-review") continue;
            waiting.Add(reference);
            await api.Post(Cast.Office, $"/api/batches/{batch}/members", new { proposal = ids[reference] });
        }

        await PreReviewAndConclude(batch, [.. waiting], day: 112);

        await OnDay(125);
        await Appraise(["NB-15", "SH-04"], 5_200_000m);
        await Appraise(["NB-09", "PD-04"], 5_000_000m);
        await Appraise(["NB-17"], 5_200_000m);
        await Appraise(["NB-01"], 6_300_000m);
        await Appraise(["PD-03"], 1_900_000m);
        await Appraise(["FY-02"], 2_600_000m);
        await DoNotRecommend("NB-08");

        // This one's sheets are not all in yet.
        var (open, panel) = await OpenAppraisal(["NB-07"]);
        await HandInSheets(panel[0], open, ["NB-07"], 4_500_000m);
    }

    Task<Reply> Classify(string reference) => api.Decide(Cast.Office, Of(reference), "classification", new { track = "general", reason = "一般项目，集中安排" });

    async Task<string> OpenBatch(string name, int days)
    {
        var opened = await api.Post(Cast.Office, "/api/batches", new
        {
            title = $"{Today.Year}年{name}", opens = Today, closes = Today.AddDays(days), fund = input.Fund.Code, bodies = input.Bodies.Select(Cast.Code).ToArray(),
        });
        return opened.Id;
    }

    async Task PreReviewAndConclude(string batch, string[] members, int day)
    {
        await OnDay(day);
        await api.Post(Cast.Office, $"/api/batches/{batch}/closure", new { reason = "本批申报已齐" });
        await api.Post(Cast.Office, $"/api/batches/{batch}/pre-review-request");

        await OnDay(day + 3);
        foreach (var body in input.Bodies.Select(Cast.Code))
        {
            var items = new List<object>();
            foreach (var reference in members.Where(m => Cast.Code(projects[m].Unit) != body))
            {
                var revision = (await Proposal(reference))["revision"]!.GetValue<int>();
                var against = reference == TurnedDown && body == "fgw";
                items.Add(new { proposal = ids[reference], revision, support = !against, reason = against ? "与现有门户网站重复，暂不支持。" : null });
            }

            await api.Post(Cast.Cio(body), $"/api/batches/{batch}/pre-review", new { items });
        }

        await OnDay(day + 6);
        await api.Decide(Cast.Office, $"/api/batches/{batch}", "ranking", new { ranking = members.Select(m => new { proposal = ids[m], reason = "按轻重缓急与成熟度" }).ToArray() }, HttpMethod.Put);
        var ranked = (await api.Get(Cast.Office, $"/api/batches/{batch}")).Body["members"]!.AsArray().ToDictionary(m => m!["proposal"]!.GetValue<string>(), m => m!);
        var carried = true;
        var settled = members.Select(m =>
        {
            carried &= ranked[ids[m]]["withinEnvelope"]?.GetValue<bool>() ?? false;
            var outcome = m == TurnedDown ? "turn-down" : carried ? "shortlist" : "hold-over";
            return new { proposal = ids[m], outcome, reason = outcome switch { "shortlist" => null, "hold-over" => "本批资金不足，结转下批。", _ => "会审未获支持。" } };
        }).ToArray();
        await api.Decide(Cast.Office, $"/api/batches/{batch}", "conclusion", new { members = settled });
    }

    async Task DoNotRecommend(string reference)
    {
        var (id, panel) = await OpenAppraisal([reference]);
        foreach (var expert in panel) await HandInSheets(expert, id, [reference], projects[reference].RequestedYuan * 0.8m);
        await api.Decide(Cast.Office, $"/api/appraisals/{id}", "conclusion", new
        {
            conclusions = new[] { new { proposal = ids[reference], kind = "not-recommended", reason = "现有系统经小幅完善即可满足需要。" } },
        });
    }
}
