namespace Approval.MergedAppraisal;

/// <summary>The refusals that several commands of merged appraisal share.</summary>
public static class AppraisalRefusals
{
    /// <summary>More entries than allowed.</summary>
    public static readonly RefusalKind TooMany = new("too-many-entries", RefusalSort.Form, "最多 {0} 项。", "At most {0} entries are allowed.");

    /// <summary>The same entry twice.</summary>
    public static readonly RefusalKind Twice = new("entry-twice", RefusalSort.Form, "重复列出。", "It is listed twice.");

    /// <summary>The proposal is not under this appraisal.</summary>
    public static readonly RefusalKind NotUnderAppraisal = new("not-under-appraisal", RefusalSort.Rule,
        "该项目不在本次论证之列，或已有结论。", "The proposal is not under this appraisal, or is settled.");

    /// <summary>The appraisal was dissolved.</summary>
    public static readonly RefusalKind Dissolved = new("appraisal-dissolved", RefusalSort.Rule, "本次论证已撤销。", "The appraisal was dissolved.");

    /// <summary>The sheets are disclosed; what needs them sealed is too late.</summary>
    public static readonly RefusalKind SheetsDisclosed = new("sheets-disclosed", RefusalSort.Rule,
        "评分表已公开，不能再进行此项操作。", "The sheets are disclosed; this is no longer possible.");

    /// <summary>The panel is not appointed, or one who left is not replaced.</summary>
    public static readonly RefusalKind PanelIncomplete = new("panel-incomplete", RefusalSort.Rule,
        "专家组尚未组成或有缺额。", "The panel is not appointed or has a vacant seat.");

    /// <summary>Not every sheet is in.</summary>
    public static readonly RefusalKind SheetsOutstanding = new("sheets-outstanding", RefusalSort.Rule,
        "尚有专家未提交评分表。", "Not every sheet has been handed in.");

    /// <summary>A proposal was revised after the panel's sheets on it.</summary>
    public static readonly RefusalKind SheetsOverrun = new("sheets-overrun", RefusalSort.Rule,
        "“{0}”在评分后已修改，须请专家重新评分。", "\"{0}\" was revised after the panel scored it; the panel scores it again.");

    /// <summary>The person is not on the panel of this appraisal.</summary>
    public static readonly RefusalKind NotOnPanel = new("not-on-panel", RefusalSort.Authority,
        "您不在本次论证的专家组中。", "You are not on the panel of this appraisal.");
}
