using Approval.Funds;
using Approval.Signing;

namespace Approval.Intake;

/// <summary>How a field of a deed is filled in.</summary>
public enum FieldKind
{
    /// <summary>A line.</summary>
    Line,

    /// <summary>Several lines of prose.</summary>
    Prose,

    /// <summary>A list, one entry a line.</summary>
    Lines,

    /// <summary>A day.</summary>
    Day,

    /// <summary>The first day of a month.</summary>
    Month,

    /// <summary>A sum in yuan.</summary>
    Money,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>Yes or no.</summary>
    Tick,

    /// <summary>One of several.</summary>
    Choice,

    /// <summary>One of several values, each written as JSON.</summary>
    Value,

    /// <summary>A value given by the page.</summary>
    Given,

    /// <summary>A list of one value given by the page.</summary>
    GivenList,
}

/// <summary>A field of a deed.</summary>
/// <param name="Name">The path in the command's JSON.</param>
/// <param name="Chinese">Its label in Chinese.</param>
/// <param name="English">Its label in English.</param>
/// <param name="Kind">How it is filled in.</param>
/// <param name="Optional">Whether it may stay empty.</param>
/// <param name="Value">What stands in it at first.</param>
/// <param name="Choices">What may be chosen.</param>
public sealed record Field(
    string Name, string Chinese, string English, FieldKind Kind = FieldKind.Prose, bool Optional = false, string? Value = null, IReadOnlyList<(string Value, string Chinese, string English)>? Choices = null);

/// <summary>A deed that the reader may do now: a button with its fields.</summary>
/// <param name="Name">The deed, as the permission table names it.</param>
/// <param name="Chinese">The button in Chinese.</param>
/// <param name="English">The button in English.</param>
/// <param name="Address">Where the command goes; with no fields and <paramref name="Link"/>, the page to open.</param>
/// <param name="Fields">Its fields.</param>
/// <param name="Link">Whether it is done on another page.</param>
/// <param name="Grave">Whether it ends or returns the proposal, so that it is asked about once more.</param>
/// <param name="Done">What follows, as Frontend/act.js reads it.</param>
public sealed record Deed(string Name, string Chinese, string English, string Address, IReadOnlyList<Field> Fields, bool Link = false, bool Grave = false, string Done = "reload");

/// <summary>What a reader may do with a proposal now beside signing (<see cref="RoundMoves"/>), as the permission table and the proposal's state say. The commands themselves check again.</summary>
public static class ProposalDeeds
{
    /// <summary>The deeds, those that the proposal waits for first.</summary>
    public static IReadOnlyList<Deed> Of(Proposal p, Actor actor, IReadOnlyList<FundRow> funds)
    {
        var waited = Waiting.On(p).Where(w => Wait.KeysOf(actor).Contains(w.Key)).Select(w => w.Deed).ToHashSet();
        return [.. All(p, funds).Where(d => Permissions.Check(d.Name, actor, p) is null).OrderBy(d => !waited.Contains(d.Name)).ThenBy(d => d.Grave)];
    }

