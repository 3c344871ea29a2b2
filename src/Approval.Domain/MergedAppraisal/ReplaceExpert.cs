using Approval.Directory;

namespace Approval.MergedAppraisal;

/// <summary>The office gives the seat of one who recused, or cannot take part, to another expert.</summary>
/// <param name="Leaving">Who leaves or has left.</param>
/// <param name="Joining">Who takes the seat.</param>
/// <param name="Reason">Why.</param>
public sealed record ReplaceExpert(PersonId Leaving, PersonId Joining, string Reason)
{
    /// <summary>The one named has no seat, or it is taken again.</summary>
    public static readonly RefusalKind NoSuchSeat = new("no-such-seat", RefusalSort.Rule,
        "“{0}”在专家组中没有席位。", "\"{0}\" has no seat on the panel.");

    /// <summary>Decides.</summary>
    public static Decision Decide(ReplaceExpert command, Appraisal appraisal, Person joining, IReadOnlyCollection<PersonId> proposers, Occasion on)
    {
        if (Permissions.Check(nameof(ReplaceExpert), on.By) is { } no) return no;
        if (appraisal.Dissolved) return AppraisalRefusals.Dissolved.With();
        var seated = appraisal.Panel.Contains(command.Leaving);
        if (!seated && appraisal.Left.Contains(command.Leaving) && appraisal.Panel.Contains(command.Joining)) return Decision.Nothing;
        if (appraisal.Disclosed) return AppraisalRefusals.SheetsDisclosed.With();
        if (!seated && !(appraisal.Left.Contains(command.Leaving) && !appraisal.PanelComplete)) return NoSuchSeat.At("leaving", command.Leaving);
        if (appraisal.Panel.Contains(command.Joining)) return AppraisalRefusals.Twice.At("joining");
        if (PanelRules.Unfit(joining, appraisal, proposers, "joining") is { } unfit) return unfit;
        if (Texts.Check("reason", command.Reason, Texts.Remark).ToList() is { Count: > 0 } wrong) return Decision.Refuse(wrong);
        return Decision.Of(appraisal.Id.Stream, new ExpertReplaced(command.Leaving, command.Joining, command.Reason, appraisal.Policy))
            .Seated(appraisal, appraisal.Panel.Remove(command.Leaving).Add(command.Joining));
    }
}
