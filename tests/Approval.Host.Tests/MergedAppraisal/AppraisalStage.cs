using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Approval.BatchReview;
using Approval.Directory;
using Approval.EventStore;
using Approval.Funds;
using Approval.Intake;
using Approval.Policies;
using Approval.Scheduling;
using Approval.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Approval.MergedAppraisal;

/// <summary>A jurisdiction with people, a policy and a fund, where proposals are brought to merged appraisal by their events.</summary>
internal sealed class AppraisalStage(HostFixture host)
{
    static readonly PolicyRef Policy = new(1, new string('a', 64));
    readonly JurisdictionId jurisdiction = new($"j{Guid.CreateVersion7():N}");
    readonly FundId fund = new("special");

    public Actor Person(string name, string unit, params Role[] roles) => new(new(name), jurisdiction, new(unit), [.. roles]);

    public Actor Office => Person("office", "cio-office", Role.CioOffice);
    public Actor Administrator => Person("administrator", "cio-office", Role.Administrator);
    public Actor Auditor => Person("auditor", "audit", Role.Auditor);
    public Actor Officer(string unit) => Person($"officer-{unit}", unit, Role.UnitOfficer);
    public Actor Expert(int n) => Person($"expert-{n}", "university", Role.Expert);

    public HttpClient As(Actor actor) => host.ClientFor(actor);

    public async Task<AppraisalStage> Founded()
    {
        await Record(new StreamId("policies"), new PolicyAdopted(1, Policy.Hash, DefaultPolicy.Title, new(2026, 1, 1), DefaultPolicy.Content));
        await Record(fund.Stream, new FundOpened(fund, "信息化专项资金", 2026, new(100_000_000m), null));
        foreach (var n in Enumerable.Range(1, 6)) await Record(Expert(n).Person.Stream, new PersonAppointed(Expert(n).Person, new("university"), [Role.Expert]));
        return this;
    }

    public async Task Record(StreamId stream, params object[] events)
    {
        var outcome = await host.Services.GetRequiredService<CommandRunner>().Run(Office, new CommandOptions(), async s =>
        {
            // Seen first, so that the events continue what is there.
            _ = stream.Kind switch
            {
                "proposal" => await s.Find(Approval.Proposal.Kind, stream),
                "fund" => await s.Find(Approval.Funds.Fund.Kind, stream),
                "person" => await s.Find(Approval.Directory.Person.Kind, stream),
                _ => (object?)null,
            };
            return Decision.Of(stream, events);
        });
        outcome.ShouldBeOfType<CommandOutcome.Done>();
    }

    public static ProposalContent Content(string title, decimal yuan, params string[] resources) => new()
    {
        Title = title,
        Objective = title,
        Total = new(yuan),
        Budget = [new(BudgetKind.Software, new(yuan))],
        Resources = [.. resources.Select(r => new ResourceEntry(r, "本单位", Sharing.Conditional))],
    };

    public async Task<ProposalId> Submitted(string unit, string title, params string[] resources)
    {
        var id = new ProposalId(Guid.CreateVersion7().ToString("N"));
        await Record(id.Stream, new ProposalDrafted(id, new(unit), Content(title, 1_000_000m, resources)), new EndorsementAsked(1), new ProposalEndorsed(1), new ProposalSubmitted(1));
        return id;
    }

    /// <summary>A proposal that stands in merged appraisal with a million yuan reserved.</summary>
    public async Task<ProposalId> Shortlisted(string unit, string title)
    {
        var id = await Submitted(unit, title);
        await Record(id.Stream, new ProposalAccepted(1, Policy), new ProposalClassified(Track.General, "一般项目", null, Policy), new BatchJoined(new("b1")),
            new JointPreReviewConcluded(new("b1"), 1, Supported: true, Policy),
            new ProposalShortlisted(new("b1"), 1, fund, new($"r-{id.Value}"), new(1_000_000m), Policy));
        await Record(fund.Stream, new MoneyReserved(new($"r-{id.Value}"), id, Track.General, new(1_000_000m)));
        return id;
    }

    public async Task<Proposal> Proposal(ProposalId id) => (await host.Services.GetRequiredService<Http.Queries>().Load(jurisdiction, Approval.Proposal.Kind, id.Stream)).State;

    public async Task<Fund> Fund() => (await host.Services.GetRequiredService<Http.Queries>().Load(jurisdiction, Approval.Funds.Fund.Kind, fund.Stream)).State;

    public static async Task<JsonElement> Read(HttpResponseMessage answer, HttpStatusCode status = HttpStatusCode.OK)
    {
        answer.StatusCode.ShouldBe(status, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    public async Task<JsonElement> Post(Actor by, string path, object? body, HttpStatusCode status = HttpStatusCode.OK, long? version = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = body is null ? null : JsonContent.Create(body) };
        if (version is not null) request.Headers.Add("If-Match", $"\"{version}\"");
        return await Read(await As(by).SendAsync(request), status);
    }

    public async Task<JsonElement> Get(Actor by, string path, HttpStatusCode status = HttpStatusCode.OK) => await Read(await As(by).GetAsync(path), status);

    public async Task<string> Opened(params ProposalId[] proposals) =>
        (await Post(Office, "/api/appraisals", new { proposals = proposals.Select(p => p.Value) }, HttpStatusCode.Created)).GetProperty("id").GetString()!;

    public async Task<string> Empanelled(params ProposalId[] proposals)
    {
        var id = await Opened(proposals);
        await Post(Office, $"/api/appraisals/{id}/panel", new { experts = new[] { "expert-1", "expert-2", "expert-3" } });
        return id;
    }

    public Task<JsonElement> Sheet(string appraisal, int expert, ProposalId proposal, int score = 80, HttpStatusCode status = HttpStatusCode.OK) =>
        Post(Expert(expert), $"/api/appraisals/{appraisal}/sheets", new
        {
            proposal = proposal.Value,
            scores = AppraisalCriteria.Current.ToDictionary(c => c.Key, _ => score),
            opinion = $"机密意见{expert}",
            suggested = 900_000m,
        }, status);

    public async Task<(string Id, long Version)> Disclosed(params ProposalId[] proposals)
    {
        var id = await Empanelled(proposals);
        JsonElement last = default;
        foreach (var p in proposals)
            for (var e = 1; e <= 3; e++) last = await Sheet(id, e, p, 70 + (10 * (e - 1)));
        last.GetProperty("status").GetString().ShouldBe("disclosed");
        return (id, last.GetProperty("version").GetInt64());
    }
}