    static IEnumerable<Deed> All(Proposal p, IReadOnlyList<FundRow> funds)
    {
        var at = $"/api/proposals/{p.Id.Value}";
        var open = p.Rounds.Any(r => r.Open);
        var pen = p.PenWithUnit();
        var accepted = p.Policy is not null;

        // The unit
        if (pen) yield return new("ReviseProposal", p.Intake.Correction is null ? "修改申报书" : "按要求补正", p.Intake.Correction is null ? "Edit" : "Correct", $"/proposals/{p.Id.Value}/edit", [], Link: true);
        if (pen && !p.Rounds.Any(r => r.Open && r.Purpose == SigningPurpose.Endorsement) && p.Intake.EndorsedRevision is null)
            yield return new("AskEndorsement", "送部门首席信息官审签", "Ask for endorsement", $"{at}/endorsement-request", []);
        if (p.Intake.EndorsedRevision is not null && p.Intake.Correction is null) yield return new("SubmitProposal", "提交申报", "Submit", $"{at}/submission", []);
        if (p.Intake.Correction is not null) yield return new("AnswerCorrection", "答复补正", "Answer the correction", $"{at}/correction", [new("answer", "答复", "Answer")]);

        // Intake
        if (!accepted)
        {
            yield return new("AcceptProposal", "受理", "Accept", $"{at}/acceptance", []);
            yield return new("DeclineProposal", "不予受理", "Do not accept", $"{at}/declination", [Reason], Grave: true);
        }
        else if (p.Stage == Stage.FormCheck)
        {
            yield return new("ClassifyProposal", "列为一般项目", "Classify as general", $"{at}/classification", [new("track", "", "", FieldKind.Given, Value: "general")]);
            yield return new("ClassifyProposal", "列为重点项目", "Classify as key", $"{at}/classification",
                [new("track", "", "", FieldKind.Given, Value: "key"), new("reason", "理由", "Reason"), new("document", "依据文件", "The document it rests on", FieldKind.Line)]);
        }

        // Early scheduling and batch review
        if (!p.Scheduling.Consented && !open) yield return new("AskConsent", "再次请示同意", "Ask for consent again", $"{at}/consent-request", []);
        if (p.Scheduling.Consented)
            yield return new("ScheduleKeyProject", "安排月份并预留资金", "Give a slot and reserve money", $"{at}/schedule",
                [new("slot", "月份", "Month", FieldKind.Month), new("fund", "资金", "Fund", FieldKind.Choice, Choices: [.. funds.Select(f => (f.Id.Value, f.Name, f.Name))])]);
        if (p.Scheduling is { FullCheckDue: not null, Slot: not null }) yield return new("CompleteFullCheck", "完成全面审查", "Complete the full check", $"{at}/full-check", [new("findings", "审查意见", "Findings")]);
        if (p.BatchReview.Batch is null) yield return new("JoinBatch", "列入批次", "Put into a batch", "/batches", [], Link: true);

        // Merged appraisal and interfaces
        if (p.Appraisal.AwaitsLookByHand)
            yield return new("LookForSimilar", "登记人工查找结果", "Record the look by hand", $"{at}/similarity-look", [new("findings", "查找结果", "Findings"), new("similar", "类似项目编号（每行一个）", "Ids of similar ones, one a line", FieldKind.Lines, Optional: true)]);
        if (p.Appraisal.Appraisal is null)
            yield return new("OpenAppraisal", "发起论证", "Open an appraisal", "/api/appraisals", [new("proposals", "", "", FieldKind.GivenList, Value: p.Id.Value)], Done: "goto:/appraisals/{id}");
        if (!p.Appraisal.Changes.IsEmpty) yield return new("AdoptChanges", "确认修改意见已落实", "Confirm that the changes are adopted", $"{at}/changes-adoption", []);
        if (p.Interfaces.Unified is null)
        {
            yield return new("ArrangeInterfaces", "安排接口", "Arrange the interfaces", $"/interfaces/projects/{p.Id.Value}", [], Link: true);
            yield return new("UnifyInterfaces", "完成接口统一安排", "Conclude the unification", $"{at}/unification", []);
        }

        // Committee and issuance
        if (p.Committee.Meeting is null && p.Interfaces.Unified is not null) yield return new("PlaceAgendaItem", "列入会议议程", "Place on an agenda", "/meetings", [], Link: true);
        yield return new("IssueApproval", "印发批复", "Issue the approval", $"{at}/issuance", []);
        yield return new("SendBackToCommittee", "退回委员会", "Send back to the committee", $"{at}/return-to-committee", [Reason], Grave: true);
        if (p.Outcome == Outcome.Rejected && !p.Committee.Reconsidered && p.Committee.ReconsiderUntil is not null)
            yield return new("AskReconsideration", "申请复议", "Ask for reconsideration", $"{at}/reconsideration-request", [Reason]);
        if (p.Committee.ReconsiderationOpen)
        {
            yield return new("OpenReconsideration", "同意复议", "Open the reconsideration", $"{at}/reconsideration", [Reason]);
            yield return new("RefuseReconsideration", "不同意复议", "Refuse the reconsideration", $"{at}/reconsideration-refusal", [Reason], Grave: true);
        }

        // Supervision
        foreach (var deed in p.Stage == Stage.Supervision ? Supervised(p, at) : []) yield return deed;
        foreach (var resource in p.Issuance.Approval?.Promises ?? [])
        {
            yield return new("RecordSharingPromise", $"登记共享承诺“{resource}”", $"Record the promise to share “{resource}”", $"{at}/sharing-promises",
                [new("resource", "", "", FieldKind.Given, Value: resource), new("kept", "已兑现", "Kept", FieldKind.Tick), new("finding", "核查情况", "Finding")]);
        }

        // Whatever the stage
        if (p.Intake.Correction is null) yield return new("ReturnProposal", "退回补正", "Return for correction", $"{at}/return", [Reason, Items], Grave: true);
        if (p.Issuance.Approval is null) yield return new("WithdrawProposal", "撤回申报", "Withdraw", $"{at}/withdrawal", [Reason], Grave: true);
        yield return new("LapseProposal", "按逾期失效处理", "Let it lapse", $"{at}/lapse", [Reason], Grave: true);
        if (accepted) yield return new("MoveToPolicy", "变更适用的审批办法", "Move to another policy", $"{at}/policy-move", [new("version", "版本", "Version", FieldKind.Number), Reason], Grave: true);
    }

