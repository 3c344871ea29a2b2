namespace Approval.Intake;

/// <summary>Refusals that several commands of intake share.</summary>
public static class IntakeRefusals
{
    /// <summary>The content is under approval and may only be changed when it was returned for correction.</summary>
    public static readonly RefusalKind PenNotWithUnit = new("pen-not-with-unit", RefusalSort.Rule,
        "项目正在审批中，须退回补正后方可修改。", "The proposal is under approval; it can be changed only when returned for correction.");

    /// <summary>The departmental CIO's endorsement is missing or was voided by a later revision.</summary>
    public static readonly RefusalKind NotEndorsed = new("not-endorsed", RefusalSort.Rule,
        "尚无有效的部门首席信息官审签。", "There is no standing endorsement by the departmental CIO.");

    /// <summary>No departmental CIO is appointed to the unit.</summary>
    public static readonly RefusalKind NoDepartmentalCio = new("no-departmental-cio", RefusalSort.Rule,
        "本单位没有部门首席信息官。", "The unit has no departmental CIO.");

    /// <summary>No correction is open.</summary>
    public static readonly RefusalKind NoCorrectionOpen = new("no-correction-open", RefusalSort.Rule,
        "项目没有待答复的补正要求。", "No correction is open.");

    /// <summary>The office has not accepted the proposal yet; acceptance fixes its policy.</summary>
    public static readonly RefusalKind NotAcceptedYet = new("not-accepted-yet", RefusalSort.Rule,
        "项目尚未受理。", "The proposal has not been accepted yet.");

    /// <summary>The fund that holds the proposal's money is another one than given: a lost race, or a defect of the caller.</summary>
    public static readonly RefusalKind WrongFund = new("wrong-fund", RefusalSort.Rule,
        "项目资金不在该笔资金中。", "The proposal's money is not held by this fund.");

    /// <summary>The project is approved; a change of it is under approval, and the approval stays in force.</summary>
    public static readonly RefusalKind ApprovalInForce = new("approval-in-force", RefusalSort.Rule,
        "项目已有批复，不再撤回或失效；确需停止建设的，由项目单位终止。", "The project is approved and is neither withdrawn nor lapses; its unit may give it up.");

    /// <summary>Whether the unit may change the content: before submission, or while it corrects.</summary>
    public static bool PenWithUnit(this Proposal proposal) =>
        proposal.Stage is Stage.Draft or Stage.Endorsement || (!proposal.Closed && proposal.Intake.Correction is not null);
}
