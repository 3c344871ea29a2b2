using Approval.Policies;

namespace Approval.History;

/// <summary>What of a proposal an event changed, or what it says beside.</summary>
public enum ChangedField
{
    /// <summary>The stage.</summary>
    [Words("阶段", "Stage")]
    Stage,

    /// <summary>How it ended.</summary>
    [Words("结果", "Outcome")]
    Outcome,

    /// <summary>The track.</summary>
    [Words("类别", "Track")]
    Track,

    /// <summary>The revision's number.</summary>
    [Words("稿次", "Revision")]
    Revision,

    /// <summary>The version of the policy that judges it.</summary>
    [Words("审批办法版本", "Policy version")]
    Policy,

    /// <summary>The title.</summary>
    [Words("项目名称", "Title")]
    Title,

    /// <summary>New, rebuild, expand or operate.</summary>
    [Words("建设性质", "Category")]
    Category,

    /// <summary>The objective.</summary>
    [Words("建设目标", "Objective")]
    Objective,

    /// <summary>The justification.</summary>
    [Words("建设必要性", "Justification")]
    Justification,

    /// <summary>What is built.</summary>
    [Words("建设内容", "Content of construction")]
    Construction,

    /// <summary>The total asked for.</summary>
    [Words("申请金额", "Requested")]
    Requested,

    /// <summary>Budget lines: those taken out, those put in.</summary>
    [Words("概算明细", "Budget lines")]
    Budget,

    /// <summary>When construction begins.</summary>
    [Words("开工日期", "Start")]
    Start,

    /// <summary>When construction ends.</summary>
    [Words("完工日期", "Finish")]
    Finish,

    /// <summary>Existing systems: those taken out, those put in.</summary>
    [Words("现有系统", "Existing systems")]
    Systems,

    /// <summary>Information resources: those taken out, those put in.</summary>
    [Words("信息资源", "Information resources")]
    Resources,

    /// <summary>Interface lines: those taken out, those put in.</summary>
    [Words("系统接口", "Interfaces")]
    Interfaces,

    /// <summary>The protection level.</summary>
    [Words("等级保护级别", "Protection level")]
    ProtectionLevel,

    /// <summary>The cryptography plan.</summary>
    [Words("密码应用方案", "Cryptography plan")]
    CryptographyPlan,

    /// <summary>Attachments: those taken out, those put in.</summary>
    [Words("附件", "Attachments")]
    Attachments,

    /// <summary>The amount recommended.</summary>
    [Words("推荐金额", "Recommended")]
    Recommended,

    /// <summary>The amount approved.</summary>
    [Words("批准金额", "Approved")]
    Approved,

    /// <summary>Money that a fund reserves for it.</summary>
    [Words("预留资金", "Reserved")]
    Reserved,

    /// <summary>Money that a fund has committed to it.</summary>
    [Words("落实资金", "Committed")]
    Committed,

    /// <summary>The key project's month.</summary>
    [Words("安排月份", "Slot")]
    Slot,

    /// <summary>The batch.</summary>
    [Words("批次", "Batch")]
    Batch,

    /// <summary>The place in the batch's ranking.</summary>
    [Words("批次名次", "Rank")]
    Rank,

    /// <summary>The lead into which it was merged.</summary>
    [Words("并入项目", "Merged into")]
    MergedInto,

    /// <summary>Titles of the proposals that it took in.</summary>
    [Words("吸收项目", "Absorbed")]
    Absorbed,

    /// <summary>The approval's number.</summary>
    [Words("批复文号", "Approval number")]
    Number,

    /// <summary>The percentage built.</summary>
    [Words("完成进度（%）", "Complete (%)")]
    Progress,

    /// <summary>What a signing round is for.</summary>
    [Words("签批事项", "Signing round")]
    Round,

    /// <summary>How a signing round ended.</summary>
    [Words("签批结果", "Round's outcome")]
    RoundOutcome,

    /// <summary>The revision that a signature saw.</summary>
    [Words("所签稿次", "Revision signed")]
    SignedRevision,

    /// <summary>How an interface line is arranged.</summary>
    [Words("接口安排", "Arrangement")]
    Arrangement,

    /// <summary>A member's vote.</summary>
    [Words("表决", "Vote")]
    Vote,

