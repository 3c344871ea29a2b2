using Approval.Funds;

namespace Approval.MergedAppraisal;

/// <summary>Merging proposals into a lead: lineage both ways, money and open items carried over once.</summary>
static class Merge
{
    /// <summary>What the merged project had asked for in all its parts.</summary>
    public static Money Requested(Proposal lead, IEnumerable<Proposal> absorbed) =>
        lead.Content.Total + Money.Sum(absorbed.Select(p => p.Content.Total));

    /// <summary>The lead takes in the others. A reservation in the lead's fund is carried over into the lead's; one in another fund is released, because the merged project is paid from one fund.</summary>
    public static Decision Into(Proposal lead, IReadOnlyList<(Proposal Proposal, string Reason)> absorbed, Money recommended, Appraisal appraisal, MoneyMoves money)
    {
        var merged = new ProposalsMerged(lead.Id, [.. absorbed.Select(a => a.Proposal.Id)], Requested(lead, absorbed.Select(a => a.Proposal)), recommended, lead.Policy!.Value);
        var act = Decision.Of(appraisal.Id.Stream, merged);
        var due = lead.Scheduling.FullCheckDue;
        foreach (var (proposal, reason) in absorbed)
        {
            due = Earlier(due, proposal.Scheduling.FullCheckDue);
            act = act
                .And(proposal.Id.Stream, new ProposalMergedInto(appraisal.Id, lead.Id, lead.Content.Title, proposal.Revision, reason, proposal.Policy!.Value))
                .And(lead.Id.Stream, new ProposalAbsorbed(
                    appraisal.Id, proposal.Id, proposal.Content.Title, proposal.Unit, proposal.Content.Total,
                    proposal.Content.Interfaces, proposal.Intake.Correction?.Items ?? [], due, lead.Policy!.Value));
            if (proposal.Held is not { } held) continue;
            if (CarriesOver(held, lead.Held)) money.Move(held.Fund, f => FundRules.CarryOver(f, held.Reservation, lead.Held!.Reservation));
            else money.Move(held.Fund, f => FundRules.Release(f, held.Reservation, reason));
        }

        return act;
    }

    /// <summary>Whether a reservation goes into the lead's: both are in one fund.</summary>
    public static bool CarriesOver(HeldMoney absorbed, HeldMoney? lead) => absorbed.Fund == lead?.Fund;

    static DateOnly? Earlier(DateOnly? a, DateOnly? b) => a is null || b < a ? b ?? a : a;
}
