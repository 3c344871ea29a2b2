using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Approval.BatchReview;
using Approval.Directory;
using Approval.EventStore;
using Approval.Funds;
using Approval.Http;
using Approval.Intake;
using Approval.Policies;
using Microsoft.Extensions.DependencyInjection;

namespace Approval.Testing;

/// <summary>A jurisdiction of its own with a policy, units and a fund, its people as clients, and proposals that have come as far as their acceptance.</summary>
public sealed class County
{
    private static int count;
    private readonly HostFixture host;
    private readonly Dictionary<string, Caller> callers = [];
    private int drafted;

    private County(HostFixture host) => this.host = host;

    /// <summary>Its name.</summary>
    public JurisdictionId Id { get; } = new($"county-{Interlocked.Increment(ref count)}");

    /// <summary>The policy in force.</summary>
    public PolicyRef Policy { get; } = new(1, new string('0', 64));

    /// <summary>The fund, of 100 million yuan.</summary>
    public FundId Fund { get; } = new("special-2026");

    /// <summary>A county in which nothing has happened yet.</summary>
    public static async Task<County> Found(HostFixture host)
    {
        var county = new County(host);
        await county.Record(Decision
            .Of(JurisdictionStreams.Policies, new PolicyAdopted(1, county.Policy.Hash, DefaultPolicy.Title, new(2026, 1, 1), DefaultPolicy.Content))
            .And(new UnitId("finance").Stream, new UnitRegistered(new("finance"), "市财政局"))
            .And(new UnitId("reform").Stream, new UnitRegistered(new("reform"), "市发展和改革委员会"))
            .And(new UnitId("health").Stream, new UnitRegistered(new("health"), "市卫生局"))
            .And(county.Fund.Stream, new FundOpened(county.Fund, "信息化专项资金", 2026, new(100_000_000m))));
        return county;
    }

    /// <summary>The CIO office.</summary>
    public Caller Office => Client("office", "cio-office", Role.CioOffice);

    /// <summary>The District CIO.</summary>
    public Caller DistrictCio => Client("district-cio", "county", Role.DistrictCio);

    /// <summary>The officer of the unit that proposes.</summary>
    public Caller Officer => Client("officer", "health", Role.UnitOfficer);

    /// <summary>The departmental CIO of a body that pre-reviews.</summary>
    public Caller Body(string unit) => Client($"cio-of-{unit}", unit, Role.DepartmentalCio, Role.CommitteeMember);

    /// <summary>A person of the county.</summary>
    public Actor Person(string name, string unit, params Role[] roles) => new(new(name), Id, new(unit), [.. roles]);

    /// <summary>The same person on another host.</summary>
    public Caller OfficeOn(HostFixture other) => new(other.ClientFor(Person("office", "cio-office", Role.CioOffice)), this);

    /// <summary>Records what other stages' commands would.</summary>
    public async Task Record(Decision decision)
    {
        var streams = decision.Facts.Select(f => f.Stream).Distinct().ToList();
        var outcome = await host.Services.GetRequiredService<CommandRunner>().Run(Person("office", "cio-office", Role.CioOffice), new CommandOptions(), async s =>
        {
            foreach (var stream in streams.Where(s => s.Kind == "proposal")) await s.Find(Proposal.Kind, stream);
            return decision;
        });
        outcome.ShouldBeOfType<CommandOutcome.Done>();
    }

    /// <summary>A proposal submitted and accepted.</summary>
    public async Task<string> Accepted(decimal yuan = 1_000_000m)
    {
        var id = new ProposalId($"{Id.Value}-p{++drafted}");
        var content = new ProposalContent { Title = $"项目{drafted}", Budget = [new(BudgetKind.Software, new(yuan))], Total = new(yuan) };
        await Record(Decision.Of(id.Stream, new ProposalDrafted(id, new("health"), content), new EndorsementAsked(1), new ProposalEndorsed(1),
            new ProposalSubmitted(1), new ProposalAccepted(1, Policy)));
        return id.Value;
    }

    /// <summary>Something that happens to a proposal in another stage.</summary>
    public Task Happens(string proposal, params object[] events) => Record(Decision.Of(new ProposalId(proposal).Stream, events));

    /// <summary>The version at which the thing at an address stands.</summary>
    internal async Task<long> VersionOf(string address)
    {
        var parts = address.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var queries = host.Services.GetRequiredService<Queries>();
        return parts is ["api", "proposals", var proposal, ..] ? (await queries.Find(Id, Proposal.Kind, new ProposalId(proposal).Stream))?.Info.Version ?? 1
            : parts is ["api", "batches", var batch, ..] ? (await queries.Find(Id, Batch.Kind, new BatchId(batch).Stream))?.Info.Version ?? 1
            : 0;
    }

    Caller Client(string name, string unit, params Role[] roles) =>
        callers.TryGetValue(name, out var known) ? known : callers[name] = new(host.ClientFor(Person(name, unit, roles)), this);
}

/// <summary>A person of a county who asks over HTTP and has read what the decision is about, unless a version is named.</summary>
public sealed class Caller(HttpClient client, County county)
{
    /// <summary>Posts; <paramref name="match"/> is the version in quotes, empty for none.</summary>
    public Task<HttpResponseMessage> Act(string address, object? body = null, string? match = null) => Send(HttpMethod.Post, address, body, match);

    /// <summary>Puts.</summary>
    public Task<HttpResponseMessage> Replace(string address, object body) => Send(HttpMethod.Put, address, body, null);

    /// <summary>Asks.</summary>
    public Task<HttpResponseMessage> Get(string address) => client.GetAsync(new Uri(address, UriKind.Relative));

    /// <summary>Reads what is there.</summary>
    public Task<JsonElement> Read(string address) => Get(address).Gives();

    async Task<HttpResponseMessage> Send(HttpMethod method, string address, object? body, string? match)
    {
        using var request = new HttpRequestMessage(method, address);
        if (body is not null) request.Content = JsonContent.Create(body);
        match ??= await county.VersionOf(address) is > 0 and var version ? $"\"{version}\"" : "";
        if (match.Length > 0) request.Headers.Add("If-Match", match);
        return await client.SendAsync(request);
    }
}

/// <summary>Short forms of reading answers.</summary>
public static class Asking
{
    /// <summary>The body of an answer that has this status.</summary>
    public static async Task<JsonElement> Gives(this Task<HttpResponseMessage> asked, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var answer = await asked;
        answer.StatusCode.ShouldBe(status, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>The code of a refusal with this status.</summary>
    public static async Task<string?> Refused(this Task<HttpResponseMessage> asked, HttpStatusCode status = HttpStatusCode.Conflict) => (await asked.Gives(status)).GetProperty("code").GetString();
}
