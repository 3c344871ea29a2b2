namespace Approval.MergedAppraisal;

/// <summary>An expert recuses because of a conflict of interest, or the office records one that it learnt of. The seat stays vacant until the expert is replaced.</summary>
/// <param name="Expert">The expert.</param>
/// <param name="Reason">The conflict.</param>
public sealed record RecuseExpert(PersonId Expert, string Reason)
{
    /// <summary>Decides.</summary>
    public static Decision Decide(RecuseExpert command, Appraisal appraisal, Occasion on)
    {
        if (Permissions.Check(nameof(RecuseExpert), on.By) is { } no) return no;
        if (appraisal.Dissolved) return AppraisalRefusals.Dissolved.With();
        if (!on.By.Is(Role.CioOffice) && command.Expert != on.By.Person) return Permissions.NotPermitted.With();
        if (appraisal.Left.Contains(command.Expert)) return Decision.Nothing;
        if (!appraisal.Panel.Contains(command.Expert)) return ReplaceExpert.NoSuchSeat.At("expert", command.Expert);
        if (appraisal.Disclosed) return AppraisalRefusals.SheetsDisclosed.With();
        if (Texts.Check("reason", command.Reason, Texts.Remark).ToList() is { Count: > 0 } wrong) return Decision.Refuse(wrong);
        return Decision.Of(appraisal.Id.Stream, new ExpertRecused(command.Expert, command.Reason))
            .Seated(appraisal, appraisal.Panel.Remove(command.Expert));
    }
}
