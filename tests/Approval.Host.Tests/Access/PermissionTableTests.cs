using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Approval.Conventions;
using Approval.Directory;
using Approval.EventStore;
using Approval.Http;
using Approval.Testing;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Approval.Access;

/// <summary>The permission table walked over HTTP: every route × every role × own and another unit × own and another jurisdiction.</summary>
public sealed partial class PermissionTableTests(HostFixture host) : IClassFixture<HostFixture>
{
    private const string Marker = "标记项目";
    private static readonly string[] Open =
    [
        "GET /health/live", "GET /health/ready", "GET /openapi/v1.json", "GET /sign-in/provider", "POST /sign-out", "POST /language",
        "GET " + Issuance.ApprovalPrint.StylePath,
    ];

    [Fact]
    public void Every_route_stands_on_the_table_or_is_open_to_everybody_by_name()
    {
        var wrong = new List<string>();
        foreach (var endpoint in host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            var path = "/" + endpoint.RoutePattern.RawText!.TrimStart('/');
            if (path.StartsWith("/api/notes", StringComparison.Ordinal)) continue;
            var open = endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null;
            if (endpoint.Metadata.GetMetadata<PageActionDescriptor>() is not null)
            {
                if (open && path != "/SignIn/SignIn" && path != "/sign-in") wrong.Add($"{path}: a page open to everybody");
                continue;
            }

            var names = (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []).Select(m => $"{m} {path}").ToList();
            if (open && !names.All(Open.Contains)) wrong.Add($"{string.Join(", ", names)}: open to everybody");
            if (!open && endpoint.Metadata.GetMetadata<Deeds>() is null) wrong.Add($"{string.Join(", ", names)}: stands on no row of the permission table; use .As(…)");
        }

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_deed_of_a_person_has_its_route()
    {
        var reached = (await Surface.Of(host)).Operations.SelectMany(o => o.Deeds).ToHashSet();

        Permissions.Table.Where(p => p.Reach != Reach.Engine && !reached.Contains(p.Deed)).Select(p => p.Deed).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_document_says_what_the_table_says()
    {
        var file = Path.Combine(Repository.Root, "docs", "permissions.md");
        var text = Document(await Surface.Of(host));
        if (Environment.GetEnvironmentVariable("APPROVAL_WRITE_GOLDEN") == "1") await File.WriteAllTextAsync(file, text);

        (await File.ReadAllTextAsync(file)).ShouldBe(text, "docs/permissions.md is written with APPROVAL_WRITE_GOLDEN=1");
    }

    [Fact]
    public async Task Who_has_not_signed_in_is_let_into_nothing()
    {
        var (surface, county) = (await Surface.Of(host), await Settled());
        using var client = host.Anonymous();
        await Walk(surface, client, county, (_, status, _) => status == HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Who_has_not_signed_in_is_sent_to_sign_in_from_every_page()
    {
        var pages = host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<PageActionDescriptor>() is not null && e.Metadata.GetMetadata<IAllowAnonymous>() is null)
            .Select(e => "/" + InRoute().Replace(e.RoutePattern.RawText!.TrimStart('/'), "1")).Distinct().ToList();
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = host.Address };
        var wrong = new List<string>();
        foreach (var page in pages)
        {
            using var answer = await client.GetAsync(page);
            if (answer.Headers.Location?.ToString().StartsWith("/sign-in?", StringComparison.Ordinal) != true) wrong.Add($"{page}: {(int)answer.StatusCode}");
        }

        pages.Count.ShouldBeGreaterThan(15);
        wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_role_that_the_table_does_not_name_is_refused_and_nothing_changes()
    {
        var (surface, county) = (await Surface.Of(host), await Settled());
        var before = await Events();
        foreach (var role in Enum.GetValues<Role>())
        {
            foreach (var unit in new[] { "health", "finance" })
            {
                using var client = host.ClientFor(county.Person($"somebody-{(int)role}", unit, role));
                await Walk(surface, client, county, (_, status, code) => status == HttpStatusCode.Forbidden && code == "not-permitted", o => !o.OnProposal && !Named(o, role));
            }
        }

        (await Events()).ShouldBe(before);
    }

    [Fact]
    public async Task A_role_that_the_table_names_is_let_in_as_far_as_it_reaches()
    {
        var surface = await Surface.Of(host);
        foreach (var role in Enum.GetValues<Role>())
        {
            var county = await Settled();
            foreach (var unit in new[] { "finance", "health" })
            {
                using var client = host.ClientFor(county.Person("somebody", unit, role));
                await Walk(surface, client, county, (o, status, _) => Reaches(o, role) switch
                {
                    Reach.OwnUnit when o.OnProposal && unit != "health" => status is HttpStatusCode.NotFound or HttpStatusCode.Forbidden,
                    Reach.OwnUnit when o.OnProposal => status is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound),
                    Reach.Assigned => status is not HttpStatusCode.Unauthorized,
                    _ => status is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden),
                }, o => Named(o, role));
            }
        }
    }

    [Fact]
    public async Task Who_sees_another_units_proposal_does_nothing_to_it_that_is_that_units_own()
    {
        var (surface, county) = (await Surface.Of(host), await Settled());
        using var client = host.ClientFor(county.County.Person("somebody", "finance", Role.UnitOfficer, Role.DepartmentalCio, Role.CommitteeMember));
        var walked = 0;
        await Walk(surface, client, county, (_, status, code) => ++walked > 0 && status == HttpStatusCode.Forbidden && code == "not-permitted",
            o => o.OnProposal && o.Method != HttpMethod.Get && o.Deeds.All(d => Permissions.Of(d).Reach == Reach.OwnUnit));

        walked.ShouldBeGreaterThan(10);
    }

    [Fact]
    public async Task Whatever_the_role_another_jurisdiction_finds_none_of_ours()
    {
        var (surface, county) = (await Surface.Of(host), await Settled());
        var before = await Events(county.Id);
        foreach (var role in Enum.GetValues<Role>())
        {
            using var client = host.ClientFor(county.Person("somebody", "health", role) with { Jurisdiction = new("elsewhere") });
            await Walk(surface, client, county, (o, status, _) => !o.OnProposal || status is HttpStatusCode.NotFound or HttpStatusCode.Forbidden, silent: true);
        }

        (await Events(county.Id)).ShouldBe(before);
    }

    [Fact]
    public async Task In_every_stage_each_role_reads_what_is_in_its_sight_and_commands_what_has_its_place_there()
    {
        var surface = await Surface.Of(host);
        var county = await County.Found(host);
        var (walked, outOfPlace) = (0, 0);
        foreach (var (stage, past) in Stages.Of(county, Content.Total))
        {
            var id = new ProposalId($"{county.Id.Value}-{JsonNamingPolicy.KebabCaseLower.ConvertName(stage.ToString())}");
            await county.Record(Decision.Of(id.Stream, [new Intake.ProposalDrafted(id, new("health"), Content), .. past]));
            (await host.Services.GetRequiredService<Queries>().Find(county.Id, global::Approval.Proposal.Kind, id.Stream))!.State.Stage.ShouldBe(stage);
            var before = await Events(county.Id);
            foreach (var (role, unit) in Enum.GetValues<Role>().SelectMany(r => new[] { (r, "health"), (r, "finance") }))
            {
                using var client = host.ClientFor(county.Person($"somebody-{walked}", unit, role));
                await Walk(surface, client, new(county, id), (o, status, code) =>
                {
                    walked++;
                    if (!Named(o, role)) return status == HttpStatusCode.Forbidden && code == "not-permitted";
                    if (!InSight(stage, role, unit)) return status is HttpStatusCode.NotFound or HttpStatusCode.Forbidden;
                    if (o.Method == HttpMethod.Get) return status is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden) && (o.Path != "/api/proposals/{id}" || status == HttpStatusCode.OK);
                    if (Reaches(o, role) == Reach.OwnUnit && unit != "health") return status is HttpStatusCode.NotFound or HttpStatusCode.Forbidden;
                    outOfPlace++;
                    return (status == HttpStatusCode.Conflict && code is "wrong-stage" or "not-accepted-yet") || IsIdle(o, status);
                }, o => o.OnProposal && (Named(o, role) || unit == "health") && (o.Method == HttpMethod.Get || !Named(o, role) || !InSight(stage, role, unit) || (Reaches(o, role) == Reach.OwnUnit && unit != "health") || IsOutOfPlace(o, stage)),
                match: $"\"{1 + past.Length}\"");
            }

            (await Events(county.Id)).ShouldBe(before, stage.ToString());
        }

        (walked, outOfPlace).ShouldSatisfyAllConditions(n => n.walked.ShouldBeGreaterThan(4000), n => n.outOfPlace.ShouldBeGreaterThan(150));
    }

