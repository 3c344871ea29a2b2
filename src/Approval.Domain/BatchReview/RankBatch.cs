using System.Collections.Immutable;
using Approval.Calendars;

namespace Approval.BatchReview;

/// <summary>The office ranks a batch's members: each exactly once, with the reason for its place. A later ranking replaces it until the conclusion.</summary>
/// <param name="Ranking">The members, first comes first.</param>
public sealed record RankBatch(ImmutableArray<RankedMember> Ranking)
{
    /// <summary>A member is left out.</summary>
    public static readonly RefusalKind Incomplete = new("ranking-incomplete", RefusalSort.Rule,
        "项目“{0}”未列入排序。", "The proposal \"{0}\" is not ranked.");

    /// <summary>Decides.</summary>
    public static Decision Decide(RankBatch command, Batch batch, IReadOnlyCollection<Proposal> members, WorkingCalendar calendar, Occasion on)
    {
        if (Permissions.Check(nameof(RankBatch), on.By) is { } no) return no;
        if (BatchRules.NotUnderReview(batch, calendar.DateOf(on.At)) is { } notNow) return notNow;
        var (ranking, present) = (command.Ranking.IsDefault ? [] : command.Ranking, BatchRules.Present(batch, members).ToDictionary(p => p.Id));
        var ranked = ranking.Select(r => r.Proposal).ToHashSet();
        List<Refusal> refusals =
        [
            .. ranking.Index().SelectMany(r => Texts.Check($"ranking[{r.Index}].reason", r.Item.Reason, Texts.Remark)),
            .. BatchRules.Misnamed("ranking", ranking.Select(r => r.Proposal), present),
            .. present.Values.Where(p => !ranked.Contains(p.Id)).Select(p => Incomplete.At("ranking", p.Content.Title)),
        ];
        return refusals.Count > 0 ? Decision.Refuse(refusals)
            : batch.Ranking.SequenceEqual(ranking) ? Decision.Nothing
            : Decision.Of(batch.Id.Stream, new BatchRanked(ranking));
    }
}
