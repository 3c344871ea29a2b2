using Approval.Committee;
using Approval.Directory;
using Approval.EventStore;
using Approval.Http;
using Approval.Intake;
using Approval.InterfaceUnification;
using Approval.Signing;

namespace Approval.Issuance;

/// <summary>An approval as issued: what the document says, and whether it still has the hash recorded when it was issued.</summary>
/// <param name="Document">What it says.</param>
/// <param name="UnitName">The name of the unit.</param>
/// <param name="CanonicalText">The text over which the hash is taken.</param>
/// <param name="Sha256">The hash recorded when it was issued.</param>
/// <param name="Intact">Whether the text still has that hash.</param>
/// <param name="Print">Where the printable document is.</param>
public sealed record ApprovalAnswer(ApprovalDocument Document, string UnitName, string CanonicalText, string Sha256, bool Intact, string Print);

/// <summary>Issuance 批复: giving the number, and reading approvals.</summary>
public static class IssuanceEndpoints
{
    /// <summary>Adds views and routes.</summary>
    public static void MapIssuance(this WebApplication app)
    {
        app.AddView(ApprovalViews.Approvals);

        app.MapPost("/api/proposals/{id}/approval", (string id, Body<SignApproval> body, HttpContext http, Commands commands, IConfiguration configuration) =>
                Issue(id, http, commands, configuration, (p, numbers, catalogue, unit, prefix, today, on) => SignApproval.Decide(body.Value, p, numbers, catalogue, unit, prefix, today, on)))
            .IsCommand<ProposalAnswer>().RequiresIfMatch()
            .As("SignApproval").Does("签发并发出批复", "Signs the approval and issues it in the same act",
                Permissions.NotPermitted, Permissions.WrongStage, IssueApproval.ApprovalNotSigned, IssueApproval.RevisedSinceApproval,
                SigningRules.NoSeat, SigningRules.NotYourTurn, SigningRules.AlreadySigned, SigningRules.RevisionMoved, Texts.TooLong);

        app.MapPost("/api/proposals/{id}/return-to-committee", (string id, Body<CommitteeReason> body, HttpContext http, Commands commands) =>
                commands.On(http, id, async (s, p) => SendBackToCommittee.Decide(new(body.Value.Reason), p, await s.Judging(p), s.Occasion)))
            .IsCommand<ProposalAnswer>().RequiresIfMatch()
            .As("SendBackToCommittee").Does("批复不能签发时退回委员会", "Sends a proposal whose approval can no longer be signed back to the committee",
                Permissions.NotPermitted, Permissions.WrongStage, SendBackToCommittee.ApprovalStands, Texts.Required);

        app.MapPost("/api/proposals/{id}/issuance", (string id, HttpContext http, Commands commands, IConfiguration configuration) =>
                Issue(id, http, commands, configuration, (p, numbers, catalogue, unit, prefix, today, on) => IssueApproval.Decide(new(), p, numbers, catalogue, unit, prefix, today, on)))
            .IsCommand<ProposalAnswer>().RequiresIfMatch()
            .As("IssueApproval").Does("发出已签发的批复：编号、成文并公布所提供的接口", "Issues the signed approval: number, document, and the interfaces it provides",
                Permissions.NotPermitted, Permissions.WrongStage, IssueApproval.ApprovalNotSigned, IssueApproval.RevisedSinceApproval);

        app.MapGet("/api/approvals", async (HttpContext http, Queries queries) =>
            {
                var actor = await http.Actor();
                var year = http.Number("year", 1900, 9999);
                var unit = http.Text("unit");
                var number = http.Text("number");
                var all = Permissions.Check("ReadApprovals", actor) is null;
                return TypedResults.Ok(await queries.In(ApprovalViews.Approvals, actor.Jurisdiction, http.AsOf())
                    .Where($"unit = {actor.Unit}", !all)
                    .Where($"year = {year}", year is not null).Where($"unit = {unit}", unit is not null).Where($"number = {number}", number is not null)
                    .OrderBy("issued_on", descending: true).Page(http.Paging(), http.RequestAborted));
            })
            .TakesAsOf().TakesPage().Takes<int>("year").Takes<string>("unit", "number").As("ReadApprovals", "ReadOwnApprovals").Does("批复列表", "Lists the approvals in force");

        app.MapGet("/api/approvals/{number}", async (string number, HttpContext http, Queries queries, Store store) =>
                TypedResults.Ok(await Find(http, queries, store, number)))
            .TakesAsOf().As("ReadProposals").Does("读取批复，编号形如 2026-1", "Reads an approval by its number, such as 2026-1");

        app.MapGet("/api/approvals/{number}/document", async (string number, HttpContext http, Queries queries, Store store) =>
            {
                var approval = await Find(http, queries, store, number);
                return TypedResults.Content(ApprovalPrint.Html(approval.Document, approval.UnitName), "text/html; charset=utf-8");
            })
            .TakesAsOf().As("ReadProposals").Does("批复文件（可打印）", "The printable approval").Produces<string>(StatusCodes.Status200OK, "text/html");

        app.MapGet(ApprovalPrint.StylePath, () => TypedResults.Content(ApprovalPrint.Style, "text/css; charset=utf-8"))
            .ExcludeFromDescription().AllowAnonymous();

        app.MapGet("/api/proposals/{id}/approval", async (string id, HttpContext http, Queries queries, Store store) =>
            {
                var seen = await queries.Visible(http, id);
                return TypedResults.Ok(seen.State.Issuance.Approval is { } approval
                    ? await Read(http, queries, store, seen.State, approval.Number)
                    : throw new NotFoundException(seen.Info.Stream));
            })
            .TakesAsOf().As("ReadProposals").Does("读取项目的现行批复", "Reads the approval of a proposal that is in force");
    }

