using System.Collections.Immutable;
using Approval.Access;
using Approval.Directory;
using Approval.EventStore;
using Approval.Funds;
using Approval.Http;
using Approval.Intake;
using Approval.Policies;
using Approval.Signing;

namespace Approval.MergedAppraisal;

/// <summary>Opens an appraisal.</summary>
/// <param name="Proposals">The proposals, the similar ones together.</param>
public sealed record OpenAppraisalRequest(IReadOnlyList<ProposalId> Proposals);

/// <summary>Appoints the panel.</summary>
/// <param name="Experts">The experts.</param>
public sealed record AppointPanelRequest(IReadOnlyList<PersonId> Experts);

/// <summary>Recuses an expert.</summary>
/// <param name="Reason">The conflict.</param>
/// <param name="Expert">The expert; the one asking unless named.</param>
public sealed record RecuseExpertRequest(string Reason, PersonId? Expert = null);

/// <summary>Hands in a sheet.</summary>
/// <param name="Proposal">The proposal.</param>
/// <param name="Scores">0 to 100 for each criterion, by its key.</param>
/// <param name="Opinion">The opinion.</param>
/// <param name="Suggested">The amount suggested, in yuan.</param>
public sealed record ScoreSheetRequest(ProposalId Proposal, IReadOnlyDictionary<string, int> Scores, string Opinion, Money Suggested);

/// <summary>The conclusion on one proposal.</summary>
/// <param name="Proposal">The proposal.</param>
/// <param name="Kind">The conclusion.</param>
/// <param name="Reason">Why.</param>
/// <param name="Amount">The amount recommended, in yuan; only with a recommendation.</param>
/// <param name="Changes">The changes asked for; only with changes.</param>
/// <param name="Lead">The lead; only with a merge.</param>
public sealed record ConclusionRequest(
    ProposalId Proposal, ConclusionKind Kind, string Reason, Money? Amount = null, IReadOnlyList<string>? Changes = null, ProposalId? Lead = null);

/// <summary>Concludes an appraisal.</summary>
/// <param name="Conclusions">One for each proposal.</param>
public sealed record ConcludeAppraisalRequest(IReadOnlyList<ConclusionRequest> Conclusions);

/// <summary>The routes of appraisals.</summary>
public static class AppraisalEndpoints
{
    static readonly RefusalKind[] OfTexts = [Permissions.NotPermitted, Faults.Unknown, Texts.Required, Texts.TooLong, Texts.ControlCharacters];

