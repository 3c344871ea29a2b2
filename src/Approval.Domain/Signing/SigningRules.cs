using System.Collections.Immutable;
using Approval.Intake;
using Approval.Policies;

namespace Approval.Signing;

/// <summary>How rounds open, end and lose signatures. Stages open rounds as part of their own act.</summary>
public static class SigningRules
{
    /// <summary>What an endorsement, a pre-review, a consent and an issuance rest on: everything but the explanations, which are the justification and the attachments.</summary>
    public static readonly ImmutableSortedSet<ContentPart> Substance =
        [.. Enum.GetValues<ContentPart>().Except([ContentPart.Justification, ContentPart.Attachments])];

    /// <summary>The event that opens a round.</summary>
    /// <exception cref="ArgumentException">No seats, or two with the same key: a defect of the stage that opens it.</exception>
    public static RoundOpened Open(
        RoundId round, SigningPurpose purpose, SigningRule rule, IEnumerable<Seat> seats, int revision, PolicyRef policy,
        ImmutableSortedSet<ContentPart>? dependsOn = null)
    {
        ImmutableArray<Seat> all = [.. seats];
        if (all.IsEmpty || all.DistinctBy(s => s.Key).Count() != all.Length) throw new ArgumentException("A round has at least one seat, and no two with the same key.", nameof(seats));
        return new(round, purpose, rule, all, revision, dependsOn ?? Substance, policy);
    }

    /// <summary>The events that end every open round when the proposal ends or the question falls away.</summary>
    public static IEnumerable<ProposalEvent> Cancel(Proposal proposal) =>
        proposal.Rounds.Where(r => r.Open).Select(r => new RoundEnded(r.Id, RoundOutcome.Cancelled));

    /// <summary>The round of this purpose that is open, if any.</summary>
    public static SigningRound? Find(Proposal proposal, SigningPurpose purpose) =>
        proposal.Rounds.FirstOrDefault(r => r.Open && r.Purpose == purpose);
}
