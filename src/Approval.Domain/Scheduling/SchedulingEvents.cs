using Approval.Policies;

namespace Approval.Scheduling;

/// <summary>Facts of early scheduling (重点项目提前安排).</summary>
public abstract record SchedulingEvent : ProposalEvent
{
    private protected SchedulingEvent() { }
}

/// <summary>The office put the accepted proposal on a track, key with a reason and the document it rests on; or put a key project that was not yet scheduled back on the general track.</summary>
[WireName("proposal-classified.v1")]
public sealed record ProposalClassified(Track Track, string Reason, string? Document, PolicyRef Policy, int? Revision = null) : SchedulingEvent;

/// <summary>The District CIO consented to the key project.</summary>
[WireName("key-consent-given.v1")]
public sealed record KeyConsentGiven(int Revision, PolicyRef Policy) : SchedulingEvent;

/// <summary>The District CIO did not consent; the proposal goes the general way.</summary>
[WireName("key-consent-refused.v1")]
public sealed record KeyConsentRefused(int Revision, string Reason, PolicyRef Policy) : SchedulingEvent;

/// <summary>A later revision changed what the consent rested on; it is needed anew.</summary>
[WireName("key-consent-voided.v1")]
public sealed record KeyConsentVoided(int Revision) : SchedulingEvent;

/// <summary>The key project got its slot (the first day of a month) ahead of the batch, and its money was reserved.</summary>
[WireName("key-project-scheduled.v1")]
public sealed record KeyProjectScheduled(DateOnly Slot, FundId Fund, ReservationId Reservation, Money Amount, DateOnly FullCheckDue, PolicyRef Policy, int? Revision = null) : SchedulingEvent;

/// <summary>The full check, due for anything taken in early, was done.</summary>
[WireName("full-check-completed.v1")]
public sealed record FullCheckCompleted(int Revision, string Findings, PolicyRef Policy) : SchedulingEvent;
