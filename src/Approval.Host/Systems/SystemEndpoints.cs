using Approval.Access;
using Approval.Directory;
using Approval.EventStore;
using Approval.Http;
using Approval.Http.Tables;

namespace Approval.Systems;

/// <summary>What the register is to say of a system.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Owner">The unit that owns it.</param>
/// <param name="YearlyOperationCost">What its operation costs in a year.</param>
/// <param name="InUseSince">Since when it is in use.</param>
/// <param name="Resources">The information resources it holds.</param>
/// <param name="Interfaces">The interfaces it has.</param>
public sealed record SystemRequest(
    string Name, UnitId Owner, Money YearlyOperationCost, DateOnly? InUseSince = null,
    IReadOnlyList<SystemResource>? Resources = null, IReadOnlyList<SystemInterface>? Interfaces = null)
{
    /// <summary>As content of the register.</summary>
    public SystemContent Content() => new()
    {
        Name = Name, Owner = Owner, YearlyOperationCost = YearlyOperationCost, InUseSince = InUseSince, Resources = [.. Resources ?? []], Interfaces = [.. Interfaces ?? []],
    };
}

/// <summary>A system to be registered.</summary>
/// <param name="Code">The code it gets.</param>
/// <param name="System">What the register is to say.</param>
public sealed record RegisterSystemRequest(SystemId Code, SystemRequest System);

/// <summary>What an import came to.</summary>
/// <param name="Rows">The rows below the header.</param>
/// <param name="Registered">Entries that are new.</param>
/// <param name="Updated">Entries that changed.</param>
/// <param name="Unchanged">Entries that the register held already.</param>
/// <param name="Rejected">Every cell that could not be taken.</param>
/// <param name="Stored">Whether the good entries were stored.</param>
public sealed record ImportReport(int Rows, int Registered, int Updated, int Unchanged, IReadOnlyList<RejectedCell> Rejected, bool Stored);

/// <summary>An import refused, as a problem with its report.</summary>
/// <param name="Type">Always <c>about:blank</c>.</param>
/// <param name="Title">What happened.</param>
/// <param name="Status">400.</param>
/// <param name="Detail">How many rows were rejected.</param>
/// <param name="Code">Always <c>import-rejected</c>.</param>
/// <param name="Errors">Every failure, in the language asked for.</param>
/// <param name="Report">The report in both languages.</param>
public sealed record ImportProblem(string Type, string Title, int Status, string Detail, string Code, IReadOnlyList<ProblemError> Errors, ImportReport Report);

/// <summary>The routes of the register of existing systems (已建系统登记).</summary>
public static class SystemEndpoints
{
    /// <summary>Rows were rejected and nothing was stored.</summary>
    public static readonly RefusalKind ImportRejected = new("import-rejected", RefusalSort.Form,
        "{0} 行有误，未导入任何数据；可加 acceptGood=true 只导入无误的行。", "{0} rows are wrong and nothing was stored; acceptGood=true stores the good ones.");

