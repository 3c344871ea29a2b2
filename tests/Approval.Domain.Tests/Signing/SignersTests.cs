using Approval.Intake;
using Approval.Policies;
using Approval.Testing;
using static Approval.Testing.Sample;
using static Approval.Testing.Scenario;

namespace Approval.Signing;


/// <summary>Moves that change who signs, or what is known to them.</summary>
public sealed class SignersTests
{
    static readonly object[] All = Rounds.Of(SigningRuleKind.All);
    static readonly Seat Police = Seat.OfUnit(Sample.Police, Role.DepartmentalCio);

    static Decided<Proposal> Add(object[] past, Seat seat, Actor by, Actor? person = null) => Given(past).When(p => AddSigner.Decide(new(Rounds.Id, seat, "涉及"), p, person, by.Acts()));
    static Decided<Proposal> Remove(object[] past, string seat, Actor by) => Given(past).When(p => RemoveSigner.Decide(new(Rounds.Id, seat, "不涉及"), p, by.Acts()));
    static Decided<Proposal> HandOver(object[] past, Actor by, Actor? to) => Given(past).When(p => HandOverSeat.Decide(new(Rounds.Id, to?.Person ?? new("x"), "出差"), p, to, by.Acts()));
    static Decided<Proposal> TakeBack(object[] past, Actor by) => Given(past).When(p => TakeBackSignature.Decide(new(Rounds.Id, "再看"), p, by.Acts()));
    static Decided<Proposal> Ask(object[] past, Actor by, Actor? of) => Given(past).When(p => AskOpinion.Decide(new(Rounds.Id, of?.Person ?? new("x"), "可行吗"), p, of, by.Acts()));
    static Decided<Proposal> Give(object[] past, Actor by, string text = "可行") => Given(past).When(p => GiveOpinion.Decide(new(Rounds.Id, 1, text), p, by.Acts()));

    [Fact]
    public void A_signature_is_taken_back_while_the_round_is_open()
    {
        TakeBack([.. All, Rounds.For(Rounds.First)], Rounds.First).Then(new SignatureTakenBack(Rounds.Id, "finance", "再看")).AgainNothing();
        TakeBack([.. All, Rounds.Against(Rounds.First), .. Rounds.Ended(RoundOutcome.Failed)], Rounds.First).ThenRefused("round-over");
        TakeBack([.. All, Rounds.For(Rounds.First)], Rounds.Colleague).ThenNothing();
        TakeBack(All, DepartmentalCio).ThenRefused("no-seat");
    }

    [Fact]
    public void Who_asked_or_a_signer_adds_a_signer()
    {
        Add(All, Police, Office).Then(new SignerAdded(Rounds.Id, Police, "涉及")).AgainNothing();
        Add(All, Police, Rounds.First).Then(new SignerAdded(Rounds.Id, Police, "涉及"));
        Add(All, Police, Officer).ThenRefused("no-seat");
    }

    [Fact]
    public void Who_was_added_signs_in_addition_and_never_instead()
    {
        // The unit's officer adds a seat to an endorsement by any, and takes it: the departmental CIO's signature is still needed.
        var own = Seat.OfPerson(Officer.Person, Health, Role.UnitOfficer);
        object[] added = [.. Past.EndorsementOpen, new SignerAdded(Past.Round, own, "涉及")];
        Decision Sign(Proposal p, Actor by) => SignFor.Decide(new(Past.Round, 1, null), p, [], by.Acts());
        Given(added).When(p => Sign(p, Officer)).Then(new SignedFor(Past.Round, own.Key, Officer.Person, 1, null))
            .And().When(p => Sign(p, DepartmentalCio))
            .Then(new SignedFor(Past.Round, Past.DepartmentalCioSeat.Key, DepartmentalCio.Person, 1, null), new RoundEnded(Past.Round, RoundOutcome.Carried), new ProposalEndorsed(1, Sample.Policy.Ref));
        Given([.. added, new SignedFor(Past.Round, own.Key, Officer.Person, 1, null)]).When(p => SignAgainst.Decide(new(Past.Round, 1, "重复建设"), p, [], DepartmentalCio.Acts()))
            .WithState(p => p.Rounds[0].Outcome.ShouldBe(RoundOutcome.Failed));

        // Nor is a share outvoted by those added: one of three bodies is not two thirds of them, whoever else signs.
        object[] ratio = [.. Rounds.Of(SigningRuleKind.Ratio, 0.66m), .. Enumerable.Range(1, 6).Select(n => new SignerAdded(Rounds.Id, new($"s{n}", new($"u{n}")), "涉及"))];
        Given([.. ratio, Rounds.For(Rounds.First), .. Enumerable.Range(1, 5).Select(n => new SignedFor(Rounds.Id, $"s{n}", new($"p{n}"), 1, null))])
            .When(p => SignFor.Decide(new(Rounds.Id, 1, null), p, [], Person("p6", new("u6"), Role.CioOffice).Acts()))
            .WithState(p => p.Rounds[0].Open.ShouldBeTrue());
    }

    [Fact]
    public void A_seat_is_somebodys_and_its_own()
    {
        Add(All, Police with { Key = "finance" }, Office).ThenRefused(("seat-taken", "seat.key"));
        Add(All, new("nobody"), Office).ThenRefused(("seat-of-nobody", "seat"));
        Add(All, new("auditor", Role: Role.Auditor), Office).ThenRefused(("seat-of-nobody", "seat.role"));
        Add(All, new("x", Person: new("x")), Office).ThenRefused(("seat-of-nobody", "seat.person"));
        Add(All, new("administrator", Person: Administrator.Person), Office, Administrator).ThenRefused(("seat-of-nobody", "seat.person"));
        Add([.. All, .. Enumerable.Range(0, 97).Select(n => new SignerAdded(Rounds.Id, new($"s{n}", new($"u{n}")), "x"))], Police, Office).ThenRefused("round-full");
    }

