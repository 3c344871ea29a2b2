namespace Approval.Funds;

/// <summary>The District CIO moves a fund's ceiling. The office, which spends, does not set its own limit.</summary>
/// <param name="Ceiling">The new ceiling, above zero and not below what is held.</param>
/// <param name="Reason">Why: the budget document, as a rule.</param>
public sealed record ChangeFundCeiling(Money Ceiling, string Reason)
{
    /// <summary>The ceiling would fall below what is held.</summary>
    public static readonly RefusalKind BelowHeld = new("ceiling-below-held", RefusalSort.Rule,
        "资金上限不得低于已占用的 {0} 元。", "The ceiling may not fall below the {0} yuan held.");

    /// <summary>Decides.</summary>
    public static Decision Decide(ChangeFundCeiling command, Fund fund, Occasion on) =>
        Permissions.Check(nameof(ChangeFundCeiling), on.By) is { } no ? no
        : Texts.Check("reason", command.Reason, Texts.Remark).ToList() is { Count: > 0 } text ? Decision.Refuse(text)
        : command.Ceiling <= Money.Zero ? FundRules.NotPositive.At("ceiling")
        : command.Ceiling == fund.Ceiling ? Decision.Nothing
        : command.Ceiling < fund.Held ? BelowHeld.With(fund.Held)
        : Decision.Of(fund.Id.Stream, new FundCeilingChanged(command.Ceiling, command.Reason));
}
