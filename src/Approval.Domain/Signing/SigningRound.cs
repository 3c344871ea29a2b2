using System.Collections.Immutable;
using Approval.Intake;
using Approval.Policies;

namespace Approval.Signing;

/// <summary>A signature that stands.</summary>
/// <param name="Seat">The seat in which it was given.</param>
/// <param name="By">Who gave it.</param>
/// <param name="For">For or against.</param>
/// <param name="Revision">The revision that the signer saw.</param>
/// <param name="Opinion">What the signer wrote; with a signature against, the reason.</param>
public sealed record Signature(string Seat, PersonId By, bool For, int Revision, string? Opinion);

/// <summary>An opinion asked for in a round.</summary>
/// <param name="Number">Its number within the round, from 1.</param>
/// <param name="Seat">The seat that asked.</param>
/// <param name="Of">Who was asked.</param>
/// <param name="Question">What was asked.</param>
/// <param name="Text">What was answered; null while open.</param>
public sealed record Opinion(int Number, string Seat, PersonId Of, string Question, string? Text);

/// <summary>A seat handed over.</summary>
/// <param name="From">Who handed it over.</param>
/// <param name="To">To whom.</param>
public sealed record Handover(PersonId From, PersonId To);

/// <summary>A signing round of a proposal.</summary>
public sealed record SigningRound
{
    /// <summary>Its id.</summary>
    public required RoundId Id { get; init; }

    /// <summary>What it is for.</summary>
    public required SigningPurpose Purpose { get; init; }

    /// <summary>When it ends.</summary>
    public required SigningRule Rule { get; init; }

    /// <summary>Who is to sign, in order.</summary>
    public required ImmutableArray<Seat> Seats { get; init; }

    /// <summary>The revision laid before the signers.</summary>
    public required int Revision { get; init; }

    /// <summary>The parts on which the signatures rest.</summary>
    public required ImmutableSortedSet<ContentPart> DependsOn { get; init; }

    /// <summary>The policy that gave the rule.</summary>
    public required PolicyRef Policy { get; init; }

    /// <summary>The signatures that stand, by seat.</summary>
    public ImmutableSortedDictionary<string, Signature> Signatures { get; init; } = ImmutableSortedDictionary.Create<string, Signature>(StringComparer.Ordinal);

    /// <summary>The keys of seats added after the opening.</summary>
    public ImmutableSortedSet<string> Added { get; init; } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    /// <summary>The keys of seats removed.</summary>
    public ImmutableSortedSet<string> Removed { get; init; } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    /// <summary>Who handed a seat over to whom.</summary>
    public ImmutableArray<Handover> HandedOver { get; init; } = [];

    /// <summary>The opinions asked for, in order.</summary>
    public ImmutableArray<Opinion> Opinions { get; init; } = [];

    /// <summary>Who was given the round to read.</summary>
    public ImmutableArray<PersonId> Copied { get; init; } = [];

    /// <summary>The day on which those who have not signed were last urged.</summary>
    public DateOnly? Urged { get; init; }

    /// <summary>How it ended; null while open.</summary>
    public RoundOutcome? Outcome { get; init; }

    /// <summary>Whether it is open.</summary>
    public bool Open => Outcome is null;

    /// <summary>The seat of that key, if the round has it.</summary>
    public Seat? SeatOf(string key) => Seats.FirstOrDefault(s => s.Key == key);

    /// <summary>Whether the person has a seat, was asked for an opinion or was given the round to read.</summary>
    public bool Concerns(Actor actor) => Seats.Any(s => s.Admits(actor)) || Opinions.Any(o => o.Of == actor.Person) || Copied.Contains(actor.Person);

    /// <summary>The seats with which the round was opened and that it still has.</summary>
    public IEnumerable<Seat> Opened => Seats.Where(s => !Added.Contains(s.Key));

    /// <summary>The seats that have not signed, in order.</summary>
    public IEnumerable<Seat> Unsigned => Seats.Where(s => !Signatures.ContainsKey(s.Key));

    /// <summary>The seats whose turn it is: with a sequence the first unsigned one, otherwise every unsigned one.</summary>
    public IEnumerable<Seat> Turn => Unsigned.Take(Rule.Kind == SigningRuleKind.InSequence ? 1 : Seats.Length);

