using System.Collections.Immutable;
using Approval.Intake;
using Approval.Policies;

namespace Approval.Signing;

/// <summary>What a round of signatures is for; it decides what follows when the round ends.</summary>
public enum SigningPurpose
{
    /// <summary>审签: the unit's departmental CIOs endorse.</summary>
    [Words("审签", "endorsement")]
    Endorsement,

    /// <summary>会审: the bodies of a batch pre-review jointly.</summary>
    [Words("会审", "joint pre-review")]
    JointPreReview,

    /// <summary>同意: the District CIO consents to a key project.</summary>
    [Words("同意", "consent")]
    Consent,

    /// <summary>签发: the District CIO signs the approval.</summary>
    [Words("签发", "issuance")]
    Issuance,
}

/// <summary>How a round ended.</summary>
public enum RoundOutcome
{
    /// <summary>通过: enough signed for.</summary>
    [Words("通过", "carried")]
    Carried,

    /// <summary>未通过: enough signed against.</summary>
    [Words("未通过", "failed")]
    Failed,

    /// <summary>退回发起人: a signer returned it to who asked.</summary>
    [Words("退回发起人", "returned to who asked")]
    ReturnedToAsker,

    /// <summary>退回申报单位: a signer returned the proposal to its unit for correction.</summary>
    [Words("退回补正", "returned for correction")]
    ReturnedToIntake,

    /// <summary>终止: the proposal ended, or the asker took the question back, while the round was open.</summary>
    [Words("终止", "cancelled")]
    Cancelled,
}

/// <summary>A place in a round: who may sign in it. What is given must all fit; a seat with a unit only is open to everybody of that unit who may sign.</summary>
/// <param name="Key">Unique within the round, 1 to 64 characters.</param>
/// <param name="Unit">Of which unit the signer is.</param>
/// <param name="Role">In which role the signer signs.</param>
/// <param name="Person">Which person signs.</param>
public sealed record Seat(string Key, UnitId? Unit = null, Role? Role = null, PersonId? Person = null)
{
    /// <summary>Whether the seat is this person's to take.</summary>
    public bool Admits(Actor actor) =>
        (Unit is null || Unit == actor.Unit) && (Role is not { } role || actor.Is(role)) && (Person is null || Person == actor.Person);

    /// <summary>A departmental CIO's seat in an endorsement.</summary>
    public static Seat OfPerson(PersonId person, UnitId unit, Role role) => new(person.Value, unit, role, person);

    /// <summary>A body's seat in a joint pre-review: whoever signs for that unit.</summary>
    public static Seat OfUnit(UnitId unit, Role? role = null) => new(unit.Value, unit, role);

    /// <summary>An office holder's seat.</summary>
    public static Seat OfRole(string key, Role role) => new(key, Role: role);
}

/// <summary>Facts of signing rounds (签批), which live in the stream of the proposal they are about.</summary>
public abstract record SigningEvent : ProposalEvent
{
    private protected SigningEvent() { }

    /// <summary>The round.</summary>
    public abstract RoundId Round { get; init; }
}

/// <summary>A round was opened over a revision.</summary>
/// <param name="Round">The round.</param>
/// <param name="Purpose">What it is for.</param>
/// <param name="Rule">When it ends, from the policy.</param>
/// <param name="Seats">Who is to sign; with a sequence, in this order.</param>
/// <param name="Revision">The revision laid before the signers.</param>
/// <param name="DependsOn">The parts on which the signatures rest; a later revision of one of them voids them.</param>
/// <param name="Policy">The policy that gave the rule; before acceptance, the one in force.</param>
[WireName("round-opened.v1")]
public sealed record RoundOpened(
    RoundId Round, SigningPurpose Purpose, SigningRule Rule, ImmutableArray<Seat> Seats, int Revision,
    ImmutableSortedSet<ContentPart> DependsOn, PolicyRef Policy) : SigningEvent;

/// <summary>A signer signed for the revision seen.</summary>
[WireName("signed-for.v1")]
public sealed record SignedFor(RoundId Round, string Seat, PersonId By, int Revision, string? Opinion) : SigningEvent;

/// <summary>A signer signed against the revision seen.</summary>
[WireName("signed-against.v1")]
public sealed record SignedAgainst(RoundId Round, string Seat, PersonId By, int Revision, string Reason) : SigningEvent;

/// <summary>拿回: a signer took the own signature back while the round was open.</summary>
[WireName("signature-taken-back.v1")]
public sealed record SignatureTakenBack(RoundId Round, string Seat, string Reason) : SigningEvent;

/// <summary>A later revision changed parts on which these seats' signatures rested.</summary>
[WireName("signatures-voided.v1")]
public sealed record SignaturesVoided(RoundId Round, ImmutableArray<string> Seats, int Revision, ImmutableSortedSet<ContentPart> Changed) : SigningEvent;

/// <summary>加签: a seat was added, last in order.</summary>
[WireName("signer-added.v1")]
public sealed record SignerAdded(RoundId Round, Seat Seat, string Reason) : SigningEvent;

/// <summary>减签: a seat that had not signed was removed.</summary>
[WireName("signer-removed.v1")]
public sealed record SignerRemoved(RoundId Round, string Seat, string Reason) : SigningEvent;

/// <summary>转办: a seat that had not signed was handed over to another person.</summary>
[WireName("seat-handed-over.v1")]
public sealed record SeatHandedOver(RoundId Round, string Seat, PersonId From, PersonId To, string Reason) : SigningEvent;

/// <summary>征求意见: a signer asked a person for an opinion, which is no signature. Numbered within the round from 1.</summary>
[WireName("opinion-asked.v1")]
public sealed record OpinionAsked(RoundId Round, int Opinion, string Seat, PersonId Of, string Question) : SigningEvent;

/// <summary>The person asked gave the opinion.</summary>
[WireName("opinion-given.v1")]
public sealed record OpinionGiven(RoundId Round, int Opinion, PersonId By, string Text) : SigningEvent;

/// <summary>催办: those who have not signed were urged, on this day.</summary>
[WireName("signers-urged.v1")]
public sealed record SignersUrged(RoundId Round, ImmutableArray<string> Seats, DateOnly On, string? Note) : SigningEvent;

/// <summary>抄送: a person was given the round to read.</summary>
[WireName("round-copied.v1")]
public sealed record RoundCopied(RoundId Round, PersonId To) : SigningEvent;

/// <summary>The round came to its one end.</summary>
[WireName("round-ended.v1")]
public sealed record RoundEnded(RoundId Round, RoundOutcome Outcome) : SigningEvent;
