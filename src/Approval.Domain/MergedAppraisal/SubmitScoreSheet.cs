using System.Collections.Immutable;
using Approval.Directory;

namespace Approval.MergedAppraisal;

/// <summary>An expert hands in a sheet for one proposal, or replaces the own one. Nobody else reads it until all are in.</summary>
/// <param name="Proposal">The proposal.</param>
/// <param name="Scores">0 to 100 for every criterion, by its key.</param>
/// <param name="Opinion">The opinion.</param>
/// <param name="Suggested">The amount suggested, in yuan; 0 for none.</param>
public sealed record SubmitScoreSheet(ProposalId Proposal, ImmutableSortedDictionary<string, int> Scores, string Opinion, Money Suggested)
{
    /// <summary>A criterion without a score, or a score without a criterion.</summary>
    public static readonly RefusalKind WrongCriteria = new("scores-incomplete", RefusalSort.Form,
        "须对每项指标评分，且仅限：{0}。", "Every criterion is scored, and no other: {0}.");

    /// <summary>A score is out of range.</summary>
    public static readonly RefusalKind OutOfRange = new("score-out-of-range", RefusalSort.Form, "评分须在 0 至 100 之间。", "A score is from 0 to 100.");

    /// <summary>The amount suggested is negative.</summary>
    public static readonly RefusalKind NegativeAmount = new("amount-negative", RefusalSort.Form, "金额不得为负。", "The amount must not be negative.");

    /// <summary>Decides; the last sheet discloses all.</summary>
    /// <param name="command">The command.</param>
    /// <param name="appraisal">The appraisal.</param>
    /// <param name="proposals">All proposals of the appraisal.</param>
    /// <param name="expert">The expert as the directory knows the person now.</param>
    /// <param name="proposers">The people of the proposing units.</param>
    /// <param name="on">Who and when.</param>
    public static Decision Decide(
        SubmitScoreSheet command, Appraisal appraisal, IReadOnlyCollection<Proposal> proposals, Person expert, IReadOnlyCollection<PersonId> proposers, Occasion on)
    {
        if (Permissions.Check(nameof(SubmitScoreSheet), on.By) is { } no) return no;
        if (appraisal.Dissolved) return AppraisalRefusals.Dissolved.With();
        if (!appraisal.Panel.Contains(on.By.Person)) return AppraisalRefusals.NotOnPanel.With();
        if (appraisal.UnderAppraisal(proposals).FirstOrDefault(p => p.Id == command.Proposal) is not { } proposal) return AppraisalRefusals.NotUnderAppraisal.At("proposal");
        var sheet = new ScoreSheetSubmitted(on.By.Person, proposal.Id, proposal.Revision, command.Scores, command.Opinion, command.Suggested);
        if (appraisal.SheetOf(on.By.Person, proposal.Id) is { } before && Same(before, sheet)) return Decision.Nothing;
        if (appraisal.Disclosed) return AppraisalRefusals.SheetsDisclosed.With();
        if (PanelRules.IsTied(expert, appraisal, proposers)) return PanelRules.Tied.With(expert.Id);
        if (Wrong(command, appraisal).ToList() is { Count: > 0 } wrong) return Decision.Refuse(wrong);

        var last = Appraisal.Evolve(appraisal, sheet).AllIn(proposals);
        return Decision.Of(appraisal.Id.Stream, last ? [sheet, new SheetsDisclosed()] : [sheet]);
    }

    static IEnumerable<Refusal> Wrong(SubmitScoreSheet command, Appraisal appraisal)
    {
        if (!appraisal.Criteria.Select(c => c.Key).ToHashSet().SetEquals(command.Scores.Keys))
            yield return WrongCriteria.At("scores", string.Join(", ", appraisal.Criteria.Select(c => c.Key)));
        foreach (var (key, score) in command.Scores)
            if (score is < 0 or > 100) yield return OutOfRange.At($"scores.{key}");
        foreach (var refusal in Texts.Check("opinion", command.Opinion, Texts.Remark)) yield return refusal;
        if (command.Suggested < Money.Zero) yield return NegativeAmount.At("suggested");
    }

    static bool Same(ScoreSheetSubmitted a, ScoreSheetSubmitted b) =>
        a.Revision == b.Revision && a.Opinion == b.Opinion && a.Suggested == b.Suggested && a.Scores.SequenceEqual(b.Scores);
}
