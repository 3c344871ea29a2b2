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
/// <param name="Meeting">The meeting.</param>
/// <param name="Item">The item on its agenda.</param>
/// <param name="HeldOn">The meeting's day, from which the approval holds.</param>
/// <param name="Revision">The revision voted on.</param>
/// <param name="Amount">The amount approved, never above what was recommended.</param>
/// <param name="Conditions">All conditions that now bind the project; those of an earlier approval come first.</param>
/// <param name="Tally">How the members voted.</param>
/// <param name="Policy">The policy that judged.</param>
[WireName("approved-by-committee.v1")]
public sealed record ApprovedByCommittee(
    MeetingId Meeting, int Item, DateOnly HeldOn, int Revision, Money Amount, ImmutableArray<string> Conditions, Tally Tally, PolicyRef Policy) : CommitteeEvent;

/// <summary>The committee deferred the item to its next meeting; the money stays reserved.</summary>
/// <param name="Meeting">The meeting.</param>
/// <param name="Item">The item on its agenda.</param>
/// <param name="HeldOn">The meeting's day.</param>
/// <param name="Revision">The revision that stood.</param>
/// <param name="Reason">Why.</param>
/// <param name="Counted">Whether it counts against the policy's limit; a deferral for want of a quorum does not.</param>
/// <param name="Tally">How the members voted; all zero but the attendance where no vote was taken.</param>
/// <param name="Policy">The policy that judged.</param>
[WireName("deferred-by-committee.v1")]
public sealed record DeferredByCommittee(
    MeetingId Meeting, int Item, DateOnly HeldOn, int Revision, string Reason, bool Counted, Tally Tally, PolicyRef Policy) : CommitteeEvent;

/// <summary>The committee rejected the proposal; it ends and its money is free, unless reconsideration is asked for in time, once.</summary>
/// <param name="Meeting">The meeting.</param>
/// <param name="Item">The item on its agenda.</param>
/// <param name="HeldOn">The meeting's day.</param>
/// <param name="Revision">The revision voted on.</param>
/// <param name="Reason">Why.</param>
/// <param name="ReconsiderUntil">The last day on which the unit may ask for reconsideration; null when the one reconsideration is used.</param>
/// <param name="Tally">How the members voted.</param>
/// <param name="Policy">The policy that judged.</param>
[WireName("rejected-by-committee.v1")]
public sealed record RejectedByCommittee(
    MeetingId Meeting, int Item, DateOnly HeldOn, int Revision, string Reason, DateOnly? ReconsiderUntil, Tally Tally, PolicyRef Policy) : CommitteeEvent;

/// <summary>The committee rejected a change of an approved project; the standing approval stays in force as it was.</summary>
[WireName("change-rejected-by-committee.v1")]
public sealed record ChangeRejectedByCommittee(
    MeetingId Meeting, int Item, DateOnly HeldOn, int Revision, string Reason, Money Standing, ImmutableArray<string> Conditions, Tally Tally, PolicyRef Policy) : CommitteeEvent;

/// <summary>The unit asked for the one reconsideration of its rejected proposal.</summary>
[WireName("reconsideration-asked.v1")]
public sealed record ReconsiderationAsked(string Reason) : CommitteeEvent;

/// <summary>The rejected proposal is taken up once more; its money is reserved anew.</summary>
[WireName("reconsideration-opened.v1")]
public sealed record ReconsiderationOpened(string Reason, FundId Fund, ReservationId Reservation, Money Amount, PolicyRef Policy, int? Revision = null) : CommitteeEvent;

/// <summary>The District CIO did not take the rejected proposal up again; the rejection is final.</summary>
[WireName("reconsideration-refused.v1")]
public sealed record ReconsiderationRefused(string Reason, PolicyRef Policy, int? Revision = null) : CommitteeEvent;
