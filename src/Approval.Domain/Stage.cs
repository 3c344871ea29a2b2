namespace Approval;

/// <summary>Where a proposal stands on its path. The wire form is kebab-case: <c>form-check</c>.</summary>
public enum Stage
{
    /// <summary>拟稿: the unit writes.</summary>
    [Words("拟稿", "Draft")]
    Draft,

    /// <summary>部门首席信息官审签: the departmental CIO signs; endorsed or not, the proposal waits here until it is submitted.</summary>
    [Words("部门审签", "Endorsement")]
    Endorsement,

    /// <summary>形式审查: submitted; the CIO office checks, accepts and classifies.</summary>
    [Words("形式审查", "Form check")]
    FormCheck,

    /// <summary>重点项目提前安排: a key project waits for consent and its slot.</summary>
    [Words("重点项目提前安排", "Early scheduling")]
    EarlyScheduling,

    /// <summary>一般项目集中安排: a general project is reviewed in a batch.</summary>
    [Words("一般项目集中安排", "Batch review")]
    BatchReview,

    /// <summary>类似项目合并论证: the experts appraise.</summary>
    [Words("类似项目合并论证", "Merged appraisal")]
    MergedAppraisal,

    /// <summary>系统接口统一安排: every interface is arranged.</summary>
    [Words("系统接口统一安排", "Interface unification")]
    InterfaceUnification,

    /// <summary>委员会例会: the CIO committee decides in person.</summary>
    [Words("委员会审议", "Committee")]
    Committee,

    /// <summary>批复: the District CIO signs.</summary>
    [Words("批复", "Issuance")]
    Issuance,

    /// <summary>监管: conditions, changes, acceptance, evaluation.</summary>
    [Words("监管", "Supervision")]
    Supervision,

    /// <summary>办结: ended, see <see cref="Outcome"/>.</summary>
    [Words("办结", "Closed")]
    Closed,
}

/// <summary>How the proposal is brought in: ahead of the batch, or in it.</summary>
public enum Track
{
    /// <summary>重点项目.</summary>
    [Words("重点项目", "Key")]
    Key,

    /// <summary>一般项目.</summary>
    [Words("一般项目", "General")]
    General,
}

/// <summary>How a closed proposal ended.</summary>
public enum Outcome
{
    /// <summary>撤回: the unit withdrew it.</summary>
    [Words("撤回", "Withdrawn")]
    Withdrawn,

    /// <summary>不予受理: the office did not accept it.</summary>
    [Words("不予受理", "Not accepted")]
    NotAccepted,

    /// <summary>集中安排未通过: the batch turned it down.</summary>
    [Words("未列入", "Turned down")]
    TurnedDown,

    /// <summary>论证未通过: the experts did not recommend it.</summary>
    [Words("论证未通过", "Not recommended")]
    NotRecommended,

    /// <summary>并入其他项目: merged into a lead.</summary>
    [Words("已合并", "Merged")]
    Merged,

    /// <summary>否决: the committee rejected it and the one reconsideration is used or not asked for in time.</summary>
    [Words("否决", "Rejected")]
    Rejected,

    /// <summary>逾期失效: nobody took it up in time.</summary>
    [Words("逾期失效", "Lapsed")]
    Lapsed,

    /// <summary>办结: built, accepted and evaluated.</summary>
    [Words("完成", "Completed")]
    Completed,
}
