using Approval.Testing;
using static Approval.Testing.Sample;
using static Approval.Testing.Scenario;

namespace Approval.Intake;


public sealed class AcceptProposalTests
{
    static Decided<Proposal> Accept(object[] past, Actor? by = null) => Given(past).When(p => AcceptProposal.Decide(new(), p, Policy, (by ?? Office).Acts()));

    [Fact]
    public void Acceptance_fixes_the_policy_in_force_on_that_day() =>
        Accept(Past.Submitted).Then(new ProposalAccepted(1, Policy.Ref)).AgainNothing().WithState(p => p.Policy.ShouldBe(Policy.Ref));

    [Fact]
    public void Only_a_submitted_proposal_is_accepted() => Accept(Past.Endorsed).ThenRefused("wrong-stage");

    [Fact]
    public void While_the_unit_corrects_nothing_is_accepted() => Accept(Past.Returned).ThenRefused("correction-open");

    [Fact]
    public void A_withdrawn_proposal_is_not_accepted() => Accept([.. Past.Submitted, new ProposalWithdrawn("不做了")]).ThenRefused("wrong-stage");

    [Fact]
    public void Only_the_office_accepts()
    {
        Accept(Past.Submitted, Officer).ThenRefused("not-permitted");
        Accept(Past.Submitted, DistrictCio).ThenRefused("not-permitted");
        Accept(Past.Submitted, Administrator).ThenRefused("not-permitted");
    }
}
