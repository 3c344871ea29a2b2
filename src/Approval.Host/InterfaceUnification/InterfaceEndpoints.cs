using Approval.EventStore;
using Approval.Http;
using Approval.Intake;

namespace Approval.InterfaceUnification;

/// <summary>How one line is to be arranged.</summary>
/// <param name="Line">The line's number.</param>
/// <param name="Kind">How.</param>
/// <param name="Interface">The published interface to reuse, or the published standard to adopt.</param>
/// <param name="Mode">For a newly published interface: how the data is to pass, if not as declared.</param>
/// <param name="Reason">Why; needed for a waiver.</param>
/// <param name="DeclaredBy">The proposal that declares the line, where the project took it in.</param>
public sealed record ArrangementRequest(int Line, ArrangementKind Kind, InterfaceId? Interface = null, InterfaceMode? Mode = null, string? Reason = null, ProposalId? DeclaredBy = null);

/// <summary>The lines to be arranged.</summary>
/// <param name="Items">One to 500 lines.</param>
public sealed record ArrangementsRequest(IReadOnlyList<ArrangementRequest> Items);

/// <summary>What became of one line.</summary>
/// <param name="DeclaredBy">The proposal that declares it.</param>
/// <param name="Line">Its number.</param>
/// <param name="Arrangement">How it is arranged; null if it was refused.</param>
/// <param name="Error">Why it was refused.</param>
public sealed record ArrangementResult(ProposalId DeclaredBy, int Line, ArrangementAnswer? Arrangement, ProblemError? Error);

/// <summary>What became of the lines, in the order asked.</summary>
/// <param name="Id">The proposal.</param>
/// <param name="Version">Its version now.</param>
/// <param name="Items">One result for each item.</param>
public sealed record ArrangementResults(ProposalId Id, long Version, IReadOnlyList<ArrangementResult> Items);

/// <summary>The line whose arrangement is taken back.</summary>
/// <param name="Line">The line's number.</param>
/// <param name="Reason">Why.</param>
/// <param name="DeclaredBy">The proposal that declares the line, where the project took it in.</param>
public sealed record ReopeningRequest(int Line, string Reason, ProposalId? DeclaredBy = null);

/// <summary>An interface to be published.</summary>
/// <param name="Data">The data or resource.</param>
/// <param name="ProviderSystem">The system that provides it.</param>
/// <param name="ProviderUnit">The unit that answers for the system.</param>
/// <param name="Mode">How the data passes.</param>
/// <param name="Version">Its version.</param>
/// <param name="Standard">The standard that it follows, if any.</param>
/// <param name="ViaExchangePlatform">Whether it passes through the shared exchange platform.</param>
public sealed record PublishInterfaceRequest(
    string Data, string ProviderSystem, string ProviderUnit, InterfaceMode Mode, string Version = "1.0", InterfaceId? Standard = null, bool ViaExchangePlatform = false);

/// <summary>A standard to be published.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Mode">How data passes under it.</param>
/// <param name="Version">Its version.</param>
/// <param name="Document">The document that sets it.</param>
public sealed record PublishStandardRequest(string Title, InterfaceMode Mode, string Version, string Document);

/// <summary>Why an entry is retired.</summary>
/// <param name="Reason">The reason.</param>
public sealed record RetirementRequest(string Reason);

/// <summary>Whether an entry of the catalogue is in use.</summary>
public enum Published
{
    /// <summary>In use.</summary>
    Published,

    /// <summary>Retired.</summary>
    Retired,
}

/// <summary>The routes of interface unification (系统接口统一安排).</summary>
public static class InterfaceEndpoints
{
    static readonly StreamId Catalogue = JurisdictionStreams.InterfaceCatalogue;

    /// <summary>Maps them.</summary>
    public static void MapInterfaceUnification(this WebApplication app)
    {
        app.AddView(InterfaceViews.Declarants);
        app.AddView(InterfaceViews.Catalogue);
        MapCatalogue(app.MapGroup("/api/interfaces").WithTags("interfaces"));
        MapArranging(app.MapGroup("/api/proposals/{id}").WithTags("interfaces"));
    }

