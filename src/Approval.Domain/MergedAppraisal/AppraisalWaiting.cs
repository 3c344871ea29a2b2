namespace Approval.MergedAppraisal;

/// <summary>What an appraisal waits for, and whose turn it is: its part of the inbox (待办).</summary>
public static class AppraisalWaiting
{
    /// <summary>What it waits for now; nothing once it is concluded or dissolved.</summary>
    /// <param name="appraisal">The appraisal.</param>
    /// <param name="since">Since when, for what was not waited for before.</param>
    public static IEnumerable<Wait> On(Appraisal appraisal, DateTimeOffset since) =>
        appraisal.Concluded || appraisal.Dissolved ? []
        : appraisal.Disclosed ? [Office("ConcludeAppraisal", since)]
        : appraisal.Seats == 0 ? [Office("AppointPanel", since)]
        : [.. Outstanding(appraisal, since), .. appraisal.PanelComplete ? [] : new[] { Office("ReplaceExpert", since) }];

    static IEnumerable<Wait> Outstanding(Appraisal appraisal, DateTimeOffset since) =>
        from expert in appraisal.Panel
        where appraisal.Proposals.Any(p => appraisal.SheetOf(expert, p.Proposal) is null)
        select new Wait("SubmitScoreSheet", Role.Expert, null, expert, since);

    static Wait Office(string deed, DateTimeOffset since) => new(deed, Role.CioOffice, null, null, since);
}
