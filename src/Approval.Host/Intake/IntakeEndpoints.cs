using System.Collections.Immutable;
using System.Text.Json;
using Approval.Access;
using Approval.Dashboard;
using Approval.Directory;
using Approval.EventStore;
using Approval.Http;
using Approval.MergedAppraisal;
using Approval.Policies;
using Approval.Signing;
using Approval.Systems;
using Microsoft.AspNetCore.Http.Features;

namespace Approval.Intake;

/// <summary>A proposal in the list.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">Its title.</param>
/// <param name="Unit">The unit that proposes.</param>
/// <param name="Stage">Where it stands.</param>
/// <param name="Track">Its track once classified.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Category">New, rebuild, expand or operate.</param>
/// <param name="Revision">The newest revision.</param>
/// <param name="Requested">The total asked for.</param>
/// <param name="Recommended">The amount recommended.</param>
/// <param name="Approved">The amount approved.</param>
/// <param name="Batch">The batch it is in.</param>
/// <param name="MergedInto">The lead into which it was merged.</param>
/// <param name="Number">The approval's number.</param>
/// <param name="Year">The year in which it was drafted.</param>
/// <param name="Submitted">When it was first submitted.</param>
/// <param name="StageEntered">Since when it stands in its stage.</param>
/// <param name="Paused">Whether the unit corrects.</param>
/// <param name="Changed">When it last changed.</param>
public sealed record ListedProposal(
    ProposalId Id, string Title, UnitId Unit, Stage Stage, Track? Track, Outcome? Outcome, Category Category, int Revision, Money Requested, Money? Recommended, Money? Approved,
    BatchId? Batch, ProposalId? MergedInto, string? Number, int Year, DateTimeOffset? Submitted, DateTimeOffset StageEntered, bool Paused, DateTimeOffset Changed);

/// <summary>What a return says.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Items">What to correct, one thing each.</param>
public sealed record ReturnRequest(string Reason, IReadOnlyList<string>? Items = null);

/// <summary>What a move to another policy would change.</summary>
/// <param name="Version">The version.</param>
/// <param name="Changes">The rules that would differ from where the proposal stands.</param>
public sealed record PolicyMoveForecast(int Version, IReadOnlyList<PolicyDifference> Changes);

/// <summary>One revision of a proposal.</summary>
/// <param name="Revision">Its number.</param>
/// <param name="At">When it was recorded.</param>
/// <param name="By">Who made it.</param>
/// <param name="Changed">The parts changed against the revision before; all of them are new in the first.</param>
public sealed record ListedRevision(int Revision, DateTimeOffset At, PersonId By, IReadOnlyList<ContentPart> Changed);

/// <summary>A revision's content.</summary>
/// <param name="Revision">Its number.</param>
/// <param name="At">When it was recorded.</param>
/// <param name="By">Who made it.</param>
/// <param name="Changed">The parts changed against the revision before.</param>
/// <param name="Content">What it says.</param>
public sealed record RevisionAnswer(int Revision, DateTimeOffset At, PersonId By, IReadOnlyList<ContentPart> Changed, ProposalContent Content);

/// <summary>What the form check would say now.</summary>
/// <param name="Passes">Whether the proposal would pass.</param>
/// <param name="Failures">Everything that keeps it from passing.</param>
public sealed record FormCheckAnswer(bool Passes, IReadOnlyList<FormFailure> Failures);

/// <summary>One failure of the form check.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Field">The field.</param>
/// <param name="Message">What is wrong.</param>
public sealed record FormFailure(string Code, string? Field, string Message);

/// <summary>The routes of intake.</summary>
public static class IntakeEndpoints
{
    static readonly RefusalKind[] Content =
    [
        Texts.Required, Texts.TooLong, Texts.ControlCharacters, ContentRules.TooMany, ContentRules.LineMissing, ContentRules.NegativeAmount, ContentRules.ProtectionLevelUnknown,
        ContentRules.DateImplausible, ContentRules.InterfaceLineNumber, ContentRules.AttachmentMalformed, ContentRules.AttachmentNotStored,
    ];