    /// <summary>Whether a command has no place in a stage.</summary>
    private static bool IsOutOfPlace(Operation operation, Stage stage) =>
        operation.Method != HttpMethod.Get && operation.Deeds.Select(Permissions.Of).ToList() is { Count: > 0 } rows && rows.All(r => !r.Stages.IsEmpty && !r.Stages.Contains(stage));

    /// <summary>Who sees a proposal of the health bureau that nobody else was given to see; the one closed was a draft.</summary>
    private static bool InSight(Stage stage, Role role, string unit) => role switch
    {
        Role.Auditor => true,
        Role.UnitOfficer or Role.DepartmentalCio => unit == "health",
        Role.CioOffice or Role.CommitteeMember or Role.DistrictCio => stage is not (Stage.Draft or Stage.Endorsement or Stage.Closed),
        _ => false,
    };

    private static readonly Intake.ProposalContent Content = new() { Title = Marker, Budget = [new(Intake.BudgetKind.Software, new(1_000_000m))], Total = new(1_000_000m) };

    /// <summary>What is withdrawn, submitted, accepted or issued already is not refused, and a slot names a fund, which is looked for first and is not there; neither may record anything.</summary>
    private static bool IsIdle(Operation operation, HttpStatusCode status) => operation.Deeds.Single() switch
    {
        "WithdrawProposal" or "SubmitProposal" or "AcceptProposal" or "IssueApproval" or "SignApproval" => status == HttpStatusCode.OK,
        "ScheduleKeyProject" => status == HttpStatusCode.NotFound,
        _ => false,
    };