    [Fact]
    public void A_signer_who_has_not_signed_is_removed_and_the_round_may_be_complete()
    {
        Remove(All, "finance", Office).Then(new SignerRemoved(Rounds.Id, "finance", "不涉及")).AgainNothing();
        Remove([.. All, Rounds.For(Rounds.First), Rounds.For(Rounds.Second)], "information", Office)
            .Then(new SignerRemoved(Rounds.Id, "information", "不涉及"), Rounds.Ended(RoundOutcome.Carried));
        Remove([.. All, Rounds.For(Rounds.First)], "finance", Office).ThenRefused("seat-has-signed");
        Remove(All, "police", Office).ThenRefused("seat-unknown");
        Remove([.. All, new SignerRemoved(Rounds.Id, "finance", "x"), new SignerRemoved(Rounds.Id, "reform", "x")], "information", Office).ThenRefused("last-seat");
        Remove([.. All, new SignerAdded(Rounds.Id, Police, "涉及"), new SignerRemoved(Rounds.Id, "finance", "x"), new SignerRemoved(Rounds.Id, "reform", "x")], "information", Office).ThenRefused("last-seat");
        Remove(All, "finance", Rounds.First).ThenRefused("not-permitted");
    }

    [Fact]
    public void An_endorsement_keeps_a_departmental_CIO_of_the_unit() =>
        Given([.. Past.EndorsementOpen, new SignerAdded(Past.Round, Police, "涉及")])
            .When(p => RemoveSigner.Decide(new(Past.Round, DepartmentalCio.Person.Value, "x"), p, Officer.Acts())).ThenRefused("seat-needed");

    [Fact]
    public void A_seat_is_handed_over_within_its_unit_and_role()
    {
        HandOver(All, Rounds.First, Rounds.Colleague).Then(new SeatHandedOver(Rounds.Id, "finance", Rounds.First.Person, Rounds.Colleague.Person, "出差")).AgainNothing();
        HandOver(All, Rounds.First, OtherCio).ThenRefused(("cannot-take-seat", "to"));
        HandOver(All, Rounds.First, null).ThenRefused(("cannot-take-seat", "to"));
        HandOver([.. All, Rounds.For(Rounds.First)], Rounds.First, Rounds.Colleague).ThenRefused("seat-has-signed");
        HandOver(All, DepartmentalCio, Rounds.Colleague).ThenRefused("no-seat");
    }

    [Fact]
    public void An_opinion_is_asked_given_once_and_binds_nobody()
    {
        var asked = new OpinionAsked(Rounds.Id, 1, "finance", Expert.Person, "可行吗");
        Ask(All, Rounds.First, Expert).Then(asked).AgainNothing();
        Ask(All, Rounds.First, null).ThenRefused(("addressee-unknown", "of"));
        Ask([.. All, Rounds.For(Rounds.First)], Rounds.First, Expert).ThenRefused("already-signed");
        Ask([.. All, .. Enumerable.Range(1, 100).Select(n => asked with { Opinion = n, Question = $"{n}" })], Rounds.First, Expert).ThenRefused("too-many-opinions");
        Give([.. All, asked], Expert).Then(new OpinionGiven(Rounds.Id, 1, Expert.Person, "可行")).AgainNothing();
        Give([.. All, asked], Rounds.First).ThenRefused("opinion-not-asked");
        Give([.. All, asked, new OpinionGiven(Rounds.Id, 1, Expert.Person, "可行")], Expert, "不可行").ThenRefused("opinion-given");
    }

    [Fact]
    public void Who_asked_urges_those_whose_turn_it_is_once_a_day()
    {
        Given(Rounds.Of(SigningRuleKind.InSequence)).When(p => UrgeSigners.Decide(new(Rounds.Id, null), p, Today, Office.Acts()))
            .Then(new SignersUrged(Rounds.Id, ["finance"], Today, null)).AgainNothing();
        Given(All).When(p => UrgeSigners.Decide(new(Rounds.Id, null), p, Today, Officer.Acts())).ThenRefused("not-permitted");
    }

    [Fact]
    public void A_round_is_copied_to_a_person_who_then_sees_the_proposal()
    {
        Given(All).When(p => CopyRound.Decide(new(Rounds.Id, OtherOfficer.Person), p, OtherOfficer, Office.Acts()))
            .Then(new RoundCopied(Rounds.Id, OtherOfficer.Person)).AgainNothing()
            .WithState(p => Visibility.Sees(OtherOfficer, p).ShouldBeTrue());
        Given(All).When(p => CopyRound.Decide(new(Rounds.Id, new("x")), p, null, Office.Acts())).ThenRefused(("addressee-unknown", "to"));
        Given([.. All, .. Enumerable.Range(0, 200).Select(n => new RoundCopied(Rounds.Id, new($"p{n}")))])
            .When(p => CopyRound.Decide(new(Rounds.Id, Expert.Person), p, Expert, Office.Acts())).ThenRefused("too-many-copies");
    }

    [Fact]
    public void The_office_decides_how_a_round_is_opened_and_a_round_without_seats_is_a_defect()
    {
        Should.Throw<ArgumentException>(() => SigningRules.Open(Rounds.Id, SigningPurpose.Consent, new(SigningRuleKind.All), [], 1, Sample.Policy.Ref));
        Should.Throw<ArgumentException>(() => SigningRules.Open(Rounds.Id, SigningPurpose.Consent, new(SigningRuleKind.All), [Police, Police], 1, Sample.Policy.Ref));
    }
}
