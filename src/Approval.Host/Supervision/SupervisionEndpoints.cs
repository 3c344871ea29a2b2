using Approval.Committee;
using Approval.Funds;
using Approval.Http;
using Approval.Intake;
using Approval.InterfaceUnification;

namespace Approval.Supervision;

/// <summary>What shows that a condition is met.</summary>
/// <param name="Evidence">The evidence.</param>
public sealed record TickConditionRequest(string Evidence);

/// <summary>Supervision 监管: what happens to a project after its approval.</summary>
public static class SupervisionEndpoints
{
    static readonly RefusalKind[] Always = [Permissions.NotPermitted, Permissions.WrongStage, Texts.Required, Texts.TooLong];

    /// <summary>Adds routes.</summary>
    public static void MapSupervision(this WebApplication app)
    {
        app.MapPost("/api/proposals/{id}/progress", (string id, Body<ReportProgress> body, HttpContext http, Commands commands) =>
                commands.On(http, id, async (s, p) => ReportProgress.Decide(body.Value, p, await s.Today(), s.Occasion)))
            .IsCommand<ProposalAnswer>().As("ReportProgress").Does("报告项目进度", "Reports progress", [.. Always, SupervisionRules.DayOutOfRange, ReportProgress.NotAPercentage]);

        app.MapPost("/api/proposals/{id}/conditions/{condition:int}", (string id, int condition, Body<TickConditionRequest> body, HttpContext http, Commands commands) =>
                commands.On(http, id, (s, p) => TickCondition.Decide(new(condition, body.Value.Evidence), p, s.Occasion)))
            .IsCommand<ProposalAnswer>().As("TickCondition").Does("核销批复条件", "Ticks off a condition of the approval", [.. Always, TickCondition.NoSuchCondition]);

        app.MapPost("/api/proposals/{id}/change", (string id, Body<RecordChange> body, HttpContext http, Commands commands) =>
                commands.On(http, id, async (s, p) => RecordChange.Decide(body.Value, p, await s.FundOf(p.Held), await s.Judging(p), s.Occasion)))
            .IsCommand<ProposalAnswer>().As("RecordChange").Does("记录允许范围内的变更", "Records a change within the allowance",
                [.. Always, RecordChange.ChangeNeedsApproval, RecordChange.NothingLeft, SupervisionRules.ProjectAcceptedAlready, CommitteeRefusals.NoMoneyHeld, FundRules.Exhausted]);

        app.MapPost("/api/proposals/{id}/change-request", (string id, Body<SendChangeToApproval> body, HttpContext http, Commands commands) =>
                commands.On(http, id, async (s, p) => SendChangeToApproval.Decide(body.Value, p, await s.Judging(p), s.Occasion)))
            .IsCommand<ProposalAnswer>().As("SendChangeToApproval").Does("将超出允许范围或改变目标的变更报请重新审批", "Sends a change of the goal, or beyond the allowance, back to approval",
                [.. Always, SendChangeToApproval.ChangeWithinAllowance, RecordChange.NothingLeft, SupervisionRules.ProjectAcceptedAlready, CommitteeRefusals.NoMoneyHeld]);

        app.MapPost("/api/proposals/{id}/project-acceptance", (string id, Body<RecordAcceptance> body, HttpContext http, Commands commands) =>
                commands.On(http, id, async (s, p) => RecordAcceptance.Decide(body.Value, p, await s.Judging(p), await s.Today(), s.Occasion)))
            .IsCommand<ProposalAnswer>().RequiresIfMatch().As("RecordAcceptance").Does("记录项目验收", "Records that the finished project was accepted",
                [.. Always, SupervisionRules.DayOutOfRange, SupervisionRules.ProjectAcceptedAlready, RecordAcceptance.ConditionsOpen]);

        app.MapPost("/api/proposals/{id}/self-evaluation", (string id, Body<SubmitSelfEvaluation> body, HttpContext http, Commands commands) =>
                commands.On(http, id, async (s, p) => SubmitSelfEvaluation.Decide(body.Value, p, await s.Today(), s.Occasion)))
            .IsCommand<ProposalAnswer>().As("SubmitSelfEvaluation").Does("提交后评价（自评价）", "Hands in the self-evaluation",
                [.. Always, ReportProgress.NotAPercentage, SubmitSelfEvaluation.ProjectNotAccepted, SubmitSelfEvaluation.EvaluationTooEarly, SubmitSelfEvaluation.EvaluatedAlready]);

        app.MapPost("/api/proposals/{id}/sharing-promises", (string id, Body<RecordSharingPromise> body, HttpContext http, Commands commands) =>
                commands.On(http, id, (s, p) => RecordSharingPromise.Decide(body.Value, p, s.Occasion)))
            .IsCommand<ProposalAnswer>().As("RecordSharingPromise").Does("记录共享承诺是否兑现", "Records whether a promise to share is kept", [.. Always, RecordSharingPromise.NoSuchPromise]);

        app.MapPost("/api/proposals/{id}/abandonment", (string id, Body<AbandonProject> body, HttpContext http, Commands commands, Queries queries) =>
                commands.On(http, id, async (s, p) =>
                {
                    var catalogue = await s.Find(InterfaceCatalogue.Kind, JurisdictionStreams.InterfaceCatalogue) ?? InterfaceCatalogue.Empty;
                    return AbandonProject.Decide(
                        body.Value, p, await s.FundOf(p.Held), catalogue, await queries.DeclarantsOf(s.By.Jurisdiction, s.Cancel), await s.Judging(p), s.Occasion);
                }))
            .IsCommand<ProposalAnswer>().RequiresIfMatch().As("AbandonProject").Does("终止已批复项目，释放资金并停用其接口", "Gives an approved project up: releases its money and retires its interfaces",
                [.. Always, AbandonProject.NotApproved, SupervisionRules.ProjectAcceptedAlready, RetireInterface.InUse]);

        app.MapPost("/api/proposals/{id}/completion", (string id, HttpContext http, Commands commands) =>
                commands.On(http, id, async (s, p) => CompleteProject.Decide(new(), p, await s.Judging(p), s.Occasion)))
            .IsCommand<ProposalAnswer>().RequiresIfMatch().As("CompleteProject").Does("项目办结", "Ends supervision of a project",
                Permissions.NotPermitted, Permissions.WrongStage, SubmitSelfEvaluation.ProjectNotAccepted, CompleteProject.EvaluationMissing,
                RecordAcceptance.ConditionsOpen, CompleteProject.PromisesOpen);
    }
}