    private static bool Named(Operation operation, Role role) => operation.Deeds.Any(d => Permissions.Of(d).Roles.Contains(role));

    /// <summary>The widest reach that the role has here.</summary>
    private static Reach Reaches(Operation operation, Role role)
    {
        var reaches = operation.Deeds.Select(Permissions.Of).Where(p => p.Roles.Contains(role)).Select(p => p.Reach).ToList();
        return reaches.Contains(Reach.Jurisdiction) ? Reach.Jurisdiction : reaches[0];
    }

    /// <summary>Asks every operation, with a body of the right shape, about the things of the county, and collects the answers that are not as they should be.</summary>
    private static async Task Walk(
        Surface surface, HttpClient client, Place county, Func<Operation, HttpStatusCode, string?, bool> right, Func<Operation, bool>? which = null, bool silent = false, string? match = null)
    {
        var wrong = new List<string>();
        foreach (var operation in surface.Operations.Where(which ?? (_ => true)))
        {
            using var request = Surface.Request(operation, place => county.Value(operation, place), surface.Body(operation));
            var asked = new (string Name, string Value)[] { ("name", "a.pdf"), ("version", "1") }.Where(p => operation.Parameters.Contains(p.Name)).Select(p => $"{p.Name}={p.Value}");
            request.RequestUri = new($"{request.RequestUri}?{string.Join('&', asked)}", UriKind.Relative);
            if (match is not null && request.Headers.Remove("If-Match")) request.Headers.TryAddWithoutValidation("If-Match", match);
            if (operation.Path.EndsWith("/import", StringComparison.Ordinal)) request.Content!.Headers.ContentType = new("text/csv");
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            var text = answer.Content.Headers.ContentType?.MediaType == "text/event-stream" ? "" : await answer.Content.ReadAsStringAsync();
            var code = answer.Content.Headers.ContentType?.MediaType == "application/problem+json" ? JsonDocument.Parse(text).RootElement.GetProperty("code").GetString() : null;
            if ((int)answer.StatusCode >= 500 || !right(operation, answer.StatusCode, code)) wrong.Add($"{operation}: {(int)answer.StatusCode} {code}");
            if (silent && text.Contains(Marker, StringComparison.Ordinal)) wrong.Add($"{operation}: tells of another jurisdiction");
        }

        wrong.ShouldBeEmpty();
    }

