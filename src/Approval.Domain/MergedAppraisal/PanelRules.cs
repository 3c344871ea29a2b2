using Approval.Directory;

namespace Approval.MergedAppraisal;

/// <summary>Who may sit on a panel.</summary>
public static class PanelRules
{
    /// <summary>The person is no expert.</summary>
    public static readonly RefusalKind NotAnExpert = new("not-an-expert", RefusalSort.Rule, "“{0}”不是在册专家。", "\"{0}\" is not a registered expert.");

    /// <summary>The person belongs to a proposing unit, or declared a tie to it or to one of its people.</summary>
    public static readonly RefusalKind Tied = new("expert-tied", RefusalSort.Rule,
        "“{0}”与申报单位存在利益关系，应当回避。", "\"{0}\" has a tie to a proposing unit and must recuse.");

    /// <summary>The person left this panel.</summary>
    public static readonly RefusalKind HasLeft = new("expert-has-left", RefusalSort.Rule, "“{0}”已退出本次专家组。", "\"{0}\" has left this panel.");

    /// <summary>Why a person may not sit on the panel of an appraisal; null if the person may.</summary>
    /// <param name="expert">The person.</param>
    /// <param name="appraisal">The appraisal.</param>
    /// <param name="proposers">The people of the proposing units, and whoever endorsed one of the proposals.</param>
    /// <param name="field">The field that names the person.</param>
    public static Refusal? Unfit(Person expert, Appraisal appraisal, IReadOnlyCollection<PersonId> proposers, string field) =>
        !expert.Roles.Contains(Role.Expert) ? NotAnExpert.At(field, expert.Id)
        : IsTied(expert, appraisal, proposers) ? Tied.At(field, expert.Id)
        : appraisal.Left.Contains(expert.Id) ? HasLeft.At(field, expert.Id)
        : null;

    /// <summary>Whether the person has a conflict of interest in an appraisal.</summary>
    public static bool IsTied(Person expert, Appraisal appraisal, IReadOnlyCollection<PersonId> proposers) =>
        appraisal.Proposals.Any(p => expert.TiedTo(p.Unit)) || proposers.Any(p => p == expert.Id || expert.TiedTo(p));

    /// <summary>Tells the proposals under appraisal who sits on the panel now.</summary>
    internal static Decision Seated(this Decision decision, Appraisal appraisal, IEnumerable<PersonId> panel) =>
        appraisal.Proposals.Aggregate(decision, (act, p) => act.And(p.Proposal.Stream, new PanelSeated(appraisal.Id, [.. panel])));
}