    static readonly RefusalKind[] Form =
    [
        FormCheck.PartMissing, FormCheck.BudgetDoesNotSum, FormCheck.PrivateNetwork, FormCheck.SharingWithoutLegalBasis, FormCheck.CryptographyPlanMissing,
        FormCheck.FinishBeforeStart, FormCheck.ScheduleImplausible, FormCheck.UnitWithholdsData,
    ];

    static readonly RefusalKind[] Standing = [Permissions.NotPermitted, Permissions.WrongStage, Permissions.CorrectionOpen, Faults.Unknown];

    /// <summary>Maps them.</summary>
    public static void MapIntake(this WebApplication app)
    {
        app.AddView(ProposalView.List);
        app.AddView(ProposalView.Endorsers);

        app.MapPost("/api/proposals", (Body<DraftProposal> body, HttpContext http, Commands commands) =>
            {
                var id = new ProposalId(Guid.CreateVersion7().ToString("N"));
                return commands.Run(http, id.Stream, async s =>
                    DraftProposal.Decide(body.Value, id, await s.Find(Proposal.Kind, id.Stream), await UnitOf(s), new HashSet<string>(), s.Occasion),
                    s => ProposalAnswer.Of(s, id), $"/api/proposals/{id.Value}");
            })
            .IsCommand<ProposalAnswer>(StatusCodes.Status201Created)
            .As("DraftProposal").Does("拟稿", "Drafts a proposal of the own unit", [Permissions.NotPermitted, DirectoryRules.UnitRetired, .. Content]);

        app.MapPut("/api/proposals/{id}", (string id, Body<ReviseProposal> body, HttpContext http, Commands commands, Attachments attachments, SimilarityIndex similarity) =>
                commands.On(http, id, async (s, p) =>
                    await similarity.Complete(s, p, ReviseProposal.Decide(body.Value, p, await attachments.Stored(s.By.Jurisdiction, p.Id, body.Value.Content, s.Cancel), s.Occasion))))
            .IsCommand<ProposalAnswer>()
            .As("ReviseProposal").Does("修改申报书,形成新稿", "Changes the content, which makes the next revision", [.. Standing, IntakeRefusals.PenNotWithUnit, .. Content]);

        app.MapPost("/api/proposals/{id}/endorsement-request", (string id, HttpContext http, Commands commands, Queries queries) =>
            {
                var round = new RoundId(Guid.CreateVersion7().ToString("N"));
                return commands.On(http, id, async (s, p) =>
                {
                    var endorsers = await queries.In(ProposalView.Endorsers, s.By.Jurisdiction).Where($"unit = {p.Unit}").All(s.Cancel);
                    return AskEndorsement.Decide(new(), p, round, [.. endorsers.Select(e => e.Person)], await s.InForce(), s.Occasion);
                });
            })
            .IsCommand<ProposalAnswer>()
            .As("AskEndorsement").Does("送部门首席信息官审签", "Asks the unit's departmental CIOs to endorse",
                [.. Standing, IntakeRefusals.PenNotWithUnit, IntakeRefusals.NoDepartmentalCio, PolicyBook.NoneInForce]);

        app.MapPost("/api/proposals/{id}/submission", (string id, HttpContext http, Commands commands, Queries queries, SimilarityIndex similarity) =>
                commands.On(http, id, async (s, p) => await similarity.Complete(s, p,
                    SubmitProposal.Decide(new(), p, await s.InForce(), await Withheld(queries, s.By.Jurisdiction, p.Unit, s.Cancel), await s.Today(), s.Occasion))))
            .IsCommand<ProposalAnswer>()
            .As("SubmitProposal").Does("提交申报", "Submits the endorsed proposal; the form check reports everything at once", [.. Standing, IntakeRefusals.NotEndorsed, PolicyBook.NoneInForce, .. Form]);

        app.MapPost("/api/proposals/{id}/acceptance", (string id, HttpContext http, Commands commands) =>
                commands.On(http, id, async (s, p) => AcceptProposal.Decide(new(), p, await s.InForce(), s.Occasion)))
            .IsCommand<ProposalAnswer>().RequiresIfMatch()
            .As("AcceptProposal").Does("受理", "Accepts the proposal and fixes the policy that judges it", [.. Standing, PolicyBook.NoneInForce]);

        app.MapPost("/api/proposals/{id}/declination", (string id, Body<DeclineProposal> body, HttpContext http, Commands commands) =>
                commands.On(http, id, async (s, p) => DeclineProposal.Decide(body.Value, p, await s.InForce(), s.Occasion)))
            .IsCommand<ProposalAnswer>().RequiresIfMatch()
            .As("DeclineProposal").Does("不予受理", "Does not accept the proposal, which ends it", [.. Standing, DeclineProposal.AlreadyAccepted, PolicyBook.NoneInForce, Texts.Required, Texts.TooLong]);

        app.MapPost("/api/proposals/{id}/return", (string id, Body<ReturnRequest> body, HttpContext http, Commands commands) =>
                commands.On(http, id, async (s, p) => ReturnProposal.Decide(new(body.Value.Reason, [.. body.Value.Items ?? []]), p, await s.Judging(p), s.Occasion)))
            .IsCommand<ProposalAnswer>()
            .As("ReturnProposal").Does("退回补正", "Returns the proposal to its unit for correction; the stage's clock stands meanwhile", [.. Standing, PolicyBook.NoneInForce, Texts.Required, Texts.TooLong, ContentRules.TooMany]);

        app.MapPost("/api/proposals/{id}/correction", (string id, Body<AnswerCorrection> body, HttpContext http, Commands commands, Queries queries) =>
                commands.On(http, id, async (s, p) =>
                    AnswerCorrection.Decide(body.Value, p, await s.Judging(p), await Withheld(queries, s.By.Jurisdiction, p.Unit, s.Cancel), await s.Today(), s.Occasion)))
            .IsCommand<ProposalAnswer>()
            .As("AnswerCorrection").Does("答复补正", "Answers the correction; the form check runs again and the proposal goes back to the stage that asked",
                [.. Standing, IntakeRefusals.NoCorrectionOpen, IntakeRefusals.NotEndorsed, PolicyBook.NoneInForce, Texts.Required, Texts.TooLong, .. Form]);

        app.MapPost("/api/proposals/{id}/withdrawal", (string id, Body<WithdrawProposal> body, HttpContext http, Commands commands) =>
                commands.On(http, id, async (s, p) => WithdrawProposal.Decide(body.Value, p, await s.FundOf(p.Held), s.Occasion)))
            .IsCommand<ProposalAnswer>()
            .As("WithdrawProposal").Does("撤回", "Withdraws the proposal, which ends it and releases its money", [.. Standing, IntakeRefusals.ApprovalInForce, Texts.Required, Texts.TooLong]);

        app.MapPost("/api/proposals/{id}/lapse", (string id, Body<LapseProposal> body, HttpContext http, Commands commands) =>
                commands.On(http, id, async (s, p) => LapseProposal.Decide(body.Value, p, await s.FundOf(p.Held), await s.Judging(p), await s.Calendar(), s.Occasion)))
            .IsCommand<ProposalAnswer>().RequiresIfMatch()
            .As("LapseProposal").Does("逾期失效", "Ends a proposal whose unit did not answer a correction in time",
                [.. Standing, LapseProposal.NotOverdue, IntakeRefusals.ApprovalInForce, IntakeRefusals.NoCorrectionOpen, PolicyBook.NoneInForce, Texts.Required, Texts.TooLong]);

        app.MapPost("/api/proposals/{id}/policy-move", (string id, Body<MoveToPolicy> body, HttpContext http, Commands commands) =>
                commands.On(http, id, async (s, p) => MoveToPolicy.Decide(body.Value, p, (await s.Policies()).Of(body.Value.Version), await s.Today(), s.Occasion)))
            .IsCommand<ProposalAnswer>().RequiresIfMatch()
            .As("MoveToPolicy").Does("变更适用的审批办法", "Moves a running proposal to another version of the policy",
                [.. Standing, IntakeRefusals.NotAcceptedYet, MoveToPolicy.PolicyUnknown, MoveToPolicy.PolicyNotYetInForce, Texts.Required, Texts.TooLong]);

        app.MapGet("/api/proposals/{id}/policy-move", async (string id, HttpContext http, Queries queries) =>
                TypedResults.Ok(await Forecast(http, id, http.Number("version", 1, 100_000) ?? throw new ProblemException(Faults.InvalidParameter.At("version", "1–100000")), queries)))
            .TakesAsOf().Takes<int>("version").As("MoveToPolicy").Does("试算变更审批办法的影响", "The dry run: what a move to another version (?version=) would change",
                [Permissions.NotPermitted, Faults.Unknown, Faults.InvalidParameter, IntakeRefusals.NotAcceptedYet, MoveToPolicy.PolicyUnknown]);

        app.MapGet("/api/proposals", async (HttpContext http, Queries queries) => TypedResults.Ok(await List(http, queries)))
            .TakesAsOf().TakesPage().Takes<Stage>("stage", "passed").Takes<Track>("track").Takes<Outcome>("outcome").Takes<string>("unit", "batch", "q").Takes<int>("year")
            .Takes<bool>("submitted", "paused", "classified", "recommended", "approved", "lead", "overdue")
            .As("ReadProposals").Does("项目列表", "Lists the proposals that the person may see", Faults.InvalidParameter);

        app.MapGet("/api/proposals/{id}", async (string id, HttpContext http, Queries queries) =>
            {
                var seen = await queries.Visible(http, id);
                http.Response.Headers.ETag = ETags.Of(seen.Info.Version);
                return TypedResults.Ok(ProposalAnswer.Of(seen.State, seen.Info.Version));
            })
            .TakesAsOf().As("ReadProposals").Does("项目详情", "A proposal, now or as of an instant", Faults.Unknown);

        app.MapGet("/api/proposals/{id}/form-check", async (string id, HttpContext http, Queries queries, TimeProvider clock) =>
            {
                var seen = await queries.Visible(http, id);
                var actor = await http.Actor();
                var asOf = http.AsOf();
                var book = await queries.Policies(actor.Jurisdiction, asOf, http.RequestAborted);
                var today = Calendars.WorkingCalendar.WeekendsOnly.DateOf(asOf?.At ?? clock.GetUtcNow());
                var policy = book.Judging(seen.State, today) ?? throw new ProblemException(PolicyBook.NoneInForce.With(today));
                var failures = FormCheck.Check(seen.State.Content, policy, await Withheld(queries, actor.Jurisdiction, seen.State.Unit, http.RequestAborted, asOf), today);
                var chinese = Problems.SpeaksChinese(http);
                return TypedResults.Ok(new FormCheckAnswer(failures.Count == 0, [.. failures.Select(f => new FormFailure(f.Code, f.Field, f.Message(chinese)))]));
            })
            .TakesAsOf().As("ReadProposals").Does("形式审查预检", "What the form check would say, now or at an instant", Faults.Unknown, PolicyBook.NoneInForce);

        app.MapGet("/api/proposals/{id}/revisions", async (string id, HttpContext http, Queries queries, Store store) =>
                TypedResults.Ok((IReadOnlyList<ListedRevision>)[.. (await Revisions(http, id, queries, store)).Select(r => new ListedRevision(r.Revision, r.At, r.By, r.Changed))]))
            .TakesAsOf().As("ReadProposals").Does("各稿列表", "The revisions of a proposal", Faults.Unknown);

        app.MapGet("/api/proposals/{id}/revisions/{number:int}", async (string id, int number, HttpContext http, Queries queries, Store store) =>
                TypedResults.Ok((await Revisions(http, id, queries, store)).FirstOrDefault(r => r.Revision == number) ?? throw new NotFoundException(new ProposalId(id).Stream)))
            .TakesAsOf().As("ReadProposals").Does("某一稿", "One revision of a proposal", Faults.Unknown);

        app.MapPost("/api/proposals/{id}/attachments", async (string id, HttpContext http, Queries queries, Attachments attachments) =>
            {
                var actor = await http.Actor();
                var proposal = (await queries.Visible(http, id)).State;
                if (Permissions.Check(nameof(ReviseProposal), actor, proposal) is { } no) throw new ProblemException(no);
                if (!proposal.PenWithUnit()) throw new ProblemException(IntakeRefusals.PenNotWithUnit.With());
                var file = new Attachment(http.Text("name") ?? "", http.Request.ContentType?.Split(';')[0].Trim() ?? "", 1, new('0', 64));
                if (ContentRules.Check(proposal.Content with { Attachments = [file] }, new HashSet<string> { file.Sha256 }).Any(r => r.Field == "content.attachments[0]"))
                    throw new ProblemException(ContentRules.AttachmentMalformed.At("name"));
                if (http.Request.ContentLength > ContentRules.AttachmentBytes) throw new ProblemException(Faults.TooLarge.With());
                if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = ContentRules.AttachmentBytes + 1;
                if (!AttachmentContent.IsKnown(file.MediaType)) throw new ProblemException(AttachmentContent.TypeNotTaken.At("", string.Join(", ", AttachmentContent.Taken)));
                var stored = await attachments.Store(actor.Jurisdiction, proposal.Id, file.Name, file.MediaType, http.Request.Body, http.RequestAborted);
                return TypedResults.Created($"/api/proposals/{id}/attachments/{stored.Sha256}", stored);
            })
            .TakesFile(AttachmentContent.Taken).Takes<string>("name").As("ReviseProposal").Does("上传附件(随后写入申报书)", "Uploads a file as the raw body (?name=), to be named by the next revision",
                [.. Standing, IntakeRefusals.PenNotWithUnit, ContentRules.AttachmentMalformed, Attachments.Empty, AttachmentContent.TypeNotTaken, AttachmentContent.Mismatch, Faults.TooLarge]);

        app.MapGet("/api/proposals/{id}/attachments/{sha256}", async (string id, string sha256, HttpContext http, Queries queries, Attachments attachments, Readings readings, Store store) =>
            {
                var named = (await Revisions(http, id, queries, store)).Reverse().SelectMany(r => r.Content.Attachments).FirstOrDefault(a => a.Sha256 == sha256)
                    ?? throw new ProblemException(Faults.Unknown.With());
                var actor = await http.Actor();
                if ((await queries.Visible(http, id)).State.Unit != actor.Unit) await readings.Record(http, ReadingKind.Attachment);
                await attachments.Send(http, actor.Jurisdiction, new(id), named);
            })
            .Produces<byte[]>(StatusCodes.Status200OK, "application/octet-stream")
            .TakesAsOf().As("ReadProposals").Does("下载附件", "Downloads an attachment that a revision names", Faults.Unknown);
    }

