namespace Approval.MergedAppraisal;

/// <summary>The office discloses the sheets when all are in where no last sheet does so by itself: the proposal whose sheets were outstanding was withdrawn.</summary>
public sealed record DiscloseSheets
{
    /// <summary>Decides.</summary>
    public static Decision Decide(Appraisal appraisal, IReadOnlyCollection<Proposal> proposals, Occasion on)
    {
        if (Permissions.Check(nameof(DiscloseSheets), on.By) is { } no) return no;
        if (appraisal.Dissolved) return AppraisalRefusals.Dissolved.With();
        if (appraisal.Disclosed) return Decision.Nothing;
        if (!appraisal.PanelComplete) return AppraisalRefusals.PanelIncomplete.With();
        if (!appraisal.AllIn(proposals)) return AppraisalRefusals.SheetsOutstanding.With();
        return Decision.Of(appraisal.Id.Stream, new SheetsDisclosed());
    }
}
