using Approval.Directory;
using Approval.EventStore;
using Approval.Funds;
using Approval.Intake;
using Approval.Policies;
using Approval.Scheduling;
using Approval.SignIn;
using Approval.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Approval.Crashes;

/// <summary>A jurisdiction with two funds and three persons, key projects that wait for their month, and proposals that have lain for a hundred days. What it records comes from this process, which nobody kills.</summary>
internal sealed class Town : IAsyncDisposable
{
    public const string Officer = "officer", Office = "office", DistrictCio = "district-cio";

    public static readonly JurisdictionId Id = new("demo");
    public static readonly FundId[] Funds = [new("special-2026"), new("reserve-2026")];

    private static readonly PolicyRef Policy = new(1, new string('0', 64));
    private readonly WebApplication now, hundredDaysAgo;
    private int keyProjects, forgotten;

    private Town(WebApplication host, WebApplication now, WebApplication hundredDaysAgo) => (Host, this.now, this.hundredDaysAgo) = (host, now, hundredDaysAgo);

    /// <summary>A host that is built and not started: it answers what a test asks of its services.</summary>
    public WebApplication Host { get; }

    /// <summary>The proposals whose deadlines are over.</summary>
    public IEnumerable<ProposalId> Forgotten => Enumerable.Range(1, forgotten).Select(n => new ProposalId($"forgotten{n}"));

    public static async Task<Town> Found(string connection, string authority)
    {
        var host = SignInHost.Build(connection, "--Authentication:Authority", authority, "--Authentication:Audience", Provider.Audience);
        await host.PrepareDatabase();
        (await host.Services.GetRequiredService<Jurisdictions>().Found(new(Id, "示范区", new("admin")))).ShouldBeEmpty();
        var past = new TestClock();
        past.Set(TimeProvider.System.GetUtcNow().AddDays(-100));
        var town = new Town(host, TestHost.Build(connection, TimeProvider.System), TestHost.Build(connection, past));
        var rules = DefaultPolicy.Content with { KeyShareOfCount = 1, KeyShareOfMoney = 1, GeneralLongestWaitWorkingDays = 1000 };
        var founding = Decision.Of(JurisdictionStreams.Policies, new PolicyAdopted(1, Policy.Hash, DefaultPolicy.Title, new(2020, 1, 1), rules));
        foreach (var fund in Funds) founding = founding.And(fund.Stream, new FundOpened(fund, "信息化专项资金", 2026, new(20_000_000m)));
        foreach (var (person, unit, role) in new[] { (Officer, "health", Role.UnitOfficer), (Office, "cio", Role.CioOffice), (DistrictCio, "district", Role.DistrictCio) })
        {
            founding = founding.And(new UnitId(unit).Stream, new UnitRegistered(new(unit), unit)).And(new PersonId(person).Stream, new PersonAppointed(new(person), new(unit), [role]));
        }

        await Record(town.now, founding);
        return town;
    }

    /// <summary>Key projects with consent that wait for their month, of up to four million yuan each.</summary>
    public async Task<IReadOnlyList<string>> KeyProjects(int count, Random random)
    {
        var made = new List<string>();
        for (var i = 0; i < count; i++)
        {
            var id = new ProposalId($"key{++keyProjects}");
            var yuan = new Money(random.Next(1, 40) * 100_000m);
            await Record(now, Decision.Of(id.Stream,
                new ProposalDrafted(id, new("health"), new() { Title = $"重点项目{keyProjects}", Budget = [new(BudgetKind.Software, yuan)], Total = yuan }), new EndorsementAsked(1),
                new ProposalEndorsed(1), new ProposalSubmitted(1), new ProposalAccepted(1, Policy), new ProposalClassified(Track.Key, "年度重点", "示府〔2026〕1号", Policy), new KeyConsentGiven(1, Policy)));
            made.Add(id.Value);
        }

        return made;
    }

    /// <summary>Proposals submitted a hundred days ago and not looked at since.</summary>
    public async Task Forget(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var id = new ProposalId($"forgotten{++forgotten}");
            await Record(hundredDaysAgo, Decision.Of(id.Stream, new ProposalDrafted(id, new("health"), new() { Title = $"积压项目{forgotten}" }), new ProposalSubmitted(1)));
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var app in new[] { Host, now, hundredDaysAgo }) await app.DisposeAsync();
    }

    /// <summary>Records what is new; again where a killed server took the connection with it.</summary>
    private static async Task Record(WebApplication by, Decision decision)
    {
        object? why = null;
        try
        {
            await Eventually.Holds(Recorded, "it is recorded", TimeSpan.FromMinutes(2));
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{decision.Facts[0].Stream} was not recorded: {why}", e);
        }

        async Task<bool> Recorded()
        {
            try
            {
                var outcome = await by.Services.GetRequiredService<CommandRunner>().Run(Actor.Engine(Id), new(), Decide);
                why = outcome;
                return outcome is CommandOutcome.Done or CommandOutcome.Exists;
            }
            catch (NpgsqlException e)
            {
                why = e;
                return false;
            }
        }

        async Task<Decision> Decide(Session session)
        {
            foreach (var stream in decision.Facts.Select(f => f.Stream).Where(s => s.Kind == Proposal.Kind.Name).Distinct())
                if (await session.Find(Proposal.Kind, stream) is not null) return Decision.Nothing;
            return decision;
        }
    }
}