    /// <summary>Maps them.</summary>
    public static void MapMergedAppraisal(this WebApplication app)
    {
        app.AddView(AppraisalView.List);
        app.AddView(AppraisalView.UnitPeople);
        app.MapSimilarity();

        app.MapGet("/api/appraisals", async (HttpContext http, Queries queries) =>
            {
                var actor = await Reader(http);
                var (status, proposal, me) = (http.Code<AppraisalStatus>("status"), http.Text("proposal"), new[] { actor.Person.Value });
                return TypedResults.Ok(await queries.In(AppraisalView.List, actor.Jurisdiction, http.AsOf())
                    .Where($"panel @> {me}", Permissions.Of("ReadAppraisals").Roles.Where(actor.Is).All(r => r == Role.Expert))
                    .Where($"status = {status}", status is not null)
                    .Where($"proposals @> {new[] { proposal ?? "" }}", proposal is not null)
                    .OrderBy("opened", descending: true).Page(http.Paging(), http.RequestAborted));
            })
            .TakesAsOf().TakesPage().Takes<AppraisalStatus>("status").Takes<string>("proposal").As("ReadAppraisals").Does("论证列表", "Lists appraisals; an expert's own", Permissions.NotPermitted);

        app.MapGet("/api/appraisals/{id}", async (string id, HttpContext http, Queries queries) =>
            {
                var actor = await Reader(http);
                var seen = await queries.Load(actor.Jurisdiction, Appraisal.Kind, new AppraisalId(id).Stream, http.AsOf(), http.RequestAborted);
                if (!seen.State.MayRead(actor)) throw new NotFoundException(new AppraisalId(id).Stream);
                http.Response.Headers.ETag = ETags.Of(seen.Info.Version);
                return TypedResults.Ok(AppraisalAnswer.Of(seen.State, seen.Info.Version, actor));
            })
            .TakesAsOf().As("ReadAppraisals").IsRecorded(ReadingKind.ScoreSheets).Does("查看论证", "Reads an appraisal; sealed sheets only by who wrote them", Permissions.NotPermitted, Faults.Unknown);

        app.MapPost("/api/appraisals", (Body<OpenAppraisalRequest> body, HttpContext http, Commands commands) =>
            {
                var command = new OpenAppraisal(new(Guid.CreateVersion7().ToString("N")), [.. body.Value.Proposals]);
                return commands.Run(http, command.Appraisal.Stream, async s =>
                {
                    if (Permissions.Check(nameof(OpenAppraisal), s.By) is { } no) return no;
                    var proposals = await Load(s, command.Proposals.Take(OpenAppraisal.MostProposals));
                    var book = await s.Policies();
                    return OpenAppraisal.Decide(command, null, proposals, [.. proposals.Where(p => p.Policy is not null).Select(p => book.Of(p.Policy!.Value)).OfType<Policy>()], s.Occasion);
                }, Answer(command.Appraisal), $"/api/appraisals/{command.Appraisal.Value}");
            })
            .IsCommand<AppraisalAnswer>(StatusCodes.Status201Created)
            .As("OpenAppraisal").Does("发起论证", "Opens one appraisal over one or several proposals",
                Permissions.NotPermitted, Permissions.WrongStage, Faults.Unknown, OpenAppraisal.NoProposal, OpenAppraisal.Assigned, OpenAppraisal.NotLookedFor, AppraisalRefusals.Twice, AppraisalRefusals.TooMany);

        app.MapPost("/api/appraisals/{id}/panel", (string id, Body<AppointPanelRequest> body, HttpContext http, Commands commands, Queries queries) =>
                Run(http, commands, id, nameof(AppointPanel), async (s, appraisal, proposals) =>
                {
                    var command = new AppointPanel([.. body.Value.Experts]);
                    var experts = await Experts(s, command.Experts.Take(AppointPanel.Largest + 1).Distinct());
                    return AppointPanel.Decide(command, appraisal, experts, await Proposers(queries, s, proposals), s.Occasion);
                }))
            .IsCommand<AppraisalAnswer>().As("AppointPanel").Does("组建专家组", "Appoints the panel",
                Permissions.NotPermitted, Faults.Unknown, AppraisalRefusals.Dissolved, AppointPanel.SmallPanel, AppointPanel.EvenPanel, AppointPanel.Appointed, AppraisalRefusals.Twice, AppraisalRefusals.TooMany,
                PanelRules.NotAnExpert, PanelRules.Tied);

        app.MapPost("/api/appraisals/{id}/recusals", (string id, Body<RecuseExpertRequest> body, HttpContext http, Commands commands) =>
                Run(http, commands, id, nameof(RecuseExpert), (s, appraisal, _) =>
                    Task.FromResult(RecuseExpert.Decide(new(body.Value.Expert ?? s.By.Person, body.Value.Reason), appraisal, s.Occasion))))
            .IsCommand<AppraisalAnswer>().As("RecuseExpert").Does("专家回避", "An expert recuses, or the office records a conflict",
                [.. OfTexts, AppraisalRefusals.Dissolved, ReplaceExpert.NoSuchSeat, AppraisalRefusals.SheetsDisclosed]);

        app.MapPost("/api/appraisals/{id}/replacements", (string id, Body<ReplaceExpert> body, HttpContext http, Commands commands, Queries queries) =>
                Run(http, commands, id, nameof(ReplaceExpert), async (s, appraisal, proposals) =>
                    ReplaceExpert.Decide(body.Value, appraisal, (await Experts(s, [body.Value.Joining])).Single(), await Proposers(queries, s, proposals), s.Occasion)))
            .IsCommand<AppraisalAnswer>().As("ReplaceExpert").Does("更换专家", "Gives an expert's seat to another",
                [.. OfTexts, AppraisalRefusals.Dissolved, ReplaceExpert.NoSuchSeat, AppraisalRefusals.SheetsDisclosed, AppraisalRefusals.Twice, PanelRules.NotAnExpert, PanelRules.Tied, PanelRules.HasLeft]);

        app.MapPost("/api/appraisals/{id}/sheets", (string id, Body<ScoreSheetRequest> body, HttpContext http, Commands commands, Queries queries) =>
                Run(http, commands, id, nameof(SubmitScoreSheet), async (s, appraisal, proposals) =>
                {
                    var b = body.Value;
                    var expert = (await Experts(s, [s.By.Person])).Single();
                    return SubmitScoreSheet.Decide(
                        new(b.Proposal, b.Scores.ToImmutableSortedDictionary(StringComparer.Ordinal), b.Opinion, b.Suggested), appraisal, proposals, expert,
                        await Proposers(queries, s, proposals), s.Occasion);
                }))
            .IsCommand<AppraisalAnswer>().As("SubmitScoreSheet").Does("提交评分表", "Hands in a score sheet, sealed until all are in",
                [.. OfTexts, AppraisalRefusals.Dissolved, AppraisalRefusals.NotOnPanel, AppraisalRefusals.NotUnderAppraisal, AppraisalRefusals.SheetsDisclosed, PanelRules.Tied,
                    SubmitScoreSheet.WrongCriteria, SubmitScoreSheet.OutOfRange, SubmitScoreSheet.NegativeAmount]);

        app.MapPost("/api/appraisals/{id}/disclosure", (string id, HttpContext http, Commands commands) =>
                Run(http, commands, id, nameof(DiscloseSheets), (s, appraisal, proposals) => Task.FromResult(DiscloseSheets.Decide(appraisal, proposals, s.Occasion))))
            .IsCommand<AppraisalAnswer>().As("DiscloseSheets").Does("公开评分表", "Discloses the sheets when the last outstanding fell away with its proposal",
                Permissions.NotPermitted, Faults.Unknown, AppraisalRefusals.Dissolved, AppraisalRefusals.PanelIncomplete, AppraisalRefusals.SheetsOutstanding);

        app.MapPost("/api/appraisals/{id}/sheets-reopening", (string id, Body<ReopenSheets> body, HttpContext http, Commands commands) =>
                Run(http, commands, id, nameof(ReopenSheets), (s, appraisal, proposals) => Task.FromResult(ReopenSheets.Decide(body.Value, appraisal, proposals, s.Occasion))))
            .IsCommand<AppraisalAnswer>().As("ReopenSheets").Does("项目修改后请专家重新评分", "Asks the panel for new sheets on proposals revised since they were scored",
                [.. OfTexts, AppraisalRefusals.Dissolved, ConcludeAppraisal.Concluded, AppraisalRefusals.SheetsOutstanding, ReopenSheets.NothingRevised]);

        app.MapPost("/api/appraisals/{id}/conclusion", (string id, Body<ConcludeAppraisalRequest> body, HttpContext http, Commands commands) =>
                Run(http, commands, id, nameof(ConcludeAppraisal), async (s, appraisal, proposals) =>
                {
                    var command = new ConcludeAppraisal(
                        [.. body.Value.Conclusions.Select(c => new Conclusion(c.Proposal, c.Kind, c.Amount, [.. c.Changes ?? []], c.Lead, c.Reason))]);
                    return ConcludeAppraisal.Decide(command, appraisal, proposals, await Funds(s, proposals), s.Occasion);
                }))
            .IsCommand<AppraisalAnswer>().RequiresIfMatch().As("ConcludeAppraisal").Does("形成论证结论", "Concludes the appraisal for every proposal, with its merges and money",
                [.. OfTexts, AppraisalRefusals.Dissolved, ConcludeAppraisal.Concluded, ConcludeAppraisal.Unsettled, ConcludeAppraisal.Unfitting, ConcludeAppraisal.AboveRequested, ConcludeAppraisal.LeadNotRecommended,
                    AppraisalRefusals.PanelIncomplete, AppraisalRefusals.SheetsOutstanding, AppraisalRefusals.SheetsOverrun, AppraisalRefusals.NotUnderAppraisal, AppraisalRefusals.Twice, AppraisalRefusals.TooMany,
                    Permissions.CorrectionOpen, FundRules.NotPositive, FundRules.Exhausted]);

        app.MapPost("/api/appraisals/{id}/dissolution", (string id, Body<DissolveAppraisal> body, HttpContext http, Commands commands) =>
                Run(http, commands, id, nameof(DissolveAppraisal), (s, appraisal, proposals) => Task.FromResult(DissolveAppraisal.Decide(body.Value, appraisal, proposals, s.Occasion))))
            .IsCommand<AppraisalAnswer>().RequiresIfMatch().As("DissolveAppraisal").Does("撤销论证", "Dissolves an appraisal before any conclusion; its proposals are free for another",
                [.. OfTexts, DissolveAppraisal.ConclusionStands]);

        app.MapPost("/api/appraisals/{id}/merge-undoing", (string id, Body<UndoMerge> body, HttpContext http, Commands commands) =>
            {
                var anew = Guid.CreateVersion7().ToString("N");
                return Run(http, commands, id, nameof(UndoMerge), async (s, appraisal, proposals) =>
                {
                    var reservations = proposals.Select((p, i) => (p.Id, New: new ReservationId($"{anew}-{i}"))).ToDictionary(r => r.Id, r => r.New);
                    return UndoMerge.Decide(body.Value, appraisal, proposals, await Funds(s, proposals), reservations, s.Occasion);
                });
            })
            .IsCommand<AppraisalAnswer>().RequiresIfMatch().As("UndoMerge").Does("撤销合并", "Undoes a merge before the committee decides",
                [.. OfTexts, AppraisalRefusals.Dissolved, UndoMerge.NothingMerged, UndoMerge.Decided, UndoMerge.OnAgenda, FundRules.Exhausted]);

        app.MapPost("/api/proposals/{id}/changes-adoption", (string id, HttpContext http, Commands commands) =>
                commands.On(http, id, (s, p) => AdoptChanges.Decide(p, s.Occasion)))
            .IsCommand<ProposalAnswer>().RequiresIfMatch().As("AdoptChanges").Does("确认修改意见已落实", "Finds the changes asked for adopted",
                Permissions.NotPermitted, Faults.Unknown, AdoptChanges.NoChanges, Permissions.CorrectionOpen);
    }