    static Task<IResult> Issue(
        string id, HttpContext http, Commands commands, IConfiguration configuration,
        Func<Proposal, ApprovalNumbers, InterfaceCatalogue, string, string, DateOnly, Occasion, Decision> decide) =>
        commands.On(http, id, async (s, proposal) =>
        {
            var numbers = await s.Find(ApprovalNumbers.Kind, JurisdictionStreams.ApprovalNumbers) ?? ApprovalNumbers.None;
            var catalogue = await s.Find(InterfaceCatalogue.Kind, JurisdictionStreams.InterfaceCatalogue) ?? InterfaceCatalogue.Empty;
            var unit = await s.Find(Unit.Kind, proposal.Unit.Stream);
            return decide(proposal, numbers, catalogue, unit?.Name ?? proposal.Unit.Value, Prefix(configuration, s.By.Jurisdiction), await s.Today(), s.Occasion);
        });

    static string Prefix(IConfiguration configuration, JurisdictionId jurisdiction) =>
        configuration[$"Jurisdictions:{jurisdiction.Value}:ApprovalPrefix"] ?? configuration["ApprovalPrefix"] ?? "信批";

    internal static async Task<ApprovalAnswer> Find(HttpContext http, Queries queries, Store store, string number)
    {
        var actor = await http.Actor();
        var numbers = await queries.Load(actor.Jurisdiction, ApprovalNumbers.Kind, JurisdictionStreams.ApprovalNumbers, http.AsOf(), http.RequestAborted);
        if (!numbers.State.Given.TryGetValue(number, out var given)) throw new NotFoundException(JurisdictionStreams.ApprovalNumbers);
        return await Read(http, queries, store, (await queries.Visible(http, given.Proposal.Value)).State, given.Number);
    }

    static async Task<ApprovalAnswer> Read(HttpContext http, Queries queries, Store store, Proposal proposal, string number)
    {
        var actor = await http.Actor();
        var history = await store.Load(actor.Jurisdiction, proposal.Id.Stream, 0, http.AsOf(), http.RequestAborted);
        var events = history.Select(e => e.Event).ToList();
        var document = ApprovalDocument.From(events, number) ?? throw new NotFoundException(proposal.Id.Stream);
        var issued = events.OfType<ApprovalIssued>().Single(e => e.Number == number);
        var unit = await queries.Find(actor.Jurisdiction, Unit.Kind, proposal.Unit.Stream, http.AsOf(), http.RequestAborted);
        return new(
            document, unit?.State.Name ?? proposal.Unit.Value, document.CanonicalText, issued.DocumentSha256, document.Sha256 == issued.DocumentSha256,
            $"/api/approvals/{ApprovalNumbers.Short(issued.Year, issued.Serial)}/document");
    }
}
