using System.Collections.Frozen;

namespace Approval.History;

/// <summary>What happened, in words: every event's name as people say it.</summary>
public static class EventWords
{
    static readonly FrozenDictionary<string, (string Chinese, string English)> Known = new Dictionary<string, (string, string)>
    {
        // Intake
        ["proposal-drafted.v1"] = ("拟稿", "Drafted"),
        ["proposal-revised.v1"] = ("修改申报书", "Revised"),
        ["endorsement-asked.v1"] = ("送部门审签", "Endorsement asked for"),
        ["proposal-endorsed.v1"] = ("部门审签同意", "Endorsed"),
        ["proposal-sent-back.v1"] = ("部门退回", "Sent back by the unit's CIO"),
        ["endorsement-voided.v1"] = ("修改后审签失效", "Endorsement void after a change"),
        ["proposal-submitted.v1"] = ("提交申报", "Submitted"),
        ["proposal-accepted.v1"] = ("受理", "Accepted"),
        ["proposal-not-accepted.v1"] = ("不予受理", "Not accepted"),
        ["proposal-returned.v1"] = ("退回补正", "Returned for correction"),
        ["correction-answered.v1"] = ("答复补正", "Correction answered"),
        ["proposal-withdrawn.v1"] = ("撤回", "Withdrawn"),
        ["proposal-lapsed.v1"] = ("逾期失效", "Lapsed"),
        ["proposal-moved-to-policy.v1"] = ("变更适用的审批办法", "Moved to another policy"),

        // Signing
        ["round-opened.v1"] = ("发起签批", "Signatures asked for"),
        ["signed-for.v1"] = ("签署同意", "Signed for"),
        ["signed-against.v1"] = ("签署不同意", "Signed against"),
        ["signature-taken-back.v1"] = ("拿回签署", "Signature taken back"),
        ["signatures-voided.v1"] = ("修改后签署失效", "Signatures void after a change"),
        ["signer-added.v1"] = ("加签", "Signer added"),
        ["signer-removed.v1"] = ("减签", "Signer removed"),
        ["seat-handed-over.v1"] = ("转办", "Handed over"),
        ["opinion-asked.v1"] = ("征求意见", "Opinion asked for"),
        ["opinion-given.v1"] = ("反馈意见", "Opinion given"),
        ["signers-urged.v1"] = ("催办", "Signers urged"),
        ["round-copied.v1"] = ("抄送", "Copied"),
        ["round-ended.v1"] = ("签批结束", "Signing ended"),

        // Early scheduling
        ["key-slot-taken.v1"] = ("占用重点项目月份", "Key slot taken"),
        ["proposal-classified.v1"] = ("分类", "Classified"),
        ["key-consent-given.v1"] = ("同意列为重点", "Key consent given"),
        ["key-consent-refused.v1"] = ("不同意列为重点", "Key consent refused"),
        ["key-consent-voided.v1"] = ("修改后同意失效", "Key consent void after a change"),
        ["key-project-scheduled.v1"] = ("提前安排并预留资金", "Scheduled early, money reserved"),
        ["full-check-completed.v1"] = ("完成全面审查", "Full check completed"),

        // Batch review
        ["batch-joined.v1"] = ("列入批次", "Joined a batch"),
        ["joint-pre-review-concluded.v1"] = ("会审结束", "Joint pre-review concluded"),
        ["joint-pre-review-voided.v1"] = ("修改后会审失效", "Joint pre-review void after a change"),
        ["proposal-shortlisted.v1"] = ("列入安排并预留资金", "Shortlisted, money reserved"),
        ["proposal-held-over.v1"] = ("结转下一批次", "Held over"),
        ["proposal-turned-down.v1"] = ("未列入", "Turned down"),
        ["batch-opened.v1"] = ("开放批次", "Batch opened"),
        ["batch-member-joined.v1"] = ("项目进入批次", "Member joined"),
        ["batch-closed.v1"] = ("批次截止", "Batch closed"),
        ["batch-pre-review-opened.v1"] = ("发起会审", "Joint pre-review opened"),
        ["batch-ranked.v1"] = ("批次排序", "Batch ranked"),
        ["batch-concluded.v1"] = ("集中安排", "Batch concluded"),

        // Merged appraisal
        ["appraisal-opened.v1"] = ("发起论证", "Appraisal opened"),
        ["panel-appointed.v1"] = ("组建专家组", "Panel appointed"),
        ["expert-recused.v1"] = ("专家回避", "Expert recused"),
        ["expert-replaced.v1"] = ("更换专家", "Expert replaced"),
        ["score-sheet-submitted.v1"] = ("提交评分表", "Score sheet handed in"),
        ["sheets-disclosed.v1"] = ("公开评分", "Sheets disclosed"),
        ["conclusion-drawn.v1"] = ("形成论证结论", "Conclusion drawn"),
        ["proposals-merged.v1"] = ("合并项目", "Proposals merged"),
        ["appraisal-concluded.v1"] = ("论证结束", "Appraisal concluded"),
        ["merge-taken-back.v1"] = ("取消合并", "Merge taken back"),
        ["similar-looked-for.v1"] = ("查找类似项目", "Similar ones looked for"),
        ["similarity-look-failed.v1"] = ("未能自动查找类似项目", "The look for similar ones failed"),
        ["similar-looked-for-by-hand.v1"] = ("人工查找类似项目", "Similar ones looked for by hand"),
        ["appraisal-assigned.v1"] = ("进入论证", "Under appraisal"),
        ["panel-seated.v1"] = ("确定专家组", "Panel seated"),
        ["proposal-recommended.v1"] = ("论证通过", "Recommended"),
        ["proposal-recommended-with-changes.v1"] = ("修改后通过", "Recommended with changes"),
        ["changes-adopted.v1"] = ("修改意见已落实", "Changes adopted"),
        ["proposal-not-recommended.v1"] = ("论证未通过", "Not recommended"),
        ["proposal-merged-into.v1"] = ("并入其他项目", "Merged into another"),
        ["proposal-absorbed.v1"] = ("并入其他项目的内容", "Absorbed another"),
        ["merge-undone.v1"] = ("取消并入", "Merge undone"),
        ["absorption-undone.v1"] = ("退出并入的内容", "Absorption undone"),
        ["recommendation-withdrawn.v1"] = ("撤销论证结论", "Recommendation withdrawn"),

        // Interface unification
        ["interface-published.v1"] = ("发布接口", "Interface published"),
        ["standard-published.v1"] = ("发布接口标准", "Standard published"),
        ["interface-retired.v1"] = ("停用接口", "Interface retired"),
        ["interface-arranged.v1"] = ("安排接口", "Interface arranged"),
        ["interface-reopened.v1"] = ("重新安排接口", "Interface reopened"),
        ["interface-conflict-settled.v1"] = ("解决接口冲突", "Interface conflict settled"),
        ["interfaces-unified.v1"] = ("接口统一安排完成", "Interfaces unified"),

        // Committee
        ["agenda-item-placed.v1"] = ("列入会议议程", "Placed on an agenda"),
        ["agenda-item-removed.v1"] = ("移出会议议程", "Removed from the agenda"),
        ["approved-by-committee.v1"] = ("委员会审议通过", "Approved by the committee"),
        ["deferred-by-committee.v1"] = ("委员会暂缓审议", "Deferred by the committee"),
        ["rejected-by-committee.v1"] = ("委员会否决", "Rejected by the committee"),
        ["change-rejected-by-committee.v1"] = ("委员会不同意变更", "Change rejected by the committee"),
        ["reconsideration-asked.v1"] = ("申请复议", "Reconsideration asked for"),
        ["reconsideration-opened.v1"] = ("同意复议", "Reconsideration opened"),
        ["reconsideration-refused.v1"] = ("不同意复议", "Reconsideration refused"),
        ["meeting-convened.v1"] = ("召集会议", "Meeting convened"),
        ["meeting-item-placed.v1"] = ("安排议题", "Item placed"),
        ["meeting-item-removed.v1"] = ("撤下议题", "Item removed"),
        ["attendance-recorded.v1"] = ("登记出席", "Attendance recorded"),
        ["member-recused.v1"] = ("委员回避", "Member recused"),
        ["vote-opened.v1"] = ("提请表决", "Put to the vote"),
        ["vote-cast.v1"] = ("表决", "Vote cast"),
        ["item-resolved.v1"] = ("宣布决议", "Resolved"),
        ["meeting-closed.v1"] = ("会议结束", "Meeting closed"),

        // Issuance
        ["approval-issued.v1"] = ("印发批复", "Approval issued"),
        ["issuance-refused.v1"] = ("退回委员会", "Sent back to the committee"),
        ["approval-number-given.v1"] = ("批复编号", "Approval number given"),

        // Supervision
        ["progress-reported.v1"] = ("报告进度", "Progress reported"),
        ["condition-met.v1"] = ("落实批复条件", "Condition met"),
        ["change-recorded.v1"] = ("记录变更", "Change recorded"),
        ["change-sent-to-approval.v1"] = ("变更报批", "Change sent to approval"),
        ["project-accepted.v1"] = ("项目验收", "Project accepted"),
        ["self-evaluation-submitted.v1"] = ("提交后评价", "Self-evaluation handed in"),
        ["sharing-promise-kept.v1"] = ("共享承诺已兑现", "Promise to share kept"),
        ["sharing-promise-broken.v1"] = ("共享承诺未兑现", "Promise to share broken"),
        ["project-completed.v1"] = ("办结", "Completed"),

        // Deadlines
        ["deadline-reminded.v1"] = ("时限提醒", "Reminded of a deadline"),
        ["deadline-escalated.v1"] = ("逾期升级", "Deadline escalated"),

        // Funds, policy, calendar, directory, systems, programmes
        ["fund-opened.v1"] = ("设立资金", "Fund opened"),
        ["fund-ceiling-changed.v1"] = ("调整资金规模", "Fund ceiling changed"),
        ["money-reserved.v1"] = ("预留资金", "Money reserved"),
        ["money-committed.v1"] = ("落实资金", "Money committed"),
        ["money-released.v1"] = ("释放资金", "Money released"),
        ["reservation-adjusted.v1"] = ("调整预留", "Reservation adjusted"),
        ["reservation-carried-over.v1"] = ("预留并入", "Reservation carried over"),
        ["carry-over-undone.v1"] = ("取消预留并入", "Carry-over undone"),
        ["policy-adopted.v1"] = ("通过审批办法", "Policy adopted"),
        ["calendar-adopted.v1"] = ("发布工作日历", "Calendar adopted"),
        ["unit-registered.v1"] = ("登记单位", "Unit registered"),
        ["unit-renamed.v1"] = ("单位更名", "Unit renamed"),
        ["unit-retired.v1"] = ("撤销单位", "Unit retired"),
        ["person-appointed.v1"] = ("任用人员", "Person appointed"),
        ["person-moved.v1"] = ("人员调动", "Person moved"),
        ["person-removed.v1"] = ("移出名录", "Person removed"),
        ["roles-changed.v1"] = ("变更角色", "Roles changed"),
        ["ties-declared.v1"] = ("申报利害关系", "Ties declared"),
        ["system-registered.v1"] = ("登记已建系统", "System registered"),
        ["system-updated.v1"] = ("更新已建系统", "System updated"),
        ["system-retired.v1"] = ("停用系统", "System retired"),
        ["system-sharing-kept.v1"] = ("系统按承诺共享", "System shares as promised"),
        ["system-sharing-broken.v1"] = ("系统未按承诺共享", "System breaks its promise to share"),
        ["programme-opened.v1"] = ("设立规划", "Programme opened"),
        ["programme-closed.v1"] = ("规划结束", "Programme closed"),
        ["programme-project-added.v1"] = ("列入规划", "Project added to a programme"),
        ["programme-project-removed.v1"] = ("移出规划", "Project removed from a programme"),
    }.ToFrozenDictionary();

    /// <summary>The wire names that have words.</summary>
    public static IReadOnlyCollection<string> Names => Known.Keys;

    /// <summary>An event in the reader's language; its wire name if it is a stranger's.</summary>
    public static string Of(string wireName, bool chinese) => Known.TryGetValue(wireName, out var words) ? chinese ? words.Chinese : words.English : wireName;
}
