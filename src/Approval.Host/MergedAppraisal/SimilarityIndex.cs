using Approval.EventStore;
using Approval.Http;
using Approval.Intake;
using Approval.Systems;
using Npgsql;

namespace Approval.MergedAppraisal;

/// <summary>One entry of the similarity index.</summary>
/// <param name="Keys">Its index keys: title bigrams and resources.</param>
/// <param name="Profile">What is compared.</param>
public sealed record SimilarityRow([property: Indexed] IReadOnlyList<string> Keys, SimilarityProfile Profile);

/// <summary>Looks for proposals and existing systems similar to a proposal: candidates from an inverted index, exact scores on those.</summary>
public sealed class SimilarityIndex(Queries queries)
{
    /// <summary>How long a look may take before it counts as failed.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Proposals submitted and not ended without result. Drafts are nobody's business but their unit's.</summary>
    public static readonly View<Proposal, SimilarityRow> Proposals = new("similar_proposals", Proposal.Kind, (p, _) =>
        p.Intake.SubmittedRevision is null || p.Outcome is not (null or Outcome.Completed) ? [] : [Row(SimilarityProfile.Of(p.Id, p.Unit, p.Content))]);

    /// <summary>The systems of the register that are in use.</summary>
    public static readonly View<ExistingSystem, SimilarityRow> Systems = new("similar_systems", ExistingSystem.Kind, (s, _) =>
        s.Retired ? [] : [Row(new(
            SimilarSubject.System, s.Id.Value, s.Content.Name, s.Content.Owner, "",
            [.. s.Content.Resources.Select(r => r.Name)],
            [.. s.Content.Interfaces.Select(i => new SimilarityInterface(i.Direction, i.Data, ""))]))]);

    /// <summary>What is similar now, most similar first.</summary>
    public async Task<IReadOnlyList<SimilarCandidate>> Find(JurisdictionId jurisdiction, SimilarityProfile profile, CancellationToken cancel)
    {
        var keys = Similarity.IndexKeys(profile).ToArray();
        var proposals = await queries.In(Proposals, jurisdiction).Where($"keys && {keys}").All(cancel);
        var systems = await queries.In(Systems, jurisdiction).Where($"keys && {keys}").All(cancel);
        return Similarity.Find(profile, proposals.Concat(systems).Select(r => r.Profile));
    }

    /// <summary>
    /// Completes a decision that submits a proposal, or revises one submitted, with what the look for similar ones came to.
    /// A look that fails or takes too long does not fail the act: it leaves <see cref="SimilarityLookFailed"/>, and a person looks.
    /// </summary>
    /// <param name="session">The command's session.</param>
    /// <param name="proposal">The proposal before the decision.</param>
    /// <param name="decision">The decision.</param>
    public async Task<Decision> Complete(Session session, Proposal proposal, Decision decision)
    {
        var events = decision.On(proposal.Id.Stream).ToList();
        if (!events.Any(e => e is ProposalSubmitted or ProposalRevised)) return decision;
        var after = events.Aggregate(proposal, (p, e) => Proposal.Kind.Evolve(p, e, session.At));
        return after.Intake.SubmittedRevision is null
            ? decision
            : decision.And(after.Id.Stream, (await Look(session.By.Jurisdiction, SimilarityProfile.Of(after.Id, after.Unit, after.Content), session.Cancel)).At(after.Revision));
    }

    async Task<SimilarityLook> Look(JurisdictionId jurisdiction, SimilarityProfile profile, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        try
        {
            return new([.. await Find(jurisdiction, profile, patience.Token)]);
        }
        catch (Exception e) when (e is NpgsqlException or OperationCanceledException && !cancel.IsCancellationRequested)
        {
            return SimilarityLook.Failed(e is PostgresException p ? p.SqlState : e.GetType().Name);
        }
    }

    static SimilarityRow Row(SimilarityProfile profile) => new([.. Similarity.IndexKeys(profile)], profile);
}
