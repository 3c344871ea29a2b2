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
/// <param name="From">The total before.</param>
/// <param name="To">The total in force with the change; the same as before if only the content changes.</param>
/// <param name="What">What changes and why.</param>
/// <param name="Policy">The policy that judged.</param>
[WireName("change-recorded.v1")]
public sealed record ChangeRecorded(Money From, Money To, string What, PolicyRef Policy) : SupervisionEvent;

/// <summary>A change beyond the allowance, or of the goal, sent the project back to the committee.</summary>
/// <param name="From">The total in force, which stays if the committee rejects the change.</param>
/// <param name="To">The total asked for.</param>
/// <param name="GoalChanged">Whether the goal changes.</param>
/// <param name="What">What changes and why.</param>
/// <param name="Policy">The policy that judged.</param>
[WireName("change-sent-to-approval.v1")]
public sealed record ChangeSentToApproval(Money From, Money To, bool GoalChanged, string What, PolicyRef Policy) : SupervisionEvent;

/// <summary>The project was accepted (验收).</summary>
/// <param name="On">The day.</param>
/// <param name="Findings">What was found.</param>
/// <param name="EvaluateFrom">The first day on which the self-evaluation may be handed in.</param>
/// <param name="EvaluateUntil">The last day on which it is in time.</param>
/// <param name="Policy">The policy that judged.</param>
[WireName("project-accepted.v1")]
public sealed record ProjectAccepted(DateOnly On, string Findings, DateOnly EvaluateFrom, DateOnly EvaluateUntil, PolicyRef Policy) : SupervisionEvent;

/// <summary>The unit handed in its self-evaluation (后评价).</summary>
/// <param name="On">The day.</param>
/// <param name="Score">0 to 100.</param>
/// <param name="Report">What the project brought.</param>
/// <param name="Late">Whether the last day for it was over.</param>
[WireName("self-evaluation-submitted.v1")]
public sealed record SelfEvaluationSubmitted(DateOnly On, int Score, string Report, bool Late) : SupervisionEvent;

/// <summary>The office found the promise to share a resource kept.</summary>
[WireName("sharing-promise-kept.v1")]
public sealed record SharingPromiseKept(string Resource, string Evidence) : SupervisionEvent;

/// <summary>The office found the promise to share a resource broken; until it is kept the unit may be blocked.</summary>
[WireName("sharing-promise-broken.v1")]
public sealed record SharingPromiseBroken(string Resource, string Finding) : SupervisionEvent;

/// <summary>The unit gave the approved project up, which ends it; its money is free again and the interfaces it had published are retired.</summary>
[WireName("project-abandoned.v1")]
public sealed record ProjectAbandoned(string Reason, PolicyRef Policy, int Revision) : SupervisionEvent;

/// <summary>Everything that the approval asked for is done, which ends the proposal's path.</summary>
[WireName("project-completed.v1")]
public sealed record ProjectCompleted(PolicyRef Policy, int? Revision = null) : SupervisionEvent;
