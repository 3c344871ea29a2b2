namespace Approval;

/// <summary>Where a proposal stands on its path. The wire form is kebab-case: <c>form-check</c>.</summary>
public enum Stage
{
    /// <summary>拟稿: the unit writes.</summary>
    Draft,

    /// <summary>部门首席信息官审签: the departmental CIO signs; endorsed or not, the proposal waits here until it is submitted.</summary>
    Endorsement,

    /// <summary>形式审查: submitted; the CIO office checks, accepts and classifies.</summary>
    FormCheck,

    /// <summary>重点项目提前安排: a key project waits for consent and its slot.</summary>
    EarlyScheduling,

    /// <summary>一般项目集中安排: a general project is reviewed in a batch.</summary>
    BatchReview,

    /// <summary>类似项目合并论证: the experts appraise.</summary>
    MergedAppraisal,

    /// <summary>系统接口统一安排: every interface is arranged.</summary>
    InterfaceUnification,

    /// <summary>委员会例会: the CIO committee decides in person.</summary>
    Committee,

    /// <summary>批复: the District CIO signs.</summary>
    Issuance,

    /// <summary>监管: conditions, changes, acceptance, evaluation.</summary>
    Supervision,

    /// <summary>办结: ended, see <see cref="Outcome"/>.</summary>
    Closed,
}

/// <summary>How the proposal is brought in: ahead of the batch, or in it.</summary>
public enum Track
{
    /// <summary>重点项目.</summary>
    Key,

    /// <summary>一般项目.</summary>
    General,
}

/// <summary>How a closed proposal ended.</summary>
public enum Outcome
{
    /// <summary>撤回: the unit withdrew it.</summary>
    Withdrawn,

    /// <summary>不予受理: the office did not accept it.</summary>
    NotAccepted,

    /// <summary>集中安排未通过: the batch turned it down.</summary>
    TurnedDown,

    /// <summary>论证未通过: the experts did not recommend it.</summary>
    NotRecommended,

    /// <summary>并入其他项目: merged into a lead.</summary>
    Merged,

    /// <summary>否决: the committee rejected it and the one reconsideration is used or not asked for in time.</summary>
    Rejected,

    /// <summary>逾期失效: nobody took it up in time.</summary>
    Lapsed,

    /// <summary>办结: built, accepted and evaluated.</summary>
    Completed,
}
