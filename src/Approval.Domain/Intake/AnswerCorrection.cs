using Approval.Policies;

namespace Approval.Intake;

/// <summary>补正答复: the unit answers the correction; the form check runs again and the proposal goes back to the stage that asked.</summary>
/// <param name="Answer">What was corrected, or why not.</param>
public sealed record AnswerCorrection(string Answer)
{
    /// <summary>Decides.</summary>
    /// <param name="command">The command.</param>
    /// <param name="proposal">The proposal.</param>
    /// <param name="policy">The policy that judges it; before acceptance, the one in force.</param>
    /// <param name="withheld">The resources that approved systems of the unit promised to share and withhold.</param>
    /// <param name="today">The day in the jurisdiction.</param>
    /// <param name="on">Who and when.</param>
    public static Decision Decide(AnswerCorrection command, Proposal proposal, Policy policy, IReadOnlyCollection<string> withheld, DateOnly today, Occasion on)
    {
        if (Permissions.Check(nameof(AnswerCorrection), on.By, proposal) is { } no) return no;
        if (proposal.Intake.Correction is not { } correction)
            return proposal.Intake.Answered == command.Answer ? Decision.Nothing : IntakeRefusals.NoCorrectionOpen.With();
        if (Texts.Check("answer", command.Answer, Texts.Remark).ToList() is { Count: > 0 } wrong) return Decision.Refuse(wrong);
        if (proposal.Intake.EndorsedRevision is null) return IntakeRefusals.NotEndorsed.With();
        if (FormCheck.Check(proposal.Content, policy, withheld, today) is { Count: > 0 } failures) return Decision.Refuse(failures);
        return Decision.Of(proposal.Id.Stream, new CorrectionAnswered(correction.AskedBy, proposal.Revision, command.Answer));
    }
}
