using System.Collections.Immutable;
using Approval.Policies;
using Approval.Signing;

namespace Approval.Intake;

/// <summary>送审签: the unit asks its departmental CIOs to endorse the newest revision.</summary>
public sealed record AskEndorsement
{
    /// <summary>Decides.</summary>
    /// <param name="command">The command.</param>
    /// <param name="proposal">The proposal.</param>
    /// <param name="round">The id of the round to open.</param>
    /// <param name="endorsers">The departmental CIOs of the unit, in order.</param>
    /// <param name="inForce">The policy in force, which gives the signing rule.</param>
    /// <param name="on">Who and when.</param>
    public static Decision Decide(AskEndorsement command, Proposal proposal, RoundId round, ImmutableArray<PersonId> endorsers, Policy inForce, Occasion on)
    {
        if (Permissions.Check(nameof(AskEndorsement), on.By, proposal) is { } no) return no;
        if (SigningRules.Find(proposal, SigningPurpose.Endorsement) is not null || proposal.Intake.EndorsedRevision is not null) return Decision.Nothing;
        if (!proposal.PenWithUnit()) return IntakeRefusals.PenNotWithUnit.With();
        if (endorsers.IsEmpty) return IntakeRefusals.NoDepartmentalCio.With();
        var rule = inForce.Content.RuleOf(Stage.Endorsement)?.Signing ?? new(SigningRuleKind.Any);
        var seats = endorsers.Select(p => Seat.OfPerson(p, proposal.Unit, Role.DepartmentalCio));
        return Decision.Of(proposal.Id.Stream,
            new EndorsementAsked(proposal.Revision),
            SigningRules.Open(round, SigningPurpose.Endorsement, rule, seats, proposal.Revision, inForce.Ref));
    }
}
