namespace Approval.Deadlines;

/// <summary>Facts that passing time leaves on a proposal.</summary>
public abstract record DeadlineEvent : ProposalEvent
{
    private protected DeadlineEvent() { }
}

/// <summary>Those who act were reminded of a deadline, once.</summary>
[WireName("deadline-reminded.v1")]
public sealed record DeadlineReminded(DeadlineKey Deadline, Stage Stage, DateOnly Due) : DeadlineEvent;

/// <summary>A deadline passed and was brought before the CIO office and the District CIO, once.</summary>
[WireName("deadline-escalated.v1")]
public sealed record DeadlineEscalated(DeadlineKey Deadline, Stage Stage, DateOnly Due) : DeadlineEvent;
