using Approval.Calendars;
using Approval.Http;

namespace Approval.Policies;

/// <summary>A version of the policy as the list shows it.</summary>
/// <param name="Version">Counted from 1.</param>
/// <param name="Hash">SHA-256 of the content's canonical form.</param>
/// <param name="Title">The title.</param>
/// <param name="EffectiveFrom">The first day on which it holds.</param>
/// <param name="InForce">Whether it is in force today.</param>
public sealed record ListedPolicy(int Version, string Hash, string Title, DateOnly EffectiveFrom, bool InForce);

/// <summary>A policy to be adopted.</summary>
/// <param name="Title">The title.</param>
/// <param name="Content">The rules.</param>
public sealed record PolicyDraft(string Title, PolicyContent Content);

/// <summary>The routes of the approval policy: <c>/api/policies</c>.</summary>
public static class PolicyEndpoints
{
    /// <summary>Adds the routes.</summary>
    public static void MapPolicies(this WebApplication app)
    {
        var policies = app.MapGroup("/api/policies").WithTags("policies");

        policies.MapGet("", async (HttpContext http, Queries queries, TimeProvider clock) =>
            {
                var (book, version) = await Book(http, queries);
                var now = book.InForce(WorkingCalendar.WeekendsOnly.DateOf(http.AsOf()?.At ?? clock.GetUtcNow()));
                http.Response.Headers.ETag = ETags.Of(version);
                return TypedResults.Ok<IReadOnlyList<ListedPolicy>>([.. book.Versions.Select(p => new ListedPolicy(p.Ref.Version, p.Ref.Hash, p.Title, p.EffectiveFrom, p == now))]);
            })
            .TakesAsOf().As("ReadPolicies").Does("审批办法各版本", "Lists the versions of the approval policy");

        policies.MapPost("", (Body<AdoptPolicy> body, HttpContext http, Commands commands) =>
                commands.Run(http, JurisdictionStreams.Policies,
                    async s => AdoptPolicy.Decide(
                        body.Value,
                        await s.Find(PolicyBook.Kind, JurisdictionStreams.Policies),
                        await s.Calendar(),
                        s.Occasion),
                    s => s.After(PolicyBook.Kind, JurisdictionStreams.Policies)!.Versions[^1], "/api/policies"))
            .IsCommand<Policy>(StatusCodes.Status201Created)
            .As("AdoptPolicy").Does("颁布审批办法", "Adopts a version of the approval policy", Permissions.NotPermitted, AdoptPolicy.EffectivePast, AdoptPolicy.EffectiveBeforeLast, PolicyRules.OutOfRange,
                PolicyRules.PanelEven, PolicyRules.StageMissing, PolicyRules.StageTwice, PolicyRules.StageClosed, PolicyRules.ActorsMissing, PolicyRules.ActorExcluded, PolicyRules.SigningMissing, PolicyRules.DistrictCioMissing,
                Texts.Required, Texts.TooLong);

        policies.MapGet("/default", () => TypedResults.Ok(new PolicyDraft(DefaultPolicy.Title, DefaultPolicy.Content)))
            .As("ReadPolicies").Does("审批办法范本", "The policy to start from");

        policies.MapGet("/in-force", async (HttpContext http, Queries queries, TimeProvider clock) =>
            {
                var (book, _) = await Book(http, queries);
                var day = http.Date("on") ?? WorkingCalendar.WeekendsOnly.DateOf(http.AsOf()?.At ?? clock.GetUtcNow());
                return TypedResults.Ok(book.InForce(day) ?? throw new ProblemException(PolicyBook.NoneInForce.With(day)));
            })
            .TakesAsOf().Takes<DateOnly>("on").As("ReadPolicies").Does("某日生效的审批办法", "The policy in force on a day (`on`, today unless given)", PolicyBook.NoneInForce);

        policies.MapGet("/comparison", async (HttpContext http, Queries queries) =>
            {
                var (book, _) = await Book(http, queries);
                return TypedResults.Ok(PolicyForm.Compare(Version(http, book, "from").Content, Version(http, book, "to").Content));
            })
            .TakesAsOf().Takes<int>("from", "to").As("ReadPolicies").Does("比较两版审批办法", "What differs between two versions (`from`, `to`)", PolicyBook.UnknownVersion, Faults.InvalidParameter);

        policies.MapGet("/{version:int}", async (int version, HttpContext http, Queries queries) =>
            {
                var (book, _) = await Book(http, queries);
                return TypedResults.Ok(book.Of(version) ?? throw new ProblemException(PolicyBook.UnknownVersion.With(version)));
            })
            .TakesAsOf().As("ReadPolicies").Does("读取一版审批办法", "Reads a version of the approval policy", PolicyBook.UnknownVersion);
    }

    static async Task<(PolicyBook Book, long Version)> Book(HttpContext http, Queries queries)
    {
        var actor = await http.Actor();
        if (Permissions.Check("ReadPolicies", actor) is { } no) throw new ProblemException(no);
        var seen = await queries.Find(actor.Jurisdiction, PolicyBook.Kind, JurisdictionStreams.Policies, http.AsOf(), http.RequestAborted);
        return seen is null ? (PolicyBook.Empty, 0) : (seen.State, seen.Info.Version);
    }

    static Policy Version(HttpContext http, PolicyBook book, string name)
    {
        var version = http.Number(name, 1, int.MaxValue) ?? throw new ProblemException(Faults.InvalidParameter.At(name, "1"));
        return book.Of(version) ?? throw new ProblemException(PolicyBook.UnknownVersion.At(name, version));
    }
}
