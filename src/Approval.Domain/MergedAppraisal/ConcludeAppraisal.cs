using System.Collections.Immutable;
using Approval.Funds;
using Approval.Intake;

namespace Approval.MergedAppraisal;

/// <summary>What the panel came to on one proposal.</summary>
/// <param name="Proposal">The proposal.</param>
/// <param name="Kind">The conclusion.</param>
/// <param name="Amount">Recommended amount in yuan, at most what was requested; for a lead, of the merged project. Only with a recommendation.</param>
/// <param name="Changes">The changes asked for; only with <see cref="ConclusionKind.RecommendedWithChanges"/>.</param>
/// <param name="Lead">The lead; only with <see cref="ConclusionKind.MergedInto"/>.</param>
/// <param name="Reason">Why.</param>
public sealed record Conclusion(ProposalId Proposal, ConclusionKind Kind, Money? Amount, ImmutableArray<string> Changes, ProposalId? Lead, string Reason)
{
    internal bool Recommends => Kind is ConclusionKind.Recommended or ConclusionKind.RecommendedWithChanges;
}

/// <summary>The office records the panel's conclusion on every proposal under appraisal, each at the revision that the panel scored, in one act with its merges and its money.</summary>
/// <param name="Conclusions">One for each proposal.</param>
public sealed record ConcludeAppraisal(ImmutableArray<Conclusion> Conclusions)
{
    /// <summary>The most changes asked for of one proposal.</summary>
    public const int MostChanges = 50;

    /// <summary>The appraisal is concluded, and otherwise.</summary>
    public static readonly RefusalKind Concluded = new("appraisal-concluded", RefusalSort.Rule, "本次论证已有结论。", "The appraisal is concluded.");

    /// <summary>A proposal under appraisal is left without a conclusion.</summary>
    public static readonly RefusalKind Unsettled = new("proposals-unsettled", RefusalSort.Rule,
        "每个项目都须有结论，尚缺：{0}。", "Every proposal needs a conclusion; missing: {0}.");

    /// <summary>Amount, changes or lead do not fit the kind of conclusion.</summary>
    public static readonly RefusalKind Unfitting = new("conclusion-unfitting", RefusalSort.Form,
        "“{0}”的结论不适用此项，或缺少此项。", "With \"{0}\" this is not allowed, or is missing.");

    /// <summary>More is recommended than was requested.</summary>
    public static readonly RefusalKind AboveRequested = new("amount-above-requested", RefusalSort.Rule,
        "建议金额不得超过申请金额 {0} 元。", "No more than the {0} yuan requested may be recommended.");

    /// <summary>The lead is not recommended in the same act: it is absorbed itself, not under appraisal, or the proposal itself.</summary>
    public static readonly RefusalKind LeadNotRecommended = new("lead-not-recommended", RefusalSort.Rule,
        "牵头项目须为同一论证中建议立项的另一项目。", "A lead is another proposal recommended in the same act.");

    /// <summary>Decides.</summary>
    /// <param name="command">The command.</param>
    /// <param name="appraisal">The appraisal.</param>
    /// <param name="proposals">All proposals of the appraisal.</param>
    /// <param name="funds">The funds that hold money for them.</param>
    /// <param name="on">Who and when.</param>
    public static Decision Decide(
        ConcludeAppraisal command, Appraisal appraisal, IReadOnlyCollection<Proposal> proposals, IReadOnlyCollection<Fund> funds, Occasion on)
    {
        if (Permissions.Check(nameof(ConcludeAppraisal), on.By) is { } no) return no;
        if (appraisal.Dissolved) return AppraisalRefusals.Dissolved.With();
        if (appraisal.Concluded) return command.Conclusions.All(c => appraisal.Conclusions.Any(d => Same(c, d))) ? Decision.Nothing : Concluded.With();
        if (!appraisal.PanelComplete) return AppraisalRefusals.PanelIncomplete.With();
        if (!appraisal.Disclosed) return AppraisalRefusals.SheetsOutstanding.With();

        var open = appraisal.UnderAppraisal(proposals).ToDictionary(p => p.Id);
        if (open.Values.Where(p => !appraisal.AllIn([p])).ToList() is { Count: > 0 } overrun)
            return Decision.Refuse([.. overrun.Select(p => AppraisalRefusals.SheetsOverrun.At("conclusions", p.Content.Title))]);
        if (Wrong(command, open).ToList() is { Count: > 0 } wrong) return Decision.Refuse(wrong);

        var money = new MoneyMoves(funds);
        var act = Decision.Of(appraisal.Id.Stream, command.Conclusions.Select(c => new ConclusionDrawn(
            c.Proposal, open[c.Proposal].Revision, c.Kind, c.Amount, c.Changes, c.Lead, c.Reason, open[c.Proposal].Policy!.Value)));
        foreach (var c in command.Conclusions.Where(c => c.Kind == ConclusionKind.NotRecommended))
        {
            var proposal = open[c.Proposal];
            act = act.And(proposal.Id.Stream, new ProposalNotRecommended(appraisal.Id, proposal.Revision, c.Reason, proposal.Policy!.Value));
            if (proposal.Held is { } held) money.Move(held.Fund, f => FundRules.Release(f, held.Reservation, c.Reason));
        }

        foreach (var c in command.Conclusions.Where(c => c.Recommends))
        {
            var lead = open[c.Proposal];
            var absorbed = command.Conclusions.Where(m => m.Lead == c.Proposal).Select(m => (open[m.Proposal], m.Reason)).ToList();
            if (absorbed.Count > 0) act = act.And(Merge.Into(lead, absorbed, c.Amount!.Value, appraisal, money));
            act = act.And(lead.Id.Stream, Recommendation(c, lead, [.. absorbed.SelectMany(a => a.Item1.Intake.Correction?.Items ?? [])], appraisal.Id));
            if (lead.Held is { } held) money.Move(held.Fund, f => FundRules.Adjust(f, held.Reservation, c.Amount!.Value, c.Reason));
        }

        return act.And(appraisal.Id.Stream, new AppraisalConcluded()).And(money.Made);
    }

