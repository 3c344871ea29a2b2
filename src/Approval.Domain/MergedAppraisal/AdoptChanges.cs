namespace Approval.MergedAppraisal;

/// <summary>The office finds the changes that the panel asked for adopted, once the unit has answered; the proposal goes on with its recommendation.</summary>
public sealed record AdoptChanges
{
    /// <summary>The panel asked for no changes.</summary>
    public static readonly RefusalKind NoChanges = new("no-changes-asked", RefusalSort.Rule,
        "专家组未提出修改意见。", "The panel has asked for no changes.");

    /// <summary>Decides.</summary>
    public static Decision Decide(Proposal proposal, Occasion on)
    {
        if (Permissions.Check(nameof(AdoptChanges), on.By, proposal) is { } no) return no;
        if (proposal.Appraisal.AdoptedAt is not null) return Decision.Nothing;
        if (proposal.Closed || proposal.Appraisal.Changes.IsEmpty) return NoChanges.With();
        if (proposal.Intake.Correction is not null) return Permissions.CorrectionOpen.With();
        return Decision.Of(proposal.Id.Stream, new ChangesAdopted(proposal.Appraisal.Appraisal!.Value, proposal.Revision, proposal.Policy!.Value));
    }
}
