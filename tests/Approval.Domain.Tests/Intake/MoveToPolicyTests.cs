using Approval.Policies;
using Approval.Testing;
using static Approval.Testing.Sample;
using static Approval.Testing.Scenario;

namespace Approval.Intake;


public sealed class MoveToPolicyTests
{
    static readonly Policy Next = Sample.Policy with
    {
        Ref = new(2, new string('b', 64)),
        EffectiveFrom = Today,
        Content = Sample.Policy.Content with { Quorum = 0.75m, Stages = [.. Sample.Policy.Content.Stages.Select(s => s.Stage is Stage.FormCheck or Stage.Committee ? s with { LimitWorkingDays = 30 } : s)] },
    };

    static Decided<Proposal> Move(object[] past, Policy? to, Actor? by = null, DateOnly? today = null, string reason = "适用新办法") =>
        Given(past).When(p => MoveToPolicy.Decide(new(2, reason), p, to, today ?? Today, (by ?? Office).Acts()));

    [Fact]
    public void The_office_moves_a_running_proposal_to_another_version() =>
        Move(Past.General, Next).Then(new ProposalMovedToPolicy(Sample.Policy.Ref, Next.Ref, "适用新办法")).AgainNothing().WithState(p => p.Policy.ShouldBe(Next.Ref));

    [Fact]
    public void The_dry_run_names_what_would_be_judged_otherwise_from_here_on()
    {
        MoveToPolicy.Differences(Given(Past.General).State, Sample.Policy, Next).Select(d => d.Rule).ShouldBe(["stages.Committee", "Quorum"]);
        MoveToPolicy.Differences(Given(Past.Submitted).State, Sample.Policy, Next).Select(d => d.Rule).ShouldBe(["stages.FormCheck", "stages.Committee", "Quorum"]);
        MoveToPolicy.Differences(Given(Past.General).State, Sample.Policy, Sample.Policy).ShouldBeEmpty();
    }

    [Fact]
    public void Before_acceptance_there_is_nothing_to_move() => Move(Past.Submitted, Next).ThenRefused("not-accepted-yet");

    [Fact]
    public void An_unknown_version_is_refused() => Move(Past.General, null).ThenRefused(("policy-version-unknown", "version"));

    [Fact]
    public void A_version_not_yet_in_force_is_refused() => Move(Past.General, Next, today: Today.AddDays(-1)).ThenRefused("policy-not-yet-in-force");

    [Fact]
    public void A_draft_has_no_policy_to_move() => Move(Past.Drafted, Next).ThenRefused("wrong-stage");

    [Fact]
    public void A_move_says_why() => Move(Past.General, Next, reason: "").ThenRefused(("text-required", "reason"));

    [Fact]
    public void Only_the_office_moves()
    {
        Move(Past.General, Next, Officer).ThenRefused("not-permitted");
        Move(Past.General, Next, DistrictCio).ThenRefused("not-permitted");
    }
}
