using Approval.Calendars;
using Approval.Http;
using Approval.Intake;
using Approval.Pages;

namespace Approval.Policies;

/// <summary>The dry run of moving running proposals to a version of the policy: what each would be judged by otherwise, before anything is moved.</summary>
public sealed class PolicyMovesModel(Queries queries, TimeProvider clock) : StagePage
{
    /// <summary>A proposal that may be moved.</summary>
    /// <param name="P">The proposal.</param>
    /// <param name="Version">The version of its stream.</param>
    /// <param name="Changes">What would be judged otherwise from where it stands.</param>
    public sealed record Move(Proposal P, long Version, IReadOnlyList<PolicyDifference> Changes);

    /// <summary>The version to move to.</summary>
    public Policy To { get; private set; } = null!;

    /// <summary>The proposals of this part.</summary>
    public IReadOnlyList<Move> Moves { get; private set; } = [];

    /// <summary>Where the next part begins.</summary>
    public string? Next { get; private set; }

    /// <summary>How many running proposals are judged by another version.</summary>
    public int Count { get; private set; }

    /// <summary>Whether the version is in force, so that proposals can be moved to it.</summary>
    public bool InForce { get; private set; }

    /// <summary>Shows the page.</summary>
    public async Task OnGet(int version)
    {
        await Enter(nameof(MoveToPolicy));
        var book = await queries.Policies(Me.Jurisdiction, cancel: Cancel);
        To = book.Of(version) ?? throw new ProblemException(PolicyBook.UnknownVersion.With(version));
        InForce = To.EffectiveFrom <= WorkingCalendar.WeekendsOnly.DateOf(clock.GetUtcNow());
        var others = queries.In(ProposalView.List, Me.Jurisdiction).Where($"outcome is null and policy is not null and policy <> {version}");
        Count = (await others.Figures("count(*)", r => (int)r.GetInt64(0), cancel: Cancel)).Single();
        var page = await others.OrderBy("created").Page(HttpContext.Paging(), Cancel);
        Next = page.Next;
        var moves = new List<Move>();
        foreach (var row in page.Items)
        {
            var (p, info) = await queries.Load(Me.Jurisdiction, Proposal.Kind, row.Id.Stream, cancel: Cancel);
            if (Permissions.Check(nameof(MoveToPolicy), Me, p) is not null || p.Policy is not { } from || book.Of(from) is not { } judged) continue;
            // The command's dry run decides which rules still matter; the comparison says them in words.
            var touched = MoveToPolicy.Differences(p, judged, To).Select(d => d.Rule).ToHashSet(StringComparer.OrdinalIgnoreCase);
            moves.Add(new(p, info.Version, [.. PolicyForm.Compare(judged.Content, To.Content).Where(d => touched.Contains(Rule(d.Field)))]));
        }

        Moves = moves;
    }

    /// <summary>The rule as the dry run names it: <c>stages.FormCheck</c>, <c>Quorum</c>.</summary>
    static string Rule(string field) => field.Split('.') is ["stages", var stage, ..] ? $"stages.{stage.Replace("-", "", StringComparison.Ordinal)}" : field;
}
