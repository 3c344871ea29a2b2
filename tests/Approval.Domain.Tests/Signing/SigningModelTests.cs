using Approval.Intake;
using Approval.Policies;
using Approval.Testing;
using static Approval.Testing.Sample;
using static Approval.Testing.Scenario;

namespace Approval.Signing;


/// <summary>Random moves of random persons: nothing throws, a round ends at most once, the same command again changes nothing.</summary>
public sealed class SigningModelTests
{
    static readonly Actor[] People = [Rounds.First, Rounds.Second, Rounds.Third, Rounds.Colleague, Office, Officer, OtherCio, Expert, DistrictCio, Administrator];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 200)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Whatever_is_moved_a_round_ends_once_and_a_command_twice_is_once(int seed)
    {
        var random = new Random(seed);
        T One<T>(params T[] of) => of[random.Next(of.Length)];
        var proposal = Proposal.Kind.Fold(Rounds.Of(One<SigningRuleKind>(Enum.GetValues<SigningRuleKind>()), One(0.3m, 0.5m, 0.67m, 1m)), Monday)!;
        var ends = 0;
        for (var move = 0; move < 40; move++)
        {
            var (by, other, seat) = (One(People), One(People), One("finance", "reform", "information", "police"));
            var added = One(Seat.OfUnit(new(seat), Role.DepartmentalCio), Seat.OfRole("office", Role.CioOffice));
            var on = by.Acts(Monday.AddHours(move));
            Func<Proposal, Decision> decide = random.Next(14) switch
            {
                0 or 1 or 2 => p => SignFor.Decide(new(Rounds.Id, p.Revision, null), p, [], on),
                3 => p => SignAgainst.Decide(new(Rounds.Id, p.Revision, "不同意"), p, [], on),
                4 => p => TakeBackSignature.Decide(new(Rounds.Id, "再看"), p, on),
                5 or 13 => p => AddSigner.Decide(new(Rounds.Id, added, "涉及"), p, null, on),
                6 => p => RemoveSigner.Decide(new(Rounds.Id, seat, "不涉及"), p, on),
                7 => p => HandOverSeat.Decide(new(Rounds.Id, other.Person, "出差"), p, other, on),
                8 => p => AskOpinion.Decide(new(Rounds.Id, other.Person, "可行吗"), p, other, on),
                9 => p => GiveOpinion.Decide(new(Rounds.Id, 1, "可行"), p, on),
                10 => p => UrgeSigners.Decide(new(Rounds.Id, null), p, Today, on),
                11 when random.Next(8) == 0 => p => ReturnRound.Decide(new(Rounds.Id, One(ReturnTo.Asker, ReturnTo.Intake), "退回", []), p, on),
                _ => p => CopyRound.Decide(new(Rounds.Id, other.Person), p, other, on),
            };

            var decision = decide(proposal);
            if (decision.Refused) continue;
            ends += decision.Facts.Count(f => f.Event is RoundEnded);
            proposal = decision.On(proposal.Id.Stream).Aggregate(proposal, (p, e) => Proposal.Kind.Evolve(p, e, on.At));
            if (proposal.Rounds[0] is { Outcome: RoundOutcome.Carried } carried)
                carried.Signatures.Values.Any(s => s.For && carried.Opened.Any(o => o.Key == s.Seat)).ShouldBeTrue($"seed {seed}, move {move}: carried by those added alone");
            var again = decide(proposal);
            again.Facts.ShouldBeEmpty($"seed {seed}, move {move}");
        }

        ends.ShouldBeLessThanOrEqualTo(1);
        var round = proposal.Rounds.ShouldHaveSingleItem();
        round.Open.ShouldBe(ends == 0);
        if (round.Open) round.Result.ShouldBeNull();
    }
}