    static async Task<Unit> UnitOf(Session s) =>
        await s.Find(Unit.Kind, s.By.Unit.Stream) ?? throw new ProblemException(Permissions.NotPermitted.With());

    /// <summary>The resources that approved projects and registered systems of a unit promised to share and withhold.</summary>
    internal static async Task<IReadOnlyCollection<string>> Withheld(Queries queries, JurisdictionId jurisdiction, UnitId unit, CancellationToken cancel, AsOf? asOf = null) =>
        [.. (await queries.PromisesBrokenBy(jurisdiction, unit, cancel, asOf)).Select(b => b.Resource).Distinct()];

    static async Task<PolicyMoveForecast> Forecast(HttpContext http, string id, int version, Queries queries)
    {
        var actor = await http.ActorWho(nameof(MoveToPolicy));
        var proposal = (await queries.Visible(http, id)).State;
        var book = await queries.Policies(actor.Jurisdiction, http.AsOf(), http.RequestAborted);
        var to = book.Of(version) ?? throw new ProblemException(MoveToPolicy.PolicyUnknown.At("version", version));
        if (proposal.Policy is not { } policy) throw new ProblemException(IntakeRefusals.NotAcceptedYet.With());
        return new(version, MoveToPolicy.Differences(proposal, book.Of(policy)!, to));
    }

