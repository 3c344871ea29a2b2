using System.Collections.Immutable;
using Approval.Policies;

namespace Approval.MergedAppraisal;

/// <summary>The office opens one appraisal over one or several proposals that stand in merged appraisal.</summary>
/// <param name="Appraisal">The new appraisal's id.</param>
/// <param name="Proposals">The proposals; the similar ones together.</param>
public sealed record OpenAppraisal(AppraisalId Appraisal, ImmutableArray<ProposalId> Proposals)
{
    /// <summary>The most proposals that one panel appraises together.</summary>
    public const int MostProposals = 20;

    /// <summary>No proposal is named.</summary>
    public static readonly RefusalKind NoProposal = new("no-proposal", RefusalSort.Form, "至少要有一个项目。", "At least one proposal is needed.");

    /// <summary>An appraisal over the proposal exists.</summary>
    public static readonly RefusalKind Assigned = new("already-under-appraisal", RefusalSort.Rule,
        "“{0}”已列入另一次论证。", "\"{0}\" is already under an appraisal.");

    /// <summary>The engine could not look for similar proposals, and no person has.</summary>
    public static readonly RefusalKind NotLookedFor = new("similar-not-looked-for", RefusalSort.Rule,
        "“{0}”的类似项目查找未完成，请先人工查找。", "Nobody has looked for proposals similar to \"{0}\" yet; a person must.");

    /// <summary>Decides.</summary>
    /// <param name="command">The command.</param>
    /// <param name="existing">The appraisal of that id, if it exists already.</param>
    /// <param name="proposals">The proposals named, in any order.</param>
    /// <param name="policies">The policies that judge them.</param>
    /// <param name="on">Who and when.</param>
    public static Decision Decide(OpenAppraisal command, Appraisal? existing, IReadOnlyCollection<Proposal> proposals, IReadOnlyCollection<Policy> policies, Occasion on)
    {
        if (Permissions.Check(nameof(OpenAppraisal), on.By) is { } no) return no;
        if (existing is not null) return Decision.Nothing;
        if (command.Proposals.IsEmpty) return NoProposal.At("proposals");
        if (command.Proposals.Length > MostProposals) return AppraisalRefusals.TooMany.At("proposals", MostProposals);
        if (command.Proposals.Distinct().Count() < command.Proposals.Length) return AppraisalRefusals.Twice.At("proposals");

        var named = command.Proposals.Select(id => proposals.Single(p => p.Id == id)).ToList();
        var refusals = named.SelectMany((p, i) => Obstacles(p, $"proposals[{i}]", on)).ToList();
        if (refusals.Count > 0) return Decision.Refuse(refusals);

        var strictest = Math.Max(3, policies.Max(p => p.Content.PanelAtLeast));
        var policy = policies.MaxBy(p => p.Ref.Version)!.Ref;
        var opened = new AppraisalOpened(
            command.Appraisal, [.. named.Select(p => new AppraisedProposal(p.Id, p.Unit, p.Content.Title, p.Content.Total))], AppraisalCriteria.Current, strictest, policy);
        return named.Aggregate(
            Decision.Of(command.Appraisal.Stream, opened),
            (act, p) => act.And(p.Id.Stream, new AppraisalAssigned(command.Appraisal)));
    }

    static IEnumerable<Refusal> Obstacles(Proposal proposal, string field, Occasion on)
    {
        if (Permissions.Check(nameof(OpenAppraisal), on.By, proposal) is { } no) yield return no with { Field = field };
        else if (proposal.Appraisal.Appraisal is not null) yield return Assigned.At(field, proposal.Content.Title);
        else if (proposal.Appraisal.AwaitsLookByHand) yield return NotLookedFor.At(field, proposal.Content.Title);
    }
}
