using Approval.Policies;

namespace Approval.Supervision;

/// <summary>Facts of supervision (监管) after the approval.</summary>
public abstract record SupervisionEvent : ProposalEvent
{
    private protected SupervisionEvent() { }
}

/// <summary>The unit reported progress.</summary>
[WireName("progress-reported.v1")]
public sealed record ProgressReported(DateOnly On, int PercentComplete, string Report) : SupervisionEvent;

/// <summary>The office ticked off a condition of the approval.</summary>
/// <param name="Condition">The condition's place in the approval's list, from 1.</param>
/// <param name="Evidence">What shows that it is met.</param>
[WireName("condition-met.v1")]
public sealed record ConditionMet(int Condition, string Evidence) : SupervisionEvent;

/// <summary>The unit recorded a change within the policy's allowance, the goal unchanged.</summary>
[WireName("change-recorded.v1")]
public sealed record ChangeRecorded(Money Difference, string What, PolicyRef Policy) : SupervisionEvent;

/// <summary>A change beyond the allowance, or of the goal, sent the project back to the committee.</summary>
[WireName("change-sent-to-approval.v1")]
public sealed record ChangeSentToApproval(Money Difference, bool GoalChanged, string What, PolicyRef Policy) : SupervisionEvent;

/// <summary>The project was accepted (验收).</summary>
[WireName("project-accepted.v1")]
public sealed record ProjectAccepted(DateOnly On, string Findings, DateOnly EvaluateFrom, DateOnly EvaluateUntil) : SupervisionEvent;

/// <summary>The unit handed in its self-evaluation (后评价).</summary>
[WireName("self-evaluation-submitted.v1")]
public sealed record SelfEvaluationSubmitted(DateOnly On, int Score, string Report) : SupervisionEvent;

/// <summary>The office found the promise to share a resource kept.</summary>
[WireName("sharing-promise-kept.v1")]
public sealed record SharingPromiseKept(string Resource, string Evidence) : SupervisionEvent;

/// <summary>The office found the promise to share a resource broken; until it is kept the unit may be blocked.</summary>
[WireName("sharing-promise-broken.v1")]
public sealed record SharingPromiseBroken(string Resource, string Finding) : SupervisionEvent;

/// <summary>Everything that the approval asked for is done, which ends the proposal's path.</summary>
[WireName("project-completed.v1")]
public sealed record ProjectCompleted : SupervisionEvent;