    internal static async Task<Page<ListedProposal>> List(HttpContext http, Queries queries)
    {
        var page = await (await Asked(http, queries)).OrderBy("changed", descending: true).Page(http.Paging(), http.RequestAborted);
        return new([.. page.Items.Select(r => new ListedProposal(
            r.Id, r.Title, r.Unit, r.Stage, r.Track, r.Outcome, r.Category, r.Revision, r.Requested, r.Recommended, r.Approved,
            r.Batch, r.MergedInto, r.Number, r.Year, r.Submitted, r.StageEntered, r.Paused, r.Changed))], page.Next);
    }

    /// <summary>The proposals that are asked for, as far as the person may see them. The last filters are those by which the committee's figures open the list behind them.</summary>
    internal static async Task<ViewQuery<ProposalRow>> Asked(HttpContext http, Queries queries)
    {
        var actor = await http.Actor();
        var sight = Visibility.Of(actor);
        var (stage, track, unit, batch) = (http.Code<Stage>("stage"), http.Code<Track>("track"), http.Text("unit"), http.Text("batch"));
        var (outcome, year, q) = (http.Code<Outcome>("outcome"), http.Number("year", 2000, 2100), http.Text("q"));
        string[] keys = [.. Visibility.Keys(actor)];
        var own = sight.OwnUnit?.Value ?? "";
        var query = queries.In(ProposalView.List, actor.Jurisdiction, http.AsOf())
            .Where($"({sight.Submitted} and submitted is not null) or unit = {own} or readers && {keys}", !sight.Drafts)
            .Where($"stage = {stage!}", stage is not null).Where($"track = {track!}", track is not null).Where($"outcome = {outcome!}", outcome is not null)
            .Where($"unit = {unit!}", unit is not null).Where($"batch = {batch!}", batch is not null).Where($"year = {year!}", year is not null);
        if (q is not null)
        {
            foreach (var run in SearchedWords.Runs(q)) query.Where($"strpos(words, {run}) > 0");
        }

        if (http.Truth("submitted") is { } submitted) query.Where($"(submitted is not null) = {submitted}");
        if (http.Truth("paused") is { } paused) query.Where($"paused = {paused}");
        if (http.Truth("classified") is { } classified) query.Where($"(track is not null) = {classified}");
        if (http.Truth("recommended") is { } recommended) query.Where($"(recommended is not null) = {recommended} and (recommended is not null or merged_into is null)");
        if (http.Truth("approved") is { } approved) query.Where($"(approved is not null) = {approved}");
        if (http.Truth("lead") is { } lead) query.Where($"(cardinality(absorbed) > 0) = {lead}");
        if (http.Code<Stage>("passed") is { } passed)
        {
            var stay = JsonSerializer.Serialize(new[] { new { stage = passed } }, Json.Events);
            query.Where($"stays @> {stay}::jsonb");
        }

        if (http.Truth("overdue") is { } overdue)
        {
            var standings = http.RequestServices.GetRequiredService<Standings>();
            string[] late = http.AsOf() is { } then ? await standings.Ask(actor.Jurisdiction, then, Late, http.RequestAborted) : await standings.Ask(actor.Jurisdiction, Late, http.RequestAborted);
            query.Where($"(id = any({late})) = {overdue}");
        }

        return query;

        static string[] Late(IReadOnlyDictionary<string, Standing> all, StandingTotals totals, Rules rules) => [.. all.Values.Where(p => p.OverdueOn(rules.Today)).Select(p => p.Id.Value)];
    }

    internal static async Task<IReadOnlyList<RevisionAnswer>> Revisions(HttpContext http, string id, Queries queries, Store store)
    {
        var seen = await queries.Visible(http, id);
        var events = await store.Load(seen.Info.Jurisdiction, seen.Info.Stream, cancel: http.RequestAborted);
        return
        [
            .. events.Take((int)seen.Info.Version).SelectMany(r => r.Event switch
            {
                ProposalDrafted e => new[] { new RevisionAnswer(1, r.Envelope.At, r.Envelope.By ?? new(""), [.. Enum.GetValues<ContentPart>()], e.Content) },
                ProposalRevised e => [new(e.Revision, r.Envelope.At, r.Envelope.By ?? new(""), [.. e.Changed], e.Content)],
                _ => [],
            }),
        ];
    }
}
