using System.Collections.Immutable;
using Approval.Policies;

namespace Approval.Committee;

/// <summary>Facts that the committee's meeting (委员会例会) leaves on a proposal.</summary>
public abstract record CommitteeEvent : ProposalEvent
{
    private protected CommitteeEvent() { }
}

/// <summary>The proposal is an item of a meeting's agenda.</summary>
[WireName("agenda-item-placed.v1")]
public sealed record AgendaItemPlaced(MeetingId Meeting, int Item) : CommitteeEvent;

/// <summary>The proposal was taken off the agenda before it was decided.</summary>
[WireName("agenda-item-removed.v1")]
public sealed record AgendaItemRemoved(MeetingId Meeting, int Item, string Reason) : CommitteeEvent;

/// <summary>The committee approved with an amount and conditions; the money is committed.</summary>
[WireName("approved-by-committee.v1")]
public sealed record ApprovedByCommittee(MeetingId Meeting, int Item, int Revision, Money Amount, ImmutableArray<string> Conditions, PolicyRef Policy) : CommitteeEvent;

/// <summary>The committee deferred the item to its next meeting.</summary>
[WireName("deferred-by-committee.v1")]
public sealed record DeferredByCommittee(MeetingId Meeting, int Item, int Revision, string Reason, PolicyRef Policy) : CommitteeEvent;

/// <summary>The committee rejected the proposal; it ends unless reconsideration is asked for in time, once.</summary>
[WireName("rejected-by-committee.v1")]
public sealed record RejectedByCommittee(MeetingId Meeting, int Item, int Revision, string Reason, DateOnly ReconsiderUntil, PolicyRef Policy) : CommitteeEvent;

/// <summary>The rejected proposal is taken up once more.</summary>
[WireName("reconsideration-opened.v1")]
public sealed record ReconsiderationOpened(string Reason, PolicyRef Policy) : CommitteeEvent;
