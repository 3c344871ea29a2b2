using System.Collections.Immutable;

namespace Approval.MergedAppraisal;

/// <summary>How the engine's look for similar proposals and systems went.</summary>
/// <param name="Found">What it found; empty is an answer too.</param>
/// <param name="Failure">Why it could not look; null if it could.</param>
public sealed record SimilarityLook(ImmutableArray<SimilarCandidate> Found, string? Failure = null)
{
    /// <summary>The engine could not look.</summary>
    public static SimilarityLook Failed(string why) => new([], why);

    /// <summary>What submission or a revision leaves on the proposal: what was found, or that a person must look. Never nothing.</summary>
    /// <param name="revision">The revision looked at.</param>
    public MergedAppraisalEvent At(int revision) =>
        Failure is null ? new SimilarLookedFor(revision, Found) : new SimilarityLookFailed(revision, Failure);
}

/// <summary>The office records that a person looked for similar proposals and systems where the engine could not.</summary>
/// <param name="Findings">What the person found, or that there was nothing.</param>
/// <param name="Similar">The ids of similar proposals and systems.</param>
public sealed record LookForSimilar(string Findings, ImmutableArray<string> Similar)
{
    /// <summary>The most ids that one look may name.</summary>
    public const int MostSimilar = 50;

    /// <summary>Decides.</summary>
    public static Decision Decide(LookForSimilar command, Proposal proposal, Occasion on)
    {
        if (Permissions.Check(nameof(LookForSimilar), on.By, proposal) is { } no) return no;
        ImmutableArray<Refusal> wrong =
        [
            .. Texts.Check("findings", command.Findings, Texts.Remark),
            .. command.Similar.Length > MostSimilar ? [AppraisalRefusals.TooMany.At("similar", MostSimilar)] : Enumerable.Empty<Refusal>(),
            .. command.Similar.SelectMany((id, i) => Texts.Check($"similar[{i}]", id, Texts.Name)),
        ];
        if (wrong.Length > 0) return Decision.Refuse(wrong);
        return proposal.Appraisal.AwaitsLookByHand
            ? Decision.Of(proposal.Id.Stream, new SimilarLookedForByHand(proposal.Revision, command.Findings, command.Similar))
            : Decision.Nothing;
    }
}
