using System.Collections.Frozen;

namespace Approval.History;

/// <summary>What an event is called in a sentence that begins with a person: "张三 提交了申报", "Zhang San submitted the proposal".</summary>
/// <param name="Name">The event's name without its version.</param>
/// <param name="Chinese">In Chinese.</param>
/// <param name="English">In English.</param>
public sealed record EventWord(string Name, string Chinese, string English);

/// <summary>Events of one field of work.</summary>
/// <param name="Chinese">The field in Chinese.</param>
/// <param name="English">The field in English.</param>
/// <param name="Events">Its events.</param>
public sealed record EventGroup(string Chinese, string English, IReadOnlyList<EventWord> Events);

/// <summary>The one table of words for events: history, timelines and exports speak by it. Versions of an event share their words.</summary>
public static class EventWords
{
    /// <summary>The table, in the order of the path.</summary>
    public static readonly IReadOnlyList<EventGroup> All =
    [
        new("申报", "Intake",
        [
            new("proposal-drafted", "新建申报书", "drafted the proposal"),
            new("proposal-revised", "修改了申报书", "revised the proposal"),
            new("endorsement-asked", "送部门审签", "asked for the department's endorsement"),
            new("proposal-endorsed", "部门审签通过", "endorsed the proposal for the department"),
            new("proposal-sent-back", "部门审签退回修改", "sent the proposal back to its writer"),
            new("endorsement-voided", "修改使部门审签失效", "voided the endorsement by a revision"),
            new("proposal-submitted", "提交了申报", "submitted the proposal"),
            new("proposal-accepted", "受理了申报", "accepted the proposal"),
            new("proposal-not-accepted", "决定不予受理", "did not accept the proposal"),
            new("proposal-returned", "退回补正", "returned the proposal for correction"),
            new("correction-answered", "提交了补正答复", "answered the correction"),
            new("proposal-withdrawn", "撤回了申报", "withdrew the proposal"),
            new("proposal-lapsed", "申报逾期失效", "let the proposal lapse"),
            new("proposal-moved-to-policy", "改按另一版办法审批", "moved the proposal to another policy"),
        ]),
        new("签批", "Signing",
        [
            new("round-opened", "发起签批", "opened a signing round"),
            new("signed-for", "签署同意", "signed for"),
            new("signed-against", "签署不同意", "signed against"),
            new("signature-taken-back", "收回签署", "took the signature back"),
            new("signatures-voided", "修改使签署失效", "voided signatures by a revision"),
            new("signer-added", "加签", "added a signer"),
            new("signer-removed", "减签", "removed a signer"),
            new("seat-handed-over", "转签", "handed the seat over"),
            new("opinion-asked", "征求意见", "asked for an opinion"),
            new("opinion-given", "反馈意见", "gave an opinion"),
            new("signers-urged", "催办", "urged the signers"),
            new("round-copied", "抄送签批", "sent a copy of the round"),
            new("round-ended", "签批结束", "ended the signing round"),
        ]),
        new("重点项目提前安排", "Early scheduling",
        [
            new("proposal-classified", "确定项目类别", "classified the proposal"),
            new("key-consent-given", "同意列为重点项目", "consented to the key project"),
            new("key-consent-refused", "不同意列为重点项目", "refused consent to the key project"),
            new("key-consent-voided", "修改使同意失效", "voided the consent by a revision"),
            new("key-project-scheduled", "安排月份并预留资金", "gave a slot and reserved money"),
            new("full-check-completed", "完成全面审查", "completed the full check"),
            new("key-slot-taken", "占用重点项目名额", "took a slot for a key project"),
        ]),
        new("一般项目集中安排", "Batch review",
        [
            new("batch-joined", "列入批次", "put the proposal into a batch"),
            new("joint-pre-review-concluded", "联合会审结束", "concluded the joint pre-review"),
            new("joint-pre-review-voided", "修改使会审失效", "voided the joint pre-review by a revision"),
            new("proposal-shortlisted", "列入安排并预留资金", "shortlisted the proposal and reserved money"),
            new("proposal-held-over", "结转下一批次", "held the proposal over to the next batch"),
            new("proposal-turned-down", "集中安排未列入", "turned the proposal down"),
            new("batch-opened", "开启批次", "opened a batch"),
            new("batch-member-joined", "批次收入项目", "took a proposal into the batch"),
            new("batch-closed", "截止批次申报", "closed the batch's window"),
            new("batch-pre-review-opened", "发起联合会审", "opened the joint pre-review"),
            new("batch-ranked", "排定批次次序", "ranked the batch"),
            new("batch-concluded", "批次形成结论", "concluded the batch"),
        ]),
        new("类似项目合并论证", "Merged appraisal",
        [
            new("similar-looked-for", "查找类似项目", "looked for similar projects"),
            new("similarity-look-failed", "查找类似项目未成", "failed to look for similar projects"),
            new("similar-looked-for-by-hand", "人工查找类似项目", "looked for similar projects by hand"),
            new("appraisal-assigned", "纳入论证", "assigned the proposal to an appraisal"),
            new("panel-seated", "专家组就位", "seated the panel"),
            new("proposal-recommended", "论证推荐", "recommended the proposal"),
            new("proposal-recommended-with-changes", "论证推荐，须修改", "recommended the proposal with changes"),
            new("changes-adopted", "确认修改意见已落实", "confirmed that the changes are made"),
            new("proposal-not-recommended", "论证不推荐", "did not recommend the proposal"),
            new("proposal-merged-into", "并入其他项目", "merged the proposal into another"),
            new("proposal-absorbed", "并入一个项目", "absorbed another proposal"),
            new("merge-undone", "撤销并入", "undid the merge"),
            new("absorption-undone", "撤销对一个项目的合并", "undid an absorption"),
            new("recommendation-withdrawn", "撤回论证结论", "withdrew the recommendation"),
            new("appraisal-opened", "发起论证", "opened an appraisal"),
            new("panel-appointed", "组建专家组", "appointed the panel"),
            new("expert-recused", "专家回避", "recused an expert"),
            new("expert-replaced", "更换专家", "replaced an expert"),
            new("score-sheet-submitted", "提交评分表", "handed in a score sheet"),
            new("sheets-disclosed", "公开评分表", "disclosed the score sheets"),
            new("sheets-reopened", "请专家重新评分", "asked the panel for new sheets"),
            new("conclusion-drawn", "作出论证结论", "drew a conclusion"),
            new("proposals-merged", "合并项目", "merged proposals"),
            new("appraisal-concluded", "论证结束", "concluded the appraisal"),
            new("appraisal-dissolved", "撤销论证", "dissolved the appraisal"),
            new("appraisal-released", "论证已撤销，等待重新安排", "the appraisal over it was dissolved"),
            new("merge-taken-back", "收回合并决定", "took a merge back"),
        ]),
        new("系统接口统一安排", "Interface unification",
        [
            new("interface-arranged", "安排接口", "arranged an interface"),
            new("interface-reopened", "重新安排接口", "reopened an interface"),
            new("interface-conflict-settled", "裁定接口冲突", "settled an interface conflict"),
            new("unification-voided", "接口统一安排失效，须重新安排", "voided the unification of interfaces"),
            new("interfaces-unified", "完成接口统一安排", "unified the interfaces"),
            new("interface-published", "发布接口", "published an interface"),
            new("standard-published", "发布接口标准", "published a standard"),
            new("interface-retired", "停用接口", "retired an interface"),
        ]),
        new("委员会审议", "Committee",
        [
            new("agenda-item-placed", "列入会议议程", "placed the proposal on an agenda"),
            new("agenda-item-removed", "移出会议议程", "took the proposal off the agenda"),
            new("approved-by-committee", "委员会同意立项", "declared the committee's approval"),
            new("deferred-by-committee", "委员会延期审议", "declared the committee's deferral"),
            new("rejected-by-committee", "委员会否决", "declared the committee's rejection"),
            new("change-rejected-by-committee", "委员会否决变更", "declared the committee's rejection of the change"),
            new("reconsideration-asked", "申请复议", "asked for reconsideration"),
            new("reconsideration-opened", "同意复议", "opened the reconsideration"),
            new("reconsideration-refused", "不同意复议", "refused the reconsideration"),
            new("meeting-convened", "召集会议", "convened a meeting"),
            new("meeting-item-placed", "会议增列议题", "placed an item on the agenda"),
            new("meeting-item-removed", "会议撤下议题", "removed an item from the agenda"),
            new("attendance-recorded", "登记出席", "recorded attendance"),
            new("member-recused", "委员回避", "recused a member"),
            new("vote-opened", "付诸表决", "put the item to the vote"),
            new("vote-cast", "投票", "cast a vote"),
            new("item-resolved", "宣布决议", "declared the resolution"),
            new("meeting-closed", "会议结束", "closed the meeting"),
        ]),
        new("批复", "Issuance",
        [
            new("approval-issued", "发出批复", "issued the approval"),
            new("issuance-refused", "不予签发，退回委员会", "refused to issue and sent it back to the committee"),
            new("approval-number-given", "编定批复文号", "gave an approval number"),
        ]),
        new("监管", "Supervision",
        [
            new("progress-reported", "报告进展", "reported progress"),
            new("condition-met", "附带条件已落实", "ticked a condition as met"),
            new("change-recorded", "登记变更", "recorded a change"),
            new("change-sent-to-approval", "重大变更报批", "sent a change to approval"),
            new("project-accepted", "项目验收", "recorded the project's acceptance"),
            new("self-evaluation-submitted", "提交自评价", "submitted the self-evaluation"),
            new("sharing-promise-kept", "共享承诺已履行", "found a sharing promise kept"),
            new("sharing-promise-broken", "共享承诺未履行", "found a sharing promise broken"),
            new("project-abandoned", "终止项目", "gave the project up"),
            new("project-completed", "项目办结", "completed the project"),
            new("deadline-reminded", "时限提醒", "reminded of a deadline"),
            new("deadline-escalated", "时限超期上报", "escalated a missed deadline"),
        ]),
        new("资金", "Funds",
        [
            new("fund-opened", "设立资金", "opened a fund"),
            new("fund-ceiling-changed", "调整资金总额", "changed a fund's ceiling"),
            new("money-reserved", "预留资金", "reserved money"),
            new("money-committed", "落实资金", "committed money"),
            new("money-released", "释放资金", "released money"),
            new("reservation-adjusted", "调整预留", "adjusted a reservation"),
            new("reservation-carried-over", "合并预留", "carried a reservation over"),
            new("carry-over-undone", "撤销合并预留", "undid a carry-over"),
        ]),
        new("已建系统与规划", "Systems and programmes",
        [
            new("system-registered", "登记系统", "registered a system"),
            new("system-updated", "更新系统", "updated a system"),
            new("system-retired", "停用系统", "retired a system"),
            new("system-sharing-kept", "系统共享已履行", "found a system's sharing kept"),
            new("system-sharing-broken", "系统共享未履行", "found a system's sharing broken"),
            new("programme-opened", "设立规划", "opened a programme"),
            new("programme-project-added", "规划增列项目", "added a project to a programme"),
            new("programme-project-removed", "规划移出项目", "removed a project from a programme"),
            new("programme-closed", "规划收官", "closed a programme"),
        ]),
        new("单位、人员与规则", "Directory and rules",
        [
            new("unit-registered", "登记单位", "registered a unit"),
            new("unit-renamed", "单位更名", "renamed a unit"),
            new("unit-retired", "撤销单位", "retired a unit"),
            new("person-appointed", "任命人员", "appointed a person"),
            new("person-moved", "调动人员", "moved a person"),
            new("roles-changed", "调整角色", "changed roles"),
            new("ties-declared", "申报利害关系", "declared ties"),
            new("person-removed", "移除人员", "removed a person"),
            new("policy-adopted", "颁布审批办法", "adopted a policy"),
            new("calendar-adopted", "颁布年度工作日历", "adopted a year's calendar"),
        ]),
    ];

    static readonly FrozenDictionary<string, EventWord> ByName = All.SelectMany(g => g.Events).ToFrozenDictionary(w => w.Name);

    /// <summary>Whether an event has words.</summary>
    public static bool Has(string type) => ByName.ContainsKey(Bare(type));

    /// <summary>An event's words; a stranger's event is called by its name.</summary>
    /// <param name="type">The event's name in the store.</param>
    /// <param name="chinese">In Chinese.</param>
    public static string Of(string type, bool chinese) => ByName.TryGetValue(Bare(type), out var words) ? chinese ? words.Chinese : words.English : type;

    static string Bare(string type) => type.LastIndexOf(".v", StringComparison.Ordinal) is > 0 and var end ? type[..end] : type;
}
