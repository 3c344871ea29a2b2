using Approval.Funds;
using Approval.InterfaceUnification;

namespace Approval.MergedAppraisal;

/// <summary>
/// The office undoes a merge before the committee decides: what a lead took in is given back, each proposal stands again in merged appraisal with its own money, and the panel concludes anew on the sheets it has.
/// A lead that its unit withdrew, or that lapsed, does not take the others with it: they are given back, and the lead stays ended.
/// </summary>
/// <param name="Lead">The lead.</param>
/// <param name="Reason">Why.</param>
public sealed record UndoMerge(ProposalId Lead, string Reason)
{
    /// <summary>Nothing was merged into the proposal in this appraisal.</summary>
    public static readonly RefusalKind NothingMerged = new("nothing-merged", RefusalSort.Rule,
        "该项目没有并入其他项目，无可撤销。", "Nothing was merged into this proposal.");

    /// <summary>The committee has decided on the lead.</summary>
    public static readonly RefusalKind Decided = new("merge-final", RefusalSort.Rule,
        "委员会已审议，合并不能撤销。", "The committee has decided; the merge stands.");

    /// <summary>The lead is on a meeting's agenda.</summary>
    public static readonly RefusalKind OnAgenda = new("lead-on-agenda", RefusalSort.Rule,
        "牵头项目已列入会议议程，请先撤下。", "The lead is on a meeting's agenda; take it off first.");

    /// <summary>Decides.</summary>
    /// <param name="command">The command.</param>
    /// <param name="appraisal">The appraisal that merged.</param>
    /// <param name="proposals">The lead and the proposals that it took in.</param>
    /// <param name="funds">The funds that hold or held money for them.</param>
    /// <param name="reservations">A new reservation's id for each proposal taken in, used where money of another fund, or of a lead that ended, was released and is reserved anew.</param>
    /// <param name="on">Who and when.</param>
    public static Decision Decide(
        UndoMerge command, Appraisal appraisal, IReadOnlyCollection<Proposal> proposals, IReadOnlyCollection<Fund> funds,
        IReadOnlyDictionary<ProposalId, ReservationId> reservations, Occasion on)
    {
        if (Permissions.Check(nameof(UndoMerge), on.By) is { } no) return no;
        if (appraisal.Dissolved) return AppraisalRefusals.Dissolved.With();
        if (appraisal.TakenBack.Contains(command.Lead)) return Decision.Nothing;
        if (!appraisal.Merges.Any(m => m.Lead == command.Lead)) return NothingMerged.At("lead");
        if (Texts.Check("reason", command.Reason, Texts.Remark).ToList() is { Count: > 0 } wrong) return Decision.Refuse(wrong);
        var lead = proposals.Single(p => p.Id == command.Lead);
        var ended = lead.Outcome is Outcome.Withdrawn or Outcome.Lapsed;
        if ((lead.Stage > Stage.Committee && !ended) || lead.Committee.Reconsidered || lead.Committee.Approved is not null) return Decided.With();
        if (lead.Committee.Meeting is not null) return OnAgenda.With();

        var money = new MoneyMoves(funds);
        var policy = lead.Policy!.Value;
        var act = Decision.Of(appraisal.Id.Stream, new MergeTakenBack(lead.Id, command.Reason, policy));
        var carried = lead.Appraisal.Absorbed.Select(a => a.Absorbed).ToHashSet();
        foreach (var line in lead.Interfaces.Arranged.Keys.Where(l => !ended && carried.Contains(l.DeclaredBy)))
            act = act.And(lead.Id.Stream, new InterfaceReopened(line, command.Reason));
        var elsewhere = new List<(Proposal Proposal, HeldMoney Held)>();
        foreach (var absorption in lead.Appraisal.Absorbed)
        {
            var proposal = proposals.Single(p => p.Id == absorption.Absorbed);
            var held = proposal.Appraisal.HeldBefore;
            if (held is not null && Merge.CarriesOver(held, lead.Held)) money.Move(held.Fund, f => FundRules.UndoCarryOver(f, held.Reservation, lead.Held!.Reservation));
            else if (held is not null)
            {
                held = held with { Reservation = reservations[proposal.Id] };
                elsewhere.Add((proposal, held));
            }

            act = act
                .And(lead.Id.Stream, new AbsorptionUndone(appraisal.Id, proposal.Id, command.Reason))
                .And(proposal.Id.Stream, new MergeUndone(appraisal.Id, lead.Id, command.Reason, held, proposal.Policy!.Value, proposal.Revision));
        }

        if (!ended && lead.Appraisal.HeldBefore is { } before) money.Move(before.Fund, f => FundRules.Adjust(f, before.Reservation, before.Amount, command.Reason));
        foreach (var (proposal, held) in elsewhere)
            money.Move(held.Fund, f => FundRules.Reserve(f, held.Reservation, proposal.Id, proposal.Track!.Value, held.Amount));
        if (ended) return act.And(money.Made);
        var due = lead.Scheduling.FullCheckDue is null ? null : lead.Appraisal.FullCheckDueBefore;
        return act.And(lead.Id.Stream, new RecommendationWithdrawn(appraisal.Id, command.Reason, lead.Appraisal.HeldBefore, due, policy, lead.Revision)).And(money.Made);
    }
}
