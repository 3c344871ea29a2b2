using Approval.EventStore;

namespace Approval.Issuance;

/// <summary>An approval in force.</summary>
/// <param name="Number">Its number: 示信批〔2026〕1号.</param>
/// <param name="Year">The number's year.</param>
/// <param name="Serial">The number within the year.</param>
/// <param name="IssuedOn">The day of issue.</param>
/// <param name="Proposal">The proposal.</param>
/// <param name="Title">Its title.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Amount">The amount approved.</param>
/// <param name="ConditionsOpen">Conditions not yet met.</param>
/// <param name="Withheld">The resources of which the promise to share was last found broken.</param>
/// <param name="Completed">Whether supervision has come to its end.</param>
public sealed record ApprovalRow(
    string Number, [property: Indexed] int Year, int Serial, DateOnly IssuedOn, ProposalId Proposal, string Title, [property: Indexed] UnitId Unit, Money Amount,
    int ConditionsOpen, IReadOnlyList<string> Withheld, bool Completed);

/// <summary>The current view of approvals.</summary>
public static class ApprovalViews
{
    /// <summary>The approvals in force; a change approved later takes the place of the approval that it changed.</summary>
    public static readonly View<Proposal, ApprovalRow> Approvals = new("approvals", Proposal.Kind, (p, _) => p.Issuance.Approval is { } a
        ? [new(a.Number, a.Year, a.Serial, a.On, p.Id, p.Content.Title, p.Unit, a.Amount,
            p.Committee.Conditions.Length - p.Supervision.ConditionsMet.Count, [.. p.Supervision.Withheld], p.Outcome == Outcome.Completed)]
        : []);
}