    /// <summary>Maps them.</summary>
    public static void MapSystems(this WebApplication app)
    {
        app.AddView(SystemViews.Register);
        var systems = app.MapGroup("/api/systems").WithTags("systems");

        systems.MapGet("", async (HttpContext http, Queries queries) =>
            {
                var actor = await http.ActorWho("ReadSystems");
                return TypedResults.Ok(await Asked(http, queries, actor).Page(http.Paging(), http.RequestAborted));
            })
            .TakesFilter().TakesPage().As("ReadSystems").Does("已建系统(q、owner、withheld=true、retired=true|false)", "The register of existing systems (q, owner, withheld=true, retired=true|false)", Permissions.NotPermitted);

        systems.MapGet("export", async (HttpContext http, Queries queries) =>
            {
                var actor = await http.ActorWho("ReadSystems");
                var format = http.Code<TableFormat>("format") ?? TableFormat.Csv;
                var units = await Units(queries, actor.Jurisdiction, http.RequestAborted);
                // What is out of use is left out unless asked for: read in again, it would be in use.
                var rows = await Asked(http, queries, actor).Where($"not retired", http.Text("retired") is null).All(http.RequestAborted);
                return TableWriter.Send(format, "已建系统", SystemTable.Header, rows.Select(r => SystemTable.Row(r, units.GetValueOrDefault(r.Owner, r.Owner.Value))).ToAsyncEnumerable());
            })
            .Produces<byte[]>(StatusCodes.Status200OK, "text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
            .TakesFilter().Takes<TableFormat>("format").As("ReadSystems").IsRecorded(ReadingKind.Export).Does("导出已建系统(format=csv|xlsx)", "Exports the register (format=csv|xlsx)", Permissions.NotPermitted);

        systems.MapGet("{code}", async (string code, HttpContext http, Queries queries) =>
            {
                var actor = await http.ActorWho("ReadSystems");
                var (system, info) = await queries.Load(actor.Jurisdiction, ExistingSystem.Kind, new SystemId(code).Stream, http.AsOf(), http.RequestAborted);
                http.Response.Headers.ETag = ETags.Of(info.Version);
                return TypedResults.Ok(SystemRow.Of(system));
            })
            .TakesAsOf().As("ReadSystems").Does("已建系统", "A system of the register", Faults.Unknown, Permissions.NotPermitted);

        systems.MapPost("", (Body<RegisterSystemRequest> body, HttpContext http, Commands commands, Queries queries) =>
            {
                var command = new RegisterSystem(body.Value.Code, body.Value.System.Content());
                return Run(http, commands, command.System, async s => RegisterSystem.Decide(
                    command, await s.Find(ExistingSystem.Kind, command.System.Stream), await Known(queries, s), s.Occasion), created: $"/api/systems/{command.System.Value}");
            })
            .IsCommand<SystemRow>(StatusCodes.Status201Created)
            .As("RegisterSystem").Does("登记系统", "Registers a system", RegisterSystem.Exists, SystemRules.BadCode, SystemRules.UnknownOwner, SystemRules.NegativeCost, SystemRules.Repeated, SystemRules.TooMany,
                Texts.Required, Texts.TooLong, Permissions.NotPermitted);

        systems.MapPut("{code}", (string code, Body<SystemRequest> body, HttpContext http, Commands commands, Queries queries) =>
                Run(http, commands, new(code), async s => UpdateSystem.Decide(
                    new(body.Value.Content()), await s.Load(ExistingSystem.Kind, new SystemId(code).Stream), await Known(queries, s), s.Occasion)))
            .IsCommand<SystemRow>()
            .As("UpdateSystem").Does("更新系统", "Changes what the register says", SystemRules.UnknownOwner, SystemRules.NegativeCost, SystemRules.Repeated, SystemRules.TooMany, Texts.Required, Texts.TooLong, Permissions.NotPermitted);

        systems.MapPost("{code}/retirement", (string code, Body<RetireSystem> body, HttpContext http, Commands commands) =>
                Run(http, commands, new(code), async s => RetireSystem.Decide(body.Value, await s.Load(ExistingSystem.Kind, new SystemId(code).Stream), s.Occasion)))
            .IsCommand<SystemRow>()
            .As("RetireSystem").Does("停用系统", "Takes a system out of use", Texts.Required, Permissions.NotPermitted);

        systems.MapPost("{code}/sharing", (string code, Body<RecordSharing> body, HttpContext http, Commands commands) =>
                Run(http, commands, new(code), async s => RecordSharing.Decide(body.Value, await s.Load(ExistingSystem.Kind, new SystemId(code).Stream), s.Occasion)))
            .IsCommand<SystemRow>()
            .As("RecordSharing").Does("记录共享承诺的履行", "Records whether a promise to share is kept", RecordSharing.NotPromised, SystemRules.OutOfUse, Texts.Required, Permissions.NotPermitted);

        systems.MapPost("import", Import)
            .IsCommand<ImportReport>()
            .TakesFile("text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
            .Takes<bool>("acceptGood", "dryRun").As("ImportSystems").Does("导入已建系统(CSV 或 XLSX;acceptGood=true 只存无误的行;dryRun=true 只检查)", "Imports a table of systems (CSV or XLSX; acceptGood=true stores the good rows; dryRun=true only checks)",
                ImportRejected, TableReader.Unreadable, TableReader.TooBig, SystemTable.ColumnMissing, Faults.TooLarge, Permissions.NotPermitted);
    }

    static async Task<IResult> Import(HttpContext http, Commands commands, Queries queries)
    {
        var actor = await http.ActorWho(nameof(ImportSystems));
        var (acceptGood, dryRun) = (http.Truth("acceptGood") == true, http.Truth("dryRun") == true);
        var file = await RequestBody.Read(http, TableReader.MostBytes);
        var units = await Units(queries, actor.Jurisdiction, http.RequestAborted);
        IReadOnlyList<TableRow> rows;
        IReadOnlyList<RegisterSystem> good;
        IReadOnlyList<RejectedCell> rejected;
        try
        {
            rows = TableReader.Read(file);
            (good, rejected) = SystemTable.Read(rows, units);
        }
        catch (TableException e)
        {
            return Problems.Of(http, e.Refusal);
        }

        var register = await Register(queries, actor.Jurisdiction, http.RequestAborted);
        if (dryRun) return TypedResults.Ok(Report(register, stored: false));
        if (rejected.Count > 0 && !acceptGood) return Rejected(http, Report(register, stored: false));

        var entries = good.ToDictionary(e => e.System);
        var known = units.Keys.ToHashSet();
        return await commands.Run(http, new("systems"), async s =>
        {
            register = await Register(queries, actor.Jurisdiction, s.Cancel);
            var seen = new Dictionary<SystemId, ExistingSystem>();
            foreach (var (code, entry) in entries)
            {
                if (!register.TryGetValue(code, out var system)) continue;
                seen[code] = system.Content == entry.Content && !system.Retired ? system : await s.Load(ExistingSystem.Kind, code.Stream);
            }

            return ImportSystems.Decide(new(good), seen, known, s.Occasion);
        }, _ => Report(register, stored: true));

        ImportReport Report(IReadOnlyDictionary<SystemId, ExistingSystem> before, bool stored)
        {
            var unchanged = good.Count(e => before.GetValueOrDefault(e.System) is { Retired: false } s && s.Content == e.Content);
            var registered = good.Count(e => !before.ContainsKey(e.System));
            return new(Math.Max(0, rows.Count - 1), registered, good.Count - unchanged - registered, unchanged, rejected, stored);
        }
    }

    static IResult Rejected(HttpContext http, ImportReport report)
    {
        var chinese = Problems.SpeaksChinese(http);
        var message = ImportRejected.With(report.Rejected.Select(r => r.Row).Distinct().Count()).Message(chinese);
        return Results.Json(
            new ImportProblem("about:blank", message, StatusCodes.Status400BadRequest, message, ImportRejected.Code,
                [.. report.Rejected.Select(r => new ProblemError(r.Code, $"rows[{r.Row}].{r.Column}", chinese ? r.Chinese : r.English))], report),
            Json.Answers, "application/problem+json", StatusCodes.Status400BadRequest);
    }

    static RouteHandlerBuilder TakesFilter(this RouteHandlerBuilder route) => route.TakesAsOf().Takes<string>("q", "owner").Takes<bool>("withheld", "retired");

    internal static ViewQuery<SystemRow> Asked(HttpContext http, Queries queries, Actor actor)
    {
        var (q, owner, withheld, retired) = (http.Text("q"), http.Text("owner"), http.Truth("withheld"), http.Truth("retired"));
        return queries.In(SystemViews.Register, actor.Jurisdiction, http.AsOf())
            .Where($"strpos(lower(code || ' ' || name || ' ' || resources::text), lower({q})) > 0", q is not null)
            .Where($"owner = {owner}", owner is not null)
            .Where($"retired = {retired}", retired is not null)
            .Where($"(cardinality(withheld) > 0) = {withheld}", withheld is not null)
            .OrderBy("code");
    }

    static Task<IResult> Run(HttpContext http, Commands commands, SystemId id, Func<Session, Task<Decision>> decide, string? created = null) =>
        commands.Run(http, id.Stream, decide, s => SystemRow.Of(s.After(ExistingSystem.Kind, id.Stream)!), created);

    static async Task<IReadOnlyDictionary<SystemId, ExistingSystem>> Register(Queries queries, JurisdictionId jurisdiction, CancellationToken cancel) =>
        (await queries.In(SystemViews.Register, jurisdiction).All(cancel)).ToDictionary(r => r.Code, r => r.System());

    static async Task<IReadOnlySet<UnitId>> Known(Queries queries, Session session) =>
        (await Units(queries, session.By.Jurisdiction, session.Cancel)).Keys.ToHashSet();

    static async Task<IReadOnlyDictionary<UnitId, string>> Units(Queries queries, JurisdictionId jurisdiction, CancellationToken cancel) =>
        (await queries.In(People.UnitsView, jurisdiction).Where($"not retired").All(cancel)).ToDictionary(u => u.Id, u => u.Name);
}
