using System.Collections.Immutable;
using Approval.BatchReview;
using Approval.Committee;
using Approval.Deadlines;
using Approval.Intake;
using Approval.InterfaceUnification;
using Approval.Issuance;
using Approval.MergedAppraisal;
using Approval.Policies;
using Approval.Scheduling;
using Approval.Signing;
using Approval.Supervision;

namespace Approval;

/// <summary>A proposal: what decisions need to know of it, folded from its stream. Each stage keeps its own part in its own folder.</summary>
public sealed record Proposal
{
    /// <summary>The kind of stream.</summary>
    public static readonly StreamKind<Proposal> Kind = new("proposal", (proposal, e, at) => Evolve(proposal, e).Timed(at));

    /// <summary>Its id.</summary>
    public required ProposalId Id { get; init; }

    /// <summary>The unit that proposes.</summary>
    public required UnitId Unit { get; init; }

    /// <summary>Where it stands.</summary>
    public required Stage Stage { get; init; }

    /// <summary>Its track once classified.</summary>
    public Track? Track { get; init; }

    /// <summary>How it ended, once closed.</summary>
    public Outcome? Outcome { get; init; }

    /// <summary>The policy that judges it, once accepted.</summary>
    public PolicyRef? Policy { get; init; }

    /// <summary>The number of the newest revision, from 1.</summary>
    public required int Revision { get; init; }

    /// <summary>The newest revision's content.</summary>
    public required ProposalContent Content { get; init; }

    /// <summary>Intake: endorsement, submission, correction.</summary>
    public IntakeState Intake { get; init; } = new();

    /// <summary>Early scheduling: classification, consent, slot, full check.</summary>
    public SchedulingState Scheduling { get; init; } = new();

    /// <summary>Batch review: batch, pre-review, shortlisting.</summary>
    public BatchReviewState BatchReview { get; init; } = new();

    /// <summary>Merged appraisal: appraisal, recommendation, lineage.</summary>
    public MergedAppraisalState Appraisal { get; init; } = new();

    /// <summary>Interface unification: arranged lines, settled conflicts.</summary>
    public InterfaceUnificationState Interfaces { get; init; } = new();

    /// <summary>Committee: agenda, resolution.</summary>
    public CommitteeState Committee { get; init; } = new();

    /// <summary>Issuance: number and document.</summary>
    public IssuanceState Issuance { get; init; } = new();

    /// <summary>Supervision: conditions, changes, acceptance, evaluation, promises.</summary>
    public SupervisionState Supervision { get; init; } = new();

    /// <summary>The signing rounds, in the order in which they were opened.</summary>
    public ImmutableArray<SigningRound> Rounds { get; init; } = [];

    /// <summary>The money held for it in a fund, if any: reserved when shortlisted or scheduled, committed when approved.</summary>
    public HeldMoney? Held { get; init; }

    /// <summary>When it came to each stage, left it, and how long its clock stood still.</summary>
    public StageClock Clock { get; init; } = StageClock.Empty;

    /// <summary>Which deadlines were reminded of and escalated.</summary>
    public DeadlineState Deadlines { get; init; } = new();

    /// <summary>Whether it has come to its end.</summary>
    public bool Closed => Stage == Stage.Closed;

    /// <summary>The state after an event.</summary>
    public static Proposal Evolve(Proposal? proposal, object @event) => (proposal, @event) switch
    {
        (null, ProposalDrafted e) => new() { Id = e.Proposal, Unit = e.Unit, Stage = Stage.Draft, Revision = 1, Content = e.Content },
        ({ } p, IntakeEvent e) => IntakeState.Evolve(p, e),
        ({ } p, SigningEvent e) => SigningRound.Evolve(p, e),
        ({ } p, SchedulingEvent e) => SchedulingState.Evolve(p, e),
        ({ } p, BatchReviewEvent e) => BatchReviewState.Evolve(p, e),
        ({ } p, MergedAppraisalEvent e) => MergedAppraisalState.Evolve(p, e),
        ({ } p, InterfaceUnificationEvent e) => InterfaceUnificationState.Evolve(p, e),
        ({ } p, CommitteeEvent e) => CommitteeState.Evolve(p, e),
        ({ } p, IssuanceEvent e) => IssuanceState.Evolve(p, e),
        ({ } p, SupervisionEvent e) => SupervisionState.Evolve(p, e),
        ({ } p, DeadlineEvent e) => DeadlineState.Evolve(p, e),
        _ => throw new UnknownEventException(Kind.Name, @event),
    };

    Proposal Timed(DateTimeOffset at) => this with { Clock = Clock.At(Stage, corrects: Intake.Correction is not null, at) };

    /// <summary>The proposal ended in this way.</summary>
    internal Proposal End(Outcome outcome) => this with { Stage = Stage.Closed, Outcome = outcome, Held = null, Intake = Intake with { Correction = null } };
}

/// <summary>Money that a fund holds for a proposal.</summary>
/// <param name="Fund">The fund.</param>
/// <param name="Reservation">The reservation in the fund.</param>
/// <param name="Amount">The amount held.</param>
/// <param name="Committed">Whether it is committed, not only reserved.</param>
public sealed record HeldMoney(FundId Fund, ReservationId Reservation, Money Amount, bool Committed);
