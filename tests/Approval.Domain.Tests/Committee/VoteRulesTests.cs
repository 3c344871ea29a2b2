using Approval.Testing;

namespace Approval.Committee;

/// <summary>Quorum and majority, over generated meetings too. The seed is fixed, so a failure repeats.</summary>
public sealed class VoteRulesTests
{
    const int Seed = 20260302;

    static Tally Votes(int @for, int against, int abstained = 0) => new(9, @for + against + abstained, 0, @for, against, abstained);

    [Theory]
    [InlineData(6, 4, 0.6666, true)]
    [InlineData(6, 3, 0.6666, false)]
    [InlineData(9, 5, 0.5, true)]
    [InlineData(8, 4, 0.5, true)]
    [InlineData(7, 3, 0.5, false)]
    [InlineData(1, 1, 1.0, true)]
    [InlineData(5, 0, 0.0001, false)]
    public void Quorum_is_the_share_of_all_entitled_members_that_takes_part(int entitled, int present, double quorum, bool holds) =>
        VoteRules.HasQuorum(new(entitled, present, 0, 0, 0, 0), (decimal)quorum).ShouldBe(holds);

    [Fact]
    public void Recused_members_stay_in_the_number_of_those_entitled() =>
        VoteRules.HasQuorum(new(6, 3, 3, 0, 0, 0), 0.6666m).ShouldBeFalse();

    [Theory]
    [InlineData(3, 2, 0.5, true)]
    [InlineData(2, 2, 0.5, false)]
    [InlineData(4, 2, 0.66, true)]
    [InlineData(3, 2, 0.66, false)]
    [InlineData(3, 1, 0.75, true)]
    [InlineData(0, 0, 0.5, false)]
    public void A_simple_majority_is_exceeded_and_a_larger_one_reached(int @for, int against, double majority, bool carries) =>
        VoteRules.Carries(Votes(@for, against, 1), (decimal)majority).ShouldBe(carries);

    [Theory]
    [InlineData(3, 1, true, Resolution.Approved)]
    [InlineData(1, 3, true, Resolution.Rejected)]
    [InlineData(2, 2, true, Resolution.Deferred)]
    [InlineData(0, 0, true, Resolution.Deferred)]
    [InlineData(2, 2, false, Resolution.Rejected)]
    public void A_motion_to_approve_is_carried_rejected_or_on_a_tie_deferred_while_it_may_be(int @for, int against, bool mayDefer, Resolution outcome) =>
        VoteRules.Outcome(MotionKind.Approve, Votes(@for, against), 0.5m, mayDefer).ShouldBe(outcome);

    [Fact]
    public void More_for_than_against_but_short_of_the_majority_is_deferred() =>
        VoteRules.Outcome(MotionKind.Approve, Votes(3, 2), 0.66m, mayDefer: true).ShouldBe(Resolution.Deferred);

    [Fact]
    public void A_motion_to_defer_defers_or_leaves_the_item_open()
    {
        VoteRules.Outcome(MotionKind.Defer, Votes(3, 1), 0.5m, mayDefer: true).ShouldBe(Resolution.Deferred);
        VoteRules.Outcome(MotionKind.Defer, Votes(2, 2), 0.5m, mayDefer: true).ShouldBeNull();
    }

    [Fact]
    public void Only_votes_of_members_present_and_not_recused_count()
    {
        var meeting = Sitting.Given(Sitting.Moved, Sitting.Votes(Vote.For, Vote.For, Vote.Against, Vote.Abstain)).State;
        VoteRules.Count(meeting, meeting.Items[1]).ShouldBe(new Tally(6, 4, 1, 2, 1, 1));

        meeting = Sitting.Given(Sitting.Moved, Sitting.Votes(Vote.For, Vote.For, Vote.Against, Vote.Abstain),
            new AttendanceRecorded(Sitting.Voters[0].Person, false, [1]), new MemberRecused(1, Sitting.Voters[1].Person, RecusalGround.Other, "亲属任职")).State;
        VoteRules.Count(meeting, meeting.Items[1]).ShouldBe(new Tally(6, 2, 2, 0, 1, 1));
    }

    [Fact]
    public void One_more_vote_for_never_undoes_an_approval_and_one_more_against_never_makes_one()
    {
        var random = new Random(Seed);
        for (var i = 0; i < 20_000; i++)
        {
            var (f, a) = (random.Next(15), random.Next(15));
            var majority = random.Next(50, 101) / 100m;
            if (VoteRules.Carries(Votes(f, a), majority)) VoteRules.Carries(Votes(f + 1, a), majority).ShouldBeTrue($"{f}:{a} at {majority}");
            else VoteRules.Carries(Votes(f, a + 1), majority).ShouldBeFalse($"{f}:{a} at {majority}");
        }
    }

    [Fact]
    public void What_is_approved_has_more_votes_for_than_against_and_what_is_rejected_has_not_the_majority()
    {
        var random = new Random(Seed);
        for (var i = 0; i < 20_000; i++)
        {
            var tally = Votes(random.Next(15), random.Next(15), random.Next(5));
            var majority = random.Next(50, 101) / 100m;
            var outcome = VoteRules.Outcome(MotionKind.Approve, tally, majority, random.Next(2) == 0);
            if (outcome == Resolution.Approved) tally.For.ShouldBeGreaterThan(tally.Against);
            (outcome == Resolution.Approved).ShouldBe(VoteRules.Carries(tally, majority));
        }
    }

    [Fact]
    public void Whoever_joins_never_breaks_a_quorum_and_whoever_leaves_never_makes_one()
    {
        var random = new Random(Seed);
        for (var i = 0; i < 20_000; i++)
        {
            var entitled = random.Next(1, 30);
            var present = random.Next(entitled);
            var quorum = random.Next(1, 10_001) / 10_000m;
            if (VoteRules.HasQuorum(new(entitled, present, 0, 0, 0, 0), quorum)) VoteRules.HasQuorum(new(entitled, present + 1, 0, 0, 0, 0), quorum).ShouldBeTrue();
            VoteRules.HasQuorum(new(entitled, entitled, 0, 0, 0, 0), quorum).ShouldBeTrue();
        }
    }
}