    static IEnumerable<Deed> Supervised(Proposal p, string at)
    {
        if (p.Supervision.Accepted is null)
        {
            yield return new("ReportProgress", "报告进度", "Report progress", $"{at}/progress",
                [new("on", "截至", "As of", FieldKind.Day), new("percentComplete", "完成比例（%）", "Per cent complete", FieldKind.Number), new("report", "进展情况", "Report")]);
            yield return new("RecordChange", "记录变更", "Record a change", $"{at}/change", Change);
            yield return new("SendChangeToApproval", "变更报批", "Send a change to approval", $"{at}/change-request", Change, Grave: true);
            yield return new("AbandonProject", "终止项目", "Give the project up", $"{at}/abandonment", [Reason], Grave: true);
            yield return new("RecordAcceptance", "登记项目验收", "Record the acceptance", $"{at}/project-acceptance", [new("on", "验收日期", "On", FieldKind.Day), new("findings", "验收意见", "Findings")]);
        }
        else if (p.Supervision.Evaluated is null)
        {
            yield return new("SubmitSelfEvaluation", "提交后评价", "Hand in the self-evaluation", $"{at}/self-evaluation", [new("score", "自评分（0–100）", "Score (0–100)", FieldKind.Number), new("report", "评价报告", "Report")]);
        }
        else
        {
            yield return new("CompleteProject", "办结", "Complete", $"{at}/completion", []);
        }

        for (var i = 1; i <= p.Committee.Conditions.Length; i++)
        {
            if (!p.Supervision.ConditionsMet.Contains(i))
                yield return new("TickCondition", $"核销条件 {i}", $"Tick off condition {i}", $"{at}/conditions/{i}", [new("evidence", "落实情况", "Evidence")]);
        }
    }

    static readonly Field Reason = new("reason", "理由", "Reason");
    static readonly Field Items = new("items", "需补正的事项（每行一项，可不填）", "What to correct, one thing a line (may stay empty)", FieldKind.Lines, Optional: true);
    static readonly IReadOnlyList<Field> Change =
        [new("total", "变更后总额（元）", "Total after the change (yuan)", FieldKind.Money), new("goalChanged", "建设目标有变化", "The goal changes", FieldKind.Tick), new("what", "变更内容", "What changes")];
}
