using System.Collections.Frozen;

namespace Approval.Inbox;

/// <summary>What a deed is called where it waits for somebody.</summary>
public static class DeedWords
{
    static readonly FrozenDictionary<string, (string Chinese, string English)> Known = new Dictionary<string, (string, string)>
    {
        ["AskEndorsement"] = ("完善申报书并送审签", "Finish the draft and ask for endorsement"),
        ["SubmitProposal"] = ("提交申报", "Submit"),
        ["AnswerCorrection"] = ("补正并答复", "Correct and answer"),
        ["Sign"] = ("签署", "Sign"),
        ["GiveOpinion"] = ("反馈意见", "Give the opinion asked for"),
        ["AcceptProposal"] = ("形式审查与受理", "Check and accept"),
        ["ClassifyProposal"] = ("确定重点或一般", "Classify"),
        ["AskConsent"] = ("请示同意", "Ask for consent"),
        ["ScheduleKeyProject"] = ("安排月份并预留资金", "Give a slot and reserve money"),
        ["CompleteFullCheck"] = ("完成全面审查", "Complete the full check"),
        ["JoinBatch"] = ("列入批次", "Put into a batch"),
        ["ConcludeBatch"] = ("会审、排序与集中安排", "Pre-review, rank and conclude"),
        ["OpenAppraisal"] = ("发起论证", "Open an appraisal"),
        ["AppointPanel"] = ("组建专家组", "Appoint the panel"),
        ["ReplaceExpert"] = ("更换专家", "Replace an expert"),
        ["SubmitScoreSheet"] = ("提交评分表", "Hand in score sheets"),
        ["ConcludeAppraisal"] = ("形成论证结论", "Conclude the appraisal"),
        ["AdoptChanges"] = ("确认修改意见已落实", "Confirm the changes"),
        ["LookForSimilar"] = ("人工查找类似项目", "Look for similar projects by hand"),
        ["ArrangeInterfaces"] = ("统一安排接口", "Arrange the interfaces"),
        ["PlaceAgendaItem"] = ("列入会议议程", "Place on an agenda"),
        ["RecordAttendance"] = ("筹备会议、登记出席", "Prepare the meeting, record attendance"),
        ["CastVote"] = ("出席并表决", "Attend and vote"),
        ["CloseMeeting"] = ("结束会议、形成纪要", "Close the meeting, make the minutes"),
        ["ResolveItem"] = ("主持表决、宣布决议", "Put to the vote and declare"),
        ["IssueApproval"] = ("发出批复", "Issue the approval"),
        ["OpenReconsideration"] = ("答复复议申请", "Answer the request for reconsideration"),
        ["ReportProgress"] = ("报告进展", "Report progress"),
        ["SubmitSelfEvaluation"] = ("提交后评价", "Submit the self-evaluation"),
        ["CompleteProject"] = ("办结", "Complete"),
    }.ToFrozenDictionary();

    /// <summary>Whether a deed has words.</summary>
    public static bool Has(string deed) => Known.ContainsKey(deed);

    /// <summary>The deed in the reader's language.</summary>
    public static string Of(string deed, bool chinese) => Known.TryGetValue(deed, out var words) ? chinese ? words.Chinese : words.English : deed;
}