    /// <summary>How the committee voted.</summary>
    [Words("表决情况", "Tally")]
    Tally,

    /// <summary>What the committee is asked.</summary>
    [Words("表决事项", "Motion")]
    Motion,

    /// <summary>The last day of a deadline.</summary>
    [Words("到期日", "Due")]
    Due,
}

/// <summary>What kind of words people wrote.</summary>
public enum RemarkKind
{
    /// <summary>A reason.</summary>
    [Words("理由", "Reason")]
    Reason,

    /// <summary>A signer's opinion.</summary>
    [Words("意见", "Opinion")]
    Opinion,

    /// <summary>The opinion of somebody asked for it.</summary>
    [Words("意见", "Opinion")]
    Text,

    /// <summary>What somebody is asked.</summary>
    [Words("征询", "Question")]
    Question,

    /// <summary>The answer to a correction.</summary>
    [Words("答复", "Answer")]
    Answer,

    /// <summary>What to correct.</summary>
    [Words("补正事项", "To correct")]
    Items,

    /// <summary>What a check found.</summary>
    [Words("审查情况", "Findings")]
    Findings,

    /// <summary>What a look found.</summary>
    [Words("核查情况", "Finding")]
    Finding,

    /// <summary>What shows it.</summary>
    [Words("依据", "Evidence")]
    Evidence,

    /// <summary>A report.</summary>
    [Words("报告", "Report")]
    Report,

    /// <summary>What a change is.</summary>
    [Words("变更内容", "Change")]
    What,

    /// <summary>A note.</summary>
    [Words("附言", "Note")]
    Note,

    /// <summary>How a conflict is settled.</summary>
    [Words("处理办法", "Resolution")]
    Resolution,

    /// <summary>Changes that the experts require.</summary>
    [Words("修改意见", "Changes required")]
    Changes,

    /// <summary>Conditions of an approval.</summary>
    [Words("附带条件", "Conditions")]
    Conditions,

    /// <summary>An information resource.</summary>
    [Words("信息资源", "Resource")]
    Resource,
}

/// <summary>What changed.</summary>
/// <param name="Field">What.</param>
/// <param name="From">What it was; absent if nothing. Of lists, what was taken out.</param>
/// <param name="To">What it is; absent if nothing. Of lists, what was put in.</param>
public sealed record Change(ChangedField Field, object? From, object? To);

/// <summary>What people wrote.</summary>
/// <param name="Kind">As what.</param>
/// <param name="Text">The words.</param>
public sealed record Remark(RemarkKind Kind, string Text);

/// <summary>One event of a proposal's timeline.</summary>
/// <param name="Stream">Its stream: the proposal's, or that of the meeting that voted on it.</param>
/// <param name="Version">Its number in the stream.</param>
/// <param name="Type">Its name.</param>
/// <param name="Words">The same in the reader's language.</param>
/// <param name="By">Who recorded it.</param>
/// <param name="Name">That person's name, if the directory keeps one.</param>
/// <param name="Unit">The person's unit at that time.</param>
/// <param name="Recorded">When the engine learnt it.</param>
/// <param name="Effective">When it holds.</param>
/// <param name="Stage">Where the proposal stood after it.</param>
/// <param name="Revision">The revision that stood then; absent for votes, which name their own.</param>
/// <param name="Changes">What it changed, from what to what.</param>
/// <param name="Remarks">What people wrote in it.</param>
/// <param name="Policy">The policy under which it was decided.</param>
public sealed record TimelineEntry(
    string Stream, long Version, string Type, string Words, PersonId? By, string? Name, UnitId? Unit, DateTimeOffset Recorded, DateTimeOffset Effective, Stage Stage, int? Revision,
    IReadOnlyList<Change> Changes, IReadOnlyList<Remark> Remarks, PolicyRef? Policy);

/// <summary>The timeline of a proposal, oldest first.</summary>
/// <param name="Proposal">The proposal.</param>
/// <param name="Title">Its title.</param>
/// <param name="Version">Its version.</param>
/// <param name="Entries">What happened.</param>
public sealed record Timeline(ProposalId Proposal, string Title, long Version, IReadOnlyList<TimelineEntry> Entries);
