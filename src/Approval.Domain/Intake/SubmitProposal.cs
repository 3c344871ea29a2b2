using Approval.Policies;

namespace Approval.Intake;

/// <summary>申报: the unit submits the endorsed proposal; it must pass the form check.</summary>
public sealed record SubmitProposal
{
    /// <summary>Decides.</summary>
    /// <param name="command">The command.</param>
    /// <param name="proposal">The proposal.</param>
    /// <param name="inForce">The policy in force.</param>
    /// <param name="withheld">The resources that approved systems of the unit promised to share and withhold.</param>
    /// <param name="today">The day in the jurisdiction.</param>
    /// <param name="on">Who and when.</param>
    public static Decision Decide(SubmitProposal command, Proposal proposal, Policy inForce, IReadOnlyCollection<string> withheld, DateOnly today, Occasion on)
    {
        if (Permissions.Check(nameof(SubmitProposal), on.By, proposal.Unit) is { } no) return no;
        if (proposal.Intake.SubmittedRevision == proposal.Revision) return Decision.Nothing;
        if (Permissions.CheckStage(nameof(SubmitProposal), proposal) is { } misplaced) return misplaced;
        if (proposal.Intake.EndorsedRevision is null) return IntakeRefusals.NotEndorsed.With();
        if (FormCheck.Check(proposal.Content, inForce, withheld, today) is { Count: > 0 } failures) return Decision.Refuse(failures);
        return Decision.Of(proposal.Id.Stream, new ProposalSubmitted(proposal.Revision));
    }
}
