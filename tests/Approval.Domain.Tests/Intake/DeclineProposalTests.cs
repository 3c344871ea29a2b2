using Approval.Testing;
using static Approval.Testing.Sample;
using static Approval.Testing.Scenario;

namespace Approval.Intake;


public sealed class DeclineProposalTests
{
    static Decided<Proposal> Decline(object[] past, Actor? by = null, string reason = "不属于信息化项目") =>
        Given(past).When(p => DeclineProposal.Decide(new(reason), p, Policy, (by ?? Office).Acts()));

    [Fact]
    public void What_is_not_accepted_ends() =>
        Decline(Past.Submitted).Then(new ProposalNotAccepted(1, "不属于信息化项目", Policy.Ref)).AgainNothing().WithState(p => p.Outcome.ShouldBe(Outcome.NotAccepted));

    [Fact]
    public void What_was_accepted_is_no_longer_declined() => Decline(Past.Accepted).ThenRefused("already-accepted");

    [Fact]
    public void Only_a_submitted_proposal_is_declined() => Decline(Past.Drafted).ThenRefused("wrong-stage");

    [Fact]
    public void Declining_takes_a_reason() => Decline(Past.Submitted, reason: " ").ThenRefused(("text-required", "reason"));

    [Fact]
    public void Only_the_office_declines() => Decline(Past.Submitted, Officer).ThenRefused("not-permitted");
}
