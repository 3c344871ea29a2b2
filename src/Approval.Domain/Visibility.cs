namespace Approval;

/// <summary>Which proposals a person may see, in one place. Whatever it does not show answers as if it did not exist.</summary>
/// <param name="Drafts">Everything, drafts included: the auditor.</param>
/// <param name="Submitted">Everything once submitted: the office, the committee's members, the District CIO.</param>
/// <param name="OwnUnit">Everything of this unit: its officers and departmental CIOs.</param>
public sealed record Visibility(bool Drafts, bool Submitted, UnitId? OwnUnit)
{
    /// <summary>What a person's roles show. An administrator who is nothing else sees no proposal; an expert sees those assigned.</summary>
    public static Visibility Of(Actor actor) => new(
        actor.Is(Role.Auditor),
        actor.Is(Role.CioOffice) || actor.Is(Role.CommitteeMember) || actor.Is(Role.DistrictCio),
        actor.Is(Role.UnitOfficer) || actor.Is(Role.DepartmentalCio) ? actor.Unit : null);

    /// <summary>Whether a person may see a proposal.</summary>
    /// <param name="actor">The person.</param>
    /// <param name="proposal">The proposal.</param>
    /// <param name="assigned">Whether it is assigned to the person in an appraisal.</param>
    public static bool Sees(Actor actor, Proposal proposal, bool assigned = false)
    {
        var sight = Of(actor);
        return sight.Drafts
            || (sight.Submitted && proposal.Intake.SubmittedRevision is not null)
            || sight.OwnUnit == proposal.Unit
            || (assigned && actor.Is(Role.Expert))
            || ((Permissions.MaySign(actor) || actor.Is(Role.Expert)) && proposal.Rounds.Any(r => r.Concerns(actor)));
    }
}