    static void MapCatalogue(RouteGroupBuilder interfaces)
    {
        interfaces.MapGet("", async (HttpContext http, Queries queries) =>
            {
                var actor = await http.ActorWho("ReadCatalogue");
                var (kind, q, retired) = (http.Code<CatalogueEntryKind>("kind"), http.Text("q"), http.Code<Published>("status"));
                return TypedResults.Ok(await queries.In(InterfaceViews.Catalogue, actor.Jurisdiction, http.AsOf())
                    .Where($"kind = {kind}", kind is not null)
                    .Where($"retired = {retired == Published.Retired}", retired is not null)
                    .Where($"strpos(lower(title || ' ' || coalesce(provider_system, '') || ' ' || coalesce(provider_unit, '')), lower({q})) > 0", q is not null)
                    .OrderBy("title").Page(http.Paging(), http.RequestAborted));
            })
            .TakesAsOf().TakesPage().Takes<CatalogueEntryKind>("kind").Takes<string>("q").Takes<Published>("status").As("ReadCatalogue").Does("接口目录(kind、q、status=published|retired)", "The interface catalogue (kind, q, status=published|retired)", Permissions.NotPermitted);

        interfaces.MapGet("map", async (HttpContext http, Queries queries) =>
            {
                var actor = await http.ActorWho("ReadInterfaceMap");
                return TypedResults.Ok(InterfaceMap.Of(await Scene(queries, actor, http.RequestAborted, http.AsOf())));
            })
            .TakesAsOf().As("ReadInterfaceMap").Does("接口关系图:统一前后与冲突", "The interface map, before and after unification, with conflicts", Permissions.NotPermitted);

        interfaces.MapGet("conflicts", async (HttpContext http, Queries queries) =>
            {
                var actor = await http.ActorWho("ReadInterfaceMap");
                var open = http.Truth("open");
                var found = InterfaceConflicts.Find(await Scene(queries, actor, http.RequestAborted, http.AsOf()));
                return TypedResults.Ok<IReadOnlyList<ConflictAnswer>>([.. found.Where(f => open is null || f.Open == open).Select(ConflictAnswer.Of)]);
            })
            .TakesAsOf().Takes<bool>("open").As("ReadInterfaceMap").Does("接口冲突(open=true|false)", "The interface conflicts (open=true|false)", Permissions.NotPermitted);

        interfaces.MapGet("figures", async (HttpContext http, Queries queries) =>
            {
                var actor = await http.ActorWho("ReadInterfaceMap");
                return TypedResults.Ok(UnificationFigures.Of((await queries.DeclarantsOf(actor.Jurisdiction, http.RequestAborted, http.AsOf())).Select(d => d.Unified).OfType<InterfacesUnified>()));
            })
            .TakesAsOf().As("ReadInterfaceMap").Does("统一前后的接口数", "The figures of unification: declared, conflicts, after", Permissions.NotPermitted);

        interfaces.MapGet("{entry}", async (string entry, HttpContext http, Queries queries) =>
            {
                var actor = await http.ActorWho("ReadCatalogue");
                var catalogue = await queries.Find(actor.Jurisdiction, InterfaceCatalogue.Kind, Catalogue, http.AsOf(), http.RequestAborted);
                return catalogue?.State.Of(new(entry)) is { } found ? TypedResults.Ok(found) : throw new ProblemException(CatalogueRules.Unknown.With());
            })
            .TakesAsOf().As("ReadCatalogue").Does("接口目录条目", "An entry of the catalogue", CatalogueRules.Unknown, Permissions.NotPermitted);

        interfaces.MapPost("", (Body<PublishInterfaceRequest> body, HttpContext http, Commands commands) =>
            {
                var (id, r) = (NewId(), body.Value);
                var command = new PublishInterface(id, new(r.Data, r.ProviderSystem, r.ProviderUnit, r.Mode, r.Version, r.Standard, r.ViaExchangePlatform));
                return Publish(http, commands, id, (catalogue, on) => PublishInterface.Decide(command, catalogue, on));
            })
            .IsCommand<CatalogueEntry>(StatusCodes.Status201Created)
            .As("PublishInterface").Does("发布接口", "Publishes an interface of a running system", PublishInterface.Exists, CatalogueRules.Unknown, CatalogueRules.Retired, CatalogueRules.NotStandard,
                Texts.Required, Texts.TooLong, Permissions.NotPermitted);

        interfaces.MapPost("standards", (Body<PublishStandardRequest> body, HttpContext http, Commands commands) =>
            {
                var (id, r) = (NewId(), body.Value);
                return Publish(http, commands, id, (catalogue, on) => PublishStandard.Decide(new(id, r.Title, r.Mode, r.Version, r.Document), catalogue, on));
            })
            .IsCommand<CatalogueEntry>(StatusCodes.Status201Created)
            .As("PublishStandard").Does("发布接口标准", "Publishes a standard", PublishStandard.Exists, Texts.Required, Texts.TooLong, Permissions.NotPermitted);

        interfaces.MapPost("{entry}/retirement", (string entry, Body<RetirementRequest> body, HttpContext http, Commands commands, Queries queries) =>
                commands.Run(http, Catalogue, async s =>
                {
                    var catalogue = await s.Find(InterfaceCatalogue.Kind, Catalogue) ?? InterfaceCatalogue.Empty;
                    return RetireInterface.Decide(new(new(entry), body.Value.Reason), catalogue, await queries.DeclarantsOf(s.By.Jurisdiction, s.Cancel), s.Occasion);
                }, s => s.After(InterfaceCatalogue.Kind, Catalogue)!.Of(new(entry))!))
            .IsCommand<CatalogueEntry>()
            .As("RetireInterface").Does("停用接口或标准", "Retires an interface or a standard", RetireInterface.InUse, CatalogueRules.Unknown, Texts.Required, Permissions.NotPermitted);
    }