    static async Task<Actor> Reader(HttpContext http)
    {
        var actor = await http.Actor();
        return Permissions.Check("ReadAppraisals", actor) is { } no ? throw new ProblemException(no) : actor;
    }

    /// <summary>A command on an appraisal that the person may see; another's is unknown. Its proposals are seen with it, because what happens to it is told to them.</summary>
    static Task<IResult> Run(HttpContext http, Commands commands, string id, string deed, Func<Session, Appraisal, IReadOnlyList<Proposal>, Task<Decision>> decide) =>
        commands.Run(http, new AppraisalId(id).Stream, async s =>
        {
            var appraisal = await s.Load(Appraisal.Kind, new AppraisalId(id).Stream);
            if (Permissions.Check(deed, s.By) is { } no) return no;
            return appraisal.MayRead(s.By) || appraisal.Left.Contains(s.By.Person) ? await decide(s, appraisal, await Load(s, appraisal.Proposals.Select(p => p.Proposal))) : throw new NotFoundException(appraisal.Id.Stream);
        }, Answer(new(id)));

    static Func<Session, object> Answer(AppraisalId id) => s => AppraisalAnswer.Of(s.After(Appraisal.Kind, id.Stream)!, s.Version(id.Stream), s.By);

    static async Task<IReadOnlyList<Proposal>> Load(Session s, IEnumerable<ProposalId> ids)
    {
        var proposals = new List<Proposal>();
        foreach (var id in ids.Distinct()) proposals.Add(await s.Load(Proposal.Kind, id.Stream));
        return proposals;
    }

