using Approval.Funds;
using Approval.Signing;
using Approval.Testing;
using static Approval.Testing.Sample;
using static Approval.Testing.Scenario;

namespace Approval.Intake;


public sealed class WithdrawProposalTests
{
    static readonly Fund Holding = Fund.Kind.Fold(Past.FundHolding)!;

    static Decided<Proposal> Withdraw(object[] past, Actor? by = null, Fund? fund = null, string reason = "不再需要") =>
        Given(past).When(p => WithdrawProposal.Decide(new(reason), p, fund, (by ?? Officer).Acts()));

    [Fact]
    public void A_withdrawn_proposal_ends() =>
        Withdraw(Past.Submitted).Then(new ProposalWithdrawn("不再需要")).AgainNothing().WithState(p => p.Outcome.ShouldBe(Outcome.Withdrawn));

    [Fact]
    public void Withdrawing_releases_what_is_held() =>
        Withdraw(Past.Shortlisted, fund: Holding)
            .Then(new ProposalWithdrawn("不再需要"), Past.Fund.Stream.Has(new MoneyReleased(Past.Reservation, "不再需要")))
            .WithState(p => p.Held.ShouldBeNull());

    [Fact]
    public void Withdrawing_ends_the_open_rounds() =>
        Withdraw(Past.EndorsementOpen).Then(new RoundEnded(Past.Round, RoundOutcome.Cancelled), new ProposalWithdrawn("不再需要"));

    [Fact]
    public void A_proposal_under_correction_may_be_withdrawn() => Withdraw(Past.Returned).Then(new ProposalWithdrawn("不再需要"));

    [Fact]
    public void Held_money_is_never_forgotten() => Withdraw(Past.Shortlisted).ThenRefused("wrong-fund");

    [Fact]
    public void An_ended_proposal_is_not_withdrawn() => Withdraw([.. Past.Submitted, new ProposalLapsed("逾期")]).ThenRefused("wrong-stage");

    [Fact]
    public void A_withdrawal_says_why() => Withdraw(Past.Submitted, reason: "").ThenRefused(("text-required", "reason"));

    [Fact]
    public void Only_the_own_units_officer_withdraws()
    {
        Withdraw(Past.Submitted, OtherOfficer).ThenRefused("not-permitted");
        Withdraw(Past.Submitted, Office).ThenRefused("not-permitted");
    }
}
