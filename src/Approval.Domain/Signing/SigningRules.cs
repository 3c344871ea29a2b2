using System.Collections.Immutable;
using Approval.Intake;
using Approval.Policies;

namespace Approval.Signing;

/// <summary>How rounds open, end and lose signatures. Stages open rounds as part of their own act.</summary>
public static class SigningRules
{
    /// <summary>The proposal has no such round.</summary>
    public static readonly RefusalKind RoundUnknown = new("round-unknown", RefusalSort.Unknown, "没有该签批。", "There is no such signing round.");

    /// <summary>The round has ended.</summary>
    public static readonly RefusalKind RoundOver = new("round-over", RefusalSort.Rule, "该签批已结束。", "The signing round is over.");

    /// <summary>The person has no seat in the round.</summary>
    public static readonly RefusalKind NoSeat = new("no-seat", RefusalSort.Authority, "您不是该签批的签署人。", "You have no seat in this signing round.");

    /// <summary>Before this seat, others sign.</summary>
    public static readonly RefusalKind NotYourTurn = new("not-your-turn", RefusalSort.Rule, "依次签批尚未轮到您。", "It is not your turn in the sequence.");

    /// <summary>The person has signed, in this way or the other, and first has to take the signature back.</summary>
    public static readonly RefusalKind AlreadySigned = new("already-signed", RefusalSort.Rule, "您已签署，须先拿回。", "You have signed; take the signature back first.");

    /// <summary>The seat has signed and can be neither removed nor handed over.</summary>
    public static readonly RefusalKind SeatHasSigned = new("seat-has-signed", RefusalSort.Rule, "该签署人已签署。", "That signer has signed already.");

    /// <summary>The round has no such seat.</summary>
    public static readonly RefusalKind SeatUnknown = new("seat-unknown", RefusalSort.Rule, "该签批没有此签署席位。", "The round has no such seat.");

    /// <summary>The signature names a revision that is not the newest.</summary>
    public static readonly RefusalKind RevisionMoved = new("revision-moved", RefusalSort.Rule,
        "申报书已更新至第 {0} 稿，请先阅读。", "The proposal is at revision {0} by now; read it first.");

    /// <summary>What an endorsement, a pre-review, a consent and an issuance rest on: everything but the explanations, which are the justification and the attachments.</summary>
    public static readonly ImmutableSortedSet<ContentPart> Substance =
        [.. Enum.GetValues<ContentPart>().Except([ContentPart.Justification, ContentPart.Attachments])];

    /// <summary>The event that opens a round.</summary>
    /// <exception cref="ArgumentException">No seats, or two with the same key: a defect of the stage that opens it.</exception>
    public static RoundOpened Open(
        RoundId round, SigningPurpose purpose, SigningRule rule, IEnumerable<Seat> seats, int revision, PolicyRef policy,
        ImmutableSortedSet<ContentPart>? dependsOn = null)
    {
        ImmutableArray<Seat> all = [.. seats];
        if (all.IsEmpty || all.DistinctBy(s => s.Key).Count() != all.Length) throw new ArgumentException("A round has at least one seat, and no two with the same key.", nameof(seats));
        return new(round, purpose, rule, all, revision, dependsOn ?? Substance, policy);
    }

    /// <summary>The events that end every open round when the proposal ends or the question falls away.</summary>
    public static IEnumerable<ProposalEvent> Cancel(Proposal proposal) =>
        proposal.Rounds.Where(r => r.Open).Select(r => new RoundEnded(r.Id, RoundOutcome.Cancelled));

    /// <summary>The events by which a revision voids exactly the signatures that rested on what it changed, in open rounds and in those that carried, and what follows.</summary>
    public static IEnumerable<ProposalEvent> Void(Proposal proposal, ProposalRevised revised) => proposal.Rounds
        .Where(round => round is { Outcome: null or RoundOutcome.Carried, Signatures.Count: > 0 })
        .Select(round => (Round: round, Changed: round.DependsOn.Intersect(revised.Changed)))
        .Where(x => !x.Changed.IsEmpty)
        .SelectMany(x =>
        {
            var voided = new SignaturesVoided(x.Round.Id, [.. x.Round.Signatures.Keys], revised.Revision, x.Changed);
            return SigningConsequences.Voided(proposal, x.Round, voided).Prepend(voided);
        });

    /// <summary>The open round of this purpose, if any.</summary>
    public static SigningRound? Find(Proposal proposal, SigningPurpose purpose) =>
        proposal.Rounds.FirstOrDefault(r => r.Open && r.Purpose == purpose);

    /// <summary>The round of that id.</summary>
    internal static SigningRound? Find(Proposal proposal, RoundId round) => proposal.Rounds.FirstOrDefault(r => r.Id == round);

    /// <summary>Why nothing can be done in the round now: it is over, or its question waits for a correction (an endorsement is what the correction itself may need).</summary>
    internal static Refusal? Closed(Proposal proposal, SigningRound round) =>
        !round.Open || proposal.Closed ? RoundOver.With()
        : proposal.Intake.Correction is not null && round.Purpose != SigningPurpose.Endorsement ? Permissions.CorrectionOpen.With()
        : null;

    /// <summary>Whether the person speaks for the side that asked: the unit in an endorsement, otherwise the office.</summary>
    internal static bool Asked(Proposal proposal, SigningRound round, Actor actor) => round.Purpose == SigningPurpose.Endorsement
        ? actor.Is(Role.UnitOfficer) && actor.Unit == proposal.Unit
        : actor.Is(Role.CioOffice);

    /// <summary>The seat in which the person acts: the one signed in, else one whose turn it is, else any that admits the person.</summary>
    internal static Seat? SeatFor(SigningRound round, Actor actor) =>
        round.Seats.FirstOrDefault(s => round.Signatures.GetValueOrDefault(s.Key)?.By == actor.Person)
        ?? round.Turn.FirstOrDefault(s => s.Admits(actor))
        ?? round.Seats.FirstOrDefault(s => s.Admits(actor));

    /// <summary>Records moves in a round, and its end with what follows where they bring it there.</summary>
    internal static Decision Record(Proposal proposal, RoundId id, Occasion on, params IEnumerable<ProposalEvent> moves)
    {
        ProposalEvent[] events = [.. moves];
        var after = events.Aggregate(proposal, Proposal.Evolve);
        var round = Find(after, id)!;
        return round is { Open: true, Result: { } outcome }
            ? Decision.Of(proposal.Id.Stream, [.. events, .. End(after, round, outcome, round.Reasons, on)])
            : Decision.Of(proposal.Id.Stream, events);
    }

    /// <summary>The end of a round with what follows.</summary>
    internal static IEnumerable<ProposalEvent> End(Proposal proposal, SigningRound round, RoundOutcome outcome, string reason, Occasion on)
    {
        var ended = new RoundEnded(round.Id, outcome);
        var after = Proposal.Evolve(proposal, ended);
        return SigningConsequences.Ended(after, Find(after, round.Id)!, outcome, reason, on).Prepend(ended);
    }
}