    static async Task<IReadOnlyList<Person>> Experts(Session s, IEnumerable<PersonId> ids)
    {
        var experts = new List<Person>();
        foreach (var id in ids) experts.Add(await s.Load(Person.Kind, id.Stream));
        return experts;
    }

    /// <summary>The funds that hold, or before a merge held, money for the proposals.</summary>
    static async Task<IReadOnlyList<Fund>> Funds(Session s, IEnumerable<Proposal> proposals)
    {
        var funds = new List<Fund>();
        foreach (var id in proposals.SelectMany(p => new[] { p.Held?.Fund, p.Appraisal.HeldBefore?.Fund }).OfType<FundId>().Distinct().OrderBy(f => f.Value, StringComparer.Ordinal))
            funds.Add(await s.Load(Fund.Kind, id.Stream));
        return funds;
    }

    static async Task<IReadOnlyCollection<PersonId>> Proposers(Queries queries, Session s, IReadOnlyList<Proposal> proposals)
    {
        var units = proposals.Select(p => p.Unit.Value).Distinct().ToArray();
        var authors = new List<PersonId>();
        foreach (var proposal in proposals) authors.AddRange(await s.Authors(proposal));
        return [.. proposals.SelectMany(Separation.Endorsers), .. authors, .. (await queries.In(AppraisalView.UnitPeople, s.By.Jurisdiction).Where($"unit = any({units})").All(s.Cancel)).Select(r => r.Person)];
    }
}