    /// <summary>The reasons of the signatures against.</summary>
    public string Reasons => string.Join("；", Signatures.Values.Where(s => !s.For).Select(s => s.Opinion));

    /// <summary>
    /// To what end the signatures that stand have brought the round; null while it is open by its rule.
    /// Those with whom it was opened must satisfy the rule among themselves as well: who was added signs in addition, never instead.
    /// </summary>
    public RoundOutcome? Result => (ResultOf([.. Opened]), ResultOf(Seats)) switch
    {
        (RoundOutcome.Carried, RoundOutcome.Carried) => RoundOutcome.Carried,
        (RoundOutcome.Failed, _) or (_, RoundOutcome.Failed) => RoundOutcome.Failed,
        _ => null,
    };

    RoundOutcome? ResultOf(ImmutableArray<Seat> seats)
    {
        var signatures = seats.Select(s => Signatures.GetValueOrDefault(s.Key)).OfType<Signature>().ToList();
        var signedFor = signatures.Count(s => s.For);
        var needed = Rule.Kind switch
        {
            SigningRuleKind.All or SigningRuleKind.InSequence => seats.Length,
            SigningRuleKind.Any => 1,
            SigningRuleKind.Ratio => Math.Max(1, (int)Math.Ceiling(Rule.Ratio * seats.Length)),
            _ => throw new InvalidOperationException($"No such rule: {Rule.Kind}."),
        };
        return signedFor >= needed ? RoundOutcome.Carried
            : seats.Length - (signatures.Count - signedFor) < needed ? RoundOutcome.Failed
            : null;
    }

    internal static Proposal Evolve(Proposal p, SigningEvent @event) => @event switch
    {
        RoundOpened e => p with
        {
            Rounds = p.Rounds.Add(new()
            {
                Id = e.Round, Purpose = e.Purpose, Rule = e.Rule, Seats = e.Seats, Revision = e.Revision, DependsOn = e.DependsOn, Policy = e.Policy,
            }),
        },
        SignedFor e => Put(p, e, r => r with { Signatures = r.Signatures.SetItem(e.Seat, new(e.Seat, e.By, For: true, e.Revision, e.Opinion)) }),
        SignedAgainst e => Put(p, e, r => r with { Signatures = r.Signatures.SetItem(e.Seat, new(e.Seat, e.By, For: false, e.Revision, e.Reason)) }),
        SignatureTakenBack e => Put(p, e, r => r with { Signatures = r.Signatures.Remove(e.Seat) }),
        SignaturesVoided e => Put(p, e, r => r with { Signatures = r.Signatures.RemoveRange(e.Seats) }),
        SignerAdded e => Put(p, e, r => r with { Seats = r.Seats.Add(e.Seat), Added = r.Added.Add(e.Seat.Key), Removed = r.Removed.Remove(e.Seat.Key) }),
        SignerRemoved e => Put(p, e, r => r with { Seats = r.Seats.RemoveAll(s => s.Key == e.Seat), Added = r.Added.Remove(e.Seat), Removed = r.Removed.Add(e.Seat) }),
        SeatHandedOver e => Put(p, e, r => r with { Seats = [.. r.Seats.Select(s => s.Key == e.Seat ? s with { Person = e.To } : s)], HandedOver = r.HandedOver.Add(new(e.From, e.To)) }),
        OpinionAsked e => Put(p, e, r => r with { Opinions = r.Opinions.Add(new(e.Opinion, e.Seat, e.Of, e.Question, null)) }),
        OpinionGiven e => Put(p, e, r => r with { Opinions = r.Opinions.SetItem(e.Opinion - 1, r.Opinions[e.Opinion - 1] with { Text = e.Text }) }),
        SignersUrged e => Put(p, e, r => r with { Urged = e.On }),
        RoundCopied e => Put(p, e, r => r with { Copied = r.Copied.Add(e.To) }),
        RoundEnded e => Put(p, e, r => r with { Outcome = e.Outcome }),
        _ => throw new UnknownEventException(Proposal.Kind.Name, @event),
    };

    static Proposal Put(Proposal p, SigningEvent @event, Func<SigningRound, SigningRound> change) =>
        p with { Rounds = [.. p.Rounds.Select(r => r.Id == @event.Round ? change(r) : r)] };
}
