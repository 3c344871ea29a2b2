using System.Collections.Immutable;

namespace Approval.MergedAppraisal;

/// <summary>The office asks the panel for new sheets on proposals that were revised after the sheets on them were handed in. Until all are in, the sheets are sealed again.</summary>
/// <param name="Reason">Why.</param>
public sealed record ReopenSheets(string Reason)
{
    /// <summary>Every sheet is for the newest revision.</summary>
    public static readonly RefusalKind NothingRevised = new("nothing-revised", RefusalSort.Rule,
        "评分后项目没有修改，无须重新评分。", "No proposal was revised since the panel scored it.");

    /// <summary>Decides.</summary>
    public static Decision Decide(ReopenSheets command, Appraisal appraisal, IReadOnlyCollection<Proposal> proposals, Occasion on)
    {
        if (Permissions.Check(nameof(ReopenSheets), on.By) is { } no) return no;
        if (appraisal.Dissolved) return AppraisalRefusals.Dissolved.With();
        if (appraisal.Concluded) return ConcludeAppraisal.Concluded.With();
        if (Texts.Check("reason", command.Reason, Texts.Remark).ToList() is { Count: > 0 } wrong) return Decision.Refuse(wrong);
        if (!appraisal.Disclosed) return appraisal.Reopened.IsEmpty ? AppraisalRefusals.SheetsOutstanding.With() : Decision.Nothing;
        ImmutableArray<ProposalId> revised = [.. appraisal.UnderAppraisal(proposals).Where(p => !appraisal.AllIn([p])).Select(p => p.Id)];
        return revised.IsEmpty ? NothingRevised.With() : Decision.Of(appraisal.Id.Stream, new SheetsReopened(revised, command.Reason, appraisal.Policy));
    }
}
