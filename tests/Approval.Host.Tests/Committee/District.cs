using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Approval.BatchReview;
using Approval.Directory;
using Approval.EventStore;
using Approval.Funds;
using Approval.Intake;
using Approval.InterfaceUnification;
using Approval.MergedAppraisal;
using Approval.Policies;
using Approval.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Approval.Committee;

/// <summary>A district with a policy, a fund, a committee of six and its persons; proposals are brought before the committee as the stages before would leave them.</summary>
internal sealed class District(HostFixture host, string name)
{
    public static readonly PolicyRef Policy = new(1, new string('a', 64));
    private readonly JurisdictionId jurisdiction = new(name);

    public FundId Fund { get; } = new("special-2026");

    public Actor Office => Person("office", "cio-office", Role.CioOffice);

    public Actor Chair => Person("chair", "district", Role.DistrictCio, Role.CommitteeMember);

    public Actor Health => Member("health");

    public Actor Police => Member("police");

    public Actor Finance => Member("finance");

    public Actor Education => Member("education");

    public Actor Transport => Member("transport");

    public IReadOnlyList<Actor> Members => [Chair, Health, Police, Finance, Education, Transport];

    public Actor Officer(string unit) => Person($"{unit}-officer", unit, Role.UnitOfficer);

    public Actor Auditor => Person("auditor", "audit", Role.Auditor);

    public Actor Person(string id, string unit, params Role[] roles) => new(new(id), jurisdiction, new(unit), [.. roles]);

    private Actor Member(string unit) => Person($"{unit}-cio", unit, Role.DepartmentalCio, Role.CommitteeMember);

    public Task Found() => Record(Decision
        .Of(JurisdictionStreams.Policies, new PolicyAdopted(Policy.Version, Policy.Hash, DefaultPolicy.Title, new(2026, 1, 1), DefaultPolicy.Content))
        .And(Fund.Stream, new FundOpened(Fund, "信息化专项资金", 2026, new(50_000_000m)))
        .And(new UnitId("health").Stream, new UnitRegistered(new("health"), "市卫生局"))
        .And(Members.Select(m => Decision.Of(m.Person.Stream, new PersonAppointed(m.Person, m.Unit, [.. m.Roles]))).Aggregate((a, b) => a.And(b))));

    /// <summary>A proposal that has come to the committee, its money reserved.</summary>
    public async Task<ProposalId> Propose(string id, string unit, decimal recommended = 4_500_000m)
    {
        var proposal = new ProposalId($"{name}-{id}");
        ReservationId reservation = new($"{proposal.Value}-r");
        var content = new ProposalContent
        {
            Title = $"{id}平台 <一期>", Objective = "互联互通", Total = new(5_000_000m), Finish = new(2027, 5, 31),
            Resources = [new("电子健康档案", unit, Sharing.Conditional)],
        };
        await Record(Decision.Of(proposal.Stream,
            new ProposalDrafted(proposal, new(unit), content), new EndorsementAsked(1), new ProposalEndorsed(1), new ProposalSubmitted(1), new ProposalAccepted(1, Policy),
            new Scheduling.ProposalClassified(Track.General, "一般项目", null, Policy), new BatchJoined(new("b1")), new ProposalShortlisted(new("b1"), 1, Fund, reservation, content.Total, Policy),
            new AppraisalAssigned(new("a1")), new ProposalRecommended(new("a1"), 1, new(recommended), Policy), new InterfacesUnified(1, 0, [], [], Policy)));
        await host.Services.GetRequiredService<CommandRunner>().Run(Office, new CommandOptions(), async s =>
            FundRules.Reserve(await s.Load(Funds.Fund.Kind, Fund.Stream), reservation, proposal, Track.General, content.Total));
        return proposal;
    }

    public async Task Record(Decision decision) =>
        (await host.Services.GetRequiredService<CommandRunner>().Run(Office, new CommandOptions(), _ => Task.FromResult(decision))).ShouldBeOfType<CommandOutcome.Done>();

    /// <summary>Sends as a person; what the answer says.</summary>
    public async Task<JsonElement> Post(Actor by, string path, object body, HttpStatusCode expected = HttpStatusCode.OK, long? ifMatch = null)
    {
        using var client = host.ClientFor(by);
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        if (ifMatch is { } version) request.Headers.Add("If-Match", $"\"{version}\"");
        using var answer = await client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(expected, $"{path}: {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    /// <summary>Refused with this status and code.</summary>
    public async Task Refused(Actor by, string path, object body, HttpStatusCode status, string code, long? ifMatch = null) =>
        (await Post(by, path, body, status, ifMatch)).GetProperty("code").GetString().ShouldBe(code, path);

    public async Task<JsonElement> Get(Actor by, string path, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var client = host.ClientFor(by);
        using var answer = await client.GetAsync(path);
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(expected, $"{path}: {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    public async Task<T> State<T>(StreamKind<T> kind, StreamId stream) where T : class =>
        (await host.Services.GetRequiredService<Approval.Http.Queries>().Load(jurisdiction, kind, stream)).State;

    public async Task<long> Version(StreamId stream) => (await host.Services.GetRequiredService<Store>().Load(jurisdiction, stream)).Count;

    public Task<IReadOnlyList<Recorded>> History(StreamId stream) => host.Services.GetRequiredService<Store>().Load(jurisdiction, stream);

    /// <summary>A meeting on this day with these proposals; transport stays away, everybody else is present.</summary>
    public async Task<string> Sit(string day, params ProposalId[] proposals)
    {
        var meeting = (await Post(Chair, "/api/meetings", new { date = day, place = "区政府会议室", extraordinary = "集中审议" }, HttpStatusCode.Created)).GetProperty("id").GetString()!;
        foreach (var proposal in proposals) await Post(Office, $"/api/meetings/{meeting}/agenda", new { proposal = proposal.Value });
        foreach (var member in Members.SkipLast(1)) await Post(Office, $"/api/meetings/{meeting}/attendance", new { member = member.Person.Value, present = true });
        return meeting;
    }

    /// <summary>A vote on an item with these votes of the members who may, in the order of <see cref="Members"/>, and the chair's declaration.</summary>
    public async Task<JsonElement> Resolve(string meeting, int item, string resolution, params string[] votes)
    {
        var at = $"/api/meetings/{meeting}/agenda/{item}";
        var opened = await Post(Chair, $"{at}/vote", new { motion = "approve", amount = 4_000_000m, conditions = new[] { "接入统一身份认证" } });
        var recused = opened.GetProperty("items")[item - 1].GetProperty("recused").EnumerateArray().Select(r => r.GetProperty("member").GetString()).ToHashSet();
        var voters = Members.SkipLast(1).Where(m => !recused.Contains(m.Person.Value)).ToList();
        voters.Count.ShouldBe(votes.Length);
        await Task.WhenAll(voters.Zip(votes, (voter, vote) => Post(voter, $"{at}/ballot", new { vote }))); // all at once, as in a room
        return await Post(Chair, $"{at}/resolution", new { resolution, reason = resolution == "approved" ? null : "材料需要补充" }, ifMatch: await Version(new MeetingId(meeting).Stream));
    }

    /// <summary>Approves a proposal and issues the approval.</summary>
    public async Task<string> Approve(string day, ProposalId proposal)
    {
        var meeting = await Sit(day, proposal);
        await Resolve(meeting, 1, "approved", "for", "for", "for", "for");
        await Post(Chair, $"/api/proposals/{proposal.Value}/approval", new { revision = 1 }, ifMatch: await Version(proposal.Stream));
        return meeting;
    }
}
