using Approval.BatchReview;
using Approval.Committee;
using Approval.EventStore;
using Approval.InterfaceUnification;
using Approval.Issuance;
using Approval.MergedAppraisal;
using Approval.Policies;
using Approval.Scheduling;
using Approval.Signing;
using Approval.Supervision;

namespace Approval.Intake;

/// <summary>What interface unification knows of a proposal.</summary>
/// <param name="Arranged">The lines arranged, its own and those taken over by merging.</param>
/// <param name="Settled">The conflicts settled by decision.</param>
/// <param name="Unified">What unification came to, once closed.</param>
public sealed record UnificationAnswer(IReadOnlyList<InterfaceArranged> Arranged, IReadOnlyList<InterfaceConflictSettled> Settled, InterfacesUnified? Unified);

/// <summary>A proposal as every route answers it: the newest revision, and what each stage knows of it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Version">Its version, as in the ETag.</param>
/// <param name="Unit">The unit that proposes.</param>
/// <param name="Stage">Where it stands.</param>
/// <param name="Track">Its track once classified.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Policy">The policy that judges it, once accepted.</param>
/// <param name="Revision">The newest revision.</param>
/// <param name="Content">What it says.</param>
/// <param name="PenWithUnit">Whether the unit may change it now.</param>
/// <param name="Intake">Endorsement, submission, correction.</param>
/// <param name="Scheduling">Early scheduling.</param>
/// <param name="BatchReview">Batch review.</param>
/// <param name="Appraisal">Merged appraisal; the panel's names are not part of it.</param>
/// <param name="Interfaces">Interface unification.</param>
/// <param name="Committee">The committee.</param>
/// <param name="Issuance">Issuance.</param>
/// <param name="Supervision">Supervision.</param>
/// <param name="Held">The money held for it.</param>
/// <param name="Rounds">The signing rounds.</param>
/// <param name="Clock">The times of its path.</param>
/// <param name="Waits">What it waits for.</param>
public sealed record ProposalAnswer(
    ProposalId Id, long Version, UnitId Unit, Stage Stage, Track? Track, Outcome? Outcome, PolicyRef? Policy, int Revision, ProposalContent Content, bool PenWithUnit,
    IntakeState Intake, SchedulingState Scheduling, BatchReviewState BatchReview, MergedAppraisalState Appraisal, UnificationAnswer Interfaces,
    CommitteeState Committee, IssuanceState Issuance, SupervisionState Supervision, HeldMoney? Held, IReadOnlyList<SigningRound> Rounds, StageClock Clock,
    IReadOnlyList<Wait> Waits)
{
    /// <summary>The answer about a proposal at a version.</summary>
    public static ProposalAnswer Of(Proposal p, long version) => new(
        p.Id, version, p.Unit, p.Stage, p.Track, p.Outcome, p.Policy, p.Revision, p.Content, p.PenWithUnit(),
        p.Intake, p.Scheduling, p.BatchReview, p.Appraisal with { Panel = [] }, new([.. p.Interfaces.Arranged.Values], [.. p.Interfaces.Settled.Values], p.Interfaces.Unified), p.Committee, p.Issuance, p.Supervision, p.Held, p.Rounds, p.Clock,
        [.. Waiting.On(p)]);

    /// <summary>The answer about a proposal as a command leaves it.</summary>
    public static ProposalAnswer Of(Session session, ProposalId id) => Of(session.After(Proposal.Kind, id.Stream)!, session.Version(id.Stream));
}
