using System.Collections.Immutable;
using Approval.Directory;

namespace Approval.MergedAppraisal;

/// <summary>The office appoints the panel: odd, at least as many as the policy asks and never fewer than three, nobody of the proposing units or tied to them.</summary>
/// <param name="Experts">The experts.</param>
public sealed record AppointPanel(ImmutableArray<PersonId> Experts)
{
    /// <summary>The largest panel.</summary>
    public const int Largest = 21;

    /// <summary>The number of experts is even.</summary>
    public static readonly RefusalKind EvenPanel = new("panel-even", RefusalSort.Rule, "专家组人数须为单数。", "A panel has an odd number of experts.");

    /// <summary>Too few experts.</summary>
    public static readonly RefusalKind SmallPanel = new("panel-too-small", RefusalSort.Rule, "专家组不得少于 {0} 人。", "A panel has at least {0} experts.");

    /// <summary>The panel is appointed already; its members are replaced one by one.</summary>
    public static readonly RefusalKind Appointed = new("panel-appointed", RefusalSort.Rule,
        "专家组已组成，请逐人更换。", "The panel is appointed; replace its experts one by one.");

    /// <summary>Decides.</summary>
    /// <param name="command">The command.</param>
    /// <param name="appraisal">The appraisal.</param>
    /// <param name="experts">The persons named.</param>
    /// <param name="proposers">The people of the proposing units.</param>
    /// <param name="on">Who and when.</param>
    public static Decision Decide(
        AppointPanel command, Appraisal appraisal, IReadOnlyCollection<Person> experts, IReadOnlyCollection<PersonId> proposers, Occasion on)
    {
        if (Permissions.Check(nameof(AppointPanel), on.By) is { } no) return no;
        if (appraisal.Dissolved) return AppraisalRefusals.Dissolved.With();
        if (appraisal.Seats > 0) return command.Experts.ToHashSet().SetEquals(appraisal.Panel) ? Decision.Nothing : Appointed.With();
        if (command.Experts.Length > Largest) return AppraisalRefusals.TooMany.At("experts", Largest);
        if (command.Experts.Distinct().Count() < command.Experts.Length) return AppraisalRefusals.Twice.At("experts");
        ImmutableArray<Refusal> refusals =
        [
            .. command.Experts.Length < appraisal.PanelAtLeast ? [SmallPanel.At("experts", appraisal.PanelAtLeast)] : Enumerable.Empty<Refusal>(),
            .. command.Experts.Length % 2 == 0 ? [EvenPanel.At("experts")] : Enumerable.Empty<Refusal>(),
            .. command.Experts.Select((id, i) => PanelRules.Unfit(experts.Single(e => e.Id == id), appraisal, proposers, $"experts[{i}]")).OfType<Refusal>(),
        ];
        return refusals.Length > 0
            ? Decision.Refuse(refusals)
            : Decision.Of(appraisal.Id.Stream, new PanelAppointed(command.Experts, appraisal.Policy)).Seated(appraisal, command.Experts);
    }
}
