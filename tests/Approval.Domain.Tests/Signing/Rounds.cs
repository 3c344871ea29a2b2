using Approval.Intake;
using Approval.Policies;
using Approval.Testing;
using static Approval.Testing.Sample;
using static Approval.Testing.Scenario;

namespace Approval.Signing;


/// <summary>Rounds over the sample proposal, and the signers in them.</summary>
static class Rounds
{
    public static readonly RoundId Id = new("r1");
    public static readonly Actor First = Person("first", new("finance"), Role.DepartmentalCio);
    public static readonly Actor Second = Person("second", new("reform"), Role.DepartmentalCio);
    public static readonly Actor Third = Person("third", new("information"), Role.DepartmentalCio);
    public static readonly Actor Colleague = Person("colleague", new("finance"), Role.DepartmentalCio);

    /// <summary>A joint pre-review by three bodies.</summary>
    public static object[] Of(SigningRuleKind kind, decimal ratio = 1m) =>
        [.. Past.General, new BatchReview.BatchJoined(Past.Batch), SigningRules.Open(Id, SigningPurpose.JointPreReview, new(kind, ratio),
            [.. new[] { First, Second, Third }.Select(a => Seat.OfUnit(a.Unit, Role.DepartmentalCio))], 1, Sample.Policy.Ref)];

    public static SignedFor For(Actor by) => new(Id, by.Unit.Value, by.Person, 1, null);

    public static SignedAgainst Against(Actor by) => new(Id, by.Unit.Value, by.Person, 1, "重复建设");

    public static Decision Sign(Proposal p, Actor by, int revision = 1) => SignFor.Decide(new(Id, revision, null), p, [], by.Acts());

    public static Decision Object(Proposal p, Actor by, string reason = "重复建设") => SignAgainst.Decide(new(Id, 1, reason), p, [], by.Acts());

    public static object[] Ended(RoundOutcome outcome) => outcome is RoundOutcome.Carried or RoundOutcome.Failed
        ? [new RoundEnded(Id, outcome), new BatchReview.JointPreReviewConcluded(Past.Batch, 1, outcome == RoundOutcome.Carried, Sample.Policy.Ref)]
        : [new RoundEnded(Id, outcome)];
}