    static void MapArranging(RouteGroupBuilder proposal)
    {
        proposal.MapGet("interfaces", async (string id, HttpContext http, Queries queries) =>
            {
                var (state, info) = await queries.Visible(http, id);
                var actor = await http.Actor();
                http.Response.Headers.ETag = ETags.Of(info.Version);
                return TypedResults.Ok(ProjectInterfaces.Of(state, info.Version, await Scene(queries, actor, http.RequestAborted, http.AsOf())));
            })
            .TakesAsOf().As("ReadProposals").Does("项目的接口、安排与冲突", "The project's interfaces, their arrangements and conflicts", Faults.Unknown);

        proposal.MapPost("arrangements", (string id, Body<ArrangementsRequest> body, HttpContext http, Commands commands, Queries queries) =>
            {
                var own = new ProposalId(id);
                var command = new ArrangeInterfaces([.. body.Value.Items.Select(i => new Arrangement(new(i.DeclaredBy ?? own, i.Line), i.Kind, i.Interface, i.Mode, i.Reason))]);
                InterfaceScene? scene = null;
                Proposal? before = null;
                return commands.Run(http, own.Stream, async s =>
                {
                    before = await s.Visible(own);
                    scene = await SceneSeen(s, queries);
                    return ArrangeInterfaces.Decide(command, before, scene, s.Occasion);
                }, s =>
                {
                    var chinese = Problems.SpeaksChinese(http);
                    return new ArrangementResults(own, s.Version(own.Stream), [.. ArrangeInterfaces.Judge(command, before!, scene!).Zip(command.Items, (judged, item) => new ArrangementResult(
                        item.Line.DeclaredBy, item.Line.Number,
                        judged.Arranged is { } a ? new(a.Kind, a.Interface, a.Mode, a.Reason) : null,
                        judged.Refusal is { } r ? new(r.Code, r.Field, r.Message(chinese)) : null))]);
                });
            })
            .IsCommand<ArrangementResults>()
            .As("ArrangeInterfaces").Does("安排接口:逐条给出结果", "Arranges interface lines, with a result for each", ArrangeInterfaces.BadList, ArrangeInterfaces.LineUnknown, ArrangeInterfaces.EntryMismatch,
                ArrangeInterfaces.ModeMismatch, ArrangeInterfaces.NobodyPublishes, ArrangeInterfaces.PrivateNetwork, CatalogueRules.Unknown, CatalogueRules.Retired,
                CatalogueRules.NotInterface, CatalogueRules.NotStandard, Texts.Required, Permissions.NotPermitted, Permissions.WrongStage);

        proposal.MapPost("interface-reopening", (string id, Body<ReopeningRequest> body, HttpContext http, Commands commands) =>
            {
                var own = new ProposalId(id);
                return commands.On(http, id, (s, p) => ReopenInterface.Decide(new(new(body.Value.DeclaredBy ?? own, body.Value.Line), body.Value.Reason), p, s.Occasion));
            })
            .IsCommand<ProposalAnswer>()
            .As("ReopenInterface").Does("撤回接口安排", "Takes back the arrangement of a line", Texts.Required, Permissions.NotPermitted, Permissions.WrongStage);

        proposal.MapPost("conflict-settlement", (string id, Body<SettleConflict> body, HttpContext http, Commands commands, Queries queries) =>
                commands.On(http, id, async (s, proposal) =>
                {
                    var decision = SettleConflict.Decide(body.Value, proposal, await SceneSeen(s, queries), s.Occasion);
                    foreach (var fact in decision.Facts) await s.Load(Proposal.Kind, fact.Stream);
                    return decision;
                }))
            .IsCommand<ProposalAnswer>().RequiresIfMatch()
            .As("SettleConflict").Does("裁定接口冲突", "Settles a conflict by decision, for all its parties", SettleConflict.Unknown, SettleConflict.NeedsArrangement, Texts.Required,
                Permissions.NotPermitted, Permissions.WrongStage);

        proposal.MapPost("unification", (string id, HttpContext http, Commands commands, Queries queries) =>
                commands.On(http, id, async (s, p) => UnifyInterfaces.Decide(p, await SceneSeen(s, queries), s.Occasion)))
            .IsCommand<ProposalAnswer>().RequiresIfMatch()
            .As("UnifyInterfaces").Does("完成接口统一安排,提交委员会", "Closes the unification: no line open, no conflict unresolved", UnifyInterfaces.LineOpen, UnifyInterfaces.ConflictOpen,
                Permissions.CorrectionOpen, Permissions.NotPermitted, Permissions.WrongStage);
    }

