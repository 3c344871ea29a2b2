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
    public static bool Sees(Actor actor, Proposal proposal)
    {
        var sight = Of(actor);
        return sight.Drafts
            || (sight.Submitted && proposal.Intake.SubmittedRevision is not null)
            || sight.OwnUnit == proposal.Unit
            || Readers(proposal).Intersect(Keys(actor)).Any();
    }

    /// <summary>Who else may see a proposal, as keys: the signers of its rounds, those asked for an opinion or given one to read, and the experts of its panel.</summary>
    public static IEnumerable<string> Readers(Proposal proposal) =>
    [
        .. proposal.Rounds.SelectMany(r => r.Seats).Select(s => Wait.KeyOf(s.Role, s.Unit, s.Person)),
        .. proposal.Rounds.SelectMany(r => r.Opinions.Select(o => o.Of).Concat(r.Copied)).Select(p => Wait.KeyOf(null, null, p)),
        .. proposal.Appraisal.Panel.Select(p => Wait.KeyOf(Role.Expert, null, p)),
    ];

    /// <summary>The keys that a person fits; none for who may neither sign nor appraise.</summary>
    public static IEnumerable<string> Keys(Actor actor) => Permissions.MaySign(actor) || actor.Is(Role.Expert) ? Wait.KeysOf(actor) : [];
}
