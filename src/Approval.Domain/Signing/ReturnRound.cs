using System.Collections.Immutable;
using Approval.Intake;

namespace Approval.Signing;

/// <summary>To whom a signer returns.</summary>
public enum ReturnTo
{
    /// <summary>退回发起人: who asked for the signatures.</summary>
    [Words("退回发起人", "to who asked")]
    Asker,

    /// <summary>退回申报单位: the unit corrects the proposal.</summary>
    [Words("退回申报单位", "to the proposing unit")]
    Intake,
}

/// <summary>退回: a signer ends the round without a result and returns the question to who asked, or the proposal to its unit.</summary>
/// <param name="Round">The round.</param>
/// <param name="To">To whom. In an endorsement both are the unit, to whose desk the proposal goes.</param>
/// <param name="Reason">Why.</param>
/// <param name="Items">What the unit is to correct.</param>
public sealed record ReturnRound(RoundId Round, ReturnTo To, string Reason, ImmutableArray<string> Items)
{
    /// <summary>Decides.</summary>
    public static Decision Decide(ReturnRound command, Proposal proposal, Occasion on)
    {
        if (Permissions.Check(nameof(ReturnRound), on.By, proposal.Unit) is { } no) return no;
        if (SigningRules.Find(proposal, command.Round) is not { } round) return SigningRules.RoundUnknown.With();
        if (SigningRules.SeatFor(round, on.By) is not { } seat) return SigningRules.NoSeat.With();
        var outcome = command.To == ReturnTo.Asker ? RoundOutcome.ReturnedToAsker : RoundOutcome.ReturnedToIntake;
        if (round.Outcome == outcome) return Decision.Nothing;
        if (SigningRules.Closed(proposal, round) is { } closed) return closed;
        if (round.Signatures.ContainsKey(seat.Key)) return SigningRules.AlreadySigned.With();
        if (!round.Turn.Contains(seat)) return SigningRules.NotYourTurn.With();
        if (ReturnProposal.Check(command.Reason, command.Items) is { Count: > 0 } wrong) return Decision.Refuse(wrong);

        ProposalEvent[] events = [.. SigningRules.End(proposal, round, outcome, command.Reason, on)];
        return command.To == ReturnTo.Intake && round.Purpose != SigningPurpose.Endorsement
            ? Decision.Of(proposal.Id.Stream, [.. events, new ProposalReturned(proposal.Stage, proposal.Revision, command.Reason, command.Items, round.Policy)])
            : Decision.Of(proposal.Id.Stream, events);
    }
}
