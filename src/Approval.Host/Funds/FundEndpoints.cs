using Approval.EventStore;
using Approval.Http;

namespace Approval.Funds;

/// <summary>A reservation in a fund's ledger.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Proposal">The proposal for which the money was set aside.</param>
/// <param name="Title">The proposal's title.</param>
/// <param name="Unit">The proposal's unit.</param>
/// <param name="Track">The proposal's track at the time.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Amount">What it holds; once it has ended, what it held last.</param>
/// <param name="Into">The reservation that took it in, if it was carried over.</param>
public sealed record LedgerEntry(ReservationId Id, ProposalId Proposal, string? Title, UnitId? Unit, Track Track, ReservationStatus Status, Money Amount, ReservationId? Into);

/// <summary>A fund with its ledger.</summary>
/// <param name="Id">Its code.</param>
/// <param name="Version">Its version, as in the ETag.</param>
/// <param name="Name">Its name.</param>
/// <param name="Year">Its budget year.</param>
/// <param name="Basis">The document that grants the money.</param>
/// <param name="Ceiling">The most that it may hold.</param>
/// <param name="Reserved">Held and not yet committed.</param>
/// <param name="Committed">Held for approved projects.</param>
/// <param name="Free">What can still be reserved.</param>
/// <param name="HeldByKey">What key projects hold.</param>
/// <param name="Reservations">Every reservation ever made, the largest first, those that hold money before those that ended.</param>
public sealed record FundAnswer(
    FundId Id, long Version, string Name, int Year, string? Basis, Money Ceiling, Money Reserved, Money Committed, Money Free, Money HeldByKey, IReadOnlyList<LedgerEntry> Reservations)
{
    /// <summary>The answer about a fund at a version.</summary>
    /// <param name="fund">The fund.</param>
    /// <param name="version">Its version.</param>
    /// <param name="proposals">The proposals of its reservations, as far as they are known.</param>
    public static FundAnswer Of(Fund fund, long version, IReadOnlyDictionary<StreamId, Proposal> proposals) => new(
        fund.Id, version, fund.Name, fund.Year, fund.Basis, fund.Ceiling, fund.Reserved, fund.Committed, fund.Free, fund.HeldByKey,
        [.. fund.Reservations.Values.OrderBy(r => !r.Live).ThenByDescending(r => r.Amount).ThenBy(r => r.Id.Value, StringComparer.Ordinal).Select(r =>
        {
            var proposal = proposals.GetValueOrDefault(r.Proposal.Stream);
            return new LedgerEntry(r.Id, r.Proposal, proposal?.Content.Title, proposal?.Unit, r.Track, r.Status, r.Amount, r.Into);
        })]);
}

/// <summary>The routes of funds.</summary>
public static class FundEndpoints
{
    /// <summary>Maps them.</summary>
    public static void MapFunds(this WebApplication app)
    {
        app.AddView(FundView.List);

        app.MapPost("/api/funds", (Body<OpenFund> body, HttpContext http, Commands commands) =>
                commands.Run(http, body.Value.Fund.Stream,
                    async s => OpenFund.Decide(body.Value, await s.Find(Fund.Kind, body.Value.Fund.Stream), s.Occasion),
                    s => FundAnswer.Of(s.After(Fund.Kind, body.Value.Fund.Stream)!, s.Version(body.Value.Fund.Stream), new Dictionary<StreamId, Proposal>()),
                    $"/api/funds/{Uri.EscapeDataString(body.Value.Fund.Value)}"))
            .IsCommand<FundAnswer>(StatusCodes.Status201Created)
            .As("OpenFund").Does("设立资金", "Opens a fund", Permissions.NotPermitted, OpenFund.BadCode, OpenFund.BadYear, OpenFund.Exists, FundRules.NotPositive, Texts.Required, Texts.TooLong, Texts.ControlCharacters);

        app.MapPut("/api/funds/{id}/ceiling", (string id, Body<ChangeFundCeiling> body, HttpContext http, Commands commands, Queries queries) =>
            {
                var stream = new FundId(id).Stream;
                IReadOnlyDictionary<StreamId, Proposal> proposals = null!;
                return commands.Run(http, stream, async s =>
                {
                    var fund = await s.Load(Fund.Kind, stream);
                    proposals = await ProposalsOf(queries, s.By.Jurisdiction, fund, null, s.Cancel);
                    return ChangeFundCeiling.Decide(body.Value, fund, s.Occasion);
                }, s => FundAnswer.Of(s.After(Fund.Kind, stream)!, s.Version(stream), proposals));
            })
            .IsCommand<FundAnswer>().RequiresIfMatch()
            .As("ChangeFundCeiling").Does("调整资金上限", "Changes a fund's ceiling", Permissions.NotPermitted, ChangeFundCeiling.BelowHeld, FundRules.NotPositive, Texts.Required, Texts.TooLong, Texts.ControlCharacters);

        app.MapGet("/api/funds", async (HttpContext http, Queries queries) =>
            {
                var actor = await http.ActorWho("ReadFunds");
                var year = http.Number("year", 2000, 2100);
                return TypedResults.Ok(await queries.In(FundView.List, actor.Jurisdiction, http.AsOf())
                    .Where($"year = {year}", year is not null).OrderBy("year", descending: true).Page(http.Paging(), http.RequestAborted));
            })
            .TakesAsOf().TakesPage().Takes<int>("year").As("ReadFunds").Does("资金列表", "Lists the funds with their figures", Permissions.NotPermitted);

        app.MapGet("/api/funds/{id}", async (string id, HttpContext http, Queries queries) =>
            {
                var actor = await http.ActorWho("ReadFunds");
                var seen = await queries.Load(actor.Jurisdiction, Fund.Kind, new FundId(id).Stream, http.AsOf(), http.RequestAborted);
                http.Response.Headers.ETag = ETags.Of(seen.Info.Version);
                return TypedResults.Ok(FundAnswer.Of(
                    seen.State, seen.Info.Version, await ProposalsOf(queries, actor.Jurisdiction, seen.State, http.AsOf(), http.RequestAborted)));
            })
            .TakesAsOf().As("ReadFunds").Does("资金台账", "A fund with its ledger, now or as of an instant", Permissions.NotPermitted, Faults.Unknown);
    }
    static Task<IReadOnlyDictionary<StreamId, Proposal>> ProposalsOf(Queries queries, JurisdictionId jurisdiction, Fund fund, AsOf? asOf, CancellationToken cancel) =>
        queries.All(jurisdiction, Proposal.Kind, fund.Reservations.Values.Select(r => r.Proposal.Stream), asOf, cancel);
}