    /// <summary>With changes, or with corrections carried over from an absorbed proposal, the lead's unit gets them as a correction and the appraisal stands.</summary>
    static IEnumerable<ProposalEvent> Recommendation(Conclusion c, Proposal proposal, ImmutableArray<string> carried, AppraisalId appraisal)
    {
        ImmutableArray<string> changes = [.. c.Changes, .. carried];
        var policy = proposal.Policy!.Value;
        if (changes.IsEmpty) return [new ProposalRecommended(appraisal, proposal.Revision, c.Amount!.Value, policy)];
        return
        [
            new ProposalRecommendedWithChanges(appraisal, proposal.Revision, c.Amount!.Value, changes, policy),
            new ProposalReturned(Stage.MergedAppraisal, proposal.Revision, c.Reason, changes, policy),
        ];
    }

    static IEnumerable<Refusal> Wrong(ConcludeAppraisal command, Dictionary<ProposalId, Proposal> open)
    {
        var given = command.Conclusions.Select(c => c.Proposal).ToList();
        for (var i = 0; i < given.Count; i++)
        {
            if (!open.ContainsKey(given[i])) yield return AppraisalRefusals.NotUnderAppraisal.At($"conclusions[{i}].proposal");
            else if (given.IndexOf(given[i]) < i) yield return AppraisalRefusals.Twice.At($"conclusions[{i}].proposal");
            else foreach (var refusal in Wrong(command, i, open)) yield return refusal;
        }

        var missing = open.Values.Where(p => !given.Contains(p.Id)).Select(p => p.Content.Title).ToList();
        if (missing.Count > 0) yield return Unsettled.At("conclusions", string.Join("、", missing));
    }

    static IEnumerable<Refusal> Wrong(ConcludeAppraisal command, int i, Dictionary<ProposalId, Proposal> open)
    {
        var (c, at) = (command.Conclusions[i], $"conclusions[{i}]");
        foreach (var refusal in Texts.Check($"{at}.reason", c.Reason, Texts.Remark)) yield return refusal;
        foreach (var refusal in c.Changes.SelectMany((text, n) => Texts.Check($"{at}.changes[{n}]", text, Texts.Remark))) yield return refusal;
        if (c.Changes.Length > MostChanges) yield return AppraisalRefusals.TooMany.At($"{at}.changes", MostChanges);
        if (c.Changes.IsEmpty == (c.Kind == ConclusionKind.RecommendedWithChanges)) yield return Unfitting.At($"{at}.changes", c.Kind);
        if (c.Lead is null == (c.Kind == ConclusionKind.MergedInto)) yield return Unfitting.At($"{at}.lead", c.Kind);
        if (c.Amount is null == c.Recommends) yield return Unfitting.At($"{at}.amount", c.Kind);
        if (c.Amount is { } amount && c.Recommends)
        {
            var requested = Merge.Requested(open[c.Proposal], command.Conclusions.Where(m => m.Lead == c.Proposal && open.ContainsKey(m.Proposal)).Select(m => open[m.Proposal]));
            if (amount <= Money.Zero) yield return FundRules.NotPositive.At($"{at}.amount");
            else if (amount > requested) yield return AboveRequested.At($"{at}.amount", requested);
        }

        if (c.Kind == ConclusionKind.MergedInto && c.Lead is { } lead && !command.Conclusions.Any(l => l.Proposal == lead && l.Recommends && l.Proposal != c.Proposal))
            yield return LeadNotRecommended.At($"{at}.lead");
        if (c.Kind != ConclusionKind.MergedInto && open[c.Proposal].Intake.Correction is not null) yield return Permissions.CorrectionOpen.At($"{at}.proposal");
    }

    static bool Same(Conclusion c, ConclusionDrawn d) =>
        c.Proposal == d.Proposal && c.Kind == d.Kind && c.Amount == d.Amount && c.Lead == d.Lead && c.Reason == d.Reason && c.Changes.SequenceEqual(d.Changes);
}