    static Task<IResult> Publish(HttpContext http, Commands commands, InterfaceId id, Func<InterfaceCatalogue, Occasion, Decision> decide) =>
        commands.Run(http, Catalogue, async s => decide(await s.Find(InterfaceCatalogue.Kind, Catalogue) ?? InterfaceCatalogue.Empty, s.Occasion),
            s => s.After(InterfaceCatalogue.Kind, Catalogue)!.Of(id)!, created: $"/api/interfaces/{id.Value}");

    static InterfaceId NewId() => new(Guid.CreateVersion7().ToString("N"));

    internal static async Task<InterfaceScene> Scene(this Queries queries, Actor actor, CancellationToken cancel, AsOf? asOf = null, IReadOnlyList<Declarant>? declarants = null) =>
        await queries.SceneOf(actor.Jurisdiction, (await queries.Find(actor.Jurisdiction, InterfaceCatalogue.Kind, Catalogue, asOf, cancel))?.State, cancel, asOf, declarants);

    /// <summary>The scene in a command: the catalogue is guarded, the other proposals and the register are looked up as they stand.</summary>
    static async Task<InterfaceScene> SceneSeen(Session session, Queries queries) =>
        await queries.SceneOf(session.By.Jurisdiction, await session.Find(InterfaceCatalogue.Kind, Catalogue), session.Cancel);
}