    /// <summary>A county with a proposal of the health bureau, submitted and accepted.</summary>
    private async Task<Place> Settled()
    {
        var county = await County.Found(host);
        var id = new ProposalId($"{county.Id.Value}-marked");
        await county.Record(Decision
            .Of(id.Stream, new Intake.ProposalDrafted(id, new("health"), new() { Title = Marker, Budget = [new(Intake.BudgetKind.Software, new(1_000_000m))], Total = new(1_000_000m) }),
                new Intake.EndorsementAsked(1), new Intake.ProposalEndorsed(1), new Intake.ProposalSubmitted(1), new Intake.ProposalAccepted(1, county.Policy))
            .And(new PersonId("clerk").Stream, new PersonAppointed(new("clerk"), new("health"), [Role.UnitOfficer])));
        return new(county, id);
    }

    private async Task<long> Events(JurisdictionId? of = null)
    {
        await using var count = host.Database.DataSource.CreateCommand("select count(*) from public.mt_events where $1 = '' or tenant_id = $1");
        count.Parameters.Add(new() { Value = of?.Value ?? "" });
        return (long)(await count.ExecuteScalarAsync())!;
    }

    private sealed record Place(County County, ProposalId Proposal)
    {
        public JurisdictionId Id => County.Id;

        public Actor Person(string name, string unit, Role role) => County.Person(name, unit, role);

        public string Value(Operation operation, string place) => place switch
        {
            "id" when operation.OnProposal => Proposal.Value,
            "id" when operation.Path.StartsWith("/api/units", StringComparison.Ordinal) => "health",
            "id" when operation.Path.StartsWith("/api/people", StringComparison.Ordinal) => "clerk",
            "id" when operation.Path.StartsWith("/api/funds", StringComparison.Ordinal) => County.Fund.Value,
            "number" when operation.Path.StartsWith("/api/approvals", StringComparison.Ordinal) => "2026-1",
            "year" => "2027",
            "number" or "version" or "item" or "condition" or "position" => "1",
            "sha256" => new string('0', 64),
            _ => "none",
        };
    }

    private static string Document(Surface surface)
    {
        var routes = surface.Operations.SelectMany(o => o.Deeds.Select(d => (Deed: d, Route: $"`{o}`"))).ToLookup(r => r.Deed, r => r.Route);
        var roles = Enum.GetValues<Role>();
        var text = new StringBuilder()
            .Append("# 权限表 Permissions\n\n")
            .Append("Written from the permission table and the routes of the host; a test compares them. Whoever is not named is refused with 403;\n")
            .Append("what a person may not see is 404, as if it did not exist. No row reaches beyond the person's own jurisdiction.\n\n")
            .Append("The three columns behind the deed say whose things a role named may do it to: `✓` all, `given` only what was given to the person or what the person may see, `–` none.\n\n")
            .Append("`✎` beside the stages: also while the unit corrects a returned proposal.\n\n")
            .Append($"| Deed | Own unit | Another unit | Another jurisdiction | {string.Join(" | ", roles.Select(r => Words.Of(r, chinese: true)))} | Stages | Routes |\n")
            .Append($"|---|:-:|:-:|:-:|{string.Concat(roles.Select(_ => ":-:|"))}---|---|\n");
        foreach (var row in Permissions.Table)
        {
            text.Append($"| {row.Deed} | {(row.Reach switch { Reach.OwnUnit => "✓ | –", Reach.Assigned => "given | given", Reach.Engine => "the engine itself | the engine itself", _ => "✓ | ✓" })} | – | ")
                .Append(string.Join(" | ", roles.Select(r => row.Roles.Contains(r) ? "✓" : "")))
                .Append($" | {string.Join(' ', row.Stages.Select(s => JsonNamingPolicy.KebabCaseLower.ConvertName(s.ToString())))}{(row.WhileCorrecting ? " ✎" : "")} | {string.Join("<br>", routes[row.Deed])} |\n");
        }

        return text.ToString();
    }

    /// <summary>The place of a value in a route.</summary>
    [GeneratedRegex(@"\{[^}]+\}", RegexOptions.None, 1000)]
    private static partial Regex InRoute();
}
