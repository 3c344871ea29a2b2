using Approval.Http;
using Approval.Intake;

namespace Approval.Signing;

/// <summary>A signature for.</summary>
/// <param name="Revision">The revision that the signer saw.</param>
/// <param name="Opinion">What the signer adds.</param>
public sealed record SignatureRequest(int Revision, string? Opinion = null);

/// <summary>A signature against.</summary>
/// <param name="Revision">The revision that the signer saw.</param>
/// <param name="Reason">Why.</param>
public sealed record ObjectionRequest(int Revision, string Reason);

/// <summary>A signer's return.</summary>
/// <param name="To">To whom.</param>
/// <param name="Reason">Why.</param>
/// <param name="Items">What the unit is to correct.</param>
public sealed record RoundReturnRequest(ReturnTo To, string Reason, IReadOnlyList<string>? Items = null);

/// <summary>A reason.</summary>
/// <param name="Reason">Why.</param>
public sealed record ReasonRequest(string Reason);

/// <summary>A seat to add.</summary>
/// <param name="Seat">The seat.</param>
/// <param name="Reason">Why.</param>
public sealed record SignerRequest(Seat Seat, string Reason);

/// <summary>A seat handed over.</summary>
/// <param name="To">To whom.</param>
/// <param name="Reason">Why.</param>
public sealed record HandoverRequest(PersonId To, string Reason);

/// <summary>A question to a person.</summary>
/// <param name="Of">Who is asked.</param>
/// <param name="Question">What is asked.</param>
public sealed record OpinionRequest(PersonId Of, string Question);

/// <summary>An opinion.</summary>
/// <param name="Text">What the person thinks.</param>
public sealed record OpinionText(string Text);

/// <summary>An urging.</summary>
/// <param name="Note">What to tell those who have not signed.</param>
public sealed record UrgingRequest(string? Note = null);

/// <summary>A copy.</summary>
/// <param name="To">To whom.</param>
public sealed record CopyRequest(PersonId To);

/// <summary>The routes of signing rounds, under the proposal they are about.</summary>
public static class SigningEndpoints
{
    static readonly RefusalKind[] Common =
        [Permissions.NotPermitted, Permissions.CorrectionOpen, Faults.Unknown, SigningRules.RoundUnknown, SigningRules.RoundOver, Texts.Required, Texts.TooLong, Texts.ControlCharacters];

    static readonly RefusalKind[] Signed =
        [.. Common, SigningRules.NoSeat, SigningRules.NotYourTurn, SigningRules.AlreadySigned, SigningRules.RevisionMoved, Separation.Author, Separation.Endorser];

