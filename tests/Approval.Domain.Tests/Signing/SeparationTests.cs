using Approval.Intake;
using Approval.Policies;
using Approval.Testing;
using static Approval.Testing.Sample;

namespace Approval.Signing;

public sealed class SeparationTests
{
    static Decided<Proposal> Sign(SigningPurpose purpose, bool @for, params PersonId[] authors)
    {
        var seat = Seat.OfPerson(Rounds.First.Person, Rounds.First.Unit, Role.DepartmentalCio);
        object[] past = [.. Past.Submitted, SigningRules.Open(Rounds.Id, purpose, new(SigningRuleKind.All), [seat, Seat.OfPerson(Rounds.Second.Person, Rounds.Second.Unit, Role.DepartmentalCio)], 1, Sample.Policy.Ref)];
        return Scenario.Given(past).When(p => @for
            ? SignFor.Decide(new(Rounds.Id, 1, null), p, authors, Rounds.First.Acts())
            : SignAgainst.Decide(new(Rounds.Id, 1, "不同意"), p, authors, Rounds.First.Acts()));
    }

    [Theory]
    [InlineData(SigningPurpose.Endorsement)]
    [InlineData(SigningPurpose.JointPreReview)]
    [InlineData(SigningPurpose.Consent)]
    public void Who_wrote_a_proposal_does_not_sign_for_it(SigningPurpose purpose)
    {
        Sign(purpose, true, Rounds.First.Person).ThenRefused("wrote-it-yourself");
        Sign(purpose, false, Rounds.First.Person).ThenRefused("wrote-it-yourself");
        Sign(purpose, true, Rounds.Second.Person).Decision.Refused.ShouldBeFalse();
    }

    [Fact]
    public void Who_wrote_it_is_who_drafted_revised_submitted_or_answered()
    {
        Separation.IsAuthoring(new ProposalDrafted(Sample.Id, Health, Content)).ShouldBeTrue();
        Separation.IsAuthoring(new ProposalRevised(2, Content, [])).ShouldBeTrue();
        Separation.IsAuthoring(new ProposalSubmitted(1)).ShouldBeTrue();
        Separation.IsAuthoring(new CorrectionAnswered(Stage.FormCheck, 2, "已补充")).ShouldBeTrue();
        Separation.IsAuthoring(new ProposalAccepted(1, Sample.Policy.Ref)).ShouldBeFalse();
        Separation.IsAuthoring(new ProposalReturned(Stage.FormCheck, 1, "不清", [])).ShouldBeFalse();
    }
}
