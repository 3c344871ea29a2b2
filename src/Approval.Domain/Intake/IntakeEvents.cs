using System.Collections.Immutable;
using Approval.Policies;

namespace Approval.Intake;

/// <summary>Facts of intake (申报): writing, endorsement, submission, form check, correction, and the ends that may come at any stage.</summary>
public abstract record IntakeEvent : ProposalEvent
{
    private protected IntakeEvent() { }
}

/// <summary>A unit began a proposal; its content is revision 1.</summary>
[WireName("proposal-drafted.v1")]
public sealed record ProposalDrafted(ProposalId Proposal, UnitId Unit, ProposalContent Content) : IntakeEvent;

/// <summary>The unit changed the content; the revision is the previous one plus one.</summary>
[WireName("proposal-revised.v1")]
public sealed record ProposalRevised(int Revision, ProposalContent Content, ImmutableSortedSet<ContentPart> Changed) : IntakeEvent;

/// <summary>The unit asked its departmental CIO to endorse.</summary>
[WireName("endorsement-asked.v1")]
public sealed record EndorsementAsked(int Revision) : IntakeEvent;

/// <summary>The departmental CIO endorsed the revision.</summary>
[WireName("proposal-endorsed.v1")]
public sealed record ProposalEndorsed(int Revision, PolicyRef? Policy = null) : IntakeEvent;

/// <summary>The departmental CIO sent it back to the unit's desk.</summary>
[WireName("proposal-sent-back.v1")]
public sealed record ProposalSentBack(int Revision, string Reason, PolicyRef? Policy = null) : IntakeEvent;

/// <summary>A later revision changed what the endorsement depended on; it is needed anew.</summary>
[WireName("endorsement-voided.v1")]
public sealed record EndorsementVoided(int Revision, ImmutableSortedSet<ContentPart> Changed) : IntakeEvent;

/// <summary>The unit submitted the revision and the form check passed.</summary>
[WireName("proposal-submitted.v1")]
public sealed record ProposalSubmitted(int Revision) : IntakeEvent;

/// <summary>The office accepted the proposal; from here on this policy judges it.</summary>
[WireName("proposal-accepted.v1")]
public sealed record ProposalAccepted(int Revision, PolicyRef Policy) : IntakeEvent;

/// <summary>The office did not accept the proposal, which ends it.</summary>
[WireName("proposal-not-accepted.v1")]
public sealed record ProposalNotAccepted(int Revision, string Reason, PolicyRef Policy) : IntakeEvent;

/// <summary>A stage returned the proposal for correction; its clock pauses while the unit corrects.</summary>
[WireName("proposal-returned.v1")]
public sealed record ProposalReturned(Stage AskedBy, int Revision, string Reason, ImmutableArray<string> Items, PolicyRef? Policy = null) : IntakeEvent;

/// <summary>The unit answered the correction; the proposal goes back to the stage that asked.</summary>
[WireName("correction-answered.v1")]
public sealed record CorrectionAnswered(Stage BackTo, int Revision, string Answer) : IntakeEvent;

/// <summary>The unit withdrew the proposal, which ends it.</summary>
[WireName("proposal-withdrawn.v1")]
public sealed record ProposalWithdrawn(string Reason) : IntakeEvent;

/// <summary>Nobody took the proposal up in time, which ends it.</summary>
[WireName("proposal-lapsed.v1")]
public sealed record ProposalLapsed(string Reason, int? Revision = null, PolicyRef? Policy = null) : IntakeEvent;

/// <summary>The office moved the running proposal to another policy version.</summary>
[WireName("proposal-moved-to-policy.v1")]
public sealed record ProposalMovedToPolicy(PolicyRef From, PolicyRef To, string Reason) : IntakeEvent;
