namespace Approval.Supervision;

/// <summary>The unit hands in its self-evaluation (后评价), from the day that the policy gives after acceptance; after the last day it is taken too, and marked late.</summary>
/// <param name="Score">0 to 100.</param>
/// <param name="Report">What the project brought.</param>
public sealed record SubmitSelfEvaluation(int Score, string Report)
{
    /// <summary>The project has not been accepted.</summary>
    public static readonly RefusalKind ProjectNotAccepted = new("project-not-accepted", RefusalSort.Rule,
        "项目尚未验收。", "The project has not been accepted.");

    /// <summary>The time for the self-evaluation has not come.</summary>
    public static readonly RefusalKind EvaluationTooEarly = new("evaluation-too-early", RefusalSort.Rule,
        "后评价自 {0} 起方可提交。", "The self-evaluation can be handed in from {0}.");

    /// <summary>Another self-evaluation is in, and stands.</summary>
    public static readonly RefusalKind EvaluatedAlready = new("evaluated-already", RefusalSort.Rule,
        "后评价已于 {0} 提交，不能更改。", "The self-evaluation was handed in on {0} and stands.");

    /// <summary>Decides.</summary>
    public static Decision Decide(SubmitSelfEvaluation command, Proposal proposal, DateOnly today, Occasion on)
    {
        if (Permissions.Check(nameof(SubmitSelfEvaluation), on.By, proposal) is { } no) return no;
        List<Refusal> wrong = [.. Texts.Check("report", command.Report, 20_000)];
        if (command.Score is < 0 or > 100) wrong.Add(ReportProgress.NotAPercentage.At("score"));
        if (wrong.Count > 0) return Decision.Refuse(wrong);
        if (proposal.Supervision.Evaluated is { } evaluated)
            return (evaluated.Score, evaluated.Report) == (command.Score, command.Report) ? Decision.Nothing : EvaluatedAlready.With(evaluated.On);
        if (proposal.Supervision.Accepted is not { } accepted) return ProjectNotAccepted.With();
        return today < accepted.EvaluateFrom
            ? EvaluationTooEarly.With(accepted.EvaluateFrom)
            : Decision.Of(proposal.Id.Stream, new SelfEvaluationSubmitted(today, command.Score, command.Report, Late: today > accepted.EvaluateUntil));
    }
}
