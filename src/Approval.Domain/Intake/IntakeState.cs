using System.Collections.Immutable;

namespace Approval.Intake;

/// <summary>A correction asked for and not yet answered.</summary>
/// <param name="AskedBy">The stage that asked, to which the proposal returns.</param>
/// <param name="Revision">The revision that it saw.</param>
/// <param name="Reason">Why.</param>
/// <param name="Items">What to correct.</param>
public sealed record Correction(Stage AskedBy, int Revision, string Reason, ImmutableArray<string> Items);

/// <summary>What intake knows of a proposal.</summary>
public sealed record IntakeState
{
    /// <summary>The revision that the departmental CIO endorsed and that still stands, if any.</summary>
    public int? EndorsedRevision { get; init; }

    /// <summary>The revision submitted, if any.</summary>
    public int? SubmittedRevision { get; init; }

    /// <summary>The correction that the unit has yet to answer.</summary>
    public Correction? Correction { get; init; }

    /// <summary>The unit's answer to the last correction answered.</summary>
    public string? Answered { get; init; }

    /// <summary>How many corrections were asked for so far.</summary>
    public int Corrections { get; init; }

    internal static Proposal Evolve(Proposal p, IntakeEvent @event) => @event switch
    {
        ProposalRevised e => p with { Revision = e.Revision, Content = e.Content },
        EndorsementAsked => p with { Stage = p.Intake.Correction?.AskedBy ?? Stage.Endorsement },
        ProposalEndorsed e => p with { Intake = p.Intake with { EndorsedRevision = e.Revision } },
        ProposalSentBack => p with { Stage = p.Intake.Correction?.AskedBy ?? Stage.Draft, Intake = p.Intake with { EndorsedRevision = null } },
        EndorsementVoided => p with { Intake = p.Intake with { EndorsedRevision = null } },
        ProposalSubmitted e => p with { Stage = Stage.FormCheck, Intake = p.Intake with { SubmittedRevision = e.Revision } },
        ProposalAccepted e => p with { Policy = e.Policy },
        ProposalNotAccepted => p.End(Outcome.NotAccepted),
        ProposalReturned e => p with
        {
            Intake = p.Intake with
            {
                Correction = new(e.AskedBy, e.Revision, e.Reason, e.Items),
                Corrections = p.Intake.Corrections + 1,
            },
        },
        CorrectionAnswered e => p with { Stage = e.BackTo, Intake = p.Intake with { Correction = null, Answered = e.Answer, SubmittedRevision = e.Revision } },
        ProposalWithdrawn => p.End(Outcome.Withdrawn),
        ProposalLapsed => p.End(Outcome.Lapsed),
        ProposalMovedToPolicy e => p with { Policy = e.To },
        _ => throw new UnknownEventException(Proposal.Kind.Name, @event),
    };
}