    /// <summary>Maps them.</summary>
    public static void MapSigning(this WebApplication app)
    {
        const string Rounds = "/api/proposals/{id}/rounds";
        const string Round = Rounds + "/{round}";

        app.MapGet(Rounds, async (string id, HttpContext http, Queries queries) => TypedResults.Ok((IReadOnlyList<SigningRound>)(await queries.Visible(http, id)).State.Rounds))
            .TakesAsOf().As("ReadProposals").Does("签批列表", "The signing rounds of a proposal", Faults.Unknown);

        app.MapGet(Round, async (string id, string round, HttpContext http, Queries queries) =>
                TypedResults.Ok((await queries.Visible(http, id)).State.Rounds.FirstOrDefault(r => r.Id.Value == round) ?? throw new ProblemException(SigningRules.RoundUnknown.With())))
            .TakesAsOf().As("ReadProposals").Does("签批详情", "One signing round", Faults.Unknown, SigningRules.RoundUnknown);

        app.MapPost(Round + "/signature", (string id, string round, Body<SignatureRequest> body, HttpContext http, Commands commands) =>
                commands.On(http, id, async (s, p) => SignFor.Decide(new(new(round), body.Value.Revision, body.Value.Opinion), p, await s.Authors(p), s.Occasion)))
            .IsCommand<ProposalAnswer>().As("SignFor").Does("签署同意", "Signs for the revision seen", Signed);

        app.MapPost(Round + "/objection", (string id, string round, Body<ObjectionRequest> body, HttpContext http, Commands commands) =>
                commands.On(http, id, async (s, p) => SignAgainst.Decide(new(new(round), body.Value.Revision, body.Value.Reason), p, await s.Authors(p), s.Occasion)))
            .IsCommand<ProposalAnswer>().As("SignAgainst").Does("签署不同意", "Signs against the revision seen", Signed);

        app.MapPost(Round + "/return", (string id, string round, Body<RoundReturnRequest> body, HttpContext http, Commands commands) =>
                commands.On(http, id, (s, p) => ReturnRound.Decide(new(new(round), body.Value.To, body.Value.Reason, [.. body.Value.Items ?? []]), p, s.Occasion)))
            .IsCommand<ProposalAnswer>().As("ReturnRound").Does("退回", "Returns to who asked, or to the proposing unit for correction", [.. Signed, ContentRules.TooMany]);

        app.MapPost(Round + "/retraction", (string id, string round, Body<ReasonRequest> body, HttpContext http, Commands commands) =>
                commands.On(http, id, (s, p) => TakeBackSignature.Decide(new(new(round), body.Value.Reason), p, s.Occasion)))
            .IsCommand<ProposalAnswer>().As("TakeBackSignature").Does("拿回签署", "Takes the own signature back while the round is open", [.. Common, SigningRules.NoSeat]);

        app.MapPost(Round + "/signers", (string id, string round, Body<SignerRequest> body, HttpContext http, Commands commands) =>
                commands.On(http, id, async (s, p) => AddSigner.Decide(new(new(round), body.Value.Seat, body.Value.Reason), p, await s.Known(body.Value.Seat.Person), s.Occasion)))
            .IsCommand<ProposalAnswer>().As("AddSigner").Does("加签", "Adds a signer", [.. Common, SigningRules.NoSeat, AddSigner.SeatTaken, AddSigner.SeatOfNobody, AddSigner.RoundFull]);

        app.MapPost(Round + "/signers/{seat}/removal", (string id, string round, string seat, Body<ReasonRequest> body, HttpContext http, Commands commands) =>
                commands.On(http, id, (s, p) => RemoveSigner.Decide(new(new(round), seat, body.Value.Reason), p, s.Occasion)))
            .IsCommand<ProposalAnswer>()
            .As("RemoveSigner").Does("减签", "Removes a signer who has not signed", [.. Common, SigningRules.SeatUnknown, SigningRules.SeatHasSigned, RemoveSigner.LastSeat, RemoveSigner.SeatNeeded]);

        app.MapPost(Round + "/handover", (string id, string round, Body<HandoverRequest> body, HttpContext http, Commands commands) =>
                commands.On(http, id, async (s, p) => HandOverSeat.Decide(new(new(round), body.Value.To, body.Value.Reason), p, await s.Known(body.Value.To), s.Occasion)))
            .IsCommand<ProposalAnswer>().As("HandOverSeat").Does("转办", "Hands the own seat over", [.. Common, SigningRules.NoSeat, SigningRules.SeatHasSigned, HandOverSeat.CannotTakeSeat]);

        app.MapPost(Round + "/opinions", (string id, string round, Body<OpinionRequest> body, HttpContext http, Commands commands) =>
                commands.On(http, id, async (s, p) => AskOpinion.Decide(new(new(round), body.Value.Of, body.Value.Question), p, await s.Known(body.Value.Of), s.Occasion)))
            .IsCommand<ProposalAnswer>()
            .As("AskOpinion").Does("征求意见", "Asks a person for an opinion", [.. Common, SigningRules.NoSeat, SigningRules.AlreadySigned, AskOpinion.PersonUnknown, AskOpinion.TooManyOpinions]);

        app.MapPost(Round + "/opinions/{number:int}/answer", (string id, string round, int number, Body<OpinionText> body, HttpContext http, Commands commands) =>
                commands.On(http, id, (s, p) => GiveOpinion.Decide(new(new(round), number, body.Value.Text), p, s.Occasion)))
            .IsCommand<ProposalAnswer>().As("GiveOpinion").Does("反馈意见", "Gives the opinion asked for", [.. Common, GiveOpinion.NotAsked, GiveOpinion.OpinionGivenAlready]);

        app.MapPost(Round + "/urging", (string id, string round, Body<UrgingRequest> body, HttpContext http, Commands commands) =>
                commands.On(http, id, async (s, p) => UrgeSigners.Decide(new(new(round), body.Value.Note), p, await s.Today(), s.Occasion)))
            .IsCommand<ProposalAnswer>().As("UrgeSigners").Does("催办", "Urges those whose turn it is, at most once a day", Common);

        app.MapPost(Round + "/copies", (string id, string round, Body<CopyRequest> body, HttpContext http, Commands commands) =>
                commands.On(http, id, async (s, p) => CopyRound.Decide(new(new(round), body.Value.To), p, await s.Known(body.Value.To), s.Occasion)))
            .IsCommand<ProposalAnswer>().As("CopyRound").Does("抄送", "Gives a person the round to read", [.. Common, SigningRules.NoSeat, AskOpinion.PersonUnknown, CopyRound.TooManyCopies]);
    }
}
